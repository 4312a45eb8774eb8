//! Renders the files of a crate from the model, its facts and its names. Each kind of item has a file of its own here.
//!
//! Renderers decide nothing: they emit what the model contains. Imports `ir`, `analyze`, `naming`, `samples`, `showcase`,
//! `config` and `file_tree`, but not `document`.

mod client;
mod conformance;
mod constraints;
mod content;
mod crate_root;
mod credentials;
mod debug;
mod default;
mod doc;
mod docs;
mod enums;
mod errors;
mod examples;
mod features;
mod form;
mod headers;
mod keyed_union;
mod libraries;
mod manifest;
mod mock;
mod operation_docs;
mod pages;
mod parameter;
mod readme;
mod request;
mod resource;
mod response;
mod response_docs;
mod round_trip;
mod runtime;
mod source_file;
mod structs;
mod ty;
mod types;
mod union;
mod variants;

use crate::analyze::Facts;
use crate::config::Config;
use crate::file_tree::FileTree;
use crate::ir::{Api, Operation, OperationId, ResourceId};
use crate::naming::Names;
use crate::samples::{Samples, SchemaCheck};
use libraries::Libraries;

/// The largest number of arguments of a function, including `self`: the limit of clippy.
const ARGUMENTS: usize = 7;

/// The input of every renderer.
pub(crate) struct Context<'a> {
    pub(crate) api: &'a Api,
    pub(crate) facts: &'a Facts,
    pub(crate) names: &'a Names,
    pub(crate) samples: Samples<'a>,
    pub(crate) package: Package<'a>,
    pub(crate) request_id_header: Option<&'a str>,
    pub(crate) libraries: Libraries,
}

/// The package metadata of the crate.
pub(crate) struct Package<'a> {
    /// Its name in `Cargo.toml`.
    pub(crate) name: String,
    pub(crate) version: &'a str,
    pub(crate) description: String,
    pub(crate) license: Option<&'a str>,
    pub(crate) repository: Option<&'a str>,
}

impl Package<'_> {
    /// Returns the name of the crate in code.
    pub(crate) fn library_name(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// Renders a crate.
pub(crate) fn render(api: &Api, facts: &Facts, names: &Names, config: &Config) -> FileTree {
    let context = Context::new(api, facts, names, config);
    let mut tree = FileTree::new();
    manifest::render(&context, &mut tree);
    readme::render(&context, &mut tree);
    runtime::render(&context, &mut tree);
    source_file::render_all(&context, &mut tree);
    mock::render_answers(&context, &mut tree);
    examples::render(&context, &mut tree);
    round_trip::render(&context, config.protojson, &mut tree);
    tree
}

/// Renders a program that calls every operation of the crate once.
pub(crate) fn render_conformance_program(
    api: &Api,
    facts: &Facts,
    names: &Names,
    config: &Config,
    schema_check: &SchemaCheck<'_>,
) -> FileTree {
    conformance::render(&Context::new(api, facts, names, config), schema_check)
}

impl<'a> Context<'a> {
    fn new(api: &'a Api, facts: &'a Facts, names: &'a Names, config: &'a Config) -> Self {
        let package = manifest::package(api, config);
        let request_id_header = config.client.request_id_header.as_deref();
        let libraries = Libraries::of(api, config);
        let samples = Samples::of(api);
        Self { api, facts, names, samples, package, request_id_header, libraries }
    }

    /// Returns the operations of a resource, in document order.
    fn operations_of(&self, id: ResourceId) -> impl Iterator<Item = (OperationId, &'a Operation)> + use<'a> {
        let api = self.api;
        self.facts.operations_of(id).iter().map(|id| (*id, api.operation(*id)))
    }
}

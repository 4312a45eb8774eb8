//! Lowers an OpenAPI document to the model (`openapiv3` to `ir`). There is one file for each construct, and
//! every decision about the output is made here.
//!
//! Unsupported constructs are reported with their location and become something sound and wider. Imports
//! `document`, `ir`, `diagnostics` and `config`.

mod body;
mod config_names;
mod encoding;
mod error_table;
mod headers;
mod infinite;
mod media_type;
mod multipart;
mod oauth;
mod operation;
mod package;
mod pages;
mod parameter;
mod path;
mod required_overrides;
mod resource;
mod response;
mod schema;
mod security;
mod selection;
mod shims;
mod stale;
mod tags;
mod tuples;

use std::collections::{HashMap, HashSet};

use self::schema::Types;
use crate::classify::Schemas;
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Diagnostics, Pointer};
use crate::document::Document;
use crate::ir::{Api, ResponseHeader, Type};

/// Lowers a document to the model.
pub(crate) fn lower(document: &Document, config: &Config, diagnostics: &mut Diagnostics) -> Api {
    let mut found = Diagnostics::new();
    let schemas = Schemas::new(document, config);
    let mut lower = Lower {
        document,
        config,
        schemas: &schemas,
        types: Types::new(&schemas),
        diagnostics: &mut found,
        api: Api::default(),
        headers: HashMap::new(),
        operation_ids: Vec::new(),
        seen_payloads: HashSet::new(),
        pagination_settings: pages::Settings::new(config),
        required_overrides: required_overrides::RequiredOverrides::new(&config.optional, document),
        shared_errors: HashMap::new(),
    };
    lower.api();
    lower.check_names();
    let api = lower.api;
    // Lowering sees the document in its 3.0 form, so locations are mapped back to the original document.
    for finding in found.iter() {
        let original = document.original(&finding.pointer);
        diagnostics.insert(Diagnostic { pointer: original, ..finding.clone() });
    }
    api
}

/// The state of lowering one document.
struct Lower<'a, 'd> {
    document: &'a Document,
    config: &'a Config,
    schemas: &'a Schemas<'a>,
    types: Types<'a>,
    diagnostics: &'d mut Diagnostics,
    api: Api,
    /// The headers of components that were lowered so far.
    headers: HashMap<Pointer, ResponseHeader>,
    /// The ids of all operations of the document, selected or not.
    operation_ids: Vec<String>,
    /// The path items of webhooks and callbacks that were lowered so far.
    seen_payloads: HashSet<Pointer>,
    /// The settings in codegen.toml for pagination.
    pagination_settings: pages::Settings<'a>,
    /// The properties that codegen.toml makes optional.
    required_overrides: required_overrides::RequiredOverrides,
    /// The body types of shared error responses, by location.
    shared_errors: HashMap<Pointer, Option<Type>>,
}

impl Lower<'_, '_> {
    fn api(&mut self) {
        let openapi = self.document.openapi();
        self.api.title = openapi.info.title.trim().to_owned();
        self.api.package_name = package::name_of(&self.api.title);
        self.api.description = openapi.info.description.clone();
        self.api.version = openapi.info.version.clone();
        self.lower_server();
        self.lower_security();
        self.configure_credentials();
        // With a selection, only schemas that the selected operations reach are lowered.
        if !self.config.operations.is_selection() {
            self.lower_components();
            self.lower_operations();
            self.lower_webhooks();
        } else {
            self.lower_operations();
        }
        let mut types = std::mem::replace(&mut self.types, Types::new(self.schemas));
        self.api.formats = types.formats;
        self.api.schema_types = std::mem::take(&mut types.places);
        self.types.findings = std::mem::take(&mut types.findings);
        self.api.types = schema::finish(types);
        self.widen_recursive_tuples();
        self.break_infinite_structs();
        self.assign_tags();
        self.assign_error_tables();
        self.resolve_security();
        self.diagnostics.extend(std::mem::take(&mut self.types.findings));
    }

    /// Lowers every component schema, in document order.
    fn lower_components(&mut self) {
        let Some(components) = &self.document.openapi().components else { return };
        let place = Pointer::root().child("components").child("schemas");
        let ids = components.schemas.keys().filter_map(|key| self.schemas.find(&place.child(key)));
        schema::lower_components(&mut self.types, &mut self.required_overrides, ids);
    }
}

//! Renders the files of a crate from the model, its facts and its names. Each kind of item has a file of its own here.
//!
//! Renderers decide nothing: they spell what the model, its facts, its names and the showcase contain. Imports `ir`,
//! `analyze`, `naming`, `derives`, `samples`, `showcase` and `file_tree`, and `config` in a test, but not `document`.

mod alternatives;
mod argument;
mod client;
mod conformance;
mod constraints;
mod content;
mod context;
mod crate_root;
mod credentials;
mod custom_types;
mod debug;
mod default;
mod derives;
mod doc;
mod docs;
mod enums;
mod errors;
mod examples;
mod features;
mod form;
mod forwards;
mod headers;
mod imports;
mod json_schema;
mod keyed_union;
mod layout;
mod libraries;
mod manifest;
mod mock;
mod mock_constraints;
mod mock_server;
mod openapi_schema;
mod operation_docs;
mod pages;
mod parameter;
mod readme;
mod remaining_properties;
mod replaced_resources;
mod request;
mod resource;
mod response;
mod response_docs;
mod round_trip;
mod runtime;
mod sending;
mod snippet;
mod source_file;
mod source_files;
mod structs;
mod ty;
mod types;
mod union;
mod values;
mod variants;
mod written_schema;

pub(crate) use context::Context;

use crate::analyze::Facts;
use crate::file_tree::FileTree;
use crate::ir::{Api, Example, SharedRuntime};
use crate::naming::Names;
use crate::samples::{AlternativeSample, SampleCall};
use crate::showcase::Value;

/// The data of the tests of a crate.
pub(crate) struct TestData<'a> {
    /// Examples of the document, which have to be unchanged after decoding and encoding.
    pub(crate) examples: &'a [Example],
    /// Values that have to decode as an alternative of a union.
    pub(crate) alternatives: Vec<AlternativeSample>,
}

/// Renders a crate.
pub(crate) fn render(context: &Context<'_>, data: &TestData<'_>) -> FileTree {
    let mut tree = FileTree::new();
    readme::render(context, &mut tree);
    runtime::render(context, &mut tree);
    source_files::render(context, &mut tree);
    mock::render_replies(context, &mut tree);
    mock_constraints::render(context, &mut tree);
    examples::render(context, &mut tree);
    round_trip::render(context, data.examples, &mut tree);
    alternatives::render(context, &data.alternatives, &mut tree);
    manifest::render(context, &mut tree);
    tree
}

/// Renders the crate of a runtime that several clients share.
pub(crate) fn render_runtime_crate(runtime: &SharedRuntime) -> FileTree {
    runtime::shared::files(runtime)
}

/// Renders a program that makes every call once.
pub(crate) fn render_conformance_program(context: &Context<'_>, calls: &[SampleCall]) -> FileTree {
    conformance::render(context, calls)
}

/// Returns the length of the code of a value, in bytes.
pub(crate) fn code_length(api: &Api, facts: &Facts, names: &Names, value: &Value) -> usize {
    values::code(api, facts, names, value).len()
}

//! Lowers an OpenAPI document to the model (`openapiv3` to `ir`). There is one file for each construct, and
//! every decision about the output is made here.
//!
//! Unsupported constructs are reported with their location and become something sound and wider. Imports
//! `document`, `ir`, `diagnostics` and `config`.

mod all_of;
mod body;
mod boilerplate;
mod component;
mod config_names;
mod constraints;
mod deprecation;
mod discriminator_base;
mod encoding;
mod enums;
mod error_table;
mod fields;
mod headers;
mod infinite;
mod keyed_union;
mod keywords;
mod limits;
mod match_rules;
mod media_type;
mod merged_property;
mod multipart;
mod null;
mod oauth;
mod operation;
mod package;
mod pages;
mod parameter;
mod path;
mod protobuf_oneof;
mod required_overrides;
mod resource;
mod response;
mod scalar;
mod schema;
mod schema_types;
mod secrecy;
mod security;
mod selection;
mod stale;
mod tags;
mod tuples;
mod union;
mod variant_names;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Pointer};
use crate::document::Document;
use crate::ir::{
    Api, Docs, Reply, ResponseHeader, SchemaTypes, Shape, Struct, Type, TypeDef, TypeId, TypeName,
};

/// A lowered document: the model, and tables beside it for those who use them.
#[derive(Debug, Default)]
pub(crate) struct Lowering {
    pub(crate) api: Api,
    /// Replies of the mock server, for each operation.
    pub(crate) replies: Vec<Reply>,
    /// Types of all schemas. Empty unless the round-trip test is enabled.
    pub(crate) schema_types: SchemaTypes,
}

/// Lowers a document to the model.
pub(crate) fn lower(document: &Document, config: &Config, diagnostics: &mut Diagnostics) -> Lowering {
    let mut found = Diagnostics::new();
    let mut lower = Lower {
        document,
        config,
        diagnostics: &mut found,
        api: Api::default(),
        replies: Vec::new(),
        schema_types: SchemaTypes::new(),
        components: HashMap::new(),
        inline: HashMap::new(),
        headers: HashMap::new(),
        subschemas: None,
        open_types: HashMap::new(),
        in_progress: Vec::new(),
        merged_properties: Vec::new(),
        in_infinite_component: false,
        operation_ids: Vec::new(),
        seen_payloads: HashSet::new(),
        pagination_settings: pages::Settings::new(config),
        required_overrides: required_overrides::RequiredOverrides::new(&config.optional, document),
        shared_errors: HashMap::new(),
    };
    lower.api();
    lower.check_names();
    lower.record_components();
    let Lower { api, replies, schema_types, .. } = lower;
    // Lowering sees the document in its 3.0 form, so locations are mapped back to the original document.
    for finding in found.iter() {
        let original = document.original(&finding.pointer);
        diagnostics.insert(Diagnostic { pointer: original, ..finding.clone() });
    }
    Lowering { api, replies, schema_types }
}

/// The state of lowering one document.
struct Lower<'a, 'd> {
    document: &'a Document,
    config: &'a Config,
    diagnostics: &'d mut Diagnostics,
    api: Api,
    /// The replies of the mock server, for each operation.
    replies: Vec<Reply>,
    /// The types of the schemas that were lowered so far.
    schema_types: SchemaTypes,
    /// The component schemas that were reached so far.
    components: HashMap<Pointer, Component>,
    /// The types of inline schemas in components, by location.
    inline: HashMap<Pointer, schema::Lowered>,
    /// The headers of components that were lowered so far.
    headers: HashMap<Pointer, ResponseHeader>,
    /// The component schemas that extend each component by `allOf`. Computed when the first discriminator
    /// base is reached.
    subschemas: Option<IndexMap<Pointer, Vec<Pointer>>>,
    /// The schemas being lowered that have a named type.
    open_types: HashMap<Pointer, TypeId>,
    /// The schemas being lowered, with the named types that own them.
    in_progress: Vec<(Pointer, Option<TypeId>)>,
    /// The merged property that is being lowered, and those nested in it.
    merged_properties: Vec<merged_property::MergedProperty>,
    /// True while a component is being lowered that never reaches a named type.
    in_infinite_component: bool,
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

/// The state of a component schema.
#[derive(Clone, Debug)]
enum Component {
    /// It is being lowered. A reference to it is only possible if it has a named type.
    InProgress,
    /// It was re-entered while being lowered.
    Reentered,
    /// It has a type that references can use, though a named type may still be incomplete.
    Done(schema::Lowered),
}

impl Lower<'_, '_> {
    fn api(&mut self) {
        let openapi = self.document.openapi();
        self.api.title = openapi.info.title.trim().to_owned();
        self.api.package = package::of(&self.api.title, &self.config.package);
        self.api.protojson = self.config.protojson;
        self.api.request_id_header = self.config.client.request_id_header.clone();
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
        self.widen_recursive_tuples();
        self.break_infinite_structs();
        self.assign_tags();
        self.assign_error_tables();
        self.resolve_security();
    }

    /// Reserves the id of a named type. Its shape follows by [`define`](Self::define).
    fn reserve(&mut self, name: TypeName, docs: Docs) -> TypeId {
        let id = TypeId::new(self.api.types.len());
        self.api.types.push(TypeDef { name, docs, shape: Shape::Struct(Struct::default()) });
        id
    }

    /// Sets the shape of a named type.
    fn define(&mut self, id: TypeId, shape: Shape) -> Type {
        self.api.types[id.index()].shape = shape;
        Type::Named(id)
    }

    /// Reports that a schema has no type here, and returns free-form JSON.
    fn untyped(&mut self, at: &Pointer, because: &str) -> Type {
        self.diagnostics.insert(Diagnostic {
            code: Code::UntypedSchema,
            pointer: at.clone(),
            position: None,
            message: format!("the schema becomes `serde_json::Value`: {because}"),
            remedy: "simplify the schema to get a Rust type; values are preserved either way".to_owned(),
            reason: Some(because.to_owned()),
        });
        Type::Json
    }
}

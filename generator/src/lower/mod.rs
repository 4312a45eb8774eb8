//! Lowers an OpenAPI document to the model (`openapiv3` to `ir`). There is one file for each construct, and
//! every decision about the output is made here.
//!
//! Unsupported constructs are reported with their location and become something sound and wider. Imports
//! `document`, `ir`, `diagnostics` and `config`.

mod all_of;
mod boilerplate;
mod component;
mod config_names;
mod constraints;
mod deprecation;
mod discriminator_base;
mod enums;
mod fields;
mod header_name;
mod keyed_union;
mod keywords;
mod limits;
mod match_rules;
mod merged_property;
mod null;
mod operation;
mod package;
mod protobuf_oneof;
mod required_overrides;
mod scalar;
mod schema;
mod schema_types;
mod secrecy;
mod security;
mod server;
mod stale;
mod text;
mod union;
mod variant_names;

use std::collections::HashMap;

use indexmap::IndexMap;

use self::operation::Operations;
use self::security::Requirements;
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Pointer};
use crate::document::Document;
use crate::ir::{Api, Docs, Shape, Struct, Type, TypeDef, TypeId, TypeName};

/// Lowers a document to the model.
pub(crate) fn lower(document: &Document, config: &Config, diagnostics: &mut Diagnostics) -> Api {
    let mut found = Diagnostics::new();
    let mut lower = Lower {
        document,
        config,
        diagnostics: &mut found,
        api: Api::default(),
        components: HashMap::new(),
        inline: HashMap::new(),
        subschemas: None,
        open_types: HashMap::new(),
        in_progress: Vec::new(),
        merged_properties: Vec::new(),
        in_infinite_component: false,
        required_overrides: required_overrides::RequiredOverrides::new(&config.optional, document),
    };
    let operation_ids = lower.api();
    config_names::check(&mut lower, &operation_ids);
    lower.record_components();
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
    diagnostics: &'d mut Diagnostics,
    api: Api,
    /// The component schemas that were reached so far.
    components: HashMap<Pointer, Component>,
    /// The types of inline schemas in components, by location.
    inline: HashMap<Pointer, schema::Lowered>,
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
    /// The properties that codegen.toml makes optional.
    required_overrides: required_overrides::RequiredOverrides,
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
    /// Lowers everything. Returns the ids of all operations of the document, selected or not.
    fn api(&mut self) -> Vec<String> {
        let (document, config) = (self.document, self.config);
        let openapi = document.openapi();
        self.api.title = openapi.info.title.trim().to_owned();
        self.api.package_name = package::name_of(&self.api.title);
        self.api.description = openapi.info.description.clone();
        self.api.version = openapi.info.version.clone();
        let server = server::default_server(openapi, &config.client);
        self.api.other_servers = server::other_servers(openapi);
        self.api.security = security::lower(document, config, self.diagnostics);
        // With a selection, only schemas that the selected operations reach are lowered.
        if !config.operations.is_selection() {
            self.lower_components();
        }
        let requirements = Requirements::new(openapi.security.as_ref(), &self.api.security.schemes);
        let Operations { operations, resources, ids } =
            operation::lower_operations(self, &requirements, server.as_ref());
        self.api.server = server;
        self.api.operations = operations;
        self.api.resources = resources;
        ids
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

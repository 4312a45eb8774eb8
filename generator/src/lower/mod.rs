//! `openapiv3` -> `ir`, one file per construct. Every decision about the output is taken here.
//!
//! What cannot be honoured is reported with its place, and lowering goes on with something sound and wider.
//! Imports `document`, `ir`, `diagnostics` and `config`.

mod answer;
mod body;
mod choice_keys;
mod comments;
mod component;
mod compose;
mod deprecation;
mod encoding;
mod endless;
mod enums;
mod error_table;
mod expectations;
mod family;
mod fields;
mod headers;
mod keywords;
mod limits;
mod looks;
mod media_type;
mod multipart;
mod null;
mod oauth;
mod one_of;
mod operation;
mod overlap;
mod package;
mod pages;
mod parameter;
mod path;
mod places;
mod prose;
mod resource;
mod scalar;
mod schema;
mod secret;
mod security;
mod selection;
mod soften;
mod tags;
mod tuples;
mod union;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Pointer};
use crate::document::Document;
use crate::ir::{Api, Docs, ResponseHeader, Shape, Struct, Type, TypeDef, TypeId, TypeName};

/// Lowers a document.
pub(crate) fn lower(document: &Document, config: &Config, diagnostics: &mut Diagnostics) -> Api {
    let mut found = Diagnostics::new();
    let mut lower = Lower {
        document,
        config,
        diagnostics: &mut found,
        api: Api::default(),
        components: HashMap::new(),
        inline: HashMap::new(),
        headers: HashMap::new(),
        heirs: None,
        open: HashMap::new(),
        under_way: Vec::new(),
        overlaps: Vec::new(),
        in_endless: false,
        met: Vec::new(),
        payloads: HashSet::new(),
        page_settings: pages::Settings::new(config),
        softened: soften::Softened::new(&config.soften, document),
        shared_errors: HashMap::new(),
    };
    lower.api();
    lower.check_names();
    lower.note_components();
    let api = lower.api;
    // Lowering walks the document in the shape of 3.0; its owner knows the places that they wrote.
    for finding in found.iter() {
        let written = document.written(&finding.pointer);
        diagnostics.insert(Diagnostic { pointer: written, ..finding.clone() });
    }
    api
}

/// One document on its way into the ir.
struct Lower<'a, 'd> {
    document: &'a Document,
    config: &'a Config,
    diagnostics: &'d mut Diagnostics,
    api: Api,
    /// What each component schema that was met so far came to.
    components: HashMap<Pointer, Component>,
    /// What the inline schemas of components came to, where each of them stands.
    inline: HashMap<Pointer, schema::Lowered>,
    /// What each header of a component that was met so far came to.
    headers: HashMap<Pointer, ResponseHeader>,
    /// The component schemas that inherit from each; found when the first family is met.
    heirs: Option<IndexMap<Pointer, Vec<Pointer>>>,
    /// The schemas that are being lowered, where they are types with a name.
    open: HashMap<Pointer, TypeId>,
    /// The schemas that are being lowered, whatever they are, and the types that they are part of.
    under_way: Vec<(Pointer, Option<TypeId>)>,
    /// The members that several schemas describe and none says all of: the one that is being lowered, and those in it.
    overlaps: Vec<overlap::Overlap>,
    /// Whether a component that never comes to a type with a name is being lowered.
    in_endless: bool,
    /// The ids of all operations of the document, also of those that are not selected.
    met: Vec<String>,
    /// The path items of webhooks and callbacks that were met so far.
    payloads: HashSet<Pointer>,
    /// What codegen.toml says about pages.
    page_settings: pages::Settings<'a>,
    /// The members that may be missing, as codegen.toml says.
    softened: soften::Softened,
    /// What errors hold that operations share, by the places of their descriptions.
    shared_errors: HashMap<Pointer, Option<Type>>,
}

/// What a component schema came to.
#[derive(Clone, Debug)]
enum Component {
    /// It is being lowered: only a named type may refer to itself.
    UnderWay,
    /// It is under way, and met again on that way.
    Again,
    /// It is done, or it is a named type and may be referred to already.
    Done(schema::Lowered),
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
        // Of a selection only what its operations refer to is lowered, on the way.
        if !self.config.operations.is_selection() {
            self.lower_components();
            self.lower_operations();
            self.lower_webhooks();
        } else {
            self.lower_operations();
        }
        self.settle_tuples();
        self.settle_endless();
        self.settle_tags();
        self.settle_errors();
        self.settle_security();
    }

    /// Makes room for a named type; its shape follows.
    fn reserve(&mut self, name: TypeName, docs: Docs) -> TypeId {
        let id = TypeId::new(self.api.types.len());
        self.api.types.push(TypeDef { name, docs, shape: Shape::Struct(Struct::default()) });
        id
    }

    /// Says what a named type is.
    fn define(&mut self, id: TypeId, shape: Shape) -> Type {
        self.api.types[id.index()].shape = shape;
        Type::Named(id)
    }

    /// Any JSON, because the document says something that has no type here yet.
    fn untyped(&mut self, at: &Pointer, because: &str) -> Type {
        self.diagnostics.insert(Diagnostic {
            code: Code::UntypedSchema,
            pointer: at.clone(),
            position: None,
            message: format!("This schema becomes free-form JSON: {because}."),
            remedy: "Nothing is lost on the wire; to get a type, describe the schema in simpler terms."
                .to_owned(),
            reason: Some(because.to_owned()),
        });
        Type::Json
    }

    /// Names in codegen.toml that nothing in the document answers to.
    fn check_names(&mut self) {
        let names = &self.config.names;
        let openapi = self.document.openapi();
        let schemas = openapi.components.as_ref().map(|components| &components.schemas);
        let has_schema = |key: &String| schemas.is_some_and(|schemas| schemas.contains_key(key));
        let has_operation = |id: &String| self.met.contains(id);
        let has_group = |prefix: &String| {
            self.met.iter().any(|id| id.rsplit_once('.').is_some_and(|(group, _)| group == prefix))
                || openapi.tags.iter().any(|tag| tag.name == *prefix)
        };
        let variables = self.api.server.iter().flat_map(|server| &server.variables);
        let variables: Vec<&str> = variables.map(|variable| variable.name.as_str()).collect();
        let required = self.config.client.required_variables.iter();
        let unknown = required.filter(|name| !variables.contains(&name.as_str()));
        let unknown: Vec<String> =
            unknown.map(|name| format!("client.required-variables `{name}`")).collect();
        let stale: Vec<String> = [
            ("types", names.types.keys().filter(|key| !has_schema(key)).collect::<Vec<_>>()),
            ("unions", names.unions.keys().filter(|key| !has_schema(key)).collect()),
            ("operations", names.operations.keys().filter(|key| !has_operation(key)).collect()),
            ("resources", names.resources.keys().filter(|key| !has_group(key)).collect()),
        ]
        .into_iter()
        .flat_map(|(table, keys)| keys.into_iter().map(move |key| format!("[names.{table}] `{key}`")))
        .chain(unknown)
        .chain(self.stale_environment())
        .chain(self.softened.stale(self.config.operations.is_selection()))
        .collect();
        for entry in stale {
            self.diagnostics.report(
                Code::StaleName,
                &Pointer::root(),
                format!("codegen.toml names something that the document does not have: {entry}."),
                "Remove the entry, or correct its key.",
            );
        }
    }
}

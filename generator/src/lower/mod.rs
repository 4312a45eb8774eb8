//! Lowers a document to the model: the plans of its schemas to types, and its operations and security schemes.
//!
//! Unsupported constructs are reported with their location and become something sound and wider. Imports
//! `classify`, `document`, `ir`, `diagnostics` and `config`.

mod config_names;
mod header_name;
mod operation;
mod package;
mod required_overrides;
mod schema;
mod security;
mod server;
mod stale;
mod text;

use openapiv3::{ReferenceOr, Schema};

use self::required_overrides::RequiredOverrides;
use self::schema::{Lowered, Site, Types};
use self::security::Requirements;
use crate::classify::{Child, ChildSchema, Schemas};
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Diagnostics, Pointer};
use crate::document::Document;
use crate::ir::{Api, Reply, SchemaTypes, Type};

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
    let schemas = Schemas::new(document, config);
    let mut lower = Lower {
        document,
        config,
        schemas: &schemas,
        types: Types::new(&schemas),
        diagnostics: &mut found,
        required_overrides: RequiredOverrides::new(&config.optional, document),
    };
    let mut lowering = Lowering { api: describe(document, config), ..Lowering::default() };
    let operation_ids = lower.lower(&mut lowering);
    config_names::check(&mut lower, &lowering.api, &operation_ids);
    // Lowering sees the document in its 3.0 form, so locations are mapped back to the original document.
    for finding in found.iter() {
        let original = document.original(&finding.pointer);
        diagnostics.insert(Diagnostic { pointer: original, ..finding.clone() });
    }
    lowering
}

/// Returns what the document says of the API as a whole.
fn describe(document: &Document, config: &Config) -> Api {
    let info = &document.openapi().info;
    let title = info.title.trim().to_owned();
    Api {
        package: package::of(&title, &config.package),
        protojson: config.protojson,
        request_id_header: config.client.request_id_header.clone(),
        title,
        description: info.description.clone(),
        version: info.version.clone(),
        other_servers: server::other_servers(document.openapi()),
        ..Api::default()
    }
}

/// The state of lowering one document.
struct Lower<'a, 'd> {
    document: &'a Document,
    config: &'a Config,
    schemas: &'a Schemas<'a>,
    types: Types<'a>,
    diagnostics: &'d mut Diagnostics,
    /// The properties that codegen.toml makes optional.
    required_overrides: RequiredOverrides,
}

impl<'a> Lower<'a, '_> {
    /// Lowers everything. Returns the ids of all operations of the document, selected or not.
    fn lower(&mut self, Lowering { api, replies, schema_types }: &mut Lowering) -> Vec<String> {
        let (document, config) = (self.document, self.config);
        let openapi = document.openapi();
        api.server = server::default_server(openapi, &config.client);
        api.security = security::lower(document, config, self.diagnostics);
        // With a selection, only schemas that the selected operations reach are lowered.
        if !config.operations.is_selection() {
            self.lower_components();
        }
        let requirements = Requirements::new(openapi.security.as_ref(), &api.security.schemes);
        let mut lowered = operation::lower_operations(self, &requirements, api.server.as_ref());
        api.resources = std::mem::take(&mut lowered.resources);
        *replies = std::mem::take(&mut lowered.replies);
        let finished = std::mem::replace(&mut self.types, Types::new(self.schemas)).finish();
        (api.types, api.formats, *schema_types) = (finished.defs, finished.formats, finished.places);
        self.diagnostics.extend(finished.findings);
        let (operations, ids) = operation::paginate(self, api, lowered);
        api.operations = operations;
        ids
    }

    /// Lowers every component schema, in document order.
    fn lower_components(&mut self) {
        let Some(components) = &self.document.openapi().components else { return };
        let place = Pointer::root().child("components").child("schemas");
        let ids = components.schemas.keys().filter_map(|key| self.schemas.find(&place.child(key)));
        schema::lower_components(&mut self.types, &mut self.required_overrides, ids);
    }

    /// Lowers the schema or reference that is written at `at`.
    fn lower_schema_or_reference(
        &mut self,
        schema: &'a ReferenceOr<Schema>,
        at: &Pointer,
        site: Site,
    ) -> Lowered {
        let reference = match schema {
            ReferenceOr::Item(_) => None,
            ReferenceOr::Reference { reference } => Some(reference.as_str()),
        };
        self.lower_at(reference, at, site)
    }

    /// Like [`lower_schema_or_reference`](Self::lower_schema_or_reference), for the boxed schemas of `openapiv3`.
    fn lower_boxed(&mut self, schema: &'a ReferenceOr<Box<Schema>>, at: &Pointer, site: Site) -> Lowered {
        let reference = match schema {
            ReferenceOr::Item(_) => None,
            ReferenceOr::Reference { reference } => Some(reference.as_str()),
        };
        self.lower_at(reference, at, site)
    }

    fn lower_at(&mut self, reference: Option<&'a str>, at: &Pointer, site: Site) -> Lowered {
        let id = self.schemas.find(at);
        debug_assert!(reference.is_some() || id.is_some(), "the graph has no schema at {at}");
        let schema = match (reference, id) {
            (Some(_), Some(to)) => ChildSchema::Reference { to, at: at.clone() },
            (Some(reference), None) => ChildSchema::Dangling { reference, at: at.clone() },
            (None, Some(id)) => ChildSchema::Inline(id),
            (None, None) => return Type::Json.into(),
        };
        let nullable = id.is_some_and(|id| self.schemas.allows_null(id));
        schema::lower(&mut self.types, &mut self.required_overrides, &Child { schema, nullable }, site)
    }
}

//! Lowers a document to the model: the plans of its schemas to types, and its operations and security schemes.
//!
//! Unsupported constructs are reported with their location and become something sound and wider. Imports
//! `classify`, `document`, `ir`, `diagnostics` and `config`.

mod conditions;
mod config_names;
mod constraints;
mod context;
mod field_names;
mod given_names;
mod header_name;
mod name_entry;
mod operation;
mod package;
mod package_name;
mod pattern;
mod required_overrides;
mod schema;
mod security;
mod server;
mod stale;
mod text;

use std::collections::BTreeMap;

use self::constraints::ConstrainedSchemas;
use self::context::Lower;
use self::field_names::FieldNames;
use self::required_overrides::RequiredOverrides;
use self::schema::Types;
use self::security::Requirements;
use crate::classify::Schemas;
use crate::config::{self, Config};
use crate::diagnostics::{Diagnostic, Diagnostics, Pointer};
use crate::document::Document;
use crate::ir::{Api, ConstraintTable, CustomJson, CustomType, DeriveRule, Reply, SchemaTypes};

/// A lowered document: the model, and tables beside it for those who use them.
#[derive(Debug, Default)]
pub(crate) struct Lowering {
    pub(crate) api: Api,
    /// Replies of the mock server, for each operation.
    pub(crate) replies: Vec<Reply>,
    /// Constraints that the mock server checks.
    pub(crate) constraints: ConstraintTable,
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
        types: Types::new(&schemas, FieldNames::new(config, document, &schemas)),
        diagnostics: &mut found,
        required_overrides: RequiredOverrides::new(&config.optional, document),
        constrained: ConstrainedSchemas::default(),
    };
    let mut lowering = Lowering { api: describe(document, config), ..Lowering::default() };
    package::check_runtime(&lowering.api.package, diagnostics);
    let operation_ids = lower_all(&mut lower, &mut lowering);
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
        package: package::of(document.openapi(), document.file_name(), config),
        custom_types: custom_types(config),
        derive_rules: config.derive.iter().map(derive_rule).collect(),
        protojson: config.protojson,
        request_id_header: config.client.request_id_header.clone(),
        title,
        description: info.description.clone(),
        version: info.version.clone(),
        other_servers: server::other_servers(document.openapi()),
        ..Api::default()
    }
}

fn derive_rule(setting: &config::Derive) -> DeriveRule {
    let config::Derive { types, derive, attributes, where_possible } = setting.clone();
    DeriveRule { types, derive, attributes, where_possible }
}

/// Returns the types that the settings name.
fn custom_types(config: &Config) -> Vec<CustomType> {
    let types = &config.types;
    let of_properties = types.properties.values().flat_map(|properties| properties.values());
    let named = types.formats.values().chain(types.schemas.values()).chain(of_properties);
    let named = named.map(|ty| CustomType {
        path: ty.rust.to_string().into(),
        has_default: ty.has_default,
        json: CustomJson::Other,
    });
    let sorted: BTreeMap<_, _> = named.map(|ty| (ty.path.clone(), ty)).collect();
    sorted.into_values().collect()
}

/// Lowers everything. Returns the ids of all operations of the document, selected or not.
fn lower_all(
    lower: &mut Lower<'_, '_>,
    Lowering { api, replies, constraints, schema_types }: &mut Lowering,
) -> Vec<String> {
    let (document, config) = (lower.document, lower.config);
    let openapi = document.openapi();
    api.server = server::default_server(openapi, &config.client);
    let (security, unsupported) = security::lower(document, config);
    api.security = security;
    // With a selection, only schemas that the selected operations reach are lowered.
    if !config.operations.is_selection() {
        lower_components(lower);
    }
    let requirements = Requirements::new(openapi.security.as_ref(), &api.security.schemes, unsupported);
    let mut lowered = operation::lower_operations(lower, &requirements, api.server.as_ref());
    api.resources = std::mem::take(&mut lowered.resources);
    *replies = std::mem::take(&mut lowered.replies);
    constraints.operations = std::mem::take(&mut lowered.constraints);
    constraints.schemas = std::mem::take(&mut lower.constrained).finish(lower.schemas);
    api.given_names = given_names::of_schemas(lower);
    let empty = Types::new(lower.schemas, FieldNames::default());
    let finished = std::mem::replace(&mut lower.types, empty).finish();
    (api.types, api.formats, *schema_types) = (finished.defs, finished.formats, finished.places);
    lower.diagnostics.extend(finished.findings);
    api.given_names.add_operations(std::mem::take(&mut lowered.given_names));
    let (operations, ids) = operation::paginate(lower, api, lowered);
    api.operations = operations;
    ids
}

/// Lowers every component schema, in document order.
fn lower_components(lower: &mut Lower<'_, '_>) {
    let Some(components) = &lower.document.openapi().components else { return };
    let place = Pointer::root().child("components").child("schemas");
    let ids = components.schemas.keys().filter_map(|key| lower.schemas.find(&place.child(key)));
    schema::lower_components(&mut lower.types, &mut lower.required_overrides, ids);
}

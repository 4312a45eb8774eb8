//! Types of the user that codegen.toml gives to schemas and properties.

use std::collections::{HashMap, HashSet};

use super::keywords::Keywords;
use super::parts::{Parts, SchemaPart};
use crate::config;
use crate::diagnostics::Pointer;
use crate::document::{Document, SchemaGraph, SchemaId};
use crate::ir::{CustomJson, CustomType};

/// The types of schemas, and of properties by their locations.
#[derive(Debug, Default)]
pub(super) struct CustomTypes {
    schemas: HashMap<SchemaId, CustomType>,
    properties: HashMap<Pointer, CustomType>,
    /// The formats of the document. Empty if codegen.toml gives no format a type.
    formats: HashSet<String>,
}

impl CustomTypes {
    /// Finds the schemas and properties that the settings name.
    pub(super) fn new(
        document: &Document,
        graph: &SchemaGraph<'_>,
        (keywords, parts): (&[Keywords<'_>], &[Parts<'_>]),
        types: &config::Types,
    ) -> Self {
        let schemas = types.schemas.iter().filter_map(|(name, ty)| {
            let id = graph.at(&document.schema_of_setting(name)?)?;
            Some((id, custom(ty, json(&keywords[id.index()]))))
        });
        let of_schemas = types.properties.iter().filter_map(|(name, properties)| {
            Some((graph.at(&document.schema_of_setting(name)?)?, properties))
        });
        let mut properties = HashMap::new();
        for (id, types) in of_schemas {
            for (name, ty) in types {
                let places = PropertyPlaces::of(&parts[id.index()], &graph[id].at, name);
                properties.extend(places.own.into_iter().map(|at| (at, custom(ty, CustomJson::Other))));
            }
        }
        let has_type = |it: &&Keywords<'_>| matches!(it.ty, Some("string" | "integer" | "number"));
        let formats = keywords.iter().filter(|_| !types.formats.is_empty()).filter(has_type);
        Self {
            schemas: schemas.collect(),
            properties,
            formats: formats.filter_map(|it| it.format.as_deref().map(str::to_owned)).collect(),
        }
    }

    /// Returns the type of a schema.
    pub(super) fn of_schema(&self, id: SchemaId) -> Option<&CustomType> {
        self.schemas.get(&id)
    }

    /// Returns the type of the property at a location.
    pub(super) fn of_property(&self, at: &Pointer) -> Option<&CustomType> {
        self.properties.get(at)
    }

    /// Returns the formats of the document, if codegen.toml gives some format a type.
    pub(super) fn formats(&self) -> &HashSet<String> {
        &self.formats
    }
}

/// The locations of a property of a schema.
pub(crate) struct PropertyPlaces {
    /// Locations inside the schema.
    pub(crate) own: Vec<Pointer>,
    /// The location in another schema, from which the property is inherited by `allOf`.
    pub(crate) inherited: Option<Pointer>,
}

impl PropertyPlaces {
    /// Finds a property of the schema at `at` with these parts.
    pub(super) fn of(parts: &[SchemaPart<'_>], at: &Pointer, name: &str) -> Self {
        let listing = parts.iter().filter(|part| part.keywords.properties.contains_key(name));
        let (own, inherited): (Vec<_>, Vec<_>) =
            listing.partition(|part| part.at == *at || part.at.is_inside(at));
        let place = |part: &SchemaPart<'_>| part.at.child("properties").child(name);
        Self {
            own: own.into_iter().map(place).collect(),
            inherited: inherited.first().map(|part| place(part)),
        }
    }
}

/// Returns a type of codegen.toml for values of a JSON type.
pub(super) fn custom(ty: &config::CustomType, json: CustomJson) -> CustomType {
    CustomType { path: ty.rust.to_string().into(), has_default: ty.has_default, json }
}

fn json(keywords: &Keywords<'_>) -> CustomJson {
    match keywords.ty {
        Some("string") => CustomJson::Text,
        Some("integer" | "number") => CustomJson::Number,
        _ => CustomJson::Other,
    }
}

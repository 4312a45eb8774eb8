//! Collects the constraints of schemas that the Rust types do not express, for the mock server.
//!
//! A schema gets its index when something first refers to it, and its content from a queue. So each schema is read once,
//! and the order of the components has no effect.

use std::collections::HashMap;

use openapiv3::AdditionalProperties;

use super::conditions::condition_of;
use super::pattern::translated;
use crate::classify::{self, Keywords, SchemaPart, Schemas};
use crate::config::OptionalProperties;
use crate::document::{SchemaId, dependent_required};
use crate::ir::{Constraint, Fit, SchemaConstraints, SchemaIndex, UnionConstraints};

/// The largest number of values of a property that tell alternatives apart.
const MAX_CONSTANTS: usize = 16;

/// The formats of strings that the mock server checks (`mock/formats.rs` of the runtime).
const CHECKED_FORMATS: [&str; 6] = ["email", "hostname", "idn-email", "ipv4", "ipv6", "uri"];

/// The schemas that values of operations have.
#[derive(Default)]
pub(super) struct ConstrainedSchemas {
    indexes: HashMap<SchemaId, SchemaIndex>,
    ids: Vec<SchemaId>,
}

impl ConstrainedSchemas {
    /// Returns the index of a schema.
    pub(super) fn index(&mut self, id: SchemaId) -> SchemaIndex {
        *self.indexes.entry(id).or_insert_with(|| {
            self.ids.push(id);
            self.ids.len() - 1
        })
    }

    /// Returns the constraints of all schemas, including those inside others.
    pub(super) fn finish(mut self, schemas: &Schemas<'_>) -> Vec<SchemaConstraints> {
        let mut all = Vec::new();
        while let Some(id) = self.ids.get(all.len()).copied() {
            all.push(self.read(schemas, id));
        }
        all
    }

    fn read(&mut self, schemas: &Schemas<'_>, id: SchemaId) -> SchemaConstraints {
        let keywords = schemas.keywords(id);
        let protojson = schemas.config.protojson;
        let parts: Vec<SchemaId> = schemas.all_of(id).flatten().map(|entry| entry.id).collect();
        let has_more = !parts.is_empty() || has_other_properties(schemas, id);
        let others = keywords.additional_properties.filter(|_| !has_more);
        let is_wrapper = parts.len() == 1 && keywords.has_only_annotations();
        let (wraps, all_of) = if is_wrapper { (parts.first(), &[][..]) } else { (None, parts.as_slice()) };
        let properties = schemas.properties(id);
        let place = schemas.at(id).child("properties");
        SchemaConstraints {
            fit: if protojson { Fit::default() } else { fit(schemas, id) },
            regex: keywords.limits.pattern.and_then(|it| translated(it).filter(|regex| regex != it)),
            limits: limits(schemas, keywords),
            is_quoted: protojson && keywords.ty == Some("integer"),
            is_closed: matches!(others, Some(AdditionalProperties::Any(false))),
            properties: properties
                .map(|(name, entry)| {
                    // The document is wrong about a property that has a type of the user.
                    let entry =
                        entry.filter(|_| schemas.custom_type_of_property(&place.child(name)).is_none());
                    (name.to_owned(), entry.map(|entry| self.index(entry.id)))
                })
                .collect(),
            additional_properties: schemas
                .additional_properties(id)
                .filter(|_| others.is_some())
                .map(|entry| self.index(entry.id)),
            items: schemas.items(id).map(|entry| self.index(entry.id)),
            wraps: wraps.map(|part| self.index(*part)),
            all_of: all_of.iter().map(|part| self.index(*part)).collect(),
            unions: self.unions(schemas, id, !all_of.is_empty() || !keywords.properties.is_empty()),
            // In ProtoJSON a value has several forms.
            not: keywords.not.filter(|_| !protojson).and_then(|not| condition_of(schemas, not)),
            dependent_required: if protojson { Vec::new() } else { dependent(schemas, id) },
        }
    }

    fn unions(&mut self, schemas: &Schemas<'_>, id: SchemaId, is_open: bool) -> Vec<UnionConstraints> {
        let keywords = schemas.keywords(id);
        let mut unions = Vec::new();
        for mut alternatives in schemas.unions(id) {
            alternatives.retain(|id| !classify::is_null_or_never(schemas, *id));
            if alternatives.is_empty() {
                continue;
            }
            let mapped = keywords.data.discriminator.as_ref().map(|discriminator| {
                let names = classify::discriminator_names(schemas, discriminator, &alternatives);
                let names = names.into_iter().map(|(name, id)| (name, self.index(id)));
                (discriminator.property_name.clone(), names.collect())
            });
            unions.push(UnionConstraints {
                alternatives: alternatives.into_iter().map(|id| self.index(id)).collect(),
                is_open,
                discriminator: mapped,
            });
        }
        unions
    }
}

/// Returns true if a value can have properties that the schema does not list itself: the properties of alternatives, or
/// of the schemas that a discriminator names.
fn has_other_properties(schemas: &Schemas<'_>, id: SchemaId) -> bool {
    let is_union = |part: &&SchemaPart<'_>| part.id == id && !part.keywords.alternatives().is_empty();
    schemas.keywords(id).data.discriminator.is_some()
        || schemas
            .parts(id)
            .iter()
            .filter(is_union)
            .any(|it| !classify::only_requires_properties(schemas, it))
}

/// Returns the limits that the mock server checks.
fn limits(schemas: &Schemas<'_>, keywords: &Keywords<'_>) -> Vec<Constraint> {
    let all = classify::constraints(schemas, keywords);
    // The limits can mean the bytes or their text.
    let is_bytes = matches!(keywords.format.as_deref(), Some("byte" | "base64" | "base64url" | "binary"));
    let is_limit = |constraint: &Constraint| match constraint {
        Constraint::Range { .. }
        | Constraint::MultipleOf(_)
        | Constraint::Items(_)
        | Constraint::UniqueItems
        | Constraint::Properties(_) => true,
        Constraint::Length(_) => !is_bytes,
        Constraint::Pattern(pattern) => !is_bytes && translated(pattern).is_some(),
        // The pattern describes the text better, and sample values match only the pattern.
        Constraint::Format(format) => {
            let is_checked = CHECKED_FORMATS.contains(&format.as_str());
            is_checked && keywords.ty == Some("string") && keywords.limits.pattern.is_none()
        }
        _ => false,
    };
    all.into_iter().filter(is_limit).collect()
}

/// Returns `dependentRequired`, without the properties that can be missing.
fn dependent(schemas: &Schemas<'_>, id: SchemaId) -> Vec<(String, Vec<String>)> {
    let all = dependent_required(schemas.schema(id)).map(|(name, required)| {
        let required = required.into_iter().filter(|name| has_always(schemas, id, name));
        (name.to_owned(), required.map(str::to_owned).collect::<Vec<_>>())
    });
    all.filter(|(_, required)| !required.is_empty()).collect()
}

/// Returns true if a required property of a schema is in every value. A property that only one direction has, or that
/// codegen.toml makes optional, can be missing.
fn has_always(schemas: &Schemas<'_>, id: SchemaId, name: &str) -> bool {
    let may_be_missing = schemas.config.optional != OptionalProperties::default();
    !may_be_missing
        && schemas.property(id, name).is_some_and(|entry| {
            let parts = schemas.parts(entry.id).iter();
            !parts.map(|part| part.keywords.data).any(|data| data.read_only || data.write_only)
        })
}

/// Returns the conditions that distinguish values of a schema. The schemas that it includes have their own.
fn fit(schemas: &Schemas<'_>, id: SchemaId) -> Fit {
    let keywords = schemas.keywords(id);
    let required = keywords.required.iter().filter(|name| has_always(schemas, id, name));
    let constants = schemas.properties(id).filter_map(|(name, entry)| {
        let parts = schemas.parts(entry?.id);
        let listed = parts.iter().rev().find(|part| !part.keywords.values.is_empty())?;
        let values = &listed.keywords.values;
        (values.len() <= MAX_CONSTANTS).then(|| (name.to_owned(), values.to_vec()))
    });
    Fit {
        types: keywords.ty.iter().map(|ty| (*ty).to_owned()).collect(),
        values: keywords.values.to_vec(),
        required: required.cloned().collect(),
        constants: constants.collect(),
    }
}

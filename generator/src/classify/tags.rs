//! The constants of objects, and the values of discriminators.

use std::collections::HashMap;

use heck::ToUpperCamelCase;
use indexmap::IndexMap;
use openapiv3::Discriminator;

use super::parts::SchemaPart;
use super::schemas::Schemas;
use crate::diagnostics::Pointer;
use crate::document::SchemaId;
use crate::ir::Constant;

/// The values of properties that have listed values only.
pub(super) type Constants = IndexMap<String, Vec<Constant>>;

/// Returns the values of the discriminator property for a schema: the mapped ones, or else a constant, or else the
/// name of the schema (OpenAPI 3.0.3, section 4.7.25).
pub(super) fn tags(
    schemas: &Schemas<'_>,
    discriminator: &Discriminator,
    mapped: &MappedValues,
    target: SchemaId,
    constants: &Constants,
) -> Vec<Constant> {
    if let Some(values) = mapped.get(&target) {
        return values.clone();
    }
    let key = short_name(schemas.at(target));
    let values = constants.get(&discriminator.property_name).map_or(&[][..], Vec::as_slice);
    // A shared enum lists the values of all subschemas. The value of this one is named like the schema.
    let is_named = |value: &&Constant| {
        value.as_text().is_some_and(|text| text.to_upper_camel_case() == key.to_upper_camel_case())
    };
    match values.iter().find(is_named) {
        Some(own) => vec![own.clone()],
        None if values.is_empty() => vec![Constant::Text(key)],
        None => values.to_vec(),
    }
}

/// Returns the properties of an object that have listed values only, with these values.
pub(super) fn constants_of(schemas: &Schemas<'_>, parts: &[SchemaPart<'_>]) -> Constants {
    let mut constants = Constants::new();
    for part in parts {
        for (name, entry) in schemas.properties(part.id) {
            let Some(entry) = entry else { continue };
            let Some(mut values) = listed_values(schemas.parts(entry.id)) else { continue };
            // Several lists leave the values that all of them allow.
            if let Some(known) = constants.get(name) {
                let is_common = |value: &Constant| known.contains(value);
                if values.iter().any(is_common) {
                    values.retain(is_common);
                }
            }
            constants.insert(name.to_owned(), values);
        }
    }
    constants
}

/// Returns the listed values of the schema with these parts.
pub(super) fn listed_values(parts: &[SchemaPart<'_>]) -> Option<Vec<Constant>> {
    let listed = parts.iter().rev().find(|part| !part.keywords.values.is_empty())?;
    listed.keywords.values.iter().map(Constant::of).collect()
}

/// Returns the first required property that has only one value.
pub(super) fn constant_property<'c>(parts: &[SchemaPart<'_>], constants: &'c Constants) -> Option<&'c str> {
    let is_required = |name: &String| parts.iter().any(|part| part.keywords.required.contains(name));
    constants
        .iter()
        .find(|(name, values)| values.len() == 1 && is_required(name))
        .map(|(name, _)| name.as_str())
}

/// The values of a discriminator, by the schema that they are mapped to.
pub(super) type MappedValues = HashMap<SchemaId, Vec<Constant>>;

/// Returns the values that a discriminator maps to schemas.
pub(super) fn mapped_values(schemas: &Schemas<'_>, discriminator: &Discriminator) -> MappedValues {
    let mut values = MappedValues::new();
    for (value, to) in &discriminator.mapping {
        let target = schemas.document.mapping_target(to).and_then(|at| schemas.find(&at));
        if let Some(target) = target {
            values.entry(target).or_default().push(Constant::Text(value.clone()));
        }
    }
    values
}

/// Returns the values of a discriminator that name alternatives: the mapped ones, or else the name of the component.
/// Leaves out the names that several alternatives have.
pub(crate) fn discriminator_names(
    schemas: &Schemas<'_>,
    discriminator: &Discriminator,
    alternatives: &[SchemaId],
) -> Vec<(String, SchemaId)> {
    let mapped = mapped_values(schemas, discriminator);
    let mut names: Vec<(String, SchemaId)> = Vec::new();
    for id in alternatives {
        match mapped.get(id) {
            Some(values) => {
                let texts = values.iter().filter_map(Constant::as_text);
                names.extend(texts.map(|text| (text.to_owned(), *id)));
            }
            None if schemas.component(*id) == Some(*id) => {
                let at = schemas.at(*id);
                let of_component = [at.segments().last().unwrap_or_default(), short_name(at)];
                let unmapped = of_component.into_iter().filter(|it| !discriminator.mapping.contains_key(it));
                names.extend(unmapped.map(|it| (it, *id)));
            }
            None => {}
        }
    }
    let mut owners: HashMap<String, Option<SchemaId>> = HashMap::new();
    for (name, id) in &names {
        let owner = owners.entry(name.clone()).or_insert(Some(*id));
        *owner = owner.filter(|owner| owner == id);
    }
    names.retain(|(name, _)| owners[name].is_some());
    names
}

/// Returns the last segment of a location. Component names lose their packages.
pub(super) fn short_name(target: &Pointer) -> String {
    let last = target.segments().last().unwrap_or_default();
    let name = last.rsplit('.').next().unwrap_or_default();
    if name.is_empty() { last } else { name.to_owned() }
}

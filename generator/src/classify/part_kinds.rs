//! Questions about the parts of a schema: objects, scalars, or unions of these.

use super::keywords::Keywords;
use super::parts::SchemaPart;
use super::schemas::{Entry, Schemas};
use crate::document::{SchemaId, is_never, is_only_null};

/// Returns true if a value can have the types of all parts.
pub(super) fn types_agree<'p, 'a: 'p>(parts: impl IntoIterator<Item = &'p SchemaPart<'a>>) -> bool {
    let types: Vec<&str> = parts.into_iter().filter_map(|part| part.keywords.ty).collect();
    let are = |names: &[&str]| types.iter().all(|ty| names.contains(ty));
    are(&["integer", "number"]) || types.first().is_none_or(|first| are(&[first]))
}

/// Returns true if the schema with these parts is an object.
pub(super) fn is_object(parts: &[SchemaPart<'_>]) -> bool {
    parts.iter().any(|part| part.keywords.is_object() || !part.keywords.required.is_empty())
        && !parts.iter().any(|part| part.keywords.is_scalar())
}

/// Returns true if no alternative of a union is a scalar or a list.
pub(super) fn is_of_objects(schemas: &Schemas<'_>, union: &SchemaPart<'_>) -> bool {
    schemas.alternative_ids(union).all(|id| !schemas.parts(id).iter().any(|part| part.keywords.is_scalar()))
}

/// Returns true if these parts only list required properties.
pub(super) fn only_requires(parts: &[SchemaPart<'_>]) -> bool {
    parts.iter().all(|part| part.keywords.properties.is_empty() && part.keywords.only_requires())
}

/// Returns true if the alternatives of a union only list required properties.
pub(crate) fn only_requires_properties(schemas: &Schemas<'_>, union: &SchemaPart<'_>) -> bool {
    schemas.alternative_ids(union).all(|id| only_requires(schemas.parts(id)))
}

/// Returns true if a schema allows only null, or no value at all.
pub(crate) fn is_null_or_never(schemas: &Schemas<'_>, id: SchemaId) -> bool {
    let schema = schemas.schema(id);
    is_only_null(schema) || schemas.keywords(id).is_null_of_3_0() || is_never(schema)
}

/// Returns true if the values of a schema are text without a type that says more: any value, or strings of several
/// formats.
pub(crate) fn is_any_text(schemas: &Schemas<'_>, id: SchemaId) -> bool {
    let [part] = &schemas.parts(id)[..] else { return false };
    if part.keywords.is_annotation() {
        return true;
    }
    let is_string = |id: SchemaId| match &schemas.parts(id)[..] {
        [part] => part.keywords.ty == Some("string") && part.keywords.values.is_empty(),
        _ => false,
    };
    let is_union = !part.keywords.alternatives().is_empty() && part.keywords.properties.is_empty();
    let mut alternatives = schemas.alternative_ids(part).filter(|id| !is_null_or_never(schemas, *id));
    is_union && alternatives.all(is_string)
}

/// Returns the entry of `allOf` that decides the type alone, with its position, if everything beside it is
/// annotations. The entry is `None` if it is a reference that leads nowhere.
pub(super) fn deciding_entry(schemas: &Schemas<'_>, id: SchemaId) -> Option<(usize, Option<Entry>)> {
    let keywords = schemas.keywords(id);
    if !keywords.is_bare() {
        return None;
    }
    let part = |entry: &Option<Entry>| entry.map(|entry| schemas.keywords(entry.id));
    let mut informative = schemas.all_of(id).enumerate().filter(|(_, entry)| {
        part(entry).is_none_or(|part| !part.is_bare() || !part.all_of.is_empty() || part.ty.is_some())
    });
    let (index, only) = informative.next()?;
    let decided = part(&only);
    let ty = decided.and_then(|decided| decided.ty);
    // A format alone needs the type that the schema gives.
    if keywords.ty.is_some() && decided.is_some_and(Keywords::only_formats) {
        return None;
    }
    let agrees = |(_, other): (usize, Option<Entry>)| {
        other.filter(|other| !other.is_reference).is_some_and(|other| {
            let other = schemas.keywords(other.id);
            other.is_bare() && (other.ty.is_none() || other.ty == ty)
        })
    };
    informative.all(agrees).then_some((index, only))
}

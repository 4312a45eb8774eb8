//! Merged properties: properties that several parts of an `allOf` describe. Each description is a contribution.
//!
//! Mostly one contribution covers all others. It then decides alone, and a reference keeps the type that it
//! names. Otherwise the contributions are merged: inline objects get the properties of all, lists and enums
//! are narrowed by all, and in any other case the last contribution overrides the others.

use std::collections::HashSet;
use std::rc::Rc;

use openapiv3::AdditionalProperties;
use serde_json::Value;

use super::children::{child_of, custom_child};
use super::keywords::Keywords;
use super::part_kinds::{deciding_entry, is_null_or_never, is_of_objects, types_agree};
use super::parts::SchemaPart;
use super::plan::{Child, ChildSchema, MergedSchema};
use super::property::{Contribution, Property, PropertySchema};
use super::schemas::Schemas;
use crate::diagnostics::{Code, Diagnostics};
use crate::document::SchemaId;
use crate::ir::Docs;

/// The number of contributions that one contribution is compared with. Real documents have two or three.
const COMPARED: usize = 32;

/// A contribution with the parts of its schema.
struct ResolvedContribution<'p, 'a> {
    contribution: &'p Contribution<'a>,
    /// True if it is a reference with annotations only.
    is_reference: bool,
    parts: Vec<SchemaPart<'a>>,
}

/// Returns the schema of a property, list item or map value with one or several contributions.
pub(super) fn child<'a>(
    schemas: &Schemas<'a>,
    property: &Property<'a>,
    findings: &mut Diagnostics,
) -> Child<'a> {
    if property.also.is_empty() {
        return child_of(schemas, &property.last);
    }
    let effective = effective(schemas, property);
    let last = effective.last().map_or(&property.last, |it| it.contribution);
    // The last contribution that has a type decides if null is allowed. The effective one may allow it as well.
    let explicit = property.contributions().rev().find_map(|it| is_nullable(schemas, it));
    let nullable = explicit == Some(true) || is_nullable(schemas, last) == Some(true);
    if let Some(ty) = property.custom_type(schemas) {
        return custom_child(ty, property.last.at.clone(), nullable);
    }
    let merged = match must_be_merged(schemas, &effective, findings) {
        true => merge(schemas, &effective, property),
        false => None,
    };
    let schema = merged.unwrap_or_else(|| child_of(schemas, last).schema);
    Child { schema, nullable }
}

/// Returns true if a contribution allows null, or `None` if it only has annotations.
fn is_nullable(schemas: &Schemas<'_>, contribution: &Contribution<'_>) -> Option<bool> {
    let id = contribution.id()?;
    let allowed = schemas.allows_null(id);
    (allowed || !schemas.keywords(id).is_annotation()).then_some(allowed)
}

/// Returns the contributions in document order, without those that another one covers. Of two equivalent ones, the
/// reference remains, or else the later one.
fn effective<'p, 'a>(schemas: &Schemas<'a>, property: &'p Property<'a>) -> Vec<ResolvedContribution<'p, 'a>> {
    let mut effective: Vec<ResolvedContribution<'p, 'a>> = Vec::new();
    for it in property.contributions().map(|it| resolve(schemas, it)) {
        let compared = effective.len().saturating_sub(COMPARED);
        let is_known = effective[compared..].iter().any(|known| {
            let is_named = known.is_reference && !it.is_reference;
            covers(schemas, &known.parts, &it.parts)
                && (is_named || !covers(schemas, &it.parts, &known.parts))
        });
        if !is_known {
            let compared = effective.split_off(compared);
            effective.extend(compared.into_iter().filter(|known| !covers(schemas, &it.parts, &known.parts)));
            effective.push(it);
        }
    }
    effective
}

fn resolve<'p, 'a>(
    schemas: &Schemas<'a>,
    contribution: &'p Contribution<'a>,
) -> ResolvedContribution<'p, 'a> {
    let parts = contribution.id().map(|id| schemas.parts(id).clone()).unwrap_or_default();
    let parts = parts.iter().flat_map(|part| match only_alternative(schemas, part) {
        Some(id) => schemas.parts(id).to_vec(),
        None => vec![part.clone()],
    });
    let parts: Vec<SchemaPart<'a>> = parts.filter(|part| !part.keywords.has_only_annotations()).collect();
    ResolvedContribution { contribution, is_reference: is_reference(schemas, contribution, &parts), parts }
}

/// Returns true if a contribution with these parts is a reference with annotations only.
fn is_reference(schemas: &Schemas<'_>, contribution: &Contribution<'_>, parts: &[SchemaPart<'_>]) -> bool {
    let PropertySchema::Item(id, _) = contribution.schema else {
        return matches!(contribution.schema, PropertySchema::Reference { .. });
    };
    match deciding_entry(schemas, id) {
        Some((_, only)) => only.is_none_or(|only| only.is_reference),
        None => {
            let at = &contribution.at;
            let is_elsewhere = |part: &SchemaPart<'_>| part.at != *at && !part.at.is_inside(at);
            !schemas.keywords(id).alternatives().is_empty() && parts.iter().all(is_elsewhere)
        }
    }
}

/// Returns the only alternative of a union beside null.
fn only_alternative(schemas: &Schemas<'_>, union: &SchemaPart<'_>) -> Option<SchemaId> {
    let keywords = &union.keywords;
    if keywords.is_object() || keywords.is_scalar() || keywords.data.discriminator.is_some() {
        return None;
    }
    let mut ids = schemas.alternative_ids(union).filter(|id| !is_null_or_never(schemas, *id));
    ids.next().filter(|_| ids.next().is_none())
}

/// Returns true if the type of the property is a combination of several contributions. A referenced type is only
/// combined with others if the last contribution adds to it inline.
fn must_be_merged(
    schemas: &Schemas<'_>,
    effective: &[ResolvedContribution<'_, '_>],
    findings: &mut Diagnostics,
) -> bool {
    let [_, .., last] = effective else { return false };
    let all = || effective.iter().flat_map(|it| &it.parts);
    let (unions, rest): (Vec<_>, Vec<_>) = all().partition(|it| !it.keywords.alternatives().is_empty());
    let are_objects = rest.iter().all(|part| !part.keywords.is_scalar());
    let is_scalar = |part: &&SchemaPart<'_>| part.keywords.is_scalar() || part.keywords.only_formats();
    let are_scalars = rest.iter().copied().all(|part| is_scalar(&part)) && types_agree(rest.iter().copied());
    if unions.is_empty() && !are_objects && !are_scalars {
        findings.report(
            Code::UnsupportedKeyword,
            &last.contribution.at,
            "the parts of `allOf` give this property different types, so the last one decides",
            "use the same type in all parts, or set it in one of them only",
        );
        return false;
    }
    let is_written_out = |contribution: &ResolvedContribution<'_, '_>| {
        let is_inline =
            |part: &SchemaPart<'_>| part.keywords.alternatives().iter().all(|it| it.as_item().is_some());
        !contribution.is_reference && contribution.parts.iter().all(is_inline)
    };
    let lists_values = last.parts.iter().any(|part| !part.keywords.values.is_empty());
    !last.is_reference
        && match unions.is_empty() {
            true => true,
            false if are_objects => {
                effective.iter().all(is_written_out)
                    && unions.into_iter().all(|it| is_of_objects(schemas, it))
            }
            false => are_scalars && lists_values,
        }
}

/// Combines several contributions. The combination may refer back to itself, directly or through other merged
/// properties.
fn merge<'a>(
    schemas: &Schemas<'a>,
    contributions: &[ResolvedContribution<'_, 'a>],
    property: &Property<'a>,
) -> Option<ChildSchema<'a>> {
    Some(ChildSchema::Merged(Rc::new(MergedSchema {
        of: contributions.iter().flat_map(|it| &it.parts).map(|it| it.id).collect(),
        parts: distinct(contributions),
        keywords: keywords_for_docs(schemas, property)?,
        at: property.last.at.clone(),
    })))
}

/// Returns the keywords of the last description that has a `description` text, or else of the last one.
fn keywords_for_docs<'a>(schemas: &Schemas<'a>, property: &Property<'a>) -> Option<Keywords<'a>> {
    let ids = property.contributions().rev().filter_map(Contribution::id);
    let all: Vec<&Keywords<'a>> = ids.map(|id| schemas.keywords(id)).collect();
    let described = all.iter().find(|keywords| keywords.data.description.is_some());
    described.or(all.first()).map(|keywords| (*keywords).clone())
}

/// Returns true if a schema with the parts `whole` covers a schema with the parts `parts`.
fn covers(schemas: &Schemas<'_>, whole: &[SchemaPart<'_>], parts: &[SchemaPart<'_>]) -> bool {
    parts.iter().all(|part| whole.iter().any(|own| own.id == part.id) || implies(schemas, whole, part))
}

/// Returns true if a schema with the parts `whole` covers a part: every keyword of the part is implied.
fn implies<'a>(schemas: &Schemas<'a>, whole: &[SchemaPart<'a>], part: &SchemaPart<'a>) -> bool {
    let keywords = &part.keywords;
    let any = |is: &dyn Fn(&Keywords<'a>) -> bool| whole.iter().any(|own| is(&own.keywords));
    let has_type = match keywords.ty {
        None => true,
        Some("object") => whole.iter().any(|own| is_object_or_several(schemas, own)),
        Some("number") => any(&|own| matches!(own.ty, Some("number" | "integer"))),
        ty => any(&|own| own.ty == ty),
    };
    let has_values =
        keywords.values.is_empty() || any(&|own| !own.values.is_empty() && lists(keywords, &own.values));
    let has_format =
        keywords.format.is_none() || any(&|own| own.format == keywords.format || !own.values.is_empty());
    let is_required = |name: &String| any(&|own| own.required.contains(name));
    let has_additional = match keywords.additional_properties {
        Some(AdditionalProperties::Schema(_)) => {
            any(&|own| own.additional_properties == keywords.additional_properties)
        }
        Some(AdditionalProperties::Any(_)) | None => true,
    };
    keywords.alternatives().is_empty()
        && has_type
        && has_values
        && has_format
        && has_additional
        && keywords.required.iter().all(is_required)
        && keywords.properties.keys().all(|name| {
            let own = whole.iter().filter_map(|own| Contribution::of_property(schemas, own, name));
            let own = own.collect::<Vec<_>>();
            !own.is_empty()
                && Contribution::of_property(schemas, part, name)
                    .is_some_and(|contribution| is_covered_by(schemas, &own, &contribution))
        })
        && Contribution::of_items(schemas, part).is_none_or(|contribution| {
            let own = whole.iter().filter_map(|own| Contribution::of_items(schemas, own));
            is_covered_by(schemas, &own.collect::<Vec<_>>(), &contribution)
        })
}

/// Returns true if a schema lists all of the values.
fn lists(keywords: &Keywords<'_>, values: &[Value]) -> bool {
    let listed: HashSet<String> = keywords.values.iter().map(Value::to_string).collect();
    values.iter().all(|value| listed.contains(&value.to_string()))
}

fn is_object_or_several(schemas: &Schemas<'_>, part: &SchemaPart<'_>) -> bool {
    let is_union = !part.keywords.alternatives().is_empty();
    part.keywords.is_object() || (is_union && is_of_objects(schemas, part))
}

/// Returns true if several contributions together cover another one. References are compared by their targets, not
/// by content, since they may be cyclic.
fn is_covered_by<'a>(schemas: &Schemas<'a>, whole: &[Contribution<'a>], other: &Contribution<'a>) -> bool {
    if whole.iter().any(|own| own.schema == other.schema) {
        return true;
    }
    let own: Vec<SchemaPart<'a>> = whole.iter().flat_map(|it| resolve(schemas, it).parts).collect();
    let parts = resolve(schemas, other).parts;
    let is_plain = |part: &SchemaPart<'a>| part.keywords.is_scalar() && part.keywords.items.is_none();
    let is_known = |part: &SchemaPart<'a>| own.iter().any(|own| own.id == part.id);
    let is_here = |part: &SchemaPart<'a>| part.at == other.at || part.at.is_inside(&other.at);
    !whole.is_empty()
        && parts.iter().all(|part| is_here(part) || is_plain(part) || is_known(part))
        && covers(schemas, &own, &parts)
}

/// Returns the documentation of a property: annotations that follow the effective contribution come first, then the
/// effective contribution, then the earlier ones, from the last to the first. Each fills in only what the ones before
/// it leave out.
pub(super) fn merged_docs(schemas: &Schemas<'_>, property: &Property<'_>) -> Docs {
    if property.also.is_empty() {
        return property.last.docs(schemas);
    }
    let all: Vec<&Contribution<'_>> = property.contributions().collect();
    let effective = effective(schemas, property);
    let is_last_effective =
        |it: &&Contribution<'_>| effective.last().is_some_and(|last| std::ptr::eq(last.contribution, *it));
    let position = all.iter().position(is_last_effective);
    let mut order: Vec<usize> = (0..all.len()).rev().collect();
    order.sort_by_cached_key(|index| {
        let is_annotation =
            position.is_some_and(|whole| *index > whole) && resolve(schemas, all[*index]).parts.is_empty();
        (!is_annotation, Some(*index) != position)
    });
    let docs = order.into_iter().map(|index| all[index].docs(schemas));
    docs.reduce(with_fallback).unwrap_or_default()
}

/// Returns the parts of all contributions, without parts that an earlier contribution has as well.
fn distinct<'a>(contributions: &[ResolvedContribution<'_, 'a>]) -> Vec<SchemaPart<'a>> {
    let mut parts: Vec<SchemaPart<'a>> = Vec::new();
    let mut known: HashSet<SchemaId> = HashSet::new();
    for it in contributions {
        parts.extend(it.parts.iter().filter(|part| !known.contains(&part.id)).cloned());
        known.extend(it.parts.iter().map(|part| part.id));
    }
    parts
}

/// Fills in what `docs` leaves out from `earlier`.
fn with_fallback(mut docs: Docs, earlier: Docs) -> Docs {
    docs.text = docs.text.or(earlier.text);
    docs.deprecated |= earlier.deprecated;
    docs.advice = docs.advice.or(earlier.advice);
    docs.example = docs.example.or(earlier.example);
    for constraint in earlier.constraints {
        let kind = std::mem::discriminant(&constraint);
        if !docs.constraints.iter().any(|known| std::mem::discriminant(known) == kind) {
            docs.constraints.push(constraint);
        }
    }
    docs
}

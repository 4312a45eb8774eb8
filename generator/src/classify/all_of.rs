//! `allOf`: a schema made of several parts.
//!
//! The keywords of all parts decide the type: parts with annotations only are ignored, objects are merged into one
//! struct, a union is distributed over the other parts, and scalars have to agree.

use std::collections::HashSet;
use std::rc::Rc;

use openapiv3::AdditionalProperties;
use serde_json::Value;

use super::children::child_written;
use super::choice::choices_of;
use super::distribute::{plan_distributed, plan_unions};
use super::enums::plan_subset;
use super::keywords::{Keywords, no_values};
use super::merged_property::child;
use super::object::plan_objects;
use super::part_kinds::{deciding_entry, is_null_or_never, types_agree};
use super::parts::SchemaPart;
use super::plan::{Child, ChildSchema, MergedSchema, Plan};
use super::property::{Contribution, Property};
use super::schemas::Schemas;
use super::union::plan_remaining;
use crate::diagnostics::{Code, Diagnostics, Pointer};
use crate::document::SchemaId;

/// Plans a schema with `allOf`.
pub(super) fn plan_all_of<'a>(
    schemas: &Schemas<'a>,
    id: SchemaId,
    is_component: bool,
    findings: &mut Diagnostics,
) -> Plan<'a> {
    let deciding = deciding_entry(schemas, id).filter(|(_, entry)| {
        // A component that extends a discriminator base and adds nothing is a type of its own.
        !(is_component && entry.is_some_and(|entry| is_discriminator_base(schemas, entry.id)))
    });
    let at = schemas.at(id);
    let keywords = schemas.keywords(id);
    if let Some((index, entry)) = deciding {
        let at = at.child("allOf").index(index);
        let schema = match (entry, keywords.all_of.get(index)) {
            (Some(entry), _) if entry.is_reference => ChildSchema::Reference { to: entry.id, at },
            (Some(entry), _) => ChildSchema::Inline(entry.id),
            (None, Some(openapiv3::ReferenceOr::Reference { reference })) => {
                ChildSchema::Dangling { reference, at }
            }
            (None, _) => return Plan::Anything,
        };
        return Plan::Same(Child { schema, nullable: entry.is_some_and(|it| schemas.allows_null(it.id)) });
    }
    let mut parts = schemas.parts(id).to_vec();
    parts.retain(|part| !part.keywords.has_only_annotations());
    plan_combined(schemas, keywords, parts, at, findings)
}

/// Returns true if a schema has a discriminator and no alternatives, so that other schemas may extend it.
fn is_discriminator_base(schemas: &Schemas<'_>, id: SchemaId) -> bool {
    let keywords = schemas.keywords(id);
    keywords.data.discriminator.is_some() && keywords.alternatives().is_empty()
}

/// Plans several descriptions of the same property.
pub(crate) fn plan_merged<'a>(
    schemas: &Schemas<'a>,
    merged: &MergedSchema<'a>,
    findings: &mut Diagnostics,
) -> Plan<'a> {
    match plan_maps(schemas, &merged.parts, findings) {
        Some(map) => map,
        None => plan_combined(schemas, &merged.keywords, merged.parts.clone(), &merged.at, findings),
    }
}

/// Plans the combination of `parts`. The documentation comes from `keywords`.
fn plan_combined<'a>(
    schemas: &Schemas<'a>,
    keywords: &Keywords<'a>,
    mut parts: Vec<SchemaPart<'a>>,
    at: &Pointer,
    findings: &mut Diagnostics,
) -> Plan<'a> {
    give_types_to_formats(&mut parts);
    let is_union = |index: &usize| !parts[*index].keywords.alternatives().is_empty();
    let unions: Vec<usize> = (0..parts.len()).filter(is_union).collect();
    let scalars: Vec<usize> =
        (0..parts.len()).filter(|index| !is_union(index) && parts[*index].keywords.is_scalar()).collect();
    match (unions.as_slice(), scalars.as_slice()) {
        // Annotations alone allow any value.
        _ if parts.is_empty() && keywords.ty.is_none() => Plan::Anything,
        ([], []) if is_free_form(&parts) => Plan::Object,
        ([], []) => plan_objects(schemas, keywords, &parts, at, findings),
        ([], scalars) if scalars.len() == parts.len() => plan_scalars(schemas, &parts, at, findings),
        (unions, scalars) if unions.len() + scalars.len() == parts.len() && !scalars.is_empty() => {
            plan_narrowed(schemas, &parts, (unions, scalars), at, findings)
        }
        ([only], []) => {
            let union = parts.remove(*only);
            plan_distributed(schemas, keywords, parts, &union, at, findings)
        }
        (_, []) => plan_unions(schemas, keywords, parts, at, findings),
        _ => conflict(at),
    }
}

/// Returns true if all parts are objects without properties of their own, and one says that it has any.
fn is_free_form(parts: &[SchemaPart<'_>]) -> bool {
    let is_open = |part: &SchemaPart<'_>| {
        matches!(part.keywords.additional_properties, Some(AdditionalProperties::Any(true)))
    };
    let is_empty = |part: &SchemaPart<'_>| {
        let is_any =
            matches!(part.keywords.additional_properties, None | Some(AdditionalProperties::Any(true)));
        part.keywords.properties.is_empty() && part.keywords.required.is_empty() && is_any
    };
    parts.iter().any(is_open) && parts.iter().all(is_empty)
}

/// Gives each part that only has a format the type of the other parts.
fn give_types_to_formats(parts: &mut [SchemaPart<'_>]) {
    let is_typed = |part: &&SchemaPart<'_>| part.keywords.is_scalar() && part.keywords.items.is_none();
    let Some(ty) = parts.iter().filter(is_typed).find_map(|part| part.keywords.ty) else { return };
    for part in parts.iter_mut().filter(|part| part.keywords.only_formats()) {
        part.keywords.ty = Some(ty);
    }
}

fn conflict<'a>(at: &Pointer) -> Plan<'a> {
    Plan::Untyped { at: at.clone(), because: "the parts of `allOf` conflict" }
}

/// Returns the plan of a part as if it were the whole schema.
fn only_part<'a>(part: &SchemaPart<'a>) -> Plan<'a> {
    Plan::Same(Child { schema: ChildSchema::Part(Rc::new(part.clone())), nullable: false })
}

/// Plans the schema that contains a part, or only the part if the schema has other parts.
fn as_written<'a>(schemas: &Schemas<'a>, part: &SchemaPart<'a>) -> Plan<'a> {
    if schemas.parts(part.id).len() > 1 {
        return only_part(part);
    }
    let schema = match schemas.component(part.id) == Some(part.id) {
        true => ChildSchema::Reference { to: part.id, at: part.at.clone() },
        false => ChildSchema::Inline(part.id),
    };
    Plan::Same(Child { schema, nullable: false })
}

/// Plans scalars and lists. The most specific part decides, and the last of several; lists and enums are narrowed by
/// all parts.
fn plan_scalars<'a>(
    schemas: &Schemas<'a>,
    parts: &[SchemaPart<'a>],
    at: &Pointer,
    findings: &mut Diagnostics,
) -> Plan<'a> {
    if !types_agree(parts) {
        return conflict(at);
    }
    if let Some(list) = plan_lists(schemas, parts, findings) {
        return list;
    }
    let weight = |part: &&SchemaPart<'a>| {
        let it = &part.keywords;
        (!it.values.is_empty(), it.items.is_some(), it.format.is_some(), it.ty == Some("integer"))
    };
    match parts.iter().max_by_key(weight) {
        Some(part) if !part.keywords.values.is_empty() => plan_common_values(schemas, part, parts, findings),
        Some(part) => only_part(part),
        None => Plan::Anything,
    }
}

/// Plans an enum of the values that every part allows. If there are none, the last part decides.
fn plan_common_values<'a>(
    schemas: &Schemas<'a>,
    last: &SchemaPart<'a>,
    parts: &[SchemaPart<'a>],
    findings: &mut Diagnostics,
) -> Plan<'a> {
    let enums: Vec<&Keywords<'a>> =
        parts.iter().map(|part| &part.keywords).filter(|it| !it.values.is_empty()).collect();
    let listed: Vec<HashSet<String>> =
        enums.iter().map(|it| it.values.iter().map(Value::to_string).collect()).collect();
    let is_common = |value: &Value| {
        let value = value.to_string();
        listed.iter().all(|listed| listed.contains(&value))
    };
    if !last.keywords.values.iter().any(is_common) {
        findings.report(
            Code::UnsupportedKeyword,
            &last.at.child("enum"),
            "no value is listed in every `enum` of the `allOf`, so the last one decides the type",
            "list the allowed values in each part",
        );
        return only_part(last);
    }
    plan_subset(schemas, last, &enums, is_common, findings).unwrap_or_else(|| {
        let mut any = last.clone();
        any.keywords.values = no_values();
        only_part(&any)
    })
}

/// Plans a union of scalars that other parts narrow, to some of its values or to some of its types.
fn plan_narrowed<'a>(
    schemas: &Schemas<'a>,
    parts: &[SchemaPart<'a>],
    (unions, scalars): (&[usize], &[usize]),
    at: &Pointer,
    findings: &mut Diagnostics,
) -> Plan<'a> {
    let narrow = scalars.iter().map(|index| &parts[*index]).find(|part| !part.keywords.values.is_empty());
    if let Some(part) = narrow {
        let unions = unions.iter().flat_map(|index| parts[*index].keywords.alternatives());
        let described: Vec<Keywords<'a>> = unions.filter_map(|it| it.as_item()).map(Keywords::of).collect();
        let described: Vec<&Keywords<'a>> = described.iter().collect();
        if let Some(plan) = plan_subset(schemas, part, &described, |_| true, findings) {
            return plan;
        }
    }
    match unions {
        [only] if narrow.is_none() => {
            let types = scalars.iter().filter_map(|index| parts[*index].keywords.ty).collect();
            plan_alternatives_of(schemas, types, &parts[*only], at, findings)
        }
        _ => conflict(at),
    }
}

/// Plans those alternatives of a union that have all of the given types.
fn plan_alternatives_of<'a>(
    schemas: &Schemas<'a>,
    types: Vec<&str>,
    union: &SchemaPart<'a>,
    at: &Pointer,
    findings: &mut Diagnostics,
) -> Plan<'a> {
    let are_numbers =
        |one: &str, other: &str| [one, other].iter().all(|it| matches!(*it, "integer" | "number"));
    let fits = |part: &SchemaPart<'a>| {
        let own = part.keywords.ty.or(part.keywords.is_object().then_some("object"));
        own.is_none_or(|own| types.iter().all(|ty| own == *ty || are_numbers(own, ty)))
    };
    let mut choices = choices_of(schemas, union);
    choices.retain(|choice| !is_null_or_never(schemas, choice.written.id));
    let count = choices.len();
    choices.retain(|choice| choice.parts.iter().all(fits));
    match choices.as_slice() {
        [] => conflict(at),
        [only] => Plan::Same(child_written(schemas, &only.written)),
        _ if choices.len() == count => as_written(schemas, union),
        _ => plan_remaining(schemas, union, &choices, findings),
    }
}

/// Plans several maps as one, with merged values.
fn plan_maps<'a>(
    schemas: &Schemas<'a>,
    parts: &[SchemaPart<'a>],
    findings: &mut Diagnostics,
) -> Option<Plan<'a>> {
    let is_map = |part: &SchemaPart<'a>| {
        let it = &part.keywords;
        it.properties.is_empty() && it.required.is_empty() && it.alternatives().is_empty() && !it.is_scalar()
    };
    let values = parts.iter().filter_map(|part| Contribution::of_additional(schemas, part));
    let value = Property::of(values).filter(|_| parts.iter().all(is_map))?;
    Some(Plan::Map(child(schemas, &value, findings)))
}

/// Plans several lists as one, with merged items.
fn plan_lists<'a>(
    schemas: &Schemas<'a>,
    parts: &[SchemaPart<'a>],
    findings: &mut Diagnostics,
) -> Option<Plan<'a>> {
    let lists: Vec<&SchemaPart<'a>> = parts.iter().filter(|part| part.keywords.items.is_some()).collect();
    if lists.len() < 2 || lists.iter().any(|part| schemas.places(part.id).is_some()) {
        return None;
    }
    let items = lists.into_iter().filter_map(|part| Contribution::of_items(schemas, part));
    let items = Property::of(items)?;
    Some(Plan::List(Some(child(schemas, &items, findings))))
}

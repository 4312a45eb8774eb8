//! Unions beside properties: the alternatives get the properties, or the object gets the union as a field.

use super::choices::{choices_of, plan_choices};
use super::keyed_union::group_by_key;
use super::keywords::Keywords;
use super::object::plan_objects;
use super::part_kinds::{only_requires, only_requires_properties};
use super::plan::Plan;
use super::schemas::{SchemaPart, Schemas};
use crate::diagnostics::{Diagnostics, Pointer};

/// Plans an object with several unions.
///
/// A union that is distinguished by the one property that is set becomes a field. Of the other unions, the first is
/// distributed over the rest, and the properties of any further one become optional fields.
pub(super) fn plan_unions<'a>(
    schemas: &Schemas<'a>,
    keywords: &Keywords<'a>,
    mut parts: Vec<SchemaPart<'a>>,
    at: &Pointer,
    findings: &mut Diagnostics,
) -> Plan<'a> {
    let is_distributed = |part: &SchemaPart<'a>| {
        !part.keywords.alternatives().is_empty()
            && group_by_key(schemas, part).is_none()
            && !only_requires_properties(schemas, part)
    };
    match parts.iter().position(is_distributed) {
        Some(index) => {
            let union = parts.remove(index);
            plan_distributed(schemas, keywords, parts, &union, at, findings)
        }
        None => plan_objects(schemas, keywords, &parts, at, findings),
    }
}

/// Plans a union beside other properties: each alternative gets those properties as well.
pub(super) fn plan_distributed<'a>(
    schemas: &Schemas<'a>,
    keywords: &Keywords<'a>,
    mut shared: Vec<SchemaPart<'a>>,
    union: &SchemaPart<'a>,
    at: &Pointer,
    findings: &mut Diagnostics,
) -> Plan<'a> {
    let choices = choices_of(schemas, union);
    shared.push(union.without_alternatives());
    // Alternatives that only list required properties have no type of their own.
    if choices.iter().all(|choice| only_requires(&choice.parts)) {
        return plan_objects(schemas, keywords, &shared, at, findings);
    }
    shared.retain(|part| !part.keywords.has_only_annotations());
    if choices.iter().any(|choice| choice.parts.iter().any(|part| part.keywords.is_scalar())) {
        let because = "properties stand beside alternatives that are not objects";
        return Plan::Untyped { at: at.clone(), because };
    }
    plan_choices(schemas, keywords, &shared, &choices, at, findings)
}

//! Unions: `oneOf` and `anyOf` of anything.
//!
//! A union of constants is an enum. A union of objects that require one property each is told apart by that
//! property. All others are recognized by match rules.

use std::collections::BTreeSet;

use super::children::child_written;
use super::choice::Choice;
use super::choices::plan_choices;
use super::distribute::{plan_distributed, plan_unions};
use super::docs::docs;
use super::enums::{plan_blank_enum, plan_constants};
use super::keyed_union::{group_alternatives, group_by_key};
use super::keywords::Keywords;
use super::object::plan_object;
use super::part_kinds::{is_null_or_never, is_object, is_of_objects};
use super::parts::SchemaPart;
use super::plan::Plan;
use super::scalar::scalar;
use super::schemas::Schemas;
use super::tags::{constant_property, constants_of};
use crate::diagnostics::{Code, Diagnostics};
use crate::ir::Type;

/// Plans a schema with `oneOf` or `anyOf`, alone or beside properties.
pub(super) fn plan_union<'a>(
    schemas: &Schemas<'a>,
    part: &SchemaPart<'a>,
    is_component: bool,
    findings: &mut Diagnostics,
) -> Plan<'a> {
    let SchemaPart { id, keywords, at } = part;
    if let Some((first, second)) = keywords.split_unions() {
        let parts = [first, second].map(|keywords| SchemaPart { id: *id, keywords, at: at.clone() });
        if parts.iter().all(|union| is_of_objects(schemas, union)) {
            return plan_unions(schemas, keywords, parts.into(), at, findings);
        }
        findings.report(
            Code::UnsupportedKeyword,
            &at.child("anyOf"),
            "`anyOf` is ignored beside `oneOf`, which decides the type",
            "write out the combinations as one `oneOf` to get a narrower type",
        );
        return plan_single_union(schemas, &parts[0], is_component, findings);
    }
    plan_single_union(schemas, part, is_component, findings)
}

fn plan_single_union<'a>(
    schemas: &Schemas<'a>,
    part: &SchemaPart<'a>,
    is_component: bool,
    findings: &mut Diagnostics,
) -> Plan<'a> {
    let keywords = &part.keywords;
    if keywords.properties.is_empty() && keywords.required.is_empty() {
        return plan_alternatives(schemas, part, findings);
    }
    if group_by_key(schemas, part).is_some() {
        return plan_object(schemas, part, is_component, findings);
    }
    plan_distributed(schemas, keywords, Vec::new(), part, &part.at, findings)
}

/// Plans a `oneOf` or `anyOf` without properties beside it.
fn plan_alternatives<'a>(
    schemas: &Schemas<'a>,
    union: &SchemaPart<'a>,
    findings: &mut Diagnostics,
) -> Plan<'a> {
    let alternatives = schemas.alternatives(union);
    let mut seen = BTreeSet::new();
    let distinct = alternatives
        .iter()
        .filter(|it| !is_null_or_never(schemas, it.id) && seen.insert(it.id))
        .map(|it| Choice::new(schemas, it.clone(), false));
    let choices: Vec<Choice<'a>> = distinct.collect();
    match choices.as_slice() {
        [] => Plan::Anything,
        [only] if may_grow(schemas, union, only) => {
            plan_choices(schemas, &union.keywords, &[], &choices, &union.at, findings)
        }
        [only] => Plan::Same(child_written(schemas, &only.written)),
        _ => {
            let place = union.keywords.alternatives_at(&union.at).1;
            let is_complete = alternatives.len() == union.keywords.alternatives().len();
            let places = (&place, &union.at);
            if let Some(plan) = is_complete
                .then(|| plan_constants(schemas, &alternatives, &union.keywords, places, findings))
                .flatten()
            {
                return plan;
            }
            if let Some(group) = group_alternatives(schemas, union) {
                let docs = docs(schemas, &union.keywords, &union.at);
                return Plan::KeyedUnion(Box::new(group.plan(schemas, docs, findings)));
            }
            plan_remaining(schemas, union, &choices, findings)
        }
    }
}

/// Returns true if a union with one alternative is an extensible union: its alternative is an object with a
/// discriminator or a constant property, so that others may follow.
fn may_grow(schemas: &Schemas<'_>, union: &SchemaPart<'_>, only: &Choice<'_>) -> bool {
    let keywords = &union.keywords;
    keywords.alternatives().len() == 1
        && !keywords.data.nullable
        && is_object(&only.parts)
        && (keywords.data.discriminator.is_some()
            || constant_property(&only.parts, &constants_of(schemas, &only.parts)).is_some())
}

/// Plans alternatives that are not constants.
pub(super) fn plan_remaining<'a>(
    schemas: &Schemas<'a>,
    union: &SchemaPart<'a>,
    choices: &[Choice<'a>],
    findings: &mut Diagnostics,
) -> Plan<'a> {
    if let Some(plan) = listed_alternatives(schemas, union, choices, findings) {
        return plan;
    }
    if let Some(open) = open_enum(choices) {
        return Plan::OpenEnum(child_written(schemas, &choices[open].written));
    }
    if let Some(ty) = common_scalar(schemas, choices) {
        return Plan::Scalar(ty);
    }
    plan_choices(schemas, &union.keywords, &[], choices, &union.at, findings)
}

/// Plans alternatives that all list their values, where a type of one alternative can hold the values of the others:
/// booleans, or an enum beside the empty string.
fn listed_alternatives<'a>(
    schemas: &Schemas<'a>,
    union: &SchemaPart<'a>,
    choices: &[Choice<'a>],
    findings: &mut Diagnostics,
) -> Option<Plan<'a>> {
    let only_part = |choice: &Choice<'a>| <[SchemaPart<'a>; 1]>::try_from(choice.parts.to_vec()).ok();
    let listed: Option<Vec<Keywords<'a>>> =
        choices.iter().map(|choice| only_part(choice).map(|[part]| part.keywords)).collect();
    let listed = listed.filter(|it| it.iter().all(|keywords| !keywords.values.is_empty()))?;
    if listed.iter().flat_map(|keywords| keywords.values.iter()).all(serde_json::Value::is_boolean) {
        return Some(Plan::Scalar(Type::Bool));
    }
    plan_blank_enum(schemas, union, &listed, findings)
}

/// Returns the Rust type that all scalars have in common, such as two formats of strings.
fn common_scalar(schemas: &Schemas<'_>, choices: &[Choice<'_>]) -> Option<Type> {
    let mut types = choices.iter().map(|choice| plain_scalar(schemas, &choice.parts));
    let first = types.next()??;
    types.all(|ty| ty.as_ref() == Some(&first)).then_some(first)
}

/// Returns the type of a scalar without listed values.
fn plain_scalar(schemas: &Schemas<'_>, parts: &[SchemaPart<'_>]) -> Option<Type> {
    let is_plain = |part: &SchemaPart<'_>| {
        part.keywords.values.is_empty()
            && part.keywords.items.is_none()
            && part.keywords.alternatives().is_empty()
    };
    let informative = parts.iter().filter(|part| part.keywords.ty.is_some());
    let part = informative.max_by_key(|part| part.keywords.format.is_some())?;
    if !parts.iter().all(is_plain) {
        return None;
    }
    scalar(&part.keywords, schemas.config)
}

/// Returns the index of the only string enum beside plain strings. Enums are open, so the enum covers them.
fn open_enum(choices: &[Choice<'_>]) -> Option<usize> {
    let is_text = |choice: &Choice<'_>| {
        let is_plain =
            |part: &SchemaPart<'_>| part.keywords.values.is_empty() && part.keywords.format.is_none();
        choice.parts.iter().all(|part| part.keywords.ty == Some("string") && is_plain(part))
    };
    let is_enum = |choice: &Choice<'_>| {
        let mut values = choice.parts.iter().flat_map(|part| part.keywords.values.iter()).peekable();
        values.peek().is_some() && values.all(serde_json::Value::is_string)
    };
    let mut enums = (0..choices.len()).filter(|index| is_enum(&choices[*index]));
    let only = enums.next().filter(|_| enums.next().is_none())?;
    let mut others = choices.iter().enumerate().filter(|(index, _)| *index != only).peekable();
    others.peek()?;
    others.all(|(_, choice)| is_text(choice)).then_some(only)
}

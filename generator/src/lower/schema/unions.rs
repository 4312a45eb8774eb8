//! The content of unions that are recognized by match rules.

use std::collections::BTreeSet;

use super::site::Site;
use super::types::Types;
use super::unnamed::type_of;
use crate::classify::{AlternativePlan, AlternativeValue, MixedPlan, MixedValues, NameOrigin, UnionPlan};
use crate::diagnostics::Code;
use crate::ir::{Alternative, Docs, MatchRule, Shape, Strategy, Type, TypeId, Union, ValueKind, Variant};

/// The maximum number of pairs of alternatives that are reported for a union.
const MAX_REPORTED: usize = 16;

/// Defines a union.
pub(super) fn define_union<'a>(types: &mut Types<'a>, id: TypeId, plan: &UnionPlan<'a>) {
    let alternatives = plan.alternatives.iter().map(|alternative| define_alternative(types, id, alternative));
    let alternatives: Vec<Alternative> = alternatives.collect();
    let union = distinct(types, plan, alternatives);
    types.define(id, Shape::Union(union));
}

fn define_alternative<'a>(types: &mut Types<'a>, id: TypeId, plan: &AlternativePlan<'a>) -> Alternative {
    let match_rules = plan.match_rules.clone();
    let at = Some(plan.at.clone());
    match &plan.value {
        AlternativeValue::Constant(variant) => {
            let variant = Variant { schema: at, ..(**variant).clone() };
            Alternative { variant, is_named: false, match_rules, tag: None }
        }
        AlternativeValue::Schema { name, place, schema } => {
            let ty = type_of(types, schema, Site::inside(id, place.as_str())).ty;
            let is_named = name.origin == NameOrigin::Schema;
            let key = name.clone().refined_by_type(&ty);
            let variant = Variant { key, schema: at, docs: plan.docs.clone(), ty };
            Alternative { variant, is_named, match_rules, tag: None }
        }
    }
}

/// Defines a union of listed values of several types.
pub(super) fn define_mixed(types: &mut Types<'_>, id: TypeId, plan: &MixedPlan) {
    let mut alternatives = Vec::new();
    for alternative in &plan.alternatives {
        let (variant, rule) = match &alternative.values {
            MixedValues::Constant(constant, variant) => {
                (variant.clone(), MatchRule::Constants(vec![constant.clone()]))
            }
            MixedValues::Enum(it) => {
                let part = types.add(it.docs.clone(), &Site::inside(id, alternative.key), None);
                types.define(part, Shape::Enum(it.values.clone()));
                let key = alternative.key.to_owned();
                let variant = Variant { key, schema: None, docs: Docs::default(), ty: Type::Named(part) };
                (variant, MatchRule::ValueKind(alternative.kind))
            }
        };
        alternatives.push(Alternative { variant, is_named: false, match_rules: vec![rule], tag: None });
    }
    if plan.has_booleans {
        let variant = Variant { key: "bool".to_owned(), schema: None, docs: Docs::default(), ty: Type::Bool };
        let match_rules = vec![MatchRule::ValueKind(ValueKind::Boolean)];
        alternatives.push(Alternative { variant, is_named: false, match_rules, tag: None });
    }
    let union =
        Union { alternatives, strategy: Strategy::JsonTypes, criteria: Vec::new(), ambiguous: Vec::new() };
    types.define(id, Shape::Union(union));
}

/// Returns a union of the alternatives, without duplicates.
fn distinct(types: &mut Types<'_>, plan: &UnionPlan<'_>, alternatives: Vec<Alternative>) -> Union {
    let (alternatives, mut ambiguous) = without_duplicates(alternatives, &plan.ambiguous);
    let ty = |index: usize| &alternatives[index].variant.ty;
    ambiguous.retain(|(one, other)| !is_separated_by_format(ty(*one), ty(*other)));
    report_ambiguous(types, &alternatives, &ambiguous);
    Union { alternatives, strategy: plan.strategy, criteria: plan.criteria.clone(), ambiguous }
}

/// Keeps the first of several alternatives that have the same type and are not distinguished. Returns the alternatives
/// and the pairs that are still ambiguous.
fn without_duplicates(
    alternatives: Vec<Alternative>,
    ambiguous: &[(usize, usize)],
) -> (Vec<Alternative>, Vec<(usize, usize)>) {
    let is_duplicate =
        |(one, other): &&(usize, usize)| alternatives[*one].variant.ty == alternatives[*other].variant.ty;
    let duplicates: BTreeSet<usize> =
        ambiguous.iter().filter(is_duplicate).map(|(_, other)| *other).collect();
    let mut positions = vec![None; alternatives.len()];
    let mut kept = Vec::with_capacity(alternatives.len());
    for (index, alternative) in alternatives.into_iter().enumerate() {
        if !duplicates.contains(&index) {
            positions[index] = Some(kept.len());
            kept.push(alternative);
        }
    }
    let pairs = ambiguous.iter().filter_map(|(one, other)| Some((positions[*one]?, positions[*other]?)));
    (kept, pairs.collect())
}

/// Returns true if decoding distinguishes two alternatives that are strings: no text has both formats, or the first has a
/// format and the second is any other text.
fn is_separated_by_format(one: &Type, other: &Type) -> bool {
    let has_format = |ty: &Type| matches!(ty, Type::DateTime | Type::Timestamp | Type::Date | Type::Uuid);
    let is_time = |ty: &Type| matches!(ty, Type::DateTime | Type::Timestamp);
    match other {
        Type::String => has_format(one),
        other => has_format(one) && has_format(other) && one != other && !(is_time(one) && is_time(other)),
    }
}

/// Reports the alternatives that nothing distinguishes: all of a set at once, or else each pair.
fn report_ambiguous(types: &mut Types<'_>, alternatives: &[Alternative], pairs: &[(usize, usize)]) {
    let members: BTreeSet<usize> = pairs.iter().flat_map(|(one, other)| [*one, *other]).collect();
    let members: Vec<&Alternative> = members.into_iter().map(|index| &alternatives[index]).collect();
    if members.len() > 2 && pairs.len() == members.len() * (members.len() - 1) / 2 {
        let named = members.iter().take(2).map(|it| format!("`{}`", it.variant.key));
        let named = named.collect::<Vec<_>>().join(", ");
        let last = match members.as_slice() {
            [_, _, last] => format!("`{}`", last.variant.key),
            _ => format!("{} others", members.len() - 2),
        };
        report_set(types, &members, &format!("{named} and {last}"));
        return;
    }
    for (one, other) in pairs.iter().take(MAX_REPORTED) {
        let pair = [&alternatives[*one], &alternatives[*other]];
        report_set(types, &pair, &format!("`{}` and `{}`", pair[0].variant.key, pair[1].variant.key));
    }
    if let Some((_, first)) = pairs.get(MAX_REPORTED) {
        let more = format!("{} more pairs of alternatives", pairs.len() - MAX_REPORTED);
        report_set(types, &[&alternatives[*first]], &more);
    }
}

/// Reports alternatives that nothing distinguishes from one another, and what would distinguish them.
fn report_set(types: &mut Types<'_>, members: &[&Alternative], names: &str) {
    let tag = |it: &Alternative| it.tags().next().map(|(property, _)| property.to_owned());
    let mut tags = members.iter().map(|it| tag(it));
    let first = tags.next().flatten().filter(|first| tags.all(|other| other.as_ref() == Some(first)));
    let are_objects =
        members.iter().all(|it| matches!(it.variant.ty, Type::Named(_) | Type::Map(_) | Type::Object));
    let help = match first {
        Some(property) if members.len() > 1 => format!("give each of them its own value of `{property}`"),
        _ if !are_objects => {
            "give the alternatives different JSON types, or accept the warning in `[allow]` of codegen.toml"
                .into()
        }
        _ => {
            "add a `discriminator`, or give each alternative a required property with its own constant".into()
        }
    };
    let at = members.get(1).or(members.first()).map(|it| it.variant.docs.pointer.clone());
    types.findings.report(
        Code::AmbiguousUnion,
        &at.unwrap_or_default(),
        format!("{names} cannot be distinguished, so the best match is used"),
        help,
    );
}

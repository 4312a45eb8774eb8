//! Match rules: how decoding recognizes the alternatives of a union.
//!
//! The rules come from the document, not from the types of the alternatives, so alternatives may be
//! recursive.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase;
use indexmap::IndexMap;
use openapiv3::Discriminator;

use super::choice::Choice;
use super::enums::constant_variant;
use super::part_kinds::is_object;
use super::parts::SchemaPart;
use super::schemas::Schemas;
use crate::diagnostics::Pointer;
use crate::document::{SchemaId, is_only_null};
use crate::ir::{Alternative, Constant, Docs, MatchRule, ValueKind, Variant};

/// The maximum number of unions and lists inside one another that match rules look into. Unions of lists of unions
/// multiply the rules at every level, and real documents need no more levels.
const DEPTH: usize = 3;

/// Returns the match rules of all alternatives.
pub(crate) fn match_rules_of<'a>(
    schemas: &Schemas<'a>,
    discriminator: Option<&Discriminator>,
    shared: &[SchemaPart<'a>],
    choices: &[Choice<'a>],
) -> Vec<Vec<MatchRule>> {
    let constants: Vec<IndexMap<String, Vec<Constant>>> =
        choices.iter().map(|choice| constants_of(schemas, &choice.parts)).collect();
    let member = match discriminator {
        Some(discriminator) => Some(discriminator.property_name.clone()),
        None => tag_property(choices, &constants),
    };
    let mapped = discriminator.map(|discriminator| mapped_values(schemas, discriminator));
    let match_rules = choices.iter().zip(&constants).map(|(choice, constants)| {
        if let Some(member) = member.as_ref().filter(|_| is_object(&choice.parts)) {
            let values = match (discriminator, choice.target(), &mapped) {
                (Some(discriminator), Some(target), Some(mapped)) => {
                    tags(schemas, discriminator, mapped, target, &choice.parts)
                }
                _ => constants.get(member).cloned().unwrap_or_default(),
            };
            if !values.is_empty() {
                return vec![MatchRule::Tag { member: member.clone(), values }];
            }
        }
        rules_of_parts(schemas, shared, &choice.parts, 0)
    });
    let mut match_rules: Vec<Vec<MatchRule>> = match_rules.collect();
    distinguish_by_property(schemas, choices, &mut match_rules);
    let are_constants: Vec<bool> = choices
        .iter()
        .map(|choice| constant_variant(choice.written.schema, Docs::default).is_some())
        .collect();
    widen_single(&mut match_rules, &are_constants);
    match_rules
}

/// Distinguishes objects that require the same properties by the JSON type of one of them: a string in
/// one and a number in another, for example.
fn distinguish_by_property<'a>(
    schemas: &Schemas<'a>,
    choices: &[Choice<'a>],
    match_rules: &mut [Vec<MatchRule>],
) {
    let objects: Vec<usize> = (0..match_rules.len())
        .filter(|index| matches!(match_rules[*index].as_slice(), [MatchRule::Object { .. }]))
        .collect();
    let is_distinguished = objects.iter().enumerate().all(|(position, one)| {
        objects[position + 1..]
            .iter()
            .all(|other| !rules_overlap(&match_rules[*one][0], &match_rules[*other][0]))
    });
    let Some(MatchRule::Object { required, .. }) = objects.first().map(|first| &match_rules[*first][0])
    else {
        return;
    };
    if is_distinguished {
        return;
    }
    for member in required.clone() {
        let kinds: Option<Vec<Vec<MatchRule>>> =
            objects.iter().map(|index| rules_of_property(schemas, &choices[*index].parts, &member)).collect();
        if let Some(kinds) = kinds.filter(|kinds| are_disjoint(kinds)) {
            for (index, kinds) in objects.into_iter().zip(kinds) {
                match_rules[index] = vec![MatchRule::Property { member: member.clone(), match_rules: kinds }];
            }
            return;
        }
    }
}

/// Returns the match rules of a required property, or `None` if it is optional or nullable.
fn rules_of_property<'a>(
    schemas: &Schemas<'a>,
    parts: &[SchemaPart<'a>],
    member: &str,
) -> Option<Vec<MatchRule>> {
    if !parts.iter().any(|part| part.keywords.required.iter().any(|name| name == member)) {
        return None;
    }
    let id = parts
        .iter()
        .rev()
        .find_map(|part| {
            part.keywords.properties.get(member)?;
            Some(schemas.property(part.id, member))
        })??
        .id;
    (!schemas.allows_null(id)).then(|| rules_of_parts(schemas, &[], schemas.parts(id), 1))
}

/// Returns the values of the discriminator property for a schema: the mapped ones, or else a constant, or else the
/// name of the schema (OpenAPI 3.0.3, section 4.7.25).
pub(super) fn tags(
    schemas: &Schemas<'_>,
    discriminator: &Discriminator,
    mapped: &MappedValues,
    target: SchemaId,
    parts: &[SchemaPart<'_>],
) -> Vec<Constant> {
    if let Some(values) = mapped.get(&target) {
        return values.clone();
    }
    let key = short_name(schemas.at(target));
    let values = constants_of(schemas, parts).shift_remove(&discriminator.property_name).unwrap_or_default();
    // A shared enum lists the values of all subschemas. The value of this one is named like the schema.
    let is_named = |value: &&Constant| {
        value.as_text().is_some_and(|text| text.to_upper_camel_case() == key.to_upper_camel_case())
    };
    match values.iter().find(is_named) {
        Some(own) => vec![own.clone()],
        None if values.is_empty() => vec![Constant::Text(key)],
        None => values,
    }
}

/// Returns the properties of an object that have listed values only, with these values.
pub(super) fn constants_of(
    schemas: &Schemas<'_>,
    parts: &[SchemaPart<'_>],
) -> IndexMap<String, Vec<Constant>> {
    let mut constants: IndexMap<String, Vec<Constant>> = IndexMap::new();
    for part in parts {
        for (name, entry) in schemas.properties(part.id) {
            let Some(entry) = entry else { continue };
            let parts = schemas.parts(entry.id);
            let listed = parts.iter().rev().find(|part| !part.keywords.values.is_empty());
            let values: Option<Vec<Constant>> =
                listed.and_then(|part| part.keywords.values.iter().map(Constant::of).collect());
            let Some(mut values) = values else { continue };
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

/// Returns the match rules of the schema with these parts.
fn rules_of_parts<'a>(
    schemas: &Schemas<'a>,
    shared: &[SchemaPart<'a>],
    parts: &[SchemaPart<'a>],
    depth: usize,
) -> Vec<MatchRule> {
    if depth > DEPTH {
        return vec![MatchRule::Anything];
    }
    for part in parts {
        let match_rules: Vec<MatchRule> = schemas
            .alternative_ids(part)
            .filter(|id| !is_only_null(schemas.schema(*id)) && !schemas.keywords(*id).is_null_of_3_0())
            .flat_map(|id| rules_of_parts(schemas, &[], schemas.parts(id), depth + 1))
            .collect();
        if !match_rules.is_empty() {
            return match_rules;
        }
    }
    let listed = parts.iter().rev().find(|part| !part.keywords.values.is_empty());
    let values: Option<Vec<Constant>> =
        listed.and_then(|part| part.keywords.values.iter().map(Constant::of).collect());
    if let Some(values) = values {
        return vec![MatchRule::Constants(values)];
    }
    let kind = parts.iter().rev().find_map(|part| part.keywords.ty);
    let rule = match kind {
        Some("string") => MatchRule::ValueKind(text_kind(parts)),
        Some("integer") => MatchRule::ValueKind(ValueKind::Integer),
        Some("number") => MatchRule::ValueKind(ValueKind::Number),
        Some("boolean") => MatchRule::ValueKind(ValueKind::Boolean),
        Some("array") => list_rule(schemas, parts, depth),
        _ if parts.iter().any(|part| part.keywords.items.is_some()) => list_rule(schemas, parts, depth),
        _ if is_object(parts) => {
            let required = shared.iter().chain(parts).flat_map(|part| part.keywords.required);
            let mut keys: Vec<String> = required.cloned().collect();
            keys.sort();
            keys.dedup();
            MatchRule::Object { required: keys, known: Vec::new() }
        }
        _ => MatchRule::Anything,
    };
    vec![rule]
}

fn list_rule<'a>(schemas: &Schemas<'a>, parts: &[SchemaPart<'a>], depth: usize) -> MatchRule {
    let items = parts.iter().rev().filter(|part| part.keywords.items.is_some());
    let items = items.map(|part| schemas.items(part.id)).next().flatten();
    let match_rules = items.and_then(|items| {
        // A list that may contain null is not distinguished by its items.
        let is_nullable = schemas.keywords(items.id).data.nullable;
        (!is_nullable).then(|| rules_of_parts(schemas, &[], schemas.parts(items.id), depth + 1))
    });
    let match_rules = match_rules.unwrap_or_default();
    MatchRule::List(if match_rules.contains(&MatchRule::Anything) { Vec::new() } else { match_rules })
}

/// The values of a discriminator, by the schema that they are mapped to.
pub(super) type MappedValues = std::collections::HashMap<SchemaId, Vec<Constant>>;

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

/// Returns the last segment of a location. Component names lose their packages.
pub(super) fn short_name(target: &Pointer) -> String {
    let last = target.segments().last().unwrap_or_default();
    let name = last.rsplit('.').next().unwrap_or_default();
    if name.is_empty() { last } else { name.to_owned() }
}

/// Returns the kind of a string, by its format.
fn text_kind(parts: &[SchemaPart<'_>]) -> ValueKind {
    match parts.iter().rev().find_map(|part| part.keywords.format.as_deref()) {
        Some("ipv4") => ValueKind::Ipv4,
        Some("ipv6") => ValueKind::Ipv6,
        _ => ValueKind::Text,
    }
}

/// Returns true if no value matches the rules of two alternatives.
fn are_disjoint(kinds: &[Vec<MatchRule>]) -> bool {
    kinds.iter().enumerate().all(|(position, one)| {
        kinds[position + 1..]
            .iter()
            .all(|other| one.iter().all(|rule| other.iter().all(|it| is_disjoint(rule, it))))
    })
}

/// Returns true if no value can match both rules, even after enums and objects have gained values and
/// properties.
fn is_disjoint(one: &MatchRule, other: &MatchRule) -> bool {
    #[derive(PartialEq)]
    enum JsonType {
        Object,
        List,
        Boolean,
        Number,
        Text,
    }
    let json_type = |rule: &MatchRule| match rule {
        MatchRule::Tag { .. } | MatchRule::Object { .. } | MatchRule::Property { .. } => {
            Some(JsonType::Object)
        }
        MatchRule::List(_) => Some(JsonType::List),
        MatchRule::ValueKind(ValueKind::Boolean) => Some(JsonType::Boolean),
        MatchRule::ValueKind(ValueKind::Integer | ValueKind::Number) => Some(JsonType::Number),
        MatchRule::ValueKind(ValueKind::Text | ValueKind::Ipv4 | ValueKind::Ipv6) => Some(JsonType::Text),
        MatchRule::Constants(_) | MatchRule::Anything => None,
    };
    match (one, other) {
        (MatchRule::ValueKind(ValueKind::Ipv4), MatchRule::ValueKind(ValueKind::Ipv6))
        | (MatchRule::ValueKind(ValueKind::Ipv6), MatchRule::ValueKind(ValueKind::Ipv4)) => true,
        (one, other) => match (json_type(one), json_type(other)) {
            (Some(one), Some(other)) => one != other,
            _ => false,
        },
    }
}

/// Returns the first required property that has only one value.
pub(super) fn constant_property(
    parts: &[SchemaPart<'_>],
    constants: &IndexMap<String, Vec<Constant>>,
) -> Option<String> {
    let is_required = |name: &String| parts.iter().any(|part| part.keywords.required.contains(name));
    constants
        .iter()
        .find(|(name, values)| values.len() == 1 && is_required(name))
        .map(|(name, _)| name.clone())
}

/// Returns the property that distinguishes all objects among the alternatives by its values: a required one,
/// or else an optional one.
fn tag_property(choices: &[Choice<'_>], constants: &[IndexMap<String, Vec<Constant>>]) -> Option<String> {
    let objects: Vec<(&Choice<'_>, &IndexMap<String, Vec<Constant>>)> =
        choices.iter().zip(constants).filter(|(choice, _)| is_object(&choice.parts)).collect();
    if let ([_], [(only, constants)]) = (choices, objects.as_slice()) {
        return constant_property(&only.parts, constants);
    }
    if objects.len() < 2 {
        return None;
    }
    let distinguishes = |name: &&String| {
        let mut seen: BTreeSet<&Constant> = BTreeSet::new();
        objects.iter().all(|(_, constants)| {
            constants.get(*name).is_some_and(|values| values.iter().all(|value| seen.insert(value)))
        })
    };
    let is_required = |name: &&String| {
        objects
            .iter()
            .all(|(choice, _)| choice.parts.iter().any(|part| part.keywords.required.contains(*name)))
    };
    let names = || objects[0].1.keys();
    names().filter(distinguishes).find(is_required).or_else(|| names().find(distinguishes)).cloned()
}

/// Widens an enum to any string or integer if no other alternative has that type, since enums are open.
/// Constants are not widened.
fn widen_single(match_rules: &mut [Vec<MatchRule>], are_constants: &[bool]) {
    for (kind, is_kind) in [
        (ValueKind::Text, (|value| matches!(value, Constant::Text(_))) as fn(&Constant) -> bool),
        (ValueKind::Integer, |value| matches!(value, Constant::Integer(_))),
    ] {
        let concerns = |rule: &MatchRule| match rule {
            MatchRule::Constants(values) => values.iter().any(is_kind),
            MatchRule::ValueKind(ValueKind::Number) => kind == ValueKind::Integer,
            MatchRule::ValueKind(ValueKind::Ipv4 | ValueKind::Ipv6) => kind == ValueKind::Text,
            MatchRule::ValueKind(other) => *other == kind,
            _ => false,
        };
        let concerned: Vec<usize> = (0..match_rules.len())
            .filter(|index| !are_constants[*index] && match_rules[*index].iter().any(concerns))
            .collect();
        if let [only] = concerned.as_slice() {
            for rule in &mut match_rules[*only] {
                let is_narrow = match rule {
                    MatchRule::Constants(values) => values.iter().all(is_kind),
                    MatchRule::ValueKind(ValueKind::Ipv4 | ValueKind::Ipv6) => kind == ValueKind::Text,
                    _ => false,
                };
                if is_narrow {
                    *rule = MatchRule::ValueKind(kind);
                }
            }
        }
    }
}

/// Returns two alternatives that a value can match equally well.
pub(crate) fn ambiguous_pair(alternatives: &[Alternative]) -> Option<(&Variant, &Variant)> {
    for (index, one) in alternatives.iter().enumerate() {
        for other in &alternatives[index + 1..] {
            if is_ambiguous(one, other) {
                return Some((&one.variant, &other.variant));
            }
        }
    }
    None
}

pub(crate) fn is_ambiguous(one: &Alternative, other: &Alternative) -> bool {
    one.match_rules.iter().any(|rule| other.match_rules.iter().any(|it| rules_overlap(rule, it)))
}

fn rules_overlap(one: &MatchRule, other: &MatchRule) -> bool {
    match (one, other) {
        (MatchRule::Tag { member, values }, MatchRule::Tag { member: other_member, values: others }) => {
            member != other_member || values.iter().any(|value| others.contains(value))
        }
        (MatchRule::Constants(values), MatchRule::Constants(others)) => {
            values.iter().any(|value| others.contains(value))
        }
        (MatchRule::Object { required, .. }, MatchRule::Object { required: others, .. }) => {
            required == others
        }
        (
            MatchRule::Property { member, match_rules },
            MatchRule::Property { member: other_member, match_rules: others },
        ) => {
            member != other_member
                || match_rules.iter().any(|rule| others.iter().any(|it| rules_overlap(rule, it)))
        }
        (MatchRule::List(match_rules), MatchRule::List(others)) => {
            match_rules.is_empty()
                || others.is_empty()
                || match_rules.iter().any(|rule| others.iter().any(|other| rules_overlap(rule, other)))
        }
        (MatchRule::ValueKind(one), MatchRule::ValueKind(other)) => one == other,
        (MatchRule::Anything, MatchRule::Anything) => true,
        _ => false,
    }
}

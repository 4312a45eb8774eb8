//! Match rules: how decoding recognizes the alternatives of a union.

use std::collections::HashMap;

use openapiv3::Discriminator;

use super::choice::Choice;
use super::enums::constant_variant;
use super::parts::SchemaPart;
use super::schemas::Schemas;
use super::separate::{Distinction, Separated, separate};
use super::signature::{ObjectSignature, Signature, signatures};
use super::tags::{constant_property, mapped_values, tags};
use super::unproven_pairs::MAX_PAIRS;
use super::value_rules::{JsonTypes, rules_overlap};
use crate::ir::{Constant, Criterion, Docs, MatchRule, Strategy, ValueKind};

/// The match rules of a union.
pub(crate) struct MatchRules {
    pub(crate) alternatives: Vec<AlternativeRules>,
    /// Pairs of alternatives that nothing distinguishes, by their positions.
    pub(crate) ambiguous: Vec<(usize, usize)>,
    /// The method that distinguishes most of the alternatives.
    pub(crate) strategy: Strategy,
    /// The properties that distinguish objects.
    pub(crate) criteria: Vec<Criterion>,
}

/// The match rules of an alternative.
#[derive(Clone, Debug, Default)]
pub(crate) struct AlternativeRules {
    /// The rules, one of which a value matches.
    pub(crate) rules: Vec<MatchRule>,
    /// The constants that only this alternative has, if there are any. Several properties can be necessary together.
    pub(crate) names: Vec<Vec<Constant>>,
}

/// Returns the match rules of all alternatives. `shared` are the properties beside the union.
pub(crate) fn match_rules_of<'a>(
    schemas: &Schemas<'a>,
    discriminator: Option<&Discriminator>,
    shared: &[SchemaPart<'a>],
    choices: &[Choice<'a>],
) -> MatchRules {
    let mut signatures = signatures(schemas, shared, choices);
    if let Some(discriminator) = discriminator {
        add_tags(schemas, discriminator, choices, &mut signatures);
    }
    let objects: Vec<&ObjectSignature<'a>> =
        signatures.iter().flatten().filter_map(Signature::object).collect();
    let first = match (discriminator, choices, objects.as_slice()) {
        (Some(discriminator), ..) => Some(discriminator.property_name.as_str()),
        // A union with one alternative may gain others.
        (None, [only], [object]) => constant_property(&only.parts, &object.constants),
        _ => None,
    };
    let Separated { distinctions, pairs: mut ambiguous, criteria } = separate(schemas, &objects, first);
    let mut distinctions = distinctions.as_slice();
    let alternatives = signatures.iter().map(|signatures| {
        let is_object = |signature: &&Signature<'a>| signature.object().is_some();
        let (own, others) = distinctions.split_at(signatures.iter().filter(is_object).count());
        distinctions = others;
        alternative_rules(signatures, own)
    });
    let mut alternatives: Vec<AlternativeRules> = alternatives.collect();
    shorten_names(&mut alternatives);
    let are_constants: Vec<bool> = choices
        .iter()
        .map(|choice| constant_variant(choice.written.schema, Docs::default).is_some())
        .collect();
    widen_single(&mut alternatives, &are_constants);
    ambiguous.extend(overlapping_values(&alternatives));
    ambiguous.sort_unstable();
    ambiguous.dedup();
    let strategy = match criteria.first() {
        _ if discriminator.is_some() => Strategy::Discriminator,
        Some(Criterion { is_by_type: false, .. }) => Strategy::Constant,
        Some(Criterion { is_by_type: true, .. }) => Strategy::Property,
        None if !ambiguous.is_empty() => Strategy::Trial,
        None if objects.len() > 1 => Strategy::RequiredProperties,
        None => Strategy::JsonTypes,
    };
    MatchRules { alternatives, ambiguous, strategy, criteria }
}

/// Adds the values of the discriminator to the constants of the alternatives that it names.
fn add_tags<'a>(
    schemas: &Schemas<'a>,
    discriminator: &Discriminator,
    choices: &[Choice<'a>],
    signatures: &mut [Vec<Signature<'a>>],
) {
    let mapped = mapped_values(schemas, discriminator);
    for (choice, signatures) in choices.iter().zip(signatures) {
        let Some(target) = choice.target() else { continue };
        for signature in signatures {
            if let Signature::Object(object) = signature {
                let values = tags(schemas, discriminator, &mapped, target, &object.constants);
                object.constants.insert(discriminator.property_name.clone(), values);
            }
        }
    }
}

/// Returns the rules of an alternative with these signatures, and the distinctions of those that are objects.
fn alternative_rules(signatures: &[Signature<'_>], distinctions: &[Distinction]) -> AlternativeRules {
    let is_object = signatures.len() == distinctions.len();
    let names = if is_object { names_of(distinctions) } else { Vec::new() };
    let mut alternative = AlternativeRules { rules: Vec::new(), names };
    let mut distinctions = distinctions.iter();
    for signature in signatures {
        match signature {
            Signature::Object(_) => distinctions.next().into_iter().for_each(|it| alternative.add(it)),
            Signature::Plain(rules) => alternative.rules.extend(rules.iter().cloned()),
        }
    }
    alternative
}

impl AlternativeRules {
    /// Adds the rule for objects with this distinction.
    fn add(&mut self, distinction: &Distinction) {
        let rule = match distinction.conditions.as_slice() {
            [only] => only.clone(),
            conditions => MatchRule::All(conditions.to_vec()),
        };
        let rule = match distinction.rank {
            0 => rule,
            rank => MatchRule::Rest { rank, rule: Box::new(rule) },
        };
        // The constants of nested alternatives are one list.
        if let MatchRule::Tag { member, values } = &rule {
            for known in &mut self.rules {
                if let MatchRule::Tag { member: known, values: listed } = known {
                    if known == member {
                        let new = values.iter().filter(|value| !listed.contains(value)).cloned();
                        listed.extend(new.collect::<Vec<_>>());
                        return;
                    }
                }
            }
        }
        if !self.rules.contains(&rule) {
            self.rules.push(rule);
        }
    }
}

/// Returns the constants that name an alternative with these distinctions.
fn names_of(distinctions: &[Distinction]) -> Vec<Vec<Constant>> {
    match distinctions {
        [] => Vec::new(),
        _ if distinctions.iter().any(|it| it.is_group || it.values.is_empty()) => Vec::new(),
        [only] => only.values.clone(),
        several => {
            let mut values: Vec<Constant> = Vec::new();
            for value in several.iter().filter_map(|it| it.values.last()).flatten() {
                if !values.contains(value) {
                    values.push(value.clone());
                }
            }
            vec![values]
        }
    }
}

/// Names alternatives by the constants of their last split, if these are unique.
fn shorten_names(alternatives: &mut [AlternativeRules]) {
    let mut counts: HashMap<Vec<Constant>, usize> = HashMap::new();
    for alternative in alternatives.iter() {
        if let Some(last) = alternative.names.last() {
            *counts.entry(last.clone()).or_default() += 1;
        }
    }
    for alternative in alternatives {
        if let Some(last) = alternative.names.last().filter(|last| counts.get(*last) == Some(&1)) {
            alternative.names = vec![last.clone()];
        }
    }
}

/// Widens an enum to any string or integer if no other alternative has that type, since enums are open.
/// Constants are not widened.
fn widen_single(alternatives: &mut [AlternativeRules], are_constants: &[bool]) {
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
        let concerned: Vec<usize> = (0..alternatives.len())
            .filter(|index| !are_constants[*index] && alternatives[*index].rules.iter().any(concerns))
            .collect();
        if let [only] = concerned.as_slice() {
            for rule in &mut alternatives[*only].rules {
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

/// Returns the pairs of alternatives that have the same scalars, lists or other values. Objects are not compared.
fn overlapping_values(alternatives: &[AlternativeRules]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut distinct: HashMap<&MatchRule, usize> = HashMap::new();
    let mut by_type: HashMap<Option<JsonTypes>, Vec<(usize, &MatchRule)>> = HashMap::new();
    for (choice, alternative) in alternatives.iter().enumerate() {
        for rule in alternative.rules.iter().filter(|rule| !JsonTypes::is_object(rule)) {
            if pairs.len() >= MAX_PAIRS {
                return pairs;
            }
            if let Some(first) = distinct.get(rule) {
                pairs.extend((*first != choice).then_some((*first, choice)));
                continue;
            }
            distinct.insert(rule, choice);
            let others = by_type.entry(JsonTypes::of(rule)).or_default();
            let overlaps =
                |(other, known): &&(usize, &MatchRule)| *other != choice && rules_overlap(known, rule);
            pairs.extend(others.iter().filter(overlaps).map(|(other, _)| (*other, choice)));
            others.push((choice, rule));
        }
    }
    pairs
}

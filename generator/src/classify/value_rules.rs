//! Match rules by the JSON type of a value: scalars, lists, and objects inside lists and properties.
//!
//! The rules come from the document, not from the types of the alternatives, so alternatives may be recursive.

use super::part_kinds::{is_null_or_never, is_object};
use super::parts::SchemaPart;
use super::schemas::{InnerRules, Schemas};
use super::tags::{constants_of, listed_values};
use crate::document::SchemaId;
use crate::ir::{Constant, MatchRule, ValueKind};

/// The maximum number of unions and lists inside one another that match rules look into. Real documents need no more
/// levels.
const DEPTH: usize = 3;

/// The maximum number of rules for a value inside another one. If there are more, they only check the JSON type.
const MAX_INNER_RULES: usize = 32;

/// Returns the match rules of the schema with these parts.
pub(super) fn value_rules<'a>(
    schemas: &Schemas<'a>,
    parts: &[SchemaPart<'a>],
    depth: usize,
) -> Vec<MatchRule> {
    if depth > DEPTH {
        return vec![MatchRule::Anything];
    }
    for part in parts {
        let alternatives = schemas.alternative_ids(part).filter(|id| !is_null_or_never(schemas, *id));
        let mut match_rules = Collected::default();
        for id in alternatives {
            match_rules.extend(&inner_rules(schemas, id, depth + 1));
        }
        if !match_rules.rules.is_empty() {
            return match_rules.rules;
        }
    }
    if let Some(values) = listed_values(parts) {
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
        _ if is_object(parts) => object_rule(schemas, parts),
        _ => MatchRule::Anything,
    };
    vec![rule]
}

/// Returns the match rules of a schema inside another one. They are computed once for each schema and depth.
pub(super) fn inner_rules(schemas: &Schemas<'_>, id: SchemaId, depth: usize) -> InnerRules {
    schemas.known_rules(id, depth).unwrap_or_else(|| {
        let rules: InnerRules = value_rules(schemas, schemas.parts(id), depth).into();
        schemas.remember_rules(id, depth, &rules);
        rules
    })
}

/// Returns the rule of an object inside a list or a union: its constants, or else its required properties.
fn object_rule(schemas: &Schemas<'_>, parts: &[SchemaPart<'_>]) -> MatchRule {
    let mut required: Vec<&String> = parts.iter().flat_map(|part| part.keywords.required).collect();
    required.sort();
    required.dedup();
    let constants = constants_of(schemas, parts);
    let is_constant =
        |(name, values): &(String, Vec<Constant>)| values.len() == 1 && required.binary_search(&name).is_ok();
    let tags = constants.into_iter().filter(is_constant);
    let mut tags: Vec<MatchRule> = tags.map(|(member, values)| MatchRule::Tag { member, values }).collect();
    match tags.len() {
        0 => MatchRule::Object { required: required.into_iter().cloned().collect() },
        1 => tags.remove(0),
        _ => MatchRule::All(tags),
    }
}

fn list_rule<'a>(schemas: &Schemas<'a>, parts: &[SchemaPart<'a>], depth: usize) -> MatchRule {
    let items = parts.iter().rev().filter(|part| part.keywords.items.is_some());
    let items = items.map(|part| schemas.items(part.id)).next().flatten();
    // A list that may contain null is not distinguished by its items.
    let items = items.filter(|items| !schemas.keywords(items.id).data.nullable);
    let match_rules = items.map(|items| inner_rules(schemas, items.id, depth + 1));
    let match_rules = match_rules.filter(|rules| !rules.contains(&MatchRule::Anything));
    MatchRule::List(match_rules.map(|rules| rules.to_vec()).unwrap_or_default())
}

/// Returns the kind of a string, by its format.
fn text_kind(parts: &[SchemaPart<'_>]) -> ValueKind {
    match parts.iter().rev().find_map(|part| part.keywords.format.as_deref()) {
        Some("ipv4") => ValueKind::Ipv4,
        Some("ipv6") => ValueKind::Ipv6,
        _ => ValueKind::Text,
    }
}

/// The rules of the alternatives of a union, each once.
#[derive(Default)]
struct Collected {
    rules: Vec<MatchRule>,
    only_json_types: bool,
}

impl Collected {
    fn extend(&mut self, rules: &[MatchRule]) {
        for rule in rules {
            if self.only_json_types {
                self.add_json_types(rule);
            } else if !self.rules.contains(rule) {
                self.rules.push(rule.clone());
            }
        }
        if self.rules.len() > MAX_INNER_RULES && !self.only_json_types {
            self.only_json_types = true;
            for rule in std::mem::take(&mut self.rules) {
                self.add_json_types(&rule);
            }
        }
    }

    fn add_json_types(&mut self, rule: &MatchRule) {
        for rule in JsonTypes::of(rule).map_or_else(|| vec![MatchRule::Anything], JsonTypes::rules) {
            if !self.rules.contains(&rule) {
                self.rules.push(rule);
            }
        }
    }
}

/// A set of JSON types. Strings with an IPv4 or IPv6 address are types of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct JsonTypes(u8);

impl JsonTypes {
    const OBJECT: Self = Self(1);
    const LIST: Self = Self(2);
    const BOOLEAN: Self = Self(4);
    const NUMBER: Self = Self(8);
    const IPV4: Self = Self(16);
    const IPV6: Self = Self(32);
    const OTHER_TEXT: Self = Self(64);
    const TEXT: Self = Self(16 | 32 | 64);

    /// Returns the types of the values that match a rule, or `None` for any type. Enums may gain values of their type.
    pub(super) fn of(rule: &MatchRule) -> Option<Self> {
        Some(match rule {
            MatchRule::Tag { .. }
            | MatchRule::Object { .. }
            | MatchRule::Property { .. }
            | MatchRule::All(_) => Self::OBJECT,
            MatchRule::Rest { rule, .. } => return Self::of(rule),
            MatchRule::List(_) => Self::LIST,
            MatchRule::ValueKind(ValueKind::Boolean) => Self::BOOLEAN,
            MatchRule::ValueKind(ValueKind::Integer | ValueKind::Number) => Self::NUMBER,
            MatchRule::ValueKind(ValueKind::Ipv4) => Self::IPV4,
            MatchRule::ValueKind(ValueKind::Ipv6) => Self::IPV6,
            MatchRule::ValueKind(ValueKind::Text) => Self::TEXT,
            MatchRule::Constants(values) => {
                let types = values.iter().map(|value| match value {
                    Constant::Text(_) => Self::TEXT,
                    Constant::Integer(_) => Self::NUMBER,
                    Constant::Boolean(_) => Self::BOOLEAN,
                });
                types.fold(Self::default(), Self::or)
            }
            MatchRule::Anything => return None,
        })
    }

    /// Returns true if only objects match a rule.
    pub(super) fn is_object(rule: &MatchRule) -> bool {
        Self::of(rule) == Some(Self::OBJECT)
    }

    /// Returns the types of the values that match any of the rules, or `None` for any type.
    pub(super) fn of_all(rules: &[MatchRule]) -> Option<Self> {
        rules.iter().try_fold(Self::default(), |all, rule| Some(all.or(Self::of(rule)?)))
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Iterates over the single types.
    pub(super) fn each(self) -> impl Iterator<Item = Self> {
        (0..7).map(|bit| Self(1 << bit)).filter(move |one| self.intersects(*one))
    }

    /// Returns the rules of any values of these types.
    pub(super) fn rules(self) -> Vec<MatchRule> {
        let texts = match self.0 & Self::TEXT.0 {
            bits if bits & Self::OTHER_TEXT.0 != 0 => vec![(Self::TEXT, ValueKind::Text)],
            _ => vec![(Self::IPV4, ValueKind::Ipv4), (Self::IPV6, ValueKind::Ipv6)],
        };
        let scalars = [(Self::BOOLEAN, ValueKind::Boolean), (Self::NUMBER, ValueKind::Number)];
        let scalars = scalars.into_iter().chain(texts).filter(|(ty, _)| self.intersects(*ty));
        let mut rules: Vec<MatchRule> = scalars.map(|(_, kind)| MatchRule::ValueKind(kind)).collect();
        if self.intersects(Self::LIST) {
            rules.push(MatchRule::List(Vec::new()));
        }
        if self.intersects(Self::OBJECT) {
            rules.push(MatchRule::Object { required: Vec::new() });
        }
        rules
    }
}

/// Returns true if a value can match both rules equally well.
pub(super) fn rules_overlap(one: &MatchRule, other: &MatchRule) -> bool {
    match (one, other) {
        (MatchRule::Tag { member, values }, MatchRule::Tag { member: other_member, values: others }) => {
            member != other_member || values.iter().any(|value| others.contains(value))
        }
        (MatchRule::Constants(values), MatchRule::Constants(others)) => {
            values.iter().any(|value| others.contains(value))
        }
        (MatchRule::Object { required }, MatchRule::Object { required: others }) => required == others,
        (
            MatchRule::Property { member, match_rules },
            MatchRule::Property { member: other_member, match_rules: others },
        ) => {
            member != other_member
                || match_rules.iter().any(|rule| others.iter().any(|it| rules_overlap(rule, it)))
        }
        (MatchRule::All(rules), other) | (other, MatchRule::All(rules)) => {
            rules.iter().all(|rule| rules_overlap(rule, other))
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

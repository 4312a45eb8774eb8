//! Variant names of unions.

use openapiv3::ReferenceOr;

use super::choice::Choice;
use super::match_rules::AlternativeRules;
use super::plan::{NameOrigin, VariantName};
use super::schemas::Schemas;
use super::tags::short_name;
use crate::document::SchemaId;
use crate::ir::{Constant, MatchRule, ValueKind};

/// Returns the preferred name of an alternative.
pub(crate) fn variant_name<'a>(
    schemas: &Schemas<'a>,
    choice: &Choice<'a>,
    rules: &AlternativeRules,
    choices: &[Choice<'a>],
) -> VariantName {
    let is_inline = matches!(choice.written.schema, ReferenceOr::Item(_));
    if let Some(name) = name_by_values(rules, is_inline) {
        return VariantName::new(name, NameOrigin::Value);
    }
    if let Some(target) = choice.target().filter(|target| schemas.component(*target) == Some(*target)) {
        return VariantName::new(short_name(schemas.at(target)), NameOrigin::Schema);
    }
    let title =
        schemas.keywords(choice.written.id).data.title.as_ref().filter(|title| !title.trim().is_empty());
    match title {
        Some(title) => VariantName::new(title.as_str(), NameOrigin::Schema),
        None => unnamed_variant(schemas, choice.written.id, &rules.rules, choices),
    }
}

/// Returns a name made of the constants that only this alternative has, if they are strings and few.
fn name_by_values(rules: &AlternativeRules, is_inline: bool) -> Option<String> {
    let is_short = |values: &Vec<Constant>| values.len() == 1 || (values.len() < 4 && is_inline);
    if rules.names.is_empty() || !rules.names.iter().all(is_short) {
        return None;
    }
    let texts = rules.names.iter().map(|values| {
        let texts: Option<Vec<&str>> = values.iter().map(Constant::as_text).collect();
        Some(texts?.join(" or "))
    });
    texts.collect::<Option<Vec<String>>>().map(|texts| texts.join(" "))
}

/// Returns a name for an inline alternative without title: what distinguishes it, or its JSON type.
fn unnamed_variant<'a>(
    schemas: &Schemas<'a>,
    id: SchemaId,
    rules: &[MatchRule],
    choices: &[Choice<'a>],
) -> VariantName {
    let kind = match rules {
        [MatchRule::ValueKind(kind)] => kind_name(*kind),
        [MatchRule::List(_)] => return VariantName::new(list_name(schemas, id), NameOrigin::Kind),
        [MatchRule::Constants(values)] => match values.as_slice() {
            [Constant::Text(text)] => return VariantName::new(text.as_str(), NameOrigin::Value),
            [Constant::Integer(number)] => {
                return VariantName::new(format!("value {number}"), NameOrigin::Value);
            }
            _ => "value",
        },
        [MatchRule::Anything] => "any value",
        [rule] => return unnamed_object(schemas, id, rule.conditions(), choices),
        _ => "object",
    };
    VariantName::new(kind, NameOrigin::Kind)
}

/// Returns a name for an object: the constant, the type of a property, or the property that distinguishes it.
fn unnamed_object<'a>(
    schemas: &Schemas<'a>,
    id: SchemaId,
    conditions: &[MatchRule],
    choices: &[Choice<'a>],
) -> VariantName {
    let mut keys: Vec<&String> = Vec::new();
    for condition in conditions {
        match condition {
            MatchRule::Tag { member, values } => match values.as_slice() {
                [Constant::Boolean(true)] => return VariantName::new(member.as_str(), NameOrigin::Value),
                [Constant::Boolean(false)] => {
                    return VariantName::new(format!("not {member}"), NameOrigin::Value);
                }
                [Constant::Integer(number)] => {
                    return VariantName::new(format!("{member} {number}"), NameOrigin::Value);
                }
                _ => {}
            },
            MatchRule::Property { member, match_rules } => {
                if let Some(kind) = property_kind(match_rules) {
                    return VariantName::new(format!("{kind} {member}"), NameOrigin::Value);
                }
            }
            MatchRule::Object { required } => keys.extend(required),
            _ => {}
        }
    }
    let knows = |choice: &Choice<'a>, key: &String| {
        choice.parts.iter().any(|part| part.keywords.properties.contains_key(key))
    };
    let is_own = |key: &&String| choices.iter().filter(|choice| knows(choice, key)).count() == 1;
    match keys.into_iter().chain(schemas.keywords(id).properties.keys()).find(is_own) {
        Some(own) => VariantName::new(own.as_str(), NameOrigin::Value),
        None => VariantName::new("object", NameOrigin::Kind),
    }
}

/// Returns the name of the JSON type that a property has, if it has one.
fn property_kind(rules: &[MatchRule]) -> Option<&'static str> {
    match rules {
        [MatchRule::ValueKind(kind)] => Some(kind_name(*kind)),
        [MatchRule::List(_)] => Some("list"),
        [MatchRule::Object { .. }] => Some("object"),
        _ => None,
    }
}

fn kind_name(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Text | ValueKind::Ipv4 | ValueKind::Ipv6 => "string",
        ValueKind::Integer => "integer",
        ValueKind::Number => "number",
        ValueKind::Boolean => "bool",
    }
}

fn list_name(schemas: &Schemas<'_>, id: SchemaId) -> String {
    let of = schemas.items(id).and_then(|items| match items.is_reference {
        true => Some(short_name(schemas.at(items.id))),
        false => schemas.keywords(items.id).ty.map(str::to_owned),
    });
    of.map_or_else(|| "list".to_owned(), |of| format!("{of} list"))
}

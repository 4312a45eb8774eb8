//! Variant names of unions.

use openapiv3::ReferenceOr;

use super::choice::Choice;
use super::match_rules::short_name;
use super::plan::{NameOrigin, VariantName};
use super::schemas::Schemas;
use crate::document::SchemaId;
use crate::ir::{Constant, MatchRule, ValueKind};

/// Returns the preferred name of an alternative.
pub(crate) fn variant_name<'a>(
    schemas: &Schemas<'a>,
    choice: &Choice<'a>,
    match_rules: &[MatchRule],
    choices: &[Choice<'a>],
) -> VariantName {
    let is_inline = matches!(choice.written.schema, ReferenceOr::Item(_));
    if let [MatchRule::Tag { values, .. }] = match_rules {
        let texts: Vec<&str> = values.iter().filter_map(Constant::as_text).collect();
        if texts.len() == values.len() && (texts.len() == 1 || (texts.len() < 4 && is_inline)) {
            return VariantName::new(texts.join(" or "), NameOrigin::Value);
        }
    }
    if let Some(target) = choice.target().filter(|target| schemas.component(*target) == Some(*target)) {
        return VariantName::new(short_name(schemas.at(target)), NameOrigin::Schema);
    }
    let title =
        schemas.keywords(choice.written.id).data.title.as_ref().filter(|title| !title.trim().is_empty());
    match title {
        Some(title) => VariantName::new(title.as_str(), NameOrigin::Schema),
        None => unnamed_variant(schemas, choice.written.id, match_rules, choices),
    }
}

/// Returns a name for an inline alternative without title: the property that only it has, or its JSON type.
fn unnamed_variant<'a>(
    schemas: &Schemas<'a>,
    id: SchemaId,
    match_rules: &[MatchRule],
    choices: &[Choice<'a>],
) -> VariantName {
    let kind = match match_rules {
        [MatchRule::ValueKind(ValueKind::Text | ValueKind::Ipv4 | ValueKind::Ipv6)] => "string",
        [MatchRule::ValueKind(ValueKind::Integer)] => "integer",
        [MatchRule::ValueKind(ValueKind::Number)] => "number",
        [MatchRule::ValueKind(ValueKind::Boolean)] => "bool",
        [MatchRule::List(_)] => return VariantName::new(list_name(schemas, id), NameOrigin::Kind),
        [MatchRule::Constants(values)] => match values.as_slice() {
            [Constant::Text(text)] => return VariantName::new(text.as_str(), NameOrigin::Value),
            [Constant::Integer(number)] => {
                return VariantName::new(format!("value {number}"), NameOrigin::Value);
            }
            _ => "value",
        },
        [MatchRule::Object { required: keys, .. }] => {
            let knows = |choice: &Choice<'a>, key: &String| {
                choice.parts.iter().any(|part| part.keywords.properties.contains_key(key))
            };
            let is_own = |key: &&String| choices.iter().filter(|choice| knows(choice, key)).count() == 1;
            match keys.iter().chain(schemas.keywords(id).properties.keys()).find(is_own) {
                Some(own) => return VariantName::new(own.as_str(), NameOrigin::Value),
                None => "object",
            }
        }
        _ => "object",
    };
    VariantName::new(kind, NameOrigin::Kind)
}

fn list_name(schemas: &Schemas<'_>, id: SchemaId) -> String {
    let of = schemas.items(id).and_then(|items| match items.is_reference {
        true => Some(short_name(schemas.at(items.id))),
        false => schemas.keywords(items.id).ty.map(str::to_owned),
    });
    of.map_or_else(|| "list".to_owned(), |of| format!("{of} list"))
}

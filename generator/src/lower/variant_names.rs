//! Variant names of unions.

use openapiv3::ReferenceOr;

use super::Lower;
use super::keywords::Keywords;
use super::union::{Choice, short_name};
use crate::ir::{Constant, MatchRule, Type, ValueKind};

/// The preferred name of a variant, and its origin.
pub(super) struct VariantName {
    pub(super) text: String,
    pub(super) origin: NameOrigin,
}

/// The origin of a variant name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameOrigin {
    /// The name of a component, or the title of a schema.
    Schema,
    /// A value that distinguishes the alternative, or a property that only it has.
    Value,
    /// The JSON type of its values.
    Kind,
}

impl VariantName {
    fn new(text: impl Into<String>, origin: NameOrigin) -> Self {
        Self { text: text.into(), origin }
    }

    /// Returns the name for a variant with this type. A name by JSON type becomes more specific.
    pub(super) fn refined_by_type(self, ty: &Type) -> String {
        let specific = match ty {
            _ if self.origin != NameOrigin::Kind => None,
            Type::Uuid => Some("uuid"),
            Type::DateTime | Type::Timestamp => Some("date time"),
            Type::Date => Some("date"),
            Type::Duration => Some("duration"),
            Type::Bytes { .. } => Some("bytes"),
            Type::Map(_) => Some("map"),
            _ => None,
        };
        specific.map_or(self.text, str::to_owned)
    }
}

impl<'a> Lower<'a, '_> {
    /// Returns the preferred name of an alternative.
    pub(super) fn variant_name(
        &self,
        choice: &Choice<'a>,
        match_rules: &[MatchRule],
        choices: &[Choice<'a>],
    ) -> VariantName {
        let is_inline = matches!(choice.schema, ReferenceOr::Item(_));
        if let [MatchRule::Tag { values, .. }] = match_rules {
            let texts: Vec<&str> = values.iter().filter_map(Constant::as_text).collect();
            if texts.len() == values.len() && (texts.len() == 1 || (texts.len() < 4 && is_inline)) {
                return VariantName::new(texts.join(" or "), NameOrigin::Value);
            }
        }
        match choice.schema {
            ReferenceOr::Reference { .. } if self.is_component(choice) => {
                let key = self.target_of(choice).map_or_else(String::new, |it| short_name(&it));
                VariantName::new(key, NameOrigin::Schema)
            }
            written => {
                let Some((schema, _)) = self.document.schema(written, &choice.at) else {
                    return VariantName::new("", NameOrigin::Kind);
                };
                let keywords = Keywords::of(schema);
                if let Some(title) = keywords.data.title.as_ref().filter(|title| !title.trim().is_empty()) {
                    return VariantName::new(title.as_str(), NameOrigin::Schema);
                }
                self.unnamed_variant(&keywords, match_rules, choices)
            }
        }
    }

    fn is_component(&self, choice: &Choice<'a>) -> bool {
        let segments = self.target_of(choice).map(|target| target.segments().count());
        segments == Some(3)
    }

    /// Returns a name for an inline alternative without title: the property that only it has, or its JSON
    /// type.
    fn unnamed_variant(
        &self,
        keywords: &Keywords<'a>,
        match_rules: &[MatchRule],
        choices: &[Choice<'a>],
    ) -> VariantName {
        let kind = match match_rules {
            [MatchRule::ValueKind(ValueKind::Text | ValueKind::Ipv4 | ValueKind::Ipv6)] => "string",
            [MatchRule::ValueKind(ValueKind::Integer)] => "integer",
            [MatchRule::ValueKind(ValueKind::Number)] => "number",
            [MatchRule::ValueKind(ValueKind::Boolean)] => "bool",
            [MatchRule::List(_)] => return VariantName::new(self.list_name(keywords), NameOrigin::Kind),
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
                match keys.iter().chain(keywords.properties.keys()).find(is_own) {
                    Some(own) => return VariantName::new(own.as_str(), NameOrigin::Value),
                    None => "object",
                }
            }
            _ => "object",
        };
        VariantName::new(kind, NameOrigin::Kind)
    }

    fn list_name(&self, keywords: &Keywords<'a>) -> String {
        let of = match keywords.items {
            Some(ReferenceOr::Reference { reference }) => {
                self.document.target(reference).map(|target| short_name(&target))
            }
            Some(ReferenceOr::Item(schema)) => Keywords::of(schema).ty.map(str::to_owned),
            None => None,
        };
        of.map_or_else(|| "list".to_owned(), |of| format!("{of} list"))
    }
}

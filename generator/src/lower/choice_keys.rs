//! What the alternatives of a union would like to be called.

use openapiv3::ReferenceOr;

use super::Lower;
use super::keywords::Keywords;
use super::union::{Choice, key_of};
use crate::ir::{Constant, Kind, Look, Type};

/// What an alternative would like to be called, and why.
pub(super) struct Key {
    pub(super) text: String,
    pub(super) origin: Origin,
}

/// What an alternative is called after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// A component, or the title of a schema.
    Schema,
    /// A value by which it is told apart, or a member that only it has.
    Value,
    /// The kind of its values, for want of something better.
    Kind,
}

impl Key {
    fn new(text: impl Into<String>, origin: Origin) -> Self {
        Self { text: text.into(), origin }
    }

    /// What an alternative of this type would like to be called: where it is called after the kind of its values, the type
    /// may say more of them.
    pub(super) fn of_type(self, ty: &Type) -> String {
        let said = match ty {
            _ if self.origin != Origin::Kind => None,
            Type::Uuid => Some("uuid"),
            Type::DateTime | Type::Timestamp => Some("date time"),
            Type::Date => Some("date"),
            Type::Duration => Some("duration"),
            Type::Bytes { .. } => Some("bytes"),
            Type::Map(_) => Some("map"),
            _ => None,
        };
        said.map_or(self.text, str::to_owned)
    }
}

impl<'a> Lower<'a, '_> {
    /// What an alternative would like to be called.
    pub(super) fn key_of_choice(&self, choice: &Choice<'a>, looks: &[Look], choices: &[Choice<'a>]) -> Key {
        let is_inline = matches!(choice.schema, ReferenceOr::Item(_));
        if let [Look::Tag { values, .. }] = looks {
            let texts: Vec<&str> = values.iter().filter_map(Constant::as_text).collect();
            if texts.len() == values.len() && (texts.len() == 1 || (texts.len() < 4 && is_inline)) {
                return Key::new(texts.join(" or "), Origin::Value);
            }
        }
        match choice.schema {
            ReferenceOr::Reference { .. } if self.is_component(choice) => {
                let key = self.target_of(choice).map_or_else(String::new, |it| key_of(&it));
                Key::new(key, Origin::Schema)
            }
            written => {
                let Some((schema, _)) = self.document.schema(written, &choice.at) else {
                    return Key::new("", Origin::Kind);
                };
                let keywords = Keywords::of(schema);
                if let Some(title) = keywords.data.title.as_ref().filter(|title| !title.trim().is_empty()) {
                    return Key::new(title.as_str(), Origin::Schema);
                }
                self.nameless(&keywords, looks, choices)
            }
        }
    }

    fn is_component(&self, choice: &Choice<'a>) -> bool {
        let segments = self.target_of(choice).map(|target| target.segments().count());
        segments == Some(3)
    }

    /// The name of an alternative that has none: the member that only it has, or what kind of value it is.
    fn nameless(&self, keywords: &Keywords<'a>, looks: &[Look], choices: &[Choice<'a>]) -> Key {
        let kind = match looks {
            [Look::Kind(Kind::Text | Kind::Ipv4 | Kind::Ipv6)] => "string",
            [Look::Kind(Kind::Integer)] => "integer",
            [Look::Kind(Kind::Number)] => "number",
            [Look::Kind(Kind::Boolean)] => "bool",
            [Look::List(_)] => return Key::new(self.list_name(keywords), Origin::Kind),
            [Look::Constants(values)] => match values.as_slice() {
                [Constant::Text(text)] => return Key::new(text.as_str(), Origin::Value),
                [Constant::Integer(number)] => return Key::new(format!("value {number}"), Origin::Value),
                _ => "value",
            },
            [Look::Object { required: keys, .. }] => {
                let knows = |choice: &Choice<'a>, key: &String| {
                    choice.parts.iter().any(|part| part.keywords.properties.contains_key(key))
                };
                let is_own = |key: &&String| choices.iter().filter(|choice| knows(choice, key)).count() == 1;
                match keys.iter().chain(keywords.properties.keys()).find(is_own) {
                    Some(own) => return Key::new(own.as_str(), Origin::Value),
                    None => "object",
                }
            }
            _ => "object",
        };
        Key::new(kind, Origin::Kind)
    }

    fn list_name(&self, keywords: &Keywords<'a>) -> String {
        let of = match keywords.items {
            Some(ReferenceOr::Reference { reference }) => {
                self.document.target(reference).map(|target| key_of(&target))
            }
            Some(ReferenceOr::Item(schema)) => Keywords::of(schema).ty.map(str::to_owned),
            None => None,
        };
        of.map_or_else(|| "list".to_owned(), |of| format!("{of} list"))
    }
}

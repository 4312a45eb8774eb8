//! What the alternatives of a union would like to be called.

use openapiv3::ReferenceOr;

use super::Lower;
use super::keywords::Keywords;
use super::union::{Choice, key_of};
use crate::ir::{Constant, Kind, Look};

impl<'a> Lower<'a, '_> {
    /// What an alternative would like to be called.
    pub(super) fn key_of_choice(
        &self,
        choice: &Choice<'a>,
        looks: &[Look],
        choices: &[Choice<'a>],
    ) -> String {
        let is_inline = matches!(choice.schema, ReferenceOr::Item(_));
        if let [Look::Tag { values, .. }] = looks {
            let texts: Vec<&str> = values.iter().filter_map(Constant::as_text).collect();
            if texts.len() == values.len() && (texts.len() == 1 || (texts.len() < 4 && is_inline)) {
                return texts.join(" or ");
            }
        }
        match choice.schema {
            ReferenceOr::Reference { .. } if self.is_component(choice) => {
                self.target_of(choice).map_or_else(String::new, |it| key_of(&it))
            }
            written => {
                let Some((schema, _)) = self.document.schema(written, &choice.at) else {
                    return String::new();
                };
                let keywords = Keywords::of(schema);
                if let Some(title) = keywords.data.title.as_ref().filter(|title| !title.trim().is_empty()) {
                    return title.clone();
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
    fn nameless(&self, keywords: &Keywords<'a>, looks: &[Look], choices: &[Choice<'a>]) -> String {
        let name = match looks {
            [Look::Kind(Kind::Text | Kind::Ipv4 | Kind::Ipv6)] => "string",
            [Look::Kind(Kind::Integer)] => "integer",
            [Look::Kind(Kind::Number)] => "number",
            [Look::Kind(Kind::Boolean)] => "bool",
            [Look::List(_)] => return self.list_name(keywords),
            [Look::Constants(values)] => match values.as_slice() {
                [Constant::Text(text)] => return text.clone(),
                [Constant::Integer(number)] => return format!("value {number}"),
                _ => "value",
            },
            [Look::Object { required: keys, .. }] => {
                let knows = |choice: &Choice<'a>, key: &String| {
                    choice.parts.iter().any(|part| part.keywords.properties.contains_key(key))
                };
                let is_own = |key: &&String| choices.iter().filter(|choice| knows(choice, key)).count() == 1;
                let own = keys.iter().chain(keywords.properties.keys()).find(is_own);
                return own.cloned().unwrap_or_else(|| "object".to_owned());
            }
            _ => "object",
        };
        name.to_owned()
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

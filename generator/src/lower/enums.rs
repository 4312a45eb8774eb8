//! Enums of strings.

use serde_json::Value;

use super::Lower;
use super::keywords::Keywords;
use super::schema::Site;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Enum, EnumValue, Shape, Type};

impl<'a> Lower<'a, '_> {
    /// A schema with `enum`, if all of its values are strings.
    pub(super) fn lower_string_enum(
        &mut self,
        keywords: &Keywords<'a>,
        at: &Pointer,
        site: &Site,
    ) -> Option<Type> {
        if keywords.values.is_empty() {
            return None;
        }
        let mut texts: Vec<&str> = Vec::with_capacity(keywords.values.len());
        for value in &keywords.values {
            let text = value.as_str()?;
            if texts.contains(&text) {
                self.diagnostics.report(
                    Code::DuplicateEnumValue,
                    &at.child("enum"),
                    format!("The value {} is listed twice.", Value::from(text)),
                    "List each value once.",
                );
            } else {
                texts.push(text);
            }
        }
        let prefix = prefix(&texts);
        let values = texts
            .iter()
            .map(|text| {
                let name = text.strip_prefix(prefix).filter(|name| !name.is_empty()).unwrap_or(text);
                EnumValue { wire: (*text).to_owned(), name: name.to_owned() }
            })
            .collect();
        let docs = self.docs(keywords, at);
        let id = self.reserve_at(site, docs);
        Some(self.define(id, Shape::Enum(Enum { values, first_is_default: self.config.protojson })))
    }
}

/// The prefix that protobuf has every value of an enum begin with: what stands before `UNSPECIFIED` in the zero value.
///
/// It depends on that one value only, so a value that is added later renames none.
fn prefix<'t>(values: &[&'t str]) -> &'t str {
    values.iter().find_map(|value| value.strip_suffix("UNSPECIFIED")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::prefix;

    #[track_caller]
    fn check(values: &[&str], expected: &str) {
        assert_eq!(prefix(values), expected, "{values:?}");
    }

    #[test]
    fn the_zero_value_tells_the_prefix() {
        check(&["COLOR_UNSPECIFIED", "COLOR_RED"], "COLOR_");
        check(&["COLOR_RED", "COLOR_GREEN"], "");
        check(&["UNSPECIFIED", "RED"], "");
    }
}

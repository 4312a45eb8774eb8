//! The fields and values that OpenAPI 3.2 adds.
//!
//! They are read in every version. In an older one, a finding says that other tools ignore them.

use serde_json::{Value, json};

use super::super::location::Location;
use super::super::path_item::{ADDITIONAL, METHODS};
use super::kinds::text;
use super::{Conform, Object};
use crate::diagnostics::Code;

/// The media type of a query string whose parameter declares none.
const FORM: &str = "application/x-www-form-urlencoded";

/// The prefix of a security requirement that refers to a scheme instead of naming it.
const SCHEMES: &str = "#/components/securitySchemes/";

impl Conform<'_> {
    /// Checks the methods of a path item.
    pub(super) fn methods(&mut self, item: &mut Object, at: &Location<'_>) {
        for field in ["query", ADDITIONAL] {
            if item.contains_key(field) {
                self.newer(&format!("the field `{field}`"), &at.key(field));
            }
        }
        let own: Vec<&str> = METHODS.into_iter().filter(|method| item.contains_key(*method)).collect();
        let Some(Value::Object(additional)) = item.get_mut(ADDITIONAL) else { return };
        let at = at.key(ADDITIONAL);
        additional.retain(|name, _| {
            let at = at.key(name);
            if !is_token(name) {
                self.diagnostics.report(
                    Code::InvalidValue,
                    &at.pointer(),
                    format!("`{name}` is not a valid HTTP method"),
                    "write a method without spaces and separators, such as `PURGE`",
                );
                return false;
            }
            let Some(field) = METHODS.into_iter().find(|field| field.to_ascii_uppercase() == *name) else {
                return true;
            };
            let is_taken = own.contains(&field);
            let message = match is_taken {
                true => format!("the path item describes `{name}` in `{field}` too, so this one is ignored"),
                false => format!("`{name}` has a field of its own, `{field}`"),
            };
            self.mistyped(&at, message, format!("describe the operation in `{field}`"));
            !is_taken
        });
    }

    /// Checks a parameter that is the whole query string. It has a media type, and neither a schema of its own nor a
    /// style.
    pub(super) fn query_string(&mut self, parameter: &mut Object, at: &Location<'_>) {
        self.newer("`in: querystring`", &at.key("in"));
        ["style", "explode", "allowReserved"].iter().for_each(|key| drop(parameter.shift_remove(*key)));
        let schema = parameter.shift_remove("schema");
        if parameter.contains_key("content") {
            return;
        }
        let message = format!("this query string has no `content`, so it is read as `{FORM}`");
        self.mistyped(at, message, "describe it under `content`, by its media type");
        let media_type = match schema {
            Some(schema) => {
                let content = at.key("content");
                let media_type = content.key(FORM);
                self.moves.moved_tree(media_type.key("schema").current(), at.key("schema").pointer());
                json!({ "schema": schema })
            }
            None => json!({}),
        };
        parameter.insert("content".to_owned(), json!({ FORM: media_type }));
    }

    /// Removes `allowReserved` where it has no effect: before 3.2, everywhere but in a query.
    pub(super) fn allow_reserved(&self, parameter: &mut Object, location: &str) {
        let has_effect = location == "query" || (self.minor > 1 && location != "header");
        if !has_effect {
            parameter.shift_remove("allowReserved");
        }
    }

    /// Reads `dataValue` of an example as `value`.
    pub(super) fn example(&mut self, example: &mut Object, at: &Location<'_>) {
        if let Some(value) = example.shift_remove("dataValue") {
            if !example.contains_key("value") {
                self.moves.moved_tree(at.key("value").current(), at.key("dataValue").pointer());
                example.insert("value".to_owned(), value);
            }
        }
    }

    /// Reports encodings by position and nested encodings, which are not read.
    pub(super) fn encodings(&mut self, fields: &Object, keys: &[&str], at: &Location<'_>) {
        for key in keys.iter().filter(|key| fields.contains_key(**key)) {
            self.diagnostics.report(
                Code::IgnoredEncoding,
                &at.key(key).pointer(),
                format!("`{key}` is not supported, so it has no effect"),
                "use `encoding` of a form with named parts",
            );
        }
    }

    /// Reports the default of a discriminator, which is not read.
    pub(super) fn discriminator(&mut self, discriminator: &Object, at: &Location<'_>) {
        if discriminator.contains_key("defaultMapping") {
            let property = text(discriminator, "propertyName");
            self.diagnostics.report(
                Code::UnsupportedKeyword,
                &at.key("defaultMapping").pointer(),
                format!("`defaultMapping` is not supported: unknown values of `{property}` become `Unknown`"),
                "map each value to its schema in `mapping`",
            );
        }
    }

    /// Reads a reference to a security scheme as the name of the scheme.
    pub(super) fn security_names(&mut self, requirement: &mut Object, at: &Location<'_>) {
        if !requirement.keys().any(|key| key.starts_with(SCHEMES)) {
            return;
        }
        let named = std::mem::take(requirement).into_iter().map(|(key, scopes)| {
            let Some(name) = key.strip_prefix(SCHEMES) else { return (key, scopes) };
            let name = name.replace("~1", "/").replace("~0", "~");
            self.moves.moved_tree(at.key(&name).current(), at.key(&key).pointer());
            (name, scopes)
        });
        *requirement = named.collect();
    }

    /// Reports that a document of an older version uses something of 3.2.
    fn newer(&mut self, what: &str, at: &Location<'_>) {
        let minor = self.minor;
        if minor < 2 {
            self.diagnostics.report(
                Code::MixedVersions,
                &at.pointer(),
                format!("{what} of OpenAPI 3.2 is used, but the document declares 3.{minor}"),
                "declare version 3.2, so that other tools read it too",
            );
        }
    }
}

/// Returns true if a text is a token, as methods of HTTP are (RFC 9110, section 5.6.2).
fn is_token(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_allowed)
}

//! The requirements of single kinds of object, beyond the shapes of their fields.

use serde_json::{Number, Value};

use super::super::grammar::{ObjectKind, Shape};
use super::super::location::Location;
use super::{Conform, Object, Outcome};
use crate::diagnostics::Code;

/// The values of `in`, each with the styles that are allowed there.
const STYLES: &[(&str, &[&str])] = &[
    ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ("header", &["simple"]),
    ("path", &["simple", "label", "matrix"]),
    ("cookie", &["form", "cookie"]),
    ("querystring", &[]),
];

/// The types of security schemes, each with its required fields.
const SECURITY: &[(&str, &[&str])] = &[
    ("apiKey", &["name", "in"]),
    ("http", &["scheme"]),
    ("oauth2", &["flows"]),
    ("openIdConnect", &["openIdConnectUrl"]),
];

/// Returns true if the client can have credentials for security schemes of this type.
pub(in super::super) fn is_known_scheme(of_type: &str) -> bool {
    SECURITY.iter().any(|(known, _)| *known == of_type)
}

/// The OAuth flows, each with its required URLs.
const FLOWS: &[(&str, &[&str])] = &[
    ("implicit", &["authorizationUrl"]),
    ("password", &["tokenUrl"]),
    ("clientCredentials", &["tokenUrl"]),
    ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
];

impl Conform<'_> {
    /// Rewrites syntax of older specifications. Returns true if `prefixItems` was written as `items`.
    pub(super) fn upgrade_old_syntax(
        &mut self,
        value: &mut Value,
        kind: ObjectKind,
        at: &Location<'_>,
    ) -> bool {
        match (kind, &mut *value) {
            (ObjectKind::Discriminator, Value::String(property)) => {
                let message = "`discriminator` must be an object, not a string; it is read as `propertyName`";
                let remedy = format!("write `discriminator: {{propertyName: {property}}}`");
                self.mistyped(at, message.to_owned(), remedy);
                let property = Value::String(std::mem::take(property));
                *value = Value::Object(Object::from_iter([("propertyName".to_owned(), property)]));
            }
            (ObjectKind::Schema, Value::Object(fields)) => {
                // Before `prefixItems`, the schemas of a tuple were an array in `items`.
                if matches!(fields.get("items"), Some(Value::Array(_))) {
                    let items = fields.shift_remove("items").unwrap_or_default();
                    if !fields.contains_key("prefixItems") {
                        fields.insert("prefixItems".to_owned(), items);
                        return true;
                    }
                }
            }
            _ => {}
        }
        false
    }

    /// Checks an object whose fields are valid on their own.
    pub(super) fn check_object(
        &mut self,
        fields: &mut Object,
        kind: ObjectKind,
        at: &Location<'_>,
    ) -> Outcome {
        match kind {
            ObjectKind::Parameter => return self.parameter(fields, at),
            ObjectKind::Header => self.style(fields, "header", at),
            ObjectKind::Encoding => {
                self.style(fields, "query", at);
                self.encodings(fields, &["encoding", "prefixEncoding", "itemEncoding"], at);
            }
            ObjectKind::MediaType => self.encodings(fields, &["prefixEncoding", "itemEncoding"], at),
            ObjectKind::Example => self.example(fields, at),
            ObjectKind::Discriminator => self.discriminator(fields, at),
            ObjectKind::SecurityRequirement => self.security_names(fields, at),
            ObjectKind::SecurityScheme => return self.security_scheme(fields, at),
            ObjectKind::OAuthFlows => self.oauth_flows(fields, at),
            ObjectKind::Responses => self.status_codes(fields, at),
            ObjectKind::PathItem if fields.contains_key("$ref") => self.ref_siblings(fields, at),
            ObjectKind::PathItem => self.methods(fields, at),
            ObjectKind::Operation if text(fields, "operationId").trim().is_empty() => {
                fields.shift_remove("operationId");
            }
            ObjectKind::Link => return self.link(fields, at),
            ObjectKind::Schema => self.enum_values(fields, at),
            _ => {}
        }
        Outcome::Keep
    }

    fn parameter(&mut self, fields: &mut Object, at: &Location<'_>) -> Outcome {
        let location = text(fields, "in").to_owned();
        if !STYLES.iter().any(|(known, _)| *known == location) {
            let remedy = match location.as_str() {
                "body" | "formData" => "describe it under `requestBody`, as OpenAPI 3 does",
                _ => "write `query`, `header`, `path`, `cookie` or `querystring`",
            };
            self.diagnostics.report(
                Code::InvalidValue,
                &at.key("in").pointer(),
                format!("`{location}` is not a valid location of a parameter"),
                remedy,
            );
            return Outcome::Remove;
        }
        if location == "querystring" {
            self.query_string(fields, at);
            return Outcome::Keep;
        }
        self.style(fields, &location, at);
        self.allow_reserved(fields, &location);
        if location == "path" {
            // The URL cannot be built without it, even if the document declares it optional.
            fields.insert("required".to_owned(), Value::Bool(true));
        }
        if !fields.contains_key("schema") && !fields.contains_key("content") {
            self.add_empty(
                fields,
                ObjectKind::Parameter,
                "schema",
                Shape::OrReference(ObjectKind::Schema),
                at,
            );
        }
        Outcome::Keep
    }

    fn style(&mut self, fields: &mut Object, location: &str, at: &Location<'_>) {
        let allowed =
            STYLES.iter().find(|(known, _)| *known == location).map_or(&[][..], |(_, styles)| styles);
        let style = text(fields, "style");
        if !fields.contains_key("style") || allowed.contains(&style) {
            return;
        }
        let remedy = match allowed {
            [others @ .., last] if !others.is_empty() => {
                format!("write `{}` or `{last}`", others.join("`, `"))
            }
            _ => format!("write `{}`", allowed.concat()),
        };
        let message = format!("the style `{style}` is not valid here, so the default style is used");
        self.mistyped(&at.key("style"), message, remedy);
        fields.shift_remove("style");
    }

    fn security_scheme(&mut self, fields: &mut Object, at: &Location<'_>) -> Outcome {
        let of_type = text(fields, "type").to_owned();
        let Some((_, needed)) = SECURITY.iter().find(|(known, _)| *known == of_type) else {
            // `lower` reports the operations that require it.
            return Outcome::Keep;
        };
        for key in *needed {
            match *key {
                _ if fields.contains_key(*key) => {}
                "flows" => self.add_empty(
                    fields,
                    ObjectKind::SecurityScheme,
                    key,
                    Shape::Object(ObjectKind::OAuthFlows),
                    at,
                ),
                "openIdConnectUrl" => {
                    self.add_empty(fields, ObjectKind::SecurityScheme, key, Shape::Text, at)
                }
                _ => return self.report_missing(ObjectKind::SecurityScheme, key, at),
            }
        }
        let location = text(fields, "in");
        if of_type == "apiKey" && !matches!(location, "query" | "header" | "cookie") {
            self.diagnostics.report(
                Code::InvalidValue,
                &at.key("in").pointer(),
                format!("`{location}` is not a valid location of an API key"),
                "write `query`, `header` or `cookie`",
            );
            return Outcome::Remove;
        }
        Outcome::Keep
    }

    fn oauth_flows(&mut self, flows: &mut Object, at: &Location<'_>) {
        for (name, urls) in FLOWS {
            let Some(Value::Object(flow)) = flows.get_mut(*name) else { continue };
            for url in *urls {
                if !flow.contains_key(*url) {
                    self.add_empty(flow, ObjectKind::OAuthFlow, url, Shape::Text, &at.key(name));
                }
            }
        }
    }

    fn status_codes(&mut self, responses: &mut Object, at: &Location<'_>) {
        responses.retain(|key, _| {
            let is_known = key == "default" || key.starts_with("x-") || is_status(key);
            if !is_known {
                self.mistyped(
                    &at.key(key),
                    format!("`{key}` is not a valid status, so the response is ignored"),
                    "write a status such as `200`, a range such as `4XX`, or `default`",
                );
            }
            is_known
        });
    }

    fn ref_siblings(&mut self, fields: &mut Object, at: &Location<'_>) {
        fields.retain(|key, _| {
            let is_kept = matches!(key.as_str(), "$ref" | "summary" | "description") || key.starts_with("x-");
            if !is_kept {
                self.diagnostics.report(
                    Code::IgnoredSiblings,
                    &at.key(key).pointer(),
                    format!("`{key}` is next to a `$ref`, so it is ignored"),
                    "move it to the target of the reference, or replace the reference by its target",
                );
            }
            is_kept
        });
    }

    /// Converts the values of `enum` and `const` to the type of the schema. In YAML, only quotes make the
    /// difference.
    fn enum_values(&mut self, schema: &mut Object, at: &Location<'_>) {
        let types: Vec<String> = match schema.get("type") {
            Some(Value::String(name)) => vec![name.clone()],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => return,
        };
        for key in ["enum", "const"] {
            let at = at.key(key);
            let (values, is_list) = match schema.get_mut(key) {
                Some(Value::Array(values)) => (values.as_mut_slice(), true),
                Some(value) => (std::slice::from_mut(value), false),
                None => continue,
            };
            let mut first = None;
            let mut count = 0;
            for (index, value) in values.iter_mut().enumerate() {
                if let Some(meant) = as_one_of(value, &types) {
                    let before = std::mem::replace(value, meant.clone());
                    first.get_or_insert((index, before, meant));
                    count += 1;
                }
            }
            // One finding for the whole list, which may be long.
            if let Some((index, before, meant)) = first {
                let others = if count == 1 { String::new() } else { format!(" (and {} more)", count - 1) };
                let message = format!(
                    "`{before}` is not of type `{}`, so it is read as `{meant}`{others}",
                    types.join("` or `"),
                );
                let at = if is_list { at.index(index) } else { at };
                self.mistyped(&at, message, format!("write `{meant}`"));
            }
        }
    }

    fn link(&mut self, fields: &mut Object, at: &Location<'_>) -> Outcome {
        if fields.contains_key("operationId") {
            fields.shift_remove("operationRef");
        } else if !fields.contains_key("operationRef") {
            return self.report_missing(ObjectKind::Link, "operationId", at);
        }
        Outcome::Keep
    }
}

/// Converts a value to one of the types, or returns `None` if it has one of them already or cannot be
/// converted.
fn as_one_of(value: &Value, types: &[String]) -> Option<Value> {
    let is = |name: &str| types.iter().any(|known| known == name);
    match value {
        Value::Number(_) if is("string") && !is("number") && !is("integer") => {
            Some(Value::String(value.to_string()))
        }
        Value::Bool(_) if is("string") && !is("boolean") => Some(Value::String(value.to_string())),
        Value::String(text) if is("boolean") && !is("string") && (text == "true" || text == "false") => {
            Some(Value::Bool(text == "true"))
        }
        Value::String(text) if (is("integer") || is("number")) && !is("string") => {
            let number: Number = text.trim().parse().ok()?;
            (is("number") || !number.is_f64()).then_some(Value::Number(number))
        }
        _ => None,
    }
}

fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        [b'1'..=b'9', tens, ones] if tens.is_ascii_digit() && ones.is_ascii_digit() => true,
        [b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => true,
        _ => false,
    }
}

pub(super) fn text<'a>(fields: &'a Object, key: &str) -> &'a str {
    fields.get(key).and_then(Value::as_str).unwrap_or_default()
}

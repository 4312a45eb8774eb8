//! What one kind of object asks for beyond the shapes of its members.

use serde_json::{Number, Value};

use super::super::grammar::{Kind, Shape};
use super::super::place::Place;
use super::{Conform, Fate, Object};
use crate::diagnostics::Code;

/// Where a parameter is sent, and the styles it may be sent in there.
const STYLES: &[(&str, &[&str])] = &[
    ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ("header", &["simple"]),
    ("path", &["simple", "label", "matrix"]),
    ("cookie", &["form"]),
];

/// What a security scheme consists of, by its type.
const SECURITY: &[(&str, &[&str])] = &[
    ("apiKey", &["name", "in"]),
    ("http", &["scheme"]),
    ("oauth2", &["flows"]),
    ("openIdConnect", &["openIdConnectUrl"]),
];

/// The URLs of an OAuth flow, by its name.
const FLOWS: &[(&str, &[&str])] = &[
    ("implicit", &["authorizationUrl"]),
    ("password", &["tokenUrl"]),
    ("clientCredentials", &["tokenUrl"]),
    ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
];

impl Conform<'_> {
    /// Spells in today's way what used to be written otherwise.
    pub(super) fn rewrite_older(&mut self, value: &mut Value, kind: Kind, at: &Place<'_>) {
        match (kind, &mut *value) {
            (Kind::Discriminator, Value::String(property)) => {
                let remedy = format!("write `discriminator: {{propertyName: {property}}}`");
                self.mistyped(at, "a discriminator should be an object".to_owned(), remedy);
                let property = Value::String(std::mem::take(property));
                *value = Value::Object(Object::from_iter([("propertyName".to_owned(), property)]));
            }
            (Kind::Schema, Value::Object(members)) => {
                // `items` held the list of a tuple before there was `prefixItems`.
                if matches!(members.get("items"), Some(Value::Array(_))) {
                    let items = members.shift_remove("items").unwrap_or_default();
                    members.entry("prefixItems").or_insert(items);
                }
            }
            _ => {}
        }
    }

    /// Looks at an object whose members are as they should be, each on its own.
    pub(super) fn settle(&mut self, members: &mut Object, kind: Kind, at: &Place<'_>) -> Fate {
        match kind {
            Kind::Parameter => return self.parameter(members, at),
            Kind::Header => self.style(members, "header", at),
            Kind::Encoding => self.style(members, "query", at),
            Kind::SecurityScheme => return self.security_scheme(members, at),
            Kind::OAuthFlows => self.oauth_flows(members, at),
            Kind::Responses => self.status_codes(members, at),
            Kind::PathItem if members.contains_key("$ref") => self.siblings(members, at),
            Kind::Operation if text(members, "operationId").trim().is_empty() => {
                members.shift_remove("operationId");
            }
            Kind::Link => return self.link(members, at),
            Kind::Schema => self.listed_values(members, at),
            _ => {}
        }
        Fate::Keep
    }

    fn parameter(&mut self, members: &mut Object, at: &Place<'_>) -> Fate {
        let location = text(members, "in").to_owned();
        if !STYLES.iter().any(|(known, _)| *known == location) {
            let remedy = match location.as_str() {
                "body" | "formData" => "describe it under `requestBody`; this is how Swagger 2.0 did it",
                _ => "write `query`, `header`, `path` or `cookie`",
            };
            self.diagnostics.report(
                Code::InvalidValue,
                &at.key("in").pointer(),
                format!("a parameter cannot be sent in `{location}`"),
                remedy,
            );
            return Fate::LeaveOut;
        }
        self.style(members, &location, at);
        if location == "path" {
            // There is no URL without it, whatever the document says.
            members.insert("required".to_owned(), Value::Bool(true));
        }
        if !members.contains_key("schema") && !members.contains_key("content") {
            self.add_empty(members, Kind::Parameter, "schema", Shape::OrReference(Kind::Schema), at);
        }
        Fate::Keep
    }

    fn style(&mut self, members: &mut Object, location: &str, at: &Place<'_>) {
        let allowed =
            STYLES.iter().find(|(known, _)| *known == location).map_or(&[][..], |(_, styles)| styles);
        let style = text(members, "style");
        if !members.contains_key("style") || allowed.contains(&style) {
            return;
        }
        self.mistyped(
            &at.key("style"),
            format!("the style `{style}` is not known here, and it is left out"),
            format!("write one of `{}`", allowed.join("`, `")),
        );
        members.shift_remove("style");
    }

    fn security_scheme(&mut self, members: &mut Object, at: &Place<'_>) -> Fate {
        let of_type = text(members, "type").to_owned();
        let Some((_, needed)) = SECURITY.iter().find(|(known, _)| *known == of_type) else {
            self.diagnostics.report(
                Code::UnsupportedSecurity,
                &at.key("type").pointer(),
                format!("security of type `{of_type}` is not supported, and the scheme is left out"),
                "authorize requests by the transport that the client is given",
            );
            return Fate::LeaveOut;
        };
        for key in *needed {
            match *key {
                _ if members.contains_key(*key) => {}
                "flows" => {
                    self.add_empty(members, Kind::SecurityScheme, key, Shape::Object(Kind::OAuthFlows), at)
                }
                "openIdConnectUrl" => self.add_empty(members, Kind::SecurityScheme, key, Shape::Text, at),
                _ => return self.missing(Kind::SecurityScheme, key, at),
            }
        }
        let location = text(members, "in");
        if of_type == "apiKey" && !matches!(location, "query" | "header" | "cookie") {
            self.diagnostics.report(
                Code::InvalidValue,
                &at.key("in").pointer(),
                format!("an API key cannot be sent in `{location}`"),
                "write `query`, `header` or `cookie`",
            );
            return Fate::LeaveOut;
        }
        Fate::Keep
    }

    fn oauth_flows(&mut self, flows: &mut Object, at: &Place<'_>) {
        for (name, urls) in FLOWS {
            let Some(Value::Object(flow)) = flows.get_mut(*name) else { continue };
            for url in *urls {
                if !flow.contains_key(*url) {
                    self.add_empty(flow, Kind::OAuthFlow, url, Shape::Text, &at.key(name));
                }
            }
        }
    }

    fn status_codes(&mut self, responses: &mut Object, at: &Place<'_>) {
        responses.retain(|key, _| {
            let is_known = key == "default" || key.starts_with("x-") || is_status(key);
            if !is_known {
                self.mistyped(
                    &at.key(key),
                    format!("`{key}` is no status, and the response is left out"),
                    "write a status such as `200`, a range such as `4XX`, or `default`",
                );
            }
            is_known
        });
    }

    fn siblings(&mut self, members: &mut Object, at: &Place<'_>) {
        members.retain(|key, _| {
            let is_kept = matches!(key.as_str(), "$ref" | "summary" | "description") || key.starts_with("x-");
            if !is_kept {
                self.diagnostics.report(
                    Code::IgnoredSiblings,
                    &at.key(key).pointer(),
                    format!("`{key}` stands beside a `$ref`, and is ignored"),
                    "write it where the reference leads, or the path item out here",
                );
            }
            is_kept
        });
    }

    /// Values that are not of the type that stands beside them: in YAML a matter of quotes.
    fn listed_values(&mut self, schema: &mut Object, at: &Place<'_>) {
        let types: Vec<String> = match schema.get("type") {
            Some(Value::String(name)) => vec![name.clone()],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => return,
        };
        for key in ["enum", "const"] {
            let values = match schema.get_mut(key) {
                Some(Value::Array(values)) => values.as_mut_slice(),
                Some(value) => std::slice::from_mut(value),
                None => continue,
            };
            let mut read = Vec::new();
            for value in values {
                if let Some(meant) = as_one_of(value, &types) {
                    read.push(format!("`{value}` is read as `{meant}`"));
                    *value = meant;
                }
            }
            if !read.is_empty() {
                self.mistyped(
                    &at.key(key),
                    format!("not all values are of type `{}`: {}", types.join("` or `"), read.join(", ")),
                    "write texts in quotes, and nothing else",
                );
            }
        }
    }

    fn link(&mut self, members: &mut Object, at: &Place<'_>) -> Fate {
        if members.contains_key("operationId") {
            members.shift_remove("operationRef");
        } else if !members.contains_key("operationRef") {
            return self.missing(Kind::Link, "operationId", at);
        }
        Fate::Keep
    }
}

/// A value as one of the types that it should be of; none where it is of one, or of none whatever its spelling.
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

fn text<'a>(members: &'a Object, key: &str) -> &'a str {
    members.get(key).and_then(Value::as_str).unwrap_or_default()
}

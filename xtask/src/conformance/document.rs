//! The document, as the server is given it.
//!
//! As it is written, unless the server takes that for something else:
//!
//! - In protobuf's JSON a span of time is `"3600s"`, and a 64-bit integer is text. OpenAPI has no words for either, and the
//!   server takes the one for what ISO 8601 says and answers the other with any text. Its copy says what is meant, by a
//!   pattern and an example.
//! - Parameters for the headers `Accept`, `Content-Type` and `Authorization` are to be ignored (OpenAPI 3.0.3, Parameter
//!   Object), and the server insists on them. Its copy has none.
//! - There is no null in a path, a query or a header. Where a parameter may be null, the server takes one item of a list for
//!   a text. Its copy does not say so.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// The path of what the server is given.
pub(super) fn for_server(spec: &Path, protojson: bool, folder: &Path) -> Result<PathBuf, String> {
    let written = read(spec)?;
    let mut document = written.clone();
    if protojson {
        say_what_is_meant(&mut document);
    }
    mend_parameters(&mut document);
    if document == written {
        return Ok(spec.to_owned());
    }
    let path = folder.join("document.json");
    fs::write(&path, document.to_string())
        .map_err(|error| format!("cannot write `{}`: {error}", path.display()))?;
    Ok(path)
}

/// A document as a value.
fn read(spec: &Path) -> Result<Value, String> {
    let text =
        fs::read_to_string(spec).map_err(|error| format!("cannot read `{}`: {error}", spec.display()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    serde_json::from_str(text)
        .or_else(|_| serde_yaml::from_str(text))
        .map_err(|error| format!("`{}` is no document: {error}", spec.display()))
}

fn say_what_is_meant(value: &mut Value) {
    if let Value::Object(schema) = value {
        let is_text = match schema.get("type") {
            Some(Value::String(ty)) => ty == "string",
            Some(Value::Array(types)) => types.iter().any(|ty| ty == "string"),
            _ => false,
        };
        let format = schema.get("format").and_then(Value::as_str).filter(|_| is_text);
        let meant = match format {
            Some("duration") => Some((r"^-?[0-9]+(\.[0-9]{1,9})?s$", "3600s")),
            Some("int64" | "uint64" | "fixed64" | "sfixed64" | "sint64") => Some(("^-?[0-9]+$", "1")),
            _ => None,
        };
        if let Some((pattern, example)) = meant {
            schema.remove("format");
            schema.insert("pattern".to_owned(), json!(pattern));
            schema.entry("example").or_insert(json!(example));
        }
    }
    match value {
        Value::Object(members) => members.values_mut().for_each(say_what_is_meant),
        Value::Array(items) => items.iter_mut().for_each(say_what_is_meant),
        _ => {}
    }
}

/// Mends the parameters of operations, of paths, and those that they share.
fn mend_parameters(document: &mut Value) {
    let ignored: Vec<String> = (document["components"]["parameters"].as_object().into_iter().flatten())
        .filter(|(_, parameter)| is_ignored(parameter))
        .map(|(name, _)| format!("#/components/parameters/{name}"))
        .collect();
    let of_document = document.get_mut("components").and_then(|components| components.get_mut("parameters"));
    of_document.and_then(Value::as_object_mut).into_iter().flatten().for_each(|(_, one)| not_null(one));
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (_, path) in paths.into_iter().flatten() {
        let Value::Object(members) = path else { continue };
        for (name, member) in members {
            let parameters = if name == "parameters" { Some(member) } else { member.get_mut("parameters") };
            let Some(Value::Array(parameters)) = parameters else { continue };
            parameters.retain(|parameter| {
                let reference = parameter.get("$ref").and_then(Value::as_str);
                !is_ignored(parameter) && !ignored.iter().any(|ignored| Some(ignored.as_str()) == reference)
            });
            parameters.iter_mut().for_each(not_null);
        }
    }
}

/// Whether a parameter is one that is to be ignored.
fn is_ignored(parameter: &Value) -> bool {
    let name = parameter["name"].as_str().unwrap_or_default();
    parameter["in"] == "header"
        && ["Accept", "Content-Type", "Authorization"]
            .iter()
            .any(|ignored| ignored.eq_ignore_ascii_case(name))
}

/// Leaves null out of what a parameter may be.
fn not_null(parameter: &mut Value) {
    let Some(Value::Object(schema)) = parameter.get_mut("schema") else { return };
    schema.remove("nullable");
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|ty| ty != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(mut schema: Value, expected: Value) {
        say_what_is_meant(&mut schema);
        assert_eq!(schema, expected);
    }

    #[test]
    fn formats_of_protobuf_are_spelled_out() {
        check(
            json!({ "type": "string", "format": "duration" }),
            json!({ "type": "string", "pattern": r"^-?[0-9]+(\.[0-9]{1,9})?s$", "example": "3600s" }),
        );
        check(
            json!({ "properties": { "a": { "type": ["string", "null"], "format": "int64", "example": "7" } } }),
            json!({ "properties": { "a": { "type": ["string", "null"], "pattern": "^-?[0-9]+$", "example": "7" } } }),
        );
        check(
            json!({ "type": "integer", "format": "int64" }),
            json!({ "type": "integer", "format": "int64" }),
        );
    }

    #[test]
    fn parameters_are_what_a_request_can_have() {
        let mut document = json!({
            "paths": { "/pets": {
                "parameters": [{ "in": "header", "name": "accept" }],
                "get": { "parameters": [
                    { "in": "query", "name": "tags", "schema": { "type": "array", "nullable": true } },
                    { "in": "query", "name": "kinds", "schema": { "type": ["array", "null"] } },
                    { "in": "query", "name": "Accept" },
                    { "$ref": "#/components/parameters/Type" },
                    { "$ref": "#/components/parameters/Sort" },
                ] },
            } },
            "components": { "parameters": {
                "Type": { "in": "header", "name": "Content-Type" },
                "Sort": { "in": "query", "name": "sort", "schema": { "type": ["string", "null"] } },
            } },
        });
        mend_parameters(&mut document);
        assert_eq!(
            document["paths"]["/pets"],
            json!({
                "parameters": [],
                "get": { "parameters": [
                    { "in": "query", "name": "tags", "schema": { "type": "array" } },
                    { "in": "query", "name": "kinds", "schema": { "type": "array" } },
                    { "in": "query", "name": "Accept" },
                    { "$ref": "#/components/parameters/Sort" },
                ] },
            })
        );
        assert_eq!(document["components"]["parameters"]["Sort"]["schema"], json!({ "type": "string" }));
    }
}

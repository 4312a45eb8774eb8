//! The document that the server reads: the original, or a copy that the server does not misread.
//!
//! - In protobuf's JSON, a duration is `"3600s"` and a 64-bit integer is a string. OpenAPI has no formats for them: the
//!   server expects a duration by ISO 8601, and responds with any string for an integer. The copy has a pattern and an
//!   example instead.
//! - Parameters for the headers `Accept`, `Content-Type` and `Authorization` must be ignored (OpenAPI 3.0.3, Parameter
//!   Object), but the server requires them. The copy does not have them.
//! - Paths, queries and headers cannot contain null. If the type of a parameter includes null, the server reads a
//!   list of one item as a string. The copy does not allow null.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// Returns the path of the document for the server, after writing a copy to `folder` if one is needed.
pub(super) fn for_server(spec: &Path, protojson: bool, folder: &Path) -> Result<PathBuf, String> {
    let written = read(spec)?;
    let mut document = written.clone();
    if protojson {
        rewrite_protobuf_formats(&mut document);
    }
    fix_parameters(&mut document);
    if document == written {
        return Ok(spec.to_owned());
    }
    let path = folder.join("document.json");
    fs::write(&path, document.to_string())
        .map_err(|error| format!("cannot write `{}`: {error}", path.display()))?;
    Ok(path)
}

/// Reads a document as a JSON value.
fn read(spec: &Path) -> Result<Value, String> {
    let text =
        fs::read_to_string(spec).map_err(|error| format!("cannot read `{}`: {error}", spec.display()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    serde_json::from_str(text)
        .or_else(|_| serde_yaml::from_str(text))
        .map_err(|error| format!("`{}` is neither JSON nor YAML: {error}", spec.display()))
}

/// Replaces the formats of protobuf's JSON by patterns, in all schemas.
fn rewrite_protobuf_formats(value: &mut Value) {
    if let Value::Object(schema) = value {
        let is_string = match schema.get("type") {
            Some(Value::String(ty)) => ty == "string",
            Some(Value::Array(types)) => types.iter().any(|ty| ty == "string"),
            _ => false,
        };
        let format = schema.get("format").and_then(Value::as_str).filter(|_| is_string);
        let replacement = match format {
            Some("duration") => Some((r"^-?[0-9]+(\.[0-9]{1,9})?s$", "3600s")),
            Some("int64" | "uint64" | "fixed64" | "sfixed64" | "sint64") => Some(("^-?[0-9]+$", "1")),
            _ => None,
        };
        if let Some((pattern, example)) = replacement {
            schema.remove("format");
            schema.insert("pattern".to_owned(), json!(pattern));
            schema.entry("example").or_insert(json!(example));
        }
    }
    match value {
        Value::Object(fields) => fields.values_mut().for_each(rewrite_protobuf_formats),
        Value::Array(items) => items.iter_mut().for_each(rewrite_protobuf_formats),
        _ => {}
    }
}

/// Fixes the parameters of operations and path items, and shared parameters.
fn fix_parameters(document: &mut Value) {
    let ignored: Vec<String> = (document["components"]["parameters"].as_object().into_iter().flatten())
        .filter(|(_, parameter)| is_ignored(parameter))
        .map(|(name, _)| format!("#/components/parameters/{name}"))
        .collect();
    let shared = document.get_mut("components").and_then(|components| components.get_mut("parameters"));
    shared.and_then(Value::as_object_mut).into_iter().flatten().for_each(|(_, one)| remove_null(one));
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (_, path) in paths.into_iter().flatten() {
        let Value::Object(fields) = path else { continue };
        for (name, field) in fields {
            let parameters = if name == "parameters" { Some(field) } else { field.get_mut("parameters") };
            let Some(Value::Array(parameters)) = parameters else { continue };
            parameters.retain(|parameter| {
                let reference = parameter.get("$ref").and_then(Value::as_str);
                !is_ignored(parameter) && !ignored.iter().any(|ignored| Some(ignored.as_str()) == reference)
            });
            parameters.iter_mut().for_each(remove_null);
        }
    }
}

/// Returns `true` if OpenAPI requires that the parameter is ignored.
fn is_ignored(parameter: &Value) -> bool {
    let name = parameter["name"].as_str().unwrap_or_default();
    parameter["in"] == "header"
        && ["Accept", "Content-Type", "Authorization"]
            .iter()
            .any(|ignored| ignored.eq_ignore_ascii_case(name))
}

/// Removes null from the types of a parameter.
fn remove_null(parameter: &mut Value) {
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
        rewrite_protobuf_formats(&mut schema);
        assert_eq!(schema, expected);
    }

    #[test]
    fn replaces_protobuf_formats_by_patterns() {
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
    fn removes_ignored_parameters_and_null() {
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
        fix_parameters(&mut document);
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

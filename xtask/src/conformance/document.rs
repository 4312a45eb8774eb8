//! The document, as the server is given it.
//!
//! As it is written, unless it is about protobuf's JSON: there a span of time is `"3600s"`, and a 64-bit integer is text.
//! OpenAPI has no words for either, and the server takes the one for what ISO 8601 says and answers the other with any
//! text. Its copy of the document says what is meant, by a pattern and an example.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// The path of what the server is given.
pub(super) fn for_server(spec: &Path, protojson: bool, folder: &Path) -> Result<PathBuf, String> {
    if !protojson {
        return Ok(spec.to_owned());
    }
    let mut document = read(spec)?;
    say_what_is_meant(&mut document);
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
}

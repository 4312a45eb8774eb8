//! Converts the schemas of a document to JSON Schema, draft 2020-12.
//!
//! The input is the OpenAPI 3.0 dialect that the generator uses for all documents. Only keywords that affect
//! validation are kept. Imports `document`.

use serde_json::{Map, Value, json};

use super::validator::DOCUMENT;
use crate::document::{ObjectKind, Shape};

type Object = Map<String, Value>;

/// Keywords that do not affect validation.
const ANNOTATIONS: &[&str] = &[
    "default",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "externalDocs",
    "readOnly",
    "title",
    "writeOnly",
    "xml",
];

/// Formats that types of the generated crate enforce. Other formats are removed.
const FORMATS: &[&str] = &[
    "base64",
    "byte",
    "date",
    "date-time",
    "duration",
    "int32",
    "int64",
    "time",
    "uint32",
    "uint64",
    "uuid",
];

/// Converts every schema of a document in place.
pub(super) fn convert(document: &mut Value, protojson: bool) {
    walk(document, Shape::Object(ObjectKind::Document), protojson);
}

fn walk(value: &mut Value, shape: Shape, protojson: bool) {
    match (shape, value) {
        (Shape::Object(kind) | Shape::OrReference(kind), value @ Value::Object(_)) => {
            let Value::Object(members) = value else { return };
            for (key, member) in members.iter_mut() {
                if let Some(shape) = kind.shape_of(key) {
                    walk(member, shape, protojson);
                }
                if kind == ObjectKind::Schema && key == "x-prefix-items" {
                    walk(member, Shape::List(&Shape::OrReference(ObjectKind::Schema)), protojson);
                }
            }
            if kind == ObjectKind::Schema {
                *value = schema(std::mem::take(members), protojson);
            }
        }
        (Shape::Map(shape), Value::Object(members)) => {
            members.values_mut().for_each(|member| walk(member, *shape, protojson));
        }
        (Shape::List(shape), Value::Array(elements)) => {
            elements.iter_mut().for_each(|element| walk(element, *shape, protojson));
        }
        _ => {}
    }
}

/// Converts a schema whose subschemas have been converted.
fn schema(mut members: Object, protojson: bool) -> Value {
    if let Some(Value::String(reference)) = members.get("$ref") {
        return json!({ "$ref": format!("{DOCUMENT}{reference}") });
    }
    if let Some(prefix) = members.shift_remove("x-prefix-items") {
        members.insert("prefixItems".to_owned(), prefix);
    }
    // The alternatives are the elements of a list with `prefixItems`, which only limits further elements here.
    if let Some(Value::Array(elements)) = members.get("anyOf").filter(|_| members.contains_key("x-positions"))
    {
        let rest = members.get("x-rest").and_then(Value::as_u64).and_then(|it| usize::try_from(it).ok());
        return rest.and_then(|rest| elements.get(rest)).cloned().unwrap_or(Value::Bool(false));
    }
    members.retain(|key, _| !ANNOTATIONS.contains(&key.as_str()) && !key.starts_with("x-"));
    exclusive(&mut members, "exclusiveMinimum", "minimum");
    exclusive(&mut members, "exclusiveMaximum", "maximum");
    format(&mut members, protojson);
    match members.shift_remove("nullable") {
        Some(Value::Bool(true)) => nullable(members),
        _ => Value::Object(members),
    }
}

/// Converts `minimum: 3` with `exclusiveMinimum: true` to `exclusiveMinimum: 3`.
fn exclusive(members: &mut Object, exclusive: &str, inclusive: &str) {
    if members.shift_remove(exclusive) == Some(Value::Bool(true)) {
        if let Some(limit) = members.shift_remove(inclusive) {
            members.insert(exclusive.to_owned(), limit);
        }
    }
}

/// Converts a `format`: to bounds of an integer, or to a format of JSON Schema.
fn format(members: &mut Object, protojson: bool) {
    let Some(Value::String(name)) = members.shift_remove("format") else { return };
    match members.get("type").and_then(Value::as_str) {
        Some("integer" | "number") => {
            let (minimum, maximum) = match name.as_str() {
                "int32" => (json!(i32::MIN), json!(i32::MAX)),
                "int64" => (json!(i64::MIN), json!(i64::MAX)),
                "uint32" => (json!(0), json!(u32::MAX)),
                "uint64" => (json!(0), json!(u64::MAX)),
                _ => return,
            };
            let bounds = json!({ "type": "integer", "minimum": minimum, "maximum": maximum });
            match members.entry("allOf").or_insert_with(|| Value::Array(Vec::new())) {
                Value::Array(parts) => parts.push(bounds),
                other => *other = Value::Array(vec![bounds]),
            }
        }
        _ if name == "duration" && !protojson => {}
        _ if FORMATS.contains(&name.as_str()) => {
            drop(members.insert("format".to_owned(), Value::String(name)))
        }
        _ => {}
    }
}

fn nullable(mut members: Object) -> Value {
    let combines = ["allOf", "oneOf", "anyOf", "not"].iter().any(|keyword| members.contains_key(*keyword));
    match members.get("type") {
        Some(Value::String(name)) if !combines => {
            let types = json!([name, "null"]);
            members.insert("type".to_owned(), types);
            if let Some(Value::Array(values)) = members.get_mut("enum") {
                values.push(Value::Null);
            }
            Value::Object(members)
        }
        _ => json!({ "anyOf": [{ "type": "null" }, members] }),
    }
}

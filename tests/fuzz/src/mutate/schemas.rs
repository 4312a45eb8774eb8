//! Mutations of schemas: wrap, refer to another schema, and set a keyword.

use serde_json::{Map, Value, json};

use super::Target;
use super::structure::reference;
use super::values::{data, name, number, scalar};
use crate::role::Role;
use crate::words;

/// Puts a schema into another one.
pub(super) fn wrap(target: &mut Target<'_>) {
    let Some(at) = target.pick(|role| role == Role::Schema) else { return };
    let Some(inner) = target.node(at).cloned() else { return };
    let outer = match target.random.below(16) {
        0 => json!({ "type": "array", "items": inner }),
        1 => json!({ "items": inner }),
        2 => json!({ "allOf": [inner] }),
        3 => json!({ "allOf": [inner, small(target)] }),
        4 => json!({ "oneOf": [inner] }),
        5 => json!({ "oneOf": [inner, small(target)] }),
        6 => json!({ "oneOf": [small(target), inner, small(target)] }),
        7 => json!({ "anyOf": [inner, { "type": "null" }] }),
        8 => json!({ "anyOf": [inner.clone(), inner] }),
        9 => json!({ "type": "object", "additionalProperties": inner }),
        10 => json!({ "additionalProperties": inner, "properties": { name(target.random): small(target) } }),
        11 => json!({ "prefixItems": [inner, small(target)] }),
        12 => json!({ "prefixItems": [small(target)], "items": inner }),
        13 => json!({ "not": inner }),
        14 => json!({ "patternProperties": { ".*": inner } }),
        _ => {
            let name = name(target.random);
            json!({ "properties": { name.clone(): inner }, "required": [name] })
        }
    };
    replace(target, at, outer);
}

/// Replaces a schema by a reference. The target may contain the schema, or may not exist.
pub(super) fn refer(target: &mut Target<'_>) {
    let Some(at) = target.pick(|role| role == Role::Schema) else { return };
    let link = link(target);
    let siblings = target.node(at).and_then(Value::as_object).cloned();
    match siblings.filter(|_| target.random.one_in(4)) {
        Some(mut fields) => {
            fields.insert("$ref".to_owned(), link.into());
            replace(target, at, Value::Object(fields));
        }
        None => replace(target, at, json!({ "$ref": link })),
    }
}

/// Adds a component that refers to others.
pub(super) fn add_component(target: &mut Target<'_>) {
    let (name, mut schema) = (name(target.random), small(target));
    if let Value::Object(fields) = &mut schema {
        let (key, value) = keyword(target, fields);
        fields.insert(key.to_owned(), value);
    }
    let Some(fields) = target.document.as_object_mut() else { return };
    let components = fields.entry("components").or_insert_with(|| json!({}));
    let Some(components) = components.as_object_mut() else { return };
    if let Value::Object(schemas) = components.entry("schemas").or_insert_with(|| json!({})) {
        schemas.insert(name, schema);
    }
}

/// Sets a keyword of a schema.
pub(super) fn set_keyword(target: &mut Target<'_>) {
    let Some(at) = target.pick(|role| role == Role::Schema) else { return };
    let mut fields = target.node(at).and_then(Value::as_object).cloned().unwrap_or_default();
    let (key, value) = keyword(target, &fields);
    fields.insert(key.to_owned(), value);
    replace(target, at, Value::Object(fields));
}

fn replace(target: &mut Target<'_>, at: usize, schema: Value) {
    if let Some(node) = target.node_mut(at) {
        *node = schema;
    }
}

/// Returns a reference to a schema.
fn link(target: &mut Target<'_>) -> String {
    let names = target.component_names("schemas");
    let known = target.random.pick(&names).cloned();
    match (target.random.below(16), known) {
        (0, _) | (_, None) => reference("schemas", &name(target.random)),
        (1, Some(known)) => {
            format!("{}/properties/{}", reference("schemas", &known), target.random.word(words::NAMES))
        }
        (2, Some(known)) => {
            let inner =
                target.random.word(&["items", "allOf/0", "oneOf/0", "anyOf/1", "additionalProperties"]);
            format!("{}/{inner}", reference("schemas", &known))
        }
        (3, _) => target
            .random
            .word(&["#", "#a", "#/paths", "other.yaml#/a", "#/components/responses/a"])
            .to_owned(),
        (_, Some(known)) => reference("schemas", &known),
    }
}

/// Returns a small schema.
pub(super) fn small(target: &mut Target<'_>) -> Value {
    match target.random.below(12) {
        0..=2 => json!({ "$ref": link(target) }),
        3 | 4 => json!({ "type": target.random.word(words::TYPES) }),
        5 => json!({ "type": "string", "format": target.random.word(words::FORMATS) }),
        6 => json!({ "const": data(target.random) }),
        7 => json!({ "enum": [data(target.random), data(target.random)] }),
        8 => json!({ "type": "object", "properties": { name(target.random): { "$ref": link(target) } } }),
        9 => {
            let name = name(target.random);
            json!({ "type": "object", "properties": { name.clone(): {"type": "string"} }, "required": [name] })
        }
        10 => json!({}),
        _ => target.random.one_in(2).into(),
    }
}

/// Returns the name of a property of the schema, if it has any, or another name.
fn property(target: &mut Target<'_>, schema: &Map<String, Value>) -> String {
    let properties = schema.get("properties").and_then(Value::as_object);
    let names: Vec<&String> = properties.into_iter().flat_map(Map::keys).collect();
    let known = target.random.pick(&names).map(|name| (*name).clone());
    known.filter(|_| !target.random.one_in(4)).unwrap_or_else(|| name(target.random))
}

/// Returns a keyword and its value for a schema.
fn keyword(target: &mut Target<'_>, schema: &Map<String, Value>) -> (&'static str, Value) {
    match target.random.below(24) {
        0 | 1 => ("type", target.random.word(words::TYPES).into()),
        2 => ("type", json!([target.random.word(words::TYPES), target.random.word(words::TYPES)])),
        3 | 4 => ("format", target.random.word(words::FORMATS).into()),
        5 => ("const", data(target.random)),
        6 => ("enum", (0..target.random.below(5)).map(|_| scalar(target.random)).collect()),
        7 => ("enum", (0..target.random.below(5)).map(|_| name(target.random)).collect()),
        8 => ("required", (0..target.random.below(4)).map(|_| property(target, schema)).collect()),
        9 => ("nullable", target.random.one_in(2).into()),
        10 => {
            let property = property(target, schema);
            let mapping = json!({ name(target.random): link(target), name(target.random): link(target) });
            match target.random.one_in(2) {
                true => ("discriminator", json!({ "propertyName": property, "mapping": mapping })),
                false => ("discriminator", json!({ "propertyName": property })),
            }
        }
        11 => ("default", data(target.random)),
        12 => ("example", data(target.random)),
        13 => {
            let limits = [
                "minimum",
                "maximum",
                "exclusiveMinimum",
                "exclusiveMaximum",
                "multipleOf",
                "minLength",
                "maxLength",
                "minItems",
                "maxItems",
                "minProperties",
            ];
            (target.random.word(&limits), number(target.random))
        }
        14 => {
            let flags = [
                "readOnly",
                "writeOnly",
                "deprecated",
                "uniqueItems",
                "exclusiveMinimum",
                "additionalProperties",
                "unevaluatedProperties",
                "items",
            ];
            (target.random.word(&flags), target.random.one_in(2).into())
        }
        15 => {
            let texts = [
                "title",
                "description",
                "pattern",
                "$anchor",
                "$id",
                "$dynamicRef",
                "$dynamicAnchor",
                "contentEncoding",
                "contentMediaType",
                "$comment",
                "x-order",
                "x-enum-varnames",
            ];
            let text = if target.random.one_in(2) {
                target.random.word(words::TEXTS)
            } else {
                target.random.word(words::NAMES)
            };
            (target.random.word(&texts), text.into())
        }
        16 => {
            let single = [
                "additionalProperties",
                "items",
                "not",
                "contains",
                "propertyNames",
                "if",
                "then",
                "contentSchema",
            ];
            (target.random.word(&single), small(target))
        }
        17 | 18 => {
            let lists = ["oneOf", "anyOf", "allOf", "prefixItems", "items"];
            (target.random.word(&lists), (0..target.random.below(4)).map(|_| small(target)).collect())
        }
        19 | 20 => {
            let mut properties =
                schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
            properties.insert(name(target.random), small(target));
            ("properties", Value::Object(properties))
        }
        21 => ("examples", json!([data(target.random)])),
        22 => ("$defs", json!({ name(target.random): small(target) })),
        _ => ("patternProperties", json!({ target.random.word(words::TEXTS): small(target) })),
    }
}

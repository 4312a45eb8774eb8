//! Tests of the constraints that a document has, and of the file with them that its mock server reads.

use openapi_crate::{Config, FileTree, Source};
use serde_json::{Value, json};

/// Returns the crate of a document with an operation whose request body has this schema.
fn generate(schema: &Value, components: &Value, protojson: bool) -> FileTree {
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Pets", "version": "1" },
        "paths": { "/pets": { "post": {
            "operationId": "add",
            "requestBody": { "content": { "application/json": { "schema": schema } } },
            "responses": { "204": { "description": "ok" } },
        } } },
        "components": { "schemas": components },
    });
    let text = document.to_string();
    let source = Source { name: "pets.json", text: &text };
    let outcome = openapi_crate::generate(source, &Config { protojson, ..Config::default() });
    outcome.generated.unwrap_or_else(|| panic!("{}", outcome.diagnostics.render(source))).files
}

/// Compares the schemas in the file of constraints, of which the first is the schema of the body.
#[track_caller]
fn check_with(schema: &Value, components: &Value, protojson: bool, expected: &Value) {
    let files = generate(schema, components, protojson);
    let schemas = files.get("src/mock/constraints.json").map(|text| {
        let constraints: Value = serde_json::from_str(text).expect("the file is JSON");
        assert_eq!(constraints["operations"]["add"]["bodies"], json!({ "application/json": 0 }));
        constraints["schemas"].clone()
    });
    assert_eq!(schemas.unwrap_or(json!([])), *expected, "{schema}");
}

#[track_caller]
fn check(schema: &Value, expected: &Value) {
    check_with(schema, &json!({}), false, expected);
}

#[test]
fn schemas_without_limits_have_no_constraints() {
    let pet =
        json!({ "type": "object", "required": ["name"], "properties": { "name": { "type": "string" } } });
    check(&pet, &json!([]));
    let files = generate(&pet, &json!({}), false);
    assert!(files.get("src/mock/constraints.json").is_none());
    assert!(!files.get("Cargo.toml").unwrap().contains("regex"));
    // An integer type has its range, and an enum its values.
    check(
        &json!({ "type": "integer", "format": "int32", "minimum": i32::MIN, "maximum": i32::MAX }),
        &json!([]),
    );
    check(&json!({ "type": "string", "enum": ["a"], "maxLength": 1 }), &json!([]));
    check(&json!({ "type": "string", "format": "byte", "maxLength": 1 }), &json!([]));
    check(&json!({ "type": "string", "pattern": "^(?=a)" }), &json!([]));
}

#[test]
fn only_what_leads_to_limits_is_kept() {
    check(
        &json!({
            "type": "object",
            "properties": {
                "name": { "type": "string", "minLength": 1, "maxLength": 9 },
                "tags": { "type": "array", "items": { "type": "array", "items": { "type": "string", "pattern": "^\\w+$" } } },
                "note": { "type": "string" },
            },
        }),
        &json!([
            { "properties": { "name": 1, "tags": 2 } },
            { "minLength": 1, "maxLength": 9 },
            { "items": 3 },
            { "items": 4 },
            { "pattern": "^\\w+$", "regex": "^[0-9A-Za-z_]+$" },
        ]),
    );
    let files = generate(&json!({ "type": "string", "pattern": "a" }), &json!({}), false);
    assert!(files.get("Cargo.toml").unwrap().contains("\nregex = "));
}

#[test]
fn closed_objects_list_all_properties() {
    let string = json!({ "type": "string" });
    let closed = |more: &Value| {
        let mut schema = json!({
            "type": "object",
            "properties": { "a": string },
            "additionalProperties": false,
        });
        schema.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        schema
    };
    check(&closed(&json!({})), &json!([{ "properties": { "a": null }, "additionalProperties": false }]));
    // Others can have properties of the same object.
    let part = json!({ "type": "object", "properties": { "b": string } });
    check(&closed(&json!({ "allOf": [part] })), &json!([]));
    check(&closed(&json!({ "oneOf": [part] })), &json!([]));
    check(
        &closed(&json!({ "anyOf": [{ "required": ["a"] }, { "required": ["b"] }] })),
        &json!([{ "properties": { "a": null }, "additionalProperties": false }]),
    );
    // A schema that describes the pattern of names.
    let patterns = json!({ "patternProperties": { "^x-": { "type": "integer" } } });
    check(&closed(&patterns), &json!([]));
    check(
        &json!({ "type": "object", "additionalProperties": { "type": "integer", "maximum": 5 } }),
        &json!([{ "additionalProperties": 1 }, { "maximum": 5 }]),
    );
}

#[test]
fn alternatives_of_a_union_with_limits_are_told_apart() {
    check(
        &json!({ "oneOf": [{ "type": "string", "maxLength": 3 }, { "type": "integer" }, { "type": "null" }] }),
        &json!([
            { "unions": [{ "alternatives": [1, 2] }] },
            { "type": ["string"], "maxLength": 3 },
            { "type": ["integer"] },
        ]),
    );
    let components = json!({
        "Dog": {
            "type": "object",
            "required": ["kind", "id", "name"],
            "properties": {
                "kind": { "const": "dog" },
                "id": { "type": "string", "readOnly": true },
                "name": { "type": "string", "maxLength": 3 },
            },
        },
        "Cat": { "type": "object", "properties": { "kind": { "const": "cat" } } },
    });
    let alternatives =
        json!([{ "$ref": "#/components/schemas/Dog" }, { "$ref": "#/components/schemas/Cat" }]);
    let dog = json!({
        "type": ["object"],
        "required": ["kind", "name"],
        "constants": { "kind": ["dog"] },
        "properties": { "name": 3 },
    });
    let cat = json!({ "type": ["object"], "constants": { "kind": ["cat"] } });
    check_with(
        &json!({ "oneOf": alternatives }),
        &components,
        false,
        &json!([{ "unions": [{ "alternatives": [1, 2] }] }, dog, cat, { "maxLength": 3 }]),
    );
    let mapping = json!({ "dog": "#/components/schemas/Dog" });
    let union = json!({ "alternatives": [1, 2], "property": "kind", "mapping": { "dog": 1, "Cat": 2 } });
    check_with(
        &json!({ "oneOf": alternatives, "discriminator": { "propertyName": "kind", "mapping": mapping } }),
        &components,
        false,
        &json!([{ "unions": [union] }, dog, cat, { "maxLength": 3 }]),
    );
}

#[test]
fn formats_that_exclude_texts_are_kept() {
    for format in ["email", "hostname", "idn-email", "ipv4", "ipv6", "uri"] {
        check(&json!({ "type": "string", "format": format }), &json!([{ "format": format }]));
        // The pattern is checked.
        check(&json!({ "type": "string", "format": format, "pattern": "^a" }), &json!([{ "pattern": "^a" }]));
    }
    for format in ["date", "date-time", "uuid", "uri-reference", "password", "other"] {
        check(&json!({ "type": "string", "format": format }), &json!([]));
    }
}

#[test]
fn schemas_under_not_become_conditions() {
    let not = |not: &Value| json!({ "type": "object", "not": not });
    let both = json!({ "required": ["a", "b"] });
    check(&not(&both), &json!([{ "not": both }]));
    check(
        &not(&json!({ "anyOf": [{ "required": ["a"] }, { "properties": { "b": { "const": 1 } } }] })),
        &json!([{ "not": { "anyOf": [{ "required": ["a"] }, { "properties": { "b": { "enum": [1] } } }] } }]),
    );
    check(
        &json!({ "type": "string", "not": { "pattern": "^\\d" } }),
        &json!([{ "not": { "pattern": "^\\d", "regex": "^[0-9]" } }]),
    );
    let components = json!({ "Old": { "type": "object", "required": ["a"], "additionalProperties": false } });
    check_with(
        &not(&json!({ "$ref": "#/components/schemas/Old" })),
        &components,
        false,
        &json!([{ "not": { "type": "object", "required": ["a"], "additionalProperties": false } }]),
    );
    let files = generate(&json!({ "not": { "type": "string", "pattern": "a" } }), &json!({}), false);
    assert!(files.get("Cargo.toml").unwrap().contains("\nregex = "));
    // A part that decides nothing.
    check(
        &not(&json!({ "anyOf": [both, { "properties": { "a": { "format": "uuid" } } }] })),
        &json!([{ "not": { "anyOf": [both, { "properties": { "a": { "partial": true } } }] } }]),
    );
}

/// The schema under `not` has keywords that decide less than the document, so it could refuse a valid value.
#[test]
fn schemas_under_not_that_decide_nothing_are_left_out() {
    for undecided in [
        json!({ "type": "string", "format": "email" }),
        json!({ "type": "null" }),
        json!({ "enum": [null] }),
        json!({ "contains": { "type": "string" } }),
        json!({ "if": { "required": ["a"] }, "then": { "required": ["b"] } }),
        json!({ "dependentRequired": { "a": ["b"] } }),
        json!({ "patternProperties": { "^a": { "type": "string" } } }),
        json!({ "prefixItems": [{ "type": "string" }] }),
        json!({ "uniqueItems": true }),
        json!({ "multipleOf": 2 }),
        json!({ "pattern": "^." }),
        json!({ "pattern": "(?=a)" }),
        json!({ "enum": ["a", "abc"], "maxLength": 2 }),
        json!({ "$ref": "#/components/schemas/Missing" }),
        json!({ "requierd": ["a"] }),
    ] {
        check(&json!({ "type": "object", "not": undecided }), &json!([]));
    }
    // Schemas that contain themselves, or others many times.
    let doubled = |next: &str| {
        let next = json!({ "$ref": format!("#/components/schemas/{next}") });
        json!({ "properties": { "a": next, "b": next } })
    };
    let names = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "A"];
    let components: serde_json::Map<_, _> =
        names.windows(2).map(|pair| (pair[0].to_owned(), doubled(pair[1]))).collect();
    let files = generate(&json!({ "not": doubled("A") }), &components.into(), false);
    assert!(files.get("src/mock/constraints.json").map_or(0, str::len) < 20_000);
}

#[test]
fn properties_that_require_others() {
    let string = json!({ "type": "string" });
    let read_only = json!({ "type": "string", "readOnly": true });
    let schema = json!({
        "type": "object",
        "properties": { "card": string, "name": string, "id": read_only },
        "dependentRequired": { "card": ["name", "id", "other"], "name": ["id"] },
    });
    check(&schema, &json!([{ "dependentRequired": { "card": ["name"] } }]));
}

#[test]
fn integers_of_protojson_are_strings() {
    let schema = json!({ "type": "integer", "format": "int64", "minimum": 1 });
    check(&schema, &json!([{ "minimum": 1 }]));
    check_with(&schema, &json!({}), true, &json!([{ "minimum": 1, "quoted": true }]));
}

#[test]
fn recursive_schemas_refer_to_themselves() {
    let node = json!({
        "type": "object",
        "maxProperties": 2,
        "properties": { "next": { "$ref": "#/components/schemas/Node" } },
    });
    check_with(
        &json!({ "$ref": "#/components/schemas/Node" }),
        &json!({ "Node": node }),
        false,
        &json!([{ "maxProperties": 2, "properties": { "next": 0 } }]),
    );
}

/// The size of the file grows with the document, however the schemas refer to one another.
#[test]
fn the_file_grows_with_the_document() {
    let size = |count: usize| {
        let components: serde_json::Map<String, Value> = (0..=count)
            .map(|index| {
                let next = json!({ "$ref": format!("#/components/schemas/S{}", (index + 1) % (count + 1)) });
                let schema = json!({
                    "anyOf": [{ "allOf": [next, next] }, { "type": "array", "items": next, "maxItems": 2 }],
                });
                (format!("S{index}"), schema)
            })
            .collect();
        let files = generate(&json!({ "$ref": "#/components/schemas/S0" }), &components.into(), false);
        files.get("src/mock/constraints.json").map_or(0, str::len)
    };
    let (small, large) = (size(20), size(80));
    assert!(small > 0 && large < 5 * small, "{small} bytes, then {large}");
}

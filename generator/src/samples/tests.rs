use serde_json::{Value, json};

use super::*;
use crate::Config;
use crate::diagnostics::{Diagnostics, Source};
use crate::document::Document;

/// What a client sends for the schema `Sample` beside other schemas.
#[track_caller]
fn check(schemas: Value, expected: Value) {
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Samples", "version": "1" },
        "paths": { "/": { "post": {
            "requestBody": { "required": true, "content": { "application/json": {
                "schema": { "type": "object", "required": ["it"], "properties": {
                    "it": { "$ref": "#/components/schemas/Sample" },
                } },
            } } },
            "responses": { "204": { "description": "done" } },
        } } },
        "components": { "schemas": schemas },
    });
    let mut diagnostics = Diagnostics::new();
    let text = document.to_string();
    let source = Source { name: "samples.json", text: &text };
    let document = Document::load(&source.into(), &mut diagnostics).expect("it is a document");
    let api = crate::lower::lower(&document, &Config::default(), &mut diagnostics);
    let ty = api.operations[0].sent().next().expect("there is a body");
    let value = sample(&api, ty, &[]).expect("it has a value");
    assert_eq!(value["it"], expected);
}

/// The same for one schema.
#[track_caller]
fn check_one(schema: Value, expected: Value) {
    check(json!({ "Sample": schema }), expected);
}

#[test]
fn texts_keep_to_their_limits() {
    check_one(json!({ "type": "string" }), json!("text"));
    check_one(json!({ "type": "string", "maxLength": 2 }), json!("te"));
    check_one(json!({ "type": "string", "minLength": 6 }), json!("textte"));
    check_one(json!({ "type": "string", "format": "email" }), json!("someone@example.com"));
    check_one(json!({ "type": "string", "pattern": "^[A-Z]{3}-\\d+$" }), json!("AAA-0"));
    check_one(json!({ "type": "string", "pattern": "^[^a-z]*$", "minLength": 2 }), json!("AA"));
    // What looks around is left out, and asked whether it agrees.
    check_one(json!({ "type": "string", "pattern": r"^(?!a{2}|[)\)]$)[a-z]+(?<=b?)$" }), json!("a"));
    check_one(json!({ "type": "string", "pattern": "^(?!a$)[a-z]+$", "minLength": 2 }), json!("aa"));
}

#[test]
fn numbers_keep_to_their_limits() {
    check_one(json!({ "type": "integer" }), json!(1));
    check_one(json!({ "type": "integer", "minimum": 5 }), json!(5));
    check_one(json!({ "type": "integer", "exclusiveMaximum": 0 }), json!(-1));
    check_one(json!({ "type": "integer", "minimum": 5, "multipleOf": 4 }), json!(8));
    check_one(json!({ "type": "number", "minimum": 0, "maximum": 1 }), json!(0.5));
}

#[test]
fn lists_and_maps_have_as_many_as_they_must() {
    check_one(json!({ "type": "array", "items": { "type": "boolean" } }), json!([true]));
    check_one(json!({ "type": "array", "items": { "type": "boolean" }, "minItems": 2 }), json!([true, true]));
    check_one(json!({ "type": "array", "items": { "type": "boolean" }, "maxItems": 0 }), json!([]));
    check_one(
        json!({ "properties": { "map": {
            "type": "object", "additionalProperties": { "type": "integer" }, "minProperties": 2,
        } } }),
        json!({ "map": { "key1": 1, "key2": 1 } }),
    );
}

#[test]
fn objects_have_what_clients_may_send() {
    check_one(
        json!({ "properties": { "a": { "type": "boolean" }, "b": { "type": "string", "readOnly": true } } }),
        json!({ "a": true }),
    );
    // The type cannot do without it, so it is sent all the same.
    check_one(
        json!({ "required": ["b"], "properties": { "b": { "type": "string", "readOnly": true } } }),
        json!({ "b": "text" }),
    );
    // What holds itself ends where it may.
    check_one(
        json!({ "properties": { "next": { "$ref": "#/components/schemas/Sample" }, "a": { "type": "boolean" } } }),
        json!({ "a": true }),
    );
    check_one(
        json!({ "required": ["steps"], "properties": {
            "steps": { "type": "array", "items": { "$ref": "#/components/schemas/Sample" } },
        } }),
        json!({ "steps": [] }),
    );
}

#[test]
fn unions_look_like_one_alternative() {
    check(
        json!({
            "Sample": {
                "oneOf": [{ "$ref": "#/components/schemas/Cat" }, { "$ref": "#/components/schemas/Dog" }],
                "discriminator": { "propertyName": "kind", "mapping": { "cat": "Cat", "dog": "Dog" } },
            },
            "Cat": { "required": ["kind"], "properties": { "kind": { "type": "string" }, "lives": { "type": "integer" } } },
            "Dog": { "required": ["kind"], "properties": { "kind": { "type": "string" } } },
        }),
        json!({ "kind": "cat", "lives": 1 }),
    );
    check_one(json!({ "enum": ["a", "b"] }), json!("a"));
}

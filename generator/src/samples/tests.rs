use serde_json::{Value, json};

use super::*;
use crate::Config;
use crate::diagnostics::{Diagnostics, Source};
use crate::document::Document;

/// What is lowered from a document.
fn api(document: &Value) -> Api {
    let mut diagnostics = Diagnostics::new();
    let text = document.to_string();
    let source = Source { name: "samples.json", text: &text };
    let document = Document::load(&source.into(), &mut diagnostics).expect("it is a document");
    crate::lower::lower(&document, &Config::default(), &mut diagnostics)
}

/// An operation with a body whose member `it` is the schema `Sample`, one of these.
fn api_of(schemas: Value) -> Api {
    api(&document_of(schemas))
}

fn document_of(schemas: Value) -> Value {
    json!({
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
    })
}

/// What a client sends for the schema `Sample` beside other schemas.
#[track_caller]
fn check(schemas: Value, expected: Value) {
    let api = api_of(schemas);
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
    let different =
        |items: Value| json!({ "type": "array", "items": items, "minItems": 3, "uniqueItems": true });
    check_one(different(json!({ "type": "integer" })), json!([1, 2, 3]));
    check_one(different(json!({ "type": "string" })), json!(["text", "textt", "textte"]));
    check_one(different(json!({ "type": "string", "pattern": "^[0-9]+$" })), json!(["0", "00", "000"]));
    check_one(
        different(json!({ "type": "string", "pattern": "^(0|[1-9][0-9]*)$" })),
        json!(["0", "10", "100"]),
    );
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
    // Only answers have to have it.
    check_one(
        json!({ "required": ["b"], "properties": { "b": { "type": "string", "readOnly": true } } }),
        json!({}),
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

#[test]
fn types_of_one_form_match_or_have_no_value() {
    check_one(json!({ "type": "string", "format": "date", "pattern": "^2" }), json!("2024-01-02"));
    let members = |pattern: &str| json!({ "properties": { "on": { "type": "string", "format": "date-time", "pattern": pattern } } });
    check_one(members("Z$"), json!({ "on": "2024-01-02T03:04:05Z" }));
    check_one(members("YYYY-MM-DD"), json!({}));
}

#[test]
fn items_behind_a_reference_keep_to_its_limits() {
    check(
        json!({
            "Sample": { "type": "array", "items": { "$ref": "#/components/schemas/Port" } },
            "Port": { "type": "string", "pattern": "^[0-9]{2}$" },
        }),
        json!(["00"]),
    );
    check(
        json!({
            "Sample": { "type": "array", "items": { "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Port" }] } },
            "Port": { "type": "string", "pattern": "^[0-9]{2}$" },
        }),
        json!(["00"]),
    );
}

#[test]
fn objects_have_what_they_must_even_where_nothing_is_said_of_it() {
    check_one(
        json!({ "required": ["a", "b"], "properties": { "a": { "type": "boolean" } } }),
        json!({ "a": true, "b": "text" }),
    );
    check_one(
        json!({ "required": ["a"], "properties": { "c": {} }, "additionalProperties": { "type": "integer" } }),
        json!({ "c": {}, "a": 1 }),
    );
}

/// What a client sends for the schema `Sample` where somebody knows what the document allows, and the unions of which the
/// document allows nothing.
#[track_caller]
fn check_judged(sample: Value, expected: Value, ambiguous: &[&str]) {
    let document = document_of(json!({ "Sample": sample }));
    let text = document.to_string();
    let mut diagnostics = Diagnostics::new();
    let source = Source { name: "samples.json", text: &text };
    let document = Document::load(&source.into(), &mut diagnostics).expect("it is a document");
    let api = crate::lower::lower(&document, &Config::default(), &mut diagnostics);
    let judge = |at: &Pointer, value: &Value| {
        let schema = serde_json::to_value(document.openapi()).expect("it is JSON");
        let alternatives = schema.pointer(at.as_str()).and_then(|schema| schema["oneOf"].as_array().cloned());
        let fits = |alternative: &Value| jsonschema::is_valid(alternative, value);
        match alternatives.unwrap_or_default().iter().filter(|alternative| fits(alternative)).count() {
            0 => Judgement::Refused,
            1 => Judgement::Allowed,
            _ => Judgement::Ambiguous,
        }
    };
    let ty = api.operations[0].sent().next().expect("there is a body");
    let judged = judged(&api, ty, &[], &judge);
    assert_eq!(judged.value.expect("it has a value")["it"], expected);
    let places: Vec<&str> = judged.ambiguous.iter().map(Pointer::as_str).collect();
    assert_eq!(places, ambiguous);
}

#[test]
fn of_a_union_the_document_allows_one_alternative_alone() {
    let object = |members: Value| json!({ "type": "object", "properties": members });
    let (a, b) = (json!({ "type": "boolean" }), json!({ "type": "integer" }));
    check_judged(
        json!({ "oneOf": [{ "type": "number" }, { "type": "integer" }, { "type": "string" }] }),
        json!(1.5),
        &[],
    );
    // The first is a number as well, whatever it is.
    check_judged(
        json!({ "oneOf": [{ "type": "integer" }, { "type": "number" }, { "type": "boolean" }] }),
        json!(1.5),
        &[],
    );
    check_judged(
        json!({ "oneOf": [object(json!({ "a": a })), object(json!({ "a": b }))] }),
        json!({ "a": true }),
        &[],
    );
    check_judged(
        json!({ "oneOf": [object(json!({ "a": a })), object(json!({ "b": b }))] }),
        json!({ "a": true }),
        &["/components/schemas/Sample"],
    );
}

/// Whether a client decodes an example of the schema `Sample`.
#[track_caller]
fn check_fits(schema: Value, good: &[Value], bad: &[Value]) {
    let api = api_of(json!({ "Sample": schema }));
    let ty = api.operations[0].sent().next().expect("there is a body");
    let fits = |value: &Value| fits::fits(&api, ty, &json!({ "it": value }));
    good.iter().for_each(|value| assert!(fits(value), "{value} fits"));
    bad.iter().for_each(|value| assert!(!fits(value), "{value} does not fit"));
}

#[test]
fn an_example_fits_that_is_sure_to_be_decoded() {
    check_fits(
        json!({ "type": "integer", "format": "int32" }),
        &[json!(-1)],
        &[json!(1.5), json!(3_000_000_000_u64)],
    );
    check_fits(
        json!({ "type": "string", "format": "date" }),
        &[json!("2024-02-29")],
        &[json!("2023-02-29"), json!("2024-13-01"), json!("2024-1-1"), json!("today")],
    );
    check_fits(
        json!({ "type": "string", "format": "date-time" }),
        &[json!("2024-01-02T03:04:05Z"), json!("2024-01-02T03:04:05.250+01:00")],
        &[json!("2024-01-02T03:04:05"), json!("2024-01-02T24:00:00Z"), json!("2024-01-02T03:04:05+99:00")],
    );
    check_fits(
        json!({ "type": "string", "format": "uuid" }),
        &[json!("0b9f6d1e-3c1a-4f7e-9a55-2f0f3b1c7d42")],
        &[json!("0b9f6d1e"), json!("0b9f6d1e-3c1a-4f7e-9a55-2f0f3b1c7d4x")],
    );
    check_fits(
        json!({ "required": ["a"], "properties": { "a": { "type": "string" }, "b": { "type": "boolean" } } }),
        &[json!({ "a": "x" }), json!({ "a": "x", "b": null, "c": 1 })],
        &[json!({}), json!({ "a": null }), json!({ "a": "x", "b": 1 }), json!([])],
    );
    check_fits(
        json!({ "type": "object", "additionalProperties": { "type": "array", "items": { "type": "boolean" } } }),
        &[json!({}), json!({ "a": [true] })],
        &[json!({ "a": [1] })],
    );
    check_fits(
        json!({ "oneOf": [
            { "required": ["kind"], "properties": { "kind": { "const": "cat" }, "lives": { "type": "integer" } } },
            { "required": ["kind"], "properties": { "kind": { "const": "dog" } } },
        ] }),
        &[json!({ "kind": "cat", "lives": 9 }), json!({ "kind": "dog" })],
        &[json!({ "kind": "cat", "lives": "nine" }), json!({ "kind": "cow" })],
    );
}

/// What a server answers to a listing, given the members of its page and parameters of the query.
#[track_caller]
fn check_page(query: &[&str], page: Value, example: Value, expected: Value) {
    let parameters: Vec<Value> = query
        .iter()
        .map(|name| json!({ "name": name, "in": "query", "schema": { "type": "integer" } }))
        .collect();
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Samples", "version": "1" },
        "paths": { "/": { "get": {
            "parameters": parameters,
            "responses": { "200": { "description": "ok", "content": { "application/json": {
                "schema": { "properties": page }, "example": example,
            } } } },
        } } },
    });
    let api = api(&document);
    let operation = &api.operations[0];
    assert!(operation.pages.is_some(), "it is a listing");
    assert_eq!(answer(&api, operation, &operation.reply.bodies[0]), Some(expected));
}

/// A client that follows the pages comes to an end, however they follow one another.
#[test]
fn a_listing_has_one_page() {
    let items = json!({ "type": "array", "items": { "type": "boolean" } });
    check_page(
        &["offset", "limit"],
        json!({ "items": items, "total": { "type": "integer" } }),
        json!({ "items": [true, true], "total": 50 }),
        json!({ "items": [true, true], "total": 2 }),
    );
    check_page(
        &["offset", "limit"],
        json!({ "items": items, "has_more": { "type": "boolean" } }),
        json!({ "items": [true], "has_more": true }),
        json!({ "items": [true], "has_more": false }),
    );
    check_page(
        &["offset", "limit"],
        json!({ "items": items }),
        json!({ "items": [true] }),
        json!({ "items": [] }),
    );
}

use serde_json::{Value, json};

use super::*;
use crate::Config;
use crate::diagnostics::{Diagnostics, Source};
use crate::document::Document;

/// Lowers a document.
fn api(document: &Value) -> Api {
    lowering(document).api
}

fn lowering(document: &Value) -> crate::lower::Lowering {
    let mut diagnostics = Diagnostics::new();
    let text = document.to_string();
    let source = Source { name: "samples.json", text: &text };
    let document = Document::load(&source.into(), &[], &mut diagnostics).expect("the document is valid");
    crate::lower::lower(&document, &Config::default(), &mut diagnostics)
}

/// Lowers an operation whose body has a property `it` with the schema `Sample`.
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

/// Checks the sample of the schema `Sample`, among other schemas.
#[track_caller]
fn check(schemas: Value, expected: Value) {
    let api = api_of(schemas);
    let ty = api.operations[0].request_types().next().expect("the operation has a body");
    let value = Samples::of(&api).sample(ty, &[]).expect("the type has a sample");
    assert_eq!(value["it"], expected);
}

/// Checks the sample of one schema.
#[track_caller]
fn check_one(schema: Value, expected: Value) {
    check(json!({ "Sample": schema }), expected);
}

#[test]
fn strings_satisfy_their_constraints() {
    check_one(json!({ "type": "string" }), json!("text"));
    check_one(json!({ "type": "string", "maxLength": 2 }), json!("te"));
    check_one(json!({ "type": "string", "minLength": 6 }), json!("textte"));
    check_one(json!({ "type": "string", "format": "email" }), json!("someone@example.com"));
    check_one(json!({ "type": "string", "pattern": "^[A-Z]{3}-\\d+$" }), json!("AAA-0"));
    check_one(json!({ "type": "string", "pattern": "^[^a-z]*$", "minLength": 2 }), json!("AA"));
    // The string is made without lookaround, and then checked with it.
    check_one(json!({ "type": "string", "pattern": r"^(?!a{2}|[)\)]$)[a-z]+(?<=b?)$" }), json!("a"));
    check_one(json!({ "type": "string", "pattern": "^(?!a$)[a-z]+$", "minLength": 2 }), json!("aa"));
}

#[test]
fn numbers_satisfy_their_constraints() {
    check_one(json!({ "type": "integer" }), json!(1));
    check_one(json!({ "type": "integer", "minimum": 5 }), json!(5));
    check_one(json!({ "type": "integer", "exclusiveMaximum": 0 }), json!(-1));
    check_one(json!({ "type": "integer", "minimum": 5, "multipleOf": 4 }), json!(8));
    check_one(json!({ "type": "number", "minimum": 0, "maximum": 1 }), json!(0.5));
}

#[test]
fn lists_and_maps_have_the_required_length() {
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
fn objects_have_the_properties_that_clients_send() {
    check_one(
        json!({ "properties": { "a": { "type": "boolean" }, "b": { "type": "string", "readOnly": true } } }),
        json!({ "a": true }),
    );
    // Required in responses only.
    check_one(
        json!({ "required": ["b"], "properties": { "b": { "type": "string", "readOnly": true } } }),
        json!({}),
    );
    // A recursive value ends at an optional property.
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
fn unions_have_a_value_of_one_alternative() {
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
fn fixed_formats_match_the_pattern_or_are_omitted() {
    check_one(json!({ "type": "string", "format": "date", "pattern": "^2" }), json!("2024-01-02"));
    let members = |pattern: &str| json!({ "properties": { "on": { "type": "string", "format": "date-time", "pattern": pattern } } });
    check_one(members("Z$"), json!({ "on": "2024-01-02T03:04:05Z" }));
    check_one(members("YYYY-MM-DD"), json!({}));
}

#[test]
fn referenced_items_satisfy_their_constraints() {
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
fn required_properties_without_a_definition_are_present() {
    check_one(
        json!({ "required": ["a", "b"], "properties": { "a": { "type": "boolean" } } }),
        json!({ "a": true, "b": "text" }),
    );
    check_one(
        json!({ "required": ["a"], "properties": { "c": {} }, "additionalProperties": { "type": "integer" } }),
        json!({ "c": {}, "a": 1 }),
    );
}

/// Checks the sample of the schema `Sample` that is made with a schema check, and the locations of ambiguous unions.
#[track_caller]
fn check_with_schemas(sample: Value, expected: Value, ambiguous: &[&str]) {
    let document = document_of(json!({ "Sample": sample }));
    let text = document.to_string();
    let mut diagnostics = Diagnostics::new();
    let source = Source { name: "samples.json", text: &text };
    let document = Document::load(&source.into(), &[], &mut diagnostics).expect("the document is valid");
    let api = crate::lower::lower(&document, &Config::default(), &mut diagnostics).api;
    let schema_check = |at: &Pointer, value: &Value| {
        let schema = document.to_value();
        let alternatives = schema.pointer(at.as_str()).and_then(|schema| schema["oneOf"].as_array().cloned());
        let decodes = |alternative: &Value| jsonschema::is_valid(alternative, value);
        match alternatives.unwrap_or_default().iter().filter(|alternative| decodes(alternative)).count() {
            0 => SchemaMatch::Refused,
            1 => SchemaMatch::Allowed,
            _ => SchemaMatch::Ambiguous,
        }
    };
    let ty = api.operations[0].request_types().next().expect("the operation has a body");
    let checked_sample = Samples::of(&api).checked_sample(ty, &[], &schema_check);
    assert_eq!(checked_sample.value.expect("the type has a sample")["it"], expected);
    let places: Vec<&str> = checked_sample.ambiguous.iter().map(Pointer::as_str).collect();
    assert_eq!(places, ambiguous);
}

#[test]
fn one_alternative_of_a_one_of_is_valid() {
    let object = |members: Value| json!({ "type": "object", "properties": members });
    let (a, b) = (json!({ "type": "boolean" }), json!({ "type": "integer" }));
    check_with_schemas(
        json!({ "oneOf": [{ "type": "number" }, { "type": "integer" }, { "type": "string" }] }),
        json!(1.5),
        &[],
    );
    // Every integer is a number, too, so the first alternative is never valid.
    check_with_schemas(
        json!({ "oneOf": [{ "type": "integer" }, { "type": "number" }, { "type": "boolean" }] }),
        json!(1.5),
        &[],
    );
    check_with_schemas(
        json!({ "oneOf": [object(json!({ "a": a })), object(json!({ "a": b }))] }),
        json!({ "a": true }),
        &[],
    );
    check_with_schemas(
        json!({ "oneOf": [object(json!({ "a": a })), object(json!({ "b": b }))] }),
        json!({ "a": true }),
        &["/components/schemas/Sample"],
    );
}

/// Checks which examples of the schema `Sample` decode.
#[track_caller]
fn check_decodes(schema: Value, good: &[Value], bad: &[Value]) {
    let api = api_of(json!({ "Sample": schema }));
    let ty = api.operations[0].request_types().next().expect("the operation has a body");
    let decodes = |value: &Value| decodable::decodes(&api, ty, &json!({ "it": value }));
    good.iter().for_each(|value| assert!(decodes(value), "{value} decodes"));
    bad.iter().for_each(|value| assert!(!decodes(value), "{value} does not decode"));
}

#[test]
fn decodable_examples_are_recognized() {
    check_decodes(
        json!({ "type": "integer", "format": "int32" }),
        &[json!(-1)],
        &[json!(1.5), json!(3_000_000_000_u64)],
    );
    check_decodes(
        json!({ "type": "string", "format": "date" }),
        &[json!("2024-02-29")],
        &[json!("2023-02-29"), json!("2024-13-01"), json!("2024-1-1"), json!("today")],
    );
    check_decodes(
        json!({ "type": "string", "format": "date-time" }),
        &[
            json!("2024-01-02T03:04:05Z"),
            json!("2024-01-02T03:04:05.250+01:00"),
            json!("2016-12-31T23:59:60Z"),
            json!("2024-01-02t03:04:05.1234567891z"),
            json!("2024-01-02 03:04:05Z"),
        ],
        &[
            json!("2024-01-02T03:04:05"),
            json!("2024-01-02T24:00:00Z"),
            json!("2024-01-02T03:60:00Z"),
            json!("2024-01-02T03:04:61Z"),
            json!("2023-02-29T03:04:05Z"),
            json!("2024-01-02T03:04:05.Z"),
            json!("2024-01-02T03:04:05+99:00"),
            json!("9999-12-31T23:59:59Z"),
        ],
    );
    check_decodes(
        json!({ "type": "string", "format": "uuid" }),
        &[json!("0b9f6d1e-3c1a-4f7e-9a55-2f0f3b1c7d42")],
        &[json!("0b9f6d1e"), json!("0b9f6d1e-3c1a-4f7e-9a55-2f0f3b1c7d4x")],
    );
    check_decodes(
        json!({ "required": ["a"], "properties": { "a": { "type": "string" }, "b": { "type": "boolean" } } }),
        &[json!({ "a": "x" }), json!({ "a": "x", "b": null, "c": 1 })],
        &[json!({}), json!({ "a": null }), json!({ "a": "x", "b": 1 }), json!([])],
    );
    check_decodes(
        json!({ "type": "object", "additionalProperties": { "type": "array", "items": { "type": "boolean" } } }),
        &[json!({}), json!({ "a": [true] })],
        &[json!({ "a": [1] })],
    );
    check_decodes(
        json!({ "oneOf": [
            { "required": ["kind"], "properties": { "kind": { "const": "cat" }, "lives": { "type": "integer" } } },
            { "required": ["kind"], "properties": { "kind": { "const": "dog" } } },
        ] }),
        &[json!({ "kind": "cat", "lives": 9 }), json!({ "kind": "dog" })],
        &[json!({ "kind": "cat", "lives": "nine" }), json!({ "kind": "cow" })],
    );
}

/// Checks the response of a paginated operation, given the properties of its page and its query parameters.
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
    let lowering = lowering(&document);
    assert!(lowering.api.operations[0].pages.is_some(), "the operation is paginated");
    let replies = mock_replies(&lowering.api, &lowering.replies);
    assert_eq!(replies[0].bodies[0].value, Some(expected));
}

/// A client that reads all pages stops, whatever the kind of pagination.
#[test]
fn a_page_is_the_last_one() {
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

/// Makes the samples of all types of a document, and the calls, and returns the size of the largest value.
fn largest_sample(document: &Value) -> usize {
    let api = api(document);
    let samples = Samples::of(&api);
    let types = api.types().map(|(id, _)| Type::Named(id));
    let values = types.flat_map(|ty| [samples.sample(&ty, &[]), samples.received(&ty)]).flatten();
    let calls = sample_calls(&api, &|_, _| SchemaMatch::Allowed);
    let parameters = calls.into_iter().flat_map(|call| call.parameters).flatten();
    values.chain(parameters).map(|value| value.to_string().len()).max().unwrap_or_default()
}

/// Each of these objects requires five of the next ones, so the value of the first would have 5^200 objects.
#[test]
fn samples_have_a_limited_size() {
    let reference = |index: usize| json!({ "$ref": format!("#/components/schemas/R{index}") });
    let mut schemas = Map::new();
    for index in 0..200 {
        let list = json!({ "type": "array", "minItems": 3, "items": reference(index + 1) });
        let properties = json!({ "a": reference(index + 1), "b": reference(index + 1), "c": list });
        let schema = json!({ "type": "object", "required": ["a", "b", "c"], "properties": properties });
        schemas.insert(format!("R{index}"), schema);
    }
    schemas
        .insert("R200".to_owned(), json!({ "type": "object", "properties": { "id": { "type": "string" } } }));
    schemas.insert("Sample".to_owned(), reference(0));
    let largest = largest_sample(&document_of(Value::Object(schemas)));
    assert!((1..=MAX_SIZE).contains(&largest), "{largest}");
}

#[test]
fn samples_of_a_query_list_of_itself_end() {
    for optional in ["items", "additionalProperties"] {
        let mut document = document_of(json!({
            "Sample": { "oneOf": [{ "$ref": "#/components/schemas/Several" }, {}] },
            "Several": { optional: { "$ref": "#/components/schemas/Sample" } },
        }));
        let schema = json!({ "$ref": "#/components/schemas/Sample" });
        document["paths"]["/"]["post"]["parameters"] =
            json!([{ "in": "query", "name": "of", "schema": schema }]);
        assert!(largest_sample(&document) <= 1_000);
    }
}

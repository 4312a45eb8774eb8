//! Scalars and listed values in both directions.

use openapi_crate::Config;

use super::{check, check_messages, check_with, pets, with_components};

/// Returns a document whose pets have the property `age`.
fn age(schema: &str) -> String {
    pets(&format!("{{ type: object, properties: {{ age: {schema} }} }}"))
}

const SENT: &str = "error request-property-type-changed request POST /pets";
const RECEIVED: &str = "error response-property-type-changed response GET /pets";

#[test]
fn scalars_with_different_json() {
    check(&age("{ type: integer }"), &age("{ type: string }"), &[SENT, RECEIVED], &[SENT, RECEIVED]);
    check(&age("{ type: boolean }"), &age("{ type: object }"), &[SENT, RECEIVED], &[SENT, RECEIVED]);
    check_messages(
        &age("{ type: integer, format: int32 }"),
        &age("{ type: string, format: uuid }"),
        &[
            "`Pet.age` changed from a 32-bit integer to a UUID",
            "`Pet.age` changed from a 32-bit integer to a UUID",
        ],
    );
}

#[test]
fn a_wider_scalar_is_safe_in_requests_only() {
    check(&age("{ type: integer }"), &age("{ type: number }"), &[RECEIVED], &[SENT]);
    check(&age("{ type: integer, format: int32 }"), &age("{ type: integer }"), &[RECEIVED], &[SENT]);
    check(&age("{ type: string, format: uuid }"), &age("{ type: string }"), &[RECEIVED], &[SENT]);
    check(&age("{ type: integer }"), &age("{}"), &[RECEIVED], &[SENT]);
}

#[test]
fn servers_with_protojson_accept_integers_as_strings() {
    let config = Config { protojson: true, ..Config::default() };
    check_with(
        &config,
        &age("{ type: integer, format: int32 }"),
        &age("{ type: string, format: int64 }"),
        &[RECEIVED],
        &[SENT],
    );
}

#[test]
fn a_value_is_added() {
    check(
        &age("{ type: string, enum: [young] }"),
        &age("{ type: string, enum: [young, old] }"),
        &["note response-property-enum-value-added response GET /pets"],
        &["error request-property-enum-value-removed request POST /pets"],
    );
    check_messages(
        &age("{ type: string, enum: [young, old] }"),
        &age("{ type: string, enum: [young] }"),
        &["`Pet.age` no longer allows `old`"],
    );
}

#[test]
fn the_order_of_values_has_no_effect() {
    check(&age("{ type: string, enum: [a, b] }"), &age("{ type: string, enum: [b, a] }"), &[], &[]);
}

#[test]
fn values_are_listed() {
    check(
        &age("{ type: string }"),
        &age("{ type: string, enum: [young] }"),
        &["error request-property-became-enum request POST /pets"],
        &["note response-property-enum-value-added response GET /pets"],
    );
    check(
        &age("{ type: boolean }"),
        &age("{ type: boolean, enum: [true] }"),
        &["error request-property-became-enum request POST /pets"],
        &[],
    );
}

#[test]
fn lists_and_maps() {
    let list = |item: &str| age(&format!("{{ type: array, items: {{ type: {item} }} }}"));
    let map = |value: &str| age(&format!("{{ type: object, additionalProperties: {{ type: {value} }} }}"));
    check(&list("integer"), &list("string"), &[SENT, RECEIVED], &[SENT, RECEIVED]);
    check(&map("integer"), &map("string"), &[SENT, RECEIVED], &[SENT, RECEIVED]);
    check(&list("integer"), &age("{ type: integer }"), &[SENT, RECEIVED], &[SENT, RECEIVED]);
    check(
        &list("string"),
        &list("[string, 'null']"),
        &["error response-property-became-nullable response GET /pets"],
        &["error request-property-became-not-nullable request POST /pets"],
    );
    check_messages(
        &list("integer"),
        &list("string"),
        &[
            "the items of `Pet.age` changed from a 64-bit integer to a string",
            "the items of `Pet.age` changed from a 64-bit integer to a string",
        ],
    );
}

#[test]
fn a_schema_without_a_type_is_reported_once() {
    let document = |id: &str| {
        with_components(&format!(
            "Pet: {{ type: object, properties: {{ id: {{ $ref: '#/components/schemas/Id' }}, parent: {{ $ref: '#/components/schemas/Id' }} }} }},
Id: {{ {id} }}"
        ))
    };
    check(
        &document("type: string, maxLength: 20"),
        &document("type: string, maxLength: 10"),
        &["error request-property-max-length-decreased request POST /pets"],
        &[],
    );
    check(&document("type: integer"), &document("type: string"), &[SENT, RECEIVED], &[SENT, RECEIVED]);
    check_messages(
        &document("type: integer"),
        &document("type: string"),
        &["`Id` changed from a 64-bit integer to a string"; 2],
    );
}

//! Properties of objects in both directions.

use openapi_crate::Config;

use super::{check, check_messages, check_with, pets, with_components};

fn object(properties: &str, required: &str) -> String {
    pets(&format!("{{ type: object, required: [{required}], properties: {{ {properties} }} }}"))
}

const NAME: &str = "name: { type: string }";

#[test]
fn a_property_is_required() {
    check(
        &object(NAME, ""),
        &object(NAME, "name"),
        &["error request-property-became-required request POST /pets"],
        &["error response-property-became-optional response GET /pets"],
    );
    check(
        &object("name: { type: string, default: Rex }", ""),
        &object("name: { type: string, default: Rex }", "name"),
        &["warning request-property-became-required-with-default request POST /pets"],
        &["error response-property-became-optional response GET /pets"],
    );
    check_messages(&object(NAME, ""), &object(NAME, "name"), &["`Pet.name` is required now"]);
}

#[test]
fn a_property_is_added() {
    check(
        &object(NAME, ""),
        &object(&format!("{NAME}, age: {{ type: integer }}"), ""),
        &[],
        &[
            "warning request-property-removed request POST /pets",
            "warning response-optional-property-removed response GET /pets",
        ],
    );
    check(
        &object(NAME, ""),
        &object(&format!("{NAME}, age: {{ type: integer }}"), "age"),
        &["error new-required-request-property request POST /pets"],
        &[
            "error response-required-property-removed response GET /pets",
            "warning request-property-removed request POST /pets",
        ],
    );
    check(
        &object(NAME, ""),
        &object(&format!("{NAME}, age: {{ type: integer, default: 1 }}"), "age"),
        &["warning new-required-request-property-with-default request POST /pets"],
        &[
            "error response-required-property-removed response GET /pets",
            "warning request-property-removed request POST /pets",
        ],
    );
}

#[test]
fn a_required_property_without_a_schema_is_added() {
    check(
        &object(NAME, ""),
        &object(NAME, "age"),
        &["error new-required-request-property request POST /pets"],
        &[],
    );
}

#[test]
fn settings_decide_if_old_clients_need_a_property() {
    let mut config = Config::default();
    config.optional.all = true;
    check_with(
        &config,
        &object(NAME, "name"),
        &object(NAME, ""),
        &[],
        &["error request-property-became-required request POST /pets"],
    );
    let config = Config { protojson: true, ..Config::default() };
    check_with(
        &config,
        &object(NAME, "name"),
        &object("", ""),
        &[
            "warning request-property-removed request POST /pets",
            "warning response-required-property-removed response GET /pets",
        ],
        &["error new-required-request-property request POST /pets"],
    );
}

#[test]
fn null_is_allowed() {
    check(
        &object(NAME, "name"),
        &object("name: { type: [string, 'null'] }", "name"),
        &["error response-property-became-nullable response GET /pets"],
        &["error request-property-became-not-nullable request POST /pets"],
    );
    // Null is the same as absence for old clients.
    check(
        &object(NAME, ""),
        &object("name: { type: [string, 'null'] }", ""),
        &[],
        &["error request-property-became-not-nullable request POST /pets"],
    );
}

#[test]
fn a_property_is_read_only() {
    check(
        &object(NAME, "name"),
        &object("name: { type: string, readOnly: true }", "name"),
        &["warning request-property-became-read-only request POST /pets"],
        &["error request-property-became-required request POST /pets"],
    );
}

#[test]
fn a_property_is_write_only() {
    check(
        &object(NAME, "name"),
        &object("name: { type: string, writeOnly: true }", "name"),
        &["error response-required-property-became-write-only response GET /pets"],
        &[],
    );
    check(
        &object(NAME, ""),
        &object("name: { type: string, writeOnly: true }", ""),
        &["warning response-optional-property-became-write-only response GET /pets"],
        &[],
    );
}

#[test]
fn an_object_is_closed() {
    let closed = |properties: &str| {
        pets(&format!("{{ type: object, additionalProperties: false, properties: {{ {properties} }} }}"))
    };
    check(
        &object(NAME, ""),
        &closed(NAME),
        &["warning request-additional-properties-removed request POST /pets"],
        &[],
    );
    check(
        &closed(&format!("{NAME}, age: {{ type: integer }}")),
        &closed(NAME),
        &[
            "error request-property-removed request POST /pets",
            "warning response-optional-property-removed response GET /pets",
        ],
        &[],
    );
}

#[test]
fn additional_properties_have_a_type() {
    let open = |ty: &str| {
        pets(&format!("{{ type: object, properties: {{ {NAME} }}, additionalProperties: {{ type: {ty} }} }}"))
    };
    check(
        &open("string"),
        &open("integer"),
        &[
            "error request-property-type-changed request POST /pets",
            "error response-property-type-changed response GET /pets",
        ],
        &[
            "error request-property-type-changed request POST /pets",
            "error response-property-type-changed response GET /pets",
        ],
    );
    // Old clients decode a new property as one of the additional properties.
    let with_age = pets(&format!(
        "{{ type: object, properties: {{ {NAME}, age: {{ type: integer }} }}, additionalProperties: {{ type: string }} }}"
    ));
    check(
        &open("string"),
        &with_age,
        &["error response-property-type-changed response GET /pets"],
        &[
            "error request-property-type-changed request POST /pets",
            "warning response-optional-property-removed response GET /pets",
        ],
    );
}

#[test]
fn a_property_has_another_default() {
    check(
        &object("name: { type: string, default: Rex }", ""),
        &object("name: { type: string, default: Tom }", ""),
        &["warning request-property-default-value-changed request POST /pets"],
        &["warning request-property-default-value-changed request POST /pets"],
    );
    check(
        &object("name: { type: string, readOnly: true, default: Rex }", ""),
        &object("name: { type: string, readOnly: true, default: Tom }", ""),
        &["note response-property-default-value-changed response GET /pets"],
        &["note response-property-default-value-changed response GET /pets"],
    );
}

#[test]
fn limits_of_a_property() {
    let string = |more: &str| object(&format!("name: {{ type: string, {more} }}"), "");
    let list =
        |more: &str| object(&format!("tags: {{ type: array, items: {{ type: string }}, {more} }}"), "");
    let map = |more: &str| pets(&format!("{{ type: object, properties: {{ {NAME} }}, {more} }}"));
    let check = |old: &str, new: &str, expected: &str| {
        let expected = format!("{expected} request POST /pets");
        check(old, new, &[&expected], &[]);
    };
    check(&string(""), &string("maxLength: 9"), "warning request-property-max-length-set");
    check(&string("maxLength: 10"), &string("maxLength: 9"), "error request-property-max-length-decreased");
    check(&string("minLength: 1"), &string("minLength: 2"), "error request-property-min-length-increased");
    check(&string(""), &string("pattern: '^a'"), "error request-property-pattern-added");
    check(&string(""), &string("format: email"), "warning request-property-type-changed");
    check(&list(""), &list("maxItems: 9"), "warning request-property-max-items-set");
    check(&list(""), &list("minItems: 9"), "warning request-property-min-items-set");
    check(&list("minItems: 8"), &list("minItems: 9"), "error request-property-min-items-increased");
    check(&list(""), &list("uniqueItems: true"), "warning request-property-unique-items-added");
    check(&map(""), &map("minProperties: 1"), "warning request-property-min-properties-increased");
    check(&map(""), &map("maxProperties: 1"), "warning request-property-max-properties-decreased");
}

#[test]
fn a_pattern_changes() {
    let string = |pattern: &str| object(&format!("name: {{ type: string, pattern: '{pattern}' }}"), "");
    let expected = ["warning request-property-pattern-changed request POST /pets"];
    check(&string("^a"), &string("^b"), &expected, &expected);
    check_messages(&string("^a"), &string("^b"), &["the pattern of `Pet.name` is `^b`; it was `^a`"]);
}

#[test]
fn limits_of_items() {
    let list =
        |more: &str| object(&format!("tags: {{ type: array, items: {{ type: string, {more} }} }}"), "");
    check(
        &list("maxLength: 10"),
        &list("maxLength: 9"),
        &["error request-property-max-length-decreased request POST /pets"],
        &[],
    );
    check_messages(
        &list("maxLength: 10"),
        &list("maxLength: 9"),
        &["the maximum length of the values of `Pet.tags` is 9; it was 10"],
    );
}

#[test]
fn types_that_contain_themselves_are_compared_once() {
    let document = |ty: &str| {
        with_components(&format!(
            "Pet: {{ type: object, properties: {{ parents: {{ type: array, items: {{ $ref: '#/components/schemas/Pet' }} }},
  home: {{ $ref: '#/components/schemas/Home' }} }} }},
Home: {{ type: object, properties: {{ pet: {{ $ref: '#/components/schemas/Pet' }}, size: {{ type: {ty} }} }} }}"
        ))
    };
    check(
        &document("integer"),
        &document("boolean"),
        &[
            "error request-property-type-changed request POST /pets",
            "error response-property-type-changed response GET /pets",
        ],
        &[
            "error request-property-type-changed request POST /pets",
            "error response-property-type-changed response GET /pets",
        ],
    );
}

#[test]
fn the_name_of_a_component_has_no_effect() {
    let document = |name: &str| {
        with_components(&format!(
            "Pet: {{ type: object, properties: {{ home: {{ $ref: '#/components/schemas/{name}' }} }} }},
{name}: {{ type: object, properties: {{ {NAME} }} }}"
        ))
    };
    check(&document("Home"), &document("House"), &[], &[]);
}

#[test]
fn an_inherited_property_is_reported_once() {
    let document = |required: &str| {
        with_components(&format!(
            "Pet: {{ oneOf: [{{ $ref: '#/components/schemas/Cat' }}, {{ $ref: '#/components/schemas/Dog' }}],
  discriminator: {{ propertyName: kind }} }},
Animal: {{ type: object, required: [kind{required}], properties: {{ kind: {{ type: string }}, {NAME} }} }},
Cat: {{ allOf: [{{ $ref: '#/components/schemas/Animal' }}, {{ type: object, properties: {{ indoor: {{ type: boolean }} }} }}] }},
Dog: {{ allOf: [{{ $ref: '#/components/schemas/Animal' }}, {{ type: object, properties: {{ breed: {{ type: string }} }} }}] }}"
        ))
    };
    check(
        &document(""),
        &document(", name"),
        &["error request-property-became-required request POST /pets"],
        &["error response-property-became-optional response GET /pets"],
    );
}

//! Schemas before and after the rewrite.

use serde_json::Value;

use super::*;

/// Rewrites a schema of a 3.1 document and compares the result. `moved` lists pairs of current and original
/// locations.
#[track_caller]
fn check(before: &str, after: &str, moved: &[(&str, &str)]) {
    let (schema, moves, _) = rewritten("3.1.0", before);
    let expected: Value = serde_yaml::from_str(after).expect("the expectation is YAML");
    assert_eq!(schema, expected, "{schema}\nshould be\n{expected}");
    for (at, original) in moved {
        let at = Pointer::parse(&format!("/components/schemas/S{at}"));
        assert_eq!(moves.original(&at).as_str(), format!("/components/schemas/S{original}"));
    }
}

fn rewritten(version: &str, schema: &str) -> (Value, Moves, Diagnostics) {
    let schema: Value = serde_yaml::from_str(schema).expect("the schema is YAML");
    let mut document = serde_json::json!({"openapi": version, "components": {"schemas": {"S": schema}}});
    let mut diagnostics = Diagnostics::new();
    let moves = rewrite(&mut document, &References::default(), &mut diagnostics);
    (document["components"]["schemas"]["S"].take(), moves, diagnostics)
}

#[test]
fn null_among_types_becomes_nullable() {
    check("{type: [string, 'null']}", "{type: string, nullable: true}", &[]);
    check("{type: [string]}", "{type: string}", &[]);
    check("{type: 'null'}", "{enum: [null], nullable: true}", &[]);
    check("{type: ['null'], title: T, minLength: 1}", "{title: T, enum: [null], nullable: true}", &[]);
    check("{type: [string, 'null'], enum: [a, null]}", "{type: string, enum: [a], nullable: true}", &[]);
    check("{type: string, enum: [a, null]}", "{type: string, enum: [a], nullable: true}", &[]);
    check("{enum: [null]}", "{enum: [null], nullable: true}", &[]);
}

#[test]
fn several_types_become_alternatives() {
    check(
        "{type: [string, integer, 'null'], minLength: 1, minimum: 2, format: int64, description: D, default: 1}",
        "{description: D, default: 1, nullable: true, oneOf: [
            {type: string, minLength: 1}, {type: integer, minimum: 2, format: int64}]}",
        &[("/oneOf/1/minimum", "/minimum")],
    );
    check(
        "{type: [array, object], items: {type: [string, 'null']}, properties: {type: {const: 1}}, format: f}",
        "{oneOf: [{type: array, items: {type: string, nullable: true}},
            {type: object, properties: {type: {enum: [1]}}}]}",
        &[("/oneOf/1/properties/type", "/properties/type")],
    );
    check(
        "{type: [string, integer], format: date}",
        "{oneOf: [{type: string, format: date}, {type: integer}]}",
        &[],
    );
    check(
        "{type: [string, integer], enum: [a, 1]}",
        "{oneOf: [{type: string, enum: [a]}, {type: integer, enum: [1]}]}",
        &[],
    );
    check("{type: [string, integer], enum: [a, b]}", "{type: string, enum: [a, b]}", &[]);
    check("{type: [integer, number]}", "{type: number}", &[]);
    check("{type: [string, number, boolean, array, object, 'null']}", "{nullable: true}", &[]);
    check("{type: [string, object], oneOf: [{type: string}, {}]}", "{oneOf: [{type: string}, {}]}", &[]);
}

#[test]
fn null_among_alternatives_becomes_nullable() {
    check(
        "{oneOf: [{type: 'null'}, {$ref: '#/A'}], description: D}",
        "{description: D, allOf: [{$ref: '#/A'}], nullable: true}",
        &[("/allOf/0", "/oneOf/1"), ("/allOf/0/$ref", "/oneOf/1/$ref"), ("/description", "/description")],
    );
    check(
        "{anyOf: [{const: null}, {type: string}, {enum: [null]}, {anyOf: [{type: ['null']}, {type: integer}]}]}",
        "{anyOf: [{type: string}, {allOf: [{type: integer}], nullable: true}], nullable: true}",
        &[("/anyOf/0", "/anyOf/1"), ("/anyOf/1/allOf/0/type", "/anyOf/3/anyOf/1/type")],
    );
    check("{oneOf: [{type: 'null'}]}", "{enum: [null], nullable: true}", &[]);
    check(
        "{allOf: [{}], oneOf: [{type: string}, {type: 'null'}]}",
        "{allOf: [{}, {type: string}], nullable: true}",
        &[("/allOf/1", "/oneOf/0")],
    );
    check("{oneOf: [{$ref: '#/A'}, {$ref: '#/B'}]}", "{oneOf: [{$ref: '#/A'}, {$ref: '#/B'}]}", &[]);
}

#[test]
fn siblings_of_a_reference_are_moved() {
    check("{$ref: '#/A'}", "{$ref: '#/A'}", &[]);
    check(
        "{$ref: '#/A', nullable: true, description: D}",
        "{allOf: [{$ref: '#/A'}], nullable: true, description: D}",
        &[("/allOf/0/$ref", "/$ref"), ("/allOf/0", "")],
    );
    check("{allOf: [{}], $ref: '#/A'}", "{allOf: [{}, {$ref: '#/A'}]}", &[]);
    check("{properties: {$ref: {$ref: '#/A'}}}", "{properties: {$ref: {$ref: '#/A'}}}", &[]);
}

#[test]
fn exclusive_bounds_and_constants_are_rewritten() {
    check("{exclusiveMinimum: 3}", "{minimum: 3, exclusiveMinimum: true}", &[]);
    check("{exclusiveMinimum: 3, minimum: 4}", "{minimum: 4}", &[]);
    check("{exclusiveMaximum: 3, maximum: 4}", "{maximum: 3, exclusiveMaximum: true}", &[]);
    check("{exclusiveMaximum: true, maximum: 4}", "{maximum: 4, exclusiveMaximum: true}", &[]);
    check("{const: a}", "{enum: [a]}", &[]);
    check("{const: a, enum: [a, b]}", "{enum: [a, b]}", &[]);
    check("{const: null}", "{enum: [null], nullable: true}", &[]);
}

#[test]
fn boolean_schemas_become_objects() {
    check("{properties: {a: true, b: false}}", "{properties: {a: {}, b: {not: {}}}}", &[]);
    check("{additionalProperties: false, items: true}", "{additionalProperties: false, items: {}}", &[]);
    check(
        "{additionalProperties: {type: ['null', string]}}",
        "{additionalProperties: {type: string, nullable: true}}",
        &[],
    );
}

#[test]
fn content_keywords_become_a_format() {
    check(
        "{type: string, contentEncoding: base64}",
        "{type: string, contentEncoding: base64, format: byte}",
        &[],
    );
    check(
        "{type: string, contentEncoding: base64url}",
        "{type: string, contentEncoding: base64url, format: base64url}",
        &[],
    );
    check(
        "{contentMediaType: image/png}",
        "{contentMediaType: image/png, x-content-media-type: image/png, format: binary, type: string}",
        &[],
    );
    check(
        "{type: string, contentMediaType: application/json}",
        "{type: string, contentMediaType: application/json, x-content-media-type: application/json}",
        &[],
    );
}

#[test]
fn tuples_and_patterns_are_rewritten() {
    check(
        "{prefixItems: [{type: number}, {type: number}]}",
        "{items: {type: number}, type: array, x-prefix-items: [{type: number}, {type: number}]}",
        &[("/items/type", "/prefixItems/0/type"), ("/x-prefix-items/1", "/prefixItems/1")],
    );
    check(
        "{prefixItems: [{type: number}, {}], items: false}",
        "{items: {}, type: array, x-prefix-items: [{type: number}, {}]}",
        &[],
    );
    check(
        "{prefixItems: [{}], items: {type: string}}",
        "{items: {}, type: array, x-prefix-items: [{}]}",
        &[],
    );
    check(
        "{prefixItems: [{type: string}, {const: 1}, {type: string}], items: {type: boolean}}",
        "{items: {anyOf: [{type: string}, {enum: [1]}, {type: boolean}], x-positions: [0, 1, null], x-rest: 2}, type: array, x-prefix-items: [{type: string}, {enum: [1]}, {type: string}]}",
        &[("/items/anyOf/1/enum", "/prefixItems/1/enum"), ("/items/anyOf/2/type", "/items/type")],
    );
    check(
        "{prefixItems: [{type: string}], items: {type: string}}",
        "{items: {type: string}, type: array, x-prefix-items: [{type: string}]}",
        &[("/items/type", "/prefixItems/0/type")],
    );
    check(
        "{prefixItems: [{type: string}, {type: integer}], maxItems: 2}",
        "{items: {anyOf: [{type: string}, {type: integer}], x-positions: [0, 1]}, maxItems: 2, type: array, x-prefix-items: [{type: string}, {type: integer}]}",
        &[],
    );
    check(
        "{prefixItems: [{type: number}, {const: 1}], items: false, minItems: 2}",
        "{items: {oneOf: [{type: number}, {enum: [1]}], x-tuple: true}, minItems: 2, maxItems: 2, type: array, x-prefix-items: [{type: number}, {enum: [1]}]}",
        &[("/items/oneOf/1/enum", "/prefixItems/1/enum"), ("/x-prefix-items/1", "/prefixItems/1")],
    );
    check(
        "{type: object, patternProperties: {'^x/': {const: 1}}, additionalProperties: false}",
        "{type: object, x-read-partly: true, additionalProperties: {enum: [1]}}",
        &[("/additionalProperties", "/patternProperties/^x~1")],
    );
    check(
        "{properties: {a: {}}, patternProperties: {b: {type: string}}}",
        "{properties: {a: {}}, x-read-partly: true}",
        &[],
    );
    check(
        "{patternProperties: {a: {const: 1}, b: {const: 1}}, additionalProperties: {const: 1}}",
        "{x-read-partly: true, additionalProperties: {enum: [1]}}",
        &[],
    );
    check(
        "{patternProperties: {a: {}, b: {type: string}}, additionalProperties: false}",
        "{x-read-partly: true}",
        &[],
    );
}

#[test]
fn subschemas_are_rewritten_but_data_is_not() {
    check(
        "{$defs: {A: {const: 1}}, definitions: {B: {const: 1}}, not: {const: 1}, properties: {enum: {const: 1}, properties: {const: 1}}}",
        "{$defs: {A: {enum: [1]}}, definitions: {B: {enum: [1]}}, not: {enum: [1]}, properties: {enum: {enum: [1]}, properties: {enum: [1]}}}",
        &[],
    );
    let data =
        "{example: {const: 1}, default: {type: [string, 'null']}, enum: [{const: 1}], x-data: {const: 1}}";
    check(data, data, &[]);
    check("{examples: [{const: 1}, 2]}", "{example: {const: 1}, x-examples: [{const: 1}, 2]}", &[]);
    check("{examples: [1], example: 2}", "{example: 2, x-examples: [1]}", &[]);
}

#[test]
fn rewriting_twice_changes_nothing() {
    for schema in [
        "{type: [string, integer, 'null']}",
        "{oneOf: [{type: 'null'}, {$ref: '#/A', description: D}]}",
        "{prefixItems: [{type: number}, {}], exclusiveMinimum: 3}",
        "{prefixItems: [{type: number}, {type: string}], items: {const: true}}",
        "{prefixItems: [{type: number}, {type: [string, 'null']}], minItems: 2, maxItems: 2}",
        "{const: null}",
        "false",
    ] {
        let (once, ..) = rewritten("3.0.0", schema);
        let (twice, ..) = rewritten("3.0.0", &once.to_string());
        assert_eq!(once, twice, "{schema}");
    }
}

#[test]
fn mixed_versions_are_reported_once() {
    let count = |version, schema| rewritten(version, schema).2.len();
    assert_eq!(count("3.0.3", "{type: [string, 'null'], items: {type: [string, 'null']}}"), 1);
    assert_eq!(count("3.0.3", "{type: string, nullable: true, properties: {nullable: {}}}"), 0);
    assert_eq!(count("3.1.0", "{type: string, nullable: true, items: {nullable: false}}"), 1);
    assert_eq!(count("3.1.0", "{type: [string, 'null'], properties: {nullable: {}}}"), 0);
}

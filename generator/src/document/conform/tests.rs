//! Values before and after; what is said about them is tested with the broken documents.

use super::*;

/// What becomes of an object of `kind`; none if it is left out.
#[track_caller]
fn check(kind: Kind, before: &str, after: Option<&str>) {
    let parse = |text: &str| serde_yaml::from_str::<Value>(text).expect("it is YAML");
    let mut value = parse(before);
    let mut diagnostics = Diagnostics::new();
    let mut conform = Conform { is_3_0: false, diagnostics: &mut diagnostics };
    let fate = conform.value(&mut value, Shape::OrReference(kind), &Place::root());
    let found = (fate == Fate::Keep).then_some(value);
    assert_eq!(found, after.map(parse), "{diagnostics:?}");
}

fn repaired(kind: Kind, before: &str, after: &str) {
    check(kind, before, Some(after));
}

fn left_out(kind: Kind, before: &str) {
    check(kind, before, None);
}

#[test]
fn scalars_take_the_type_that_was_meant() {
    repaired(Kind::Schema, "{title: 1, description: true}", "{title: '1', description: 'true'}");
    repaired(
        Kind::Schema,
        "{nullable: 'true', deprecated: 'false', readOnly: yes}",
        "{nullable: true, deprecated: false}",
    );
    repaired(
        Kind::Schema,
        "{minimum: '1.5', maximum: 2.0, multipleOf: 0.1}",
        "{minimum: 1.5, maximum: 2, multipleOf: 0.1}",
    );
    repaired(
        Kind::Schema,
        "{minLength: 1.0, maxLength: '2', minItems: -1, maxItems: 1.5}",
        "{minLength: 1, maxLength: 2}",
    );
    repaired(
        Kind::Schema,
        "{exclusiveMinimum: true, exclusiveMaximum: 3.0}",
        "{exclusiveMinimum: true, exclusiveMaximum: 3}",
    );
    repaired(Kind::Schema, "{maximum: 1.0e+300}", "{maximum: 1.0e+300}");
}

#[test]
fn listed_values_are_of_the_type_beside_them() {
    repaired(
        Kind::Schema,
        "{type: string, enum: [1, '2', true, yes]}",
        "{type: string, enum: ['1', '2', 'true', yes]}",
    );
    repaired(
        Kind::Schema,
        "{type: integer, enum: ['1', 2, x, '1.5']}",
        "{type: integer, enum: [1, 2, x, '1.5']}",
    );
    repaired(Kind::Schema, "{type: boolean, const: 'true'}", "{type: boolean, const: true}");
    repaired(
        Kind::Schema,
        "{type: [string, integer], enum: [1, '2']}",
        "{type: [string, integer], enum: [1, '2']}",
    );
    repaired(
        Kind::Schema,
        "{type: [string, 'null'], enum: [1, null]}",
        "{type: [string, 'null'], enum: ['1', null]}",
    );
    repaired(Kind::Schema, "{enum: [1, '2']}", "{enum: [1, '2']}");
}

#[test]
fn types_are_names_of_types() {
    repaired(Kind::Schema, "{type: null}", "{type: 'null'}");
    repaired(Kind::Schema, "{type: [string, null, 1]}", "{type: [string, 'null']}");
    repaired(Kind::Schema, "{type: [file]}", "{}");
    repaired(Kind::Schema, "{type: String}", "{type: string}");
    repaired(Kind::Schema, "{type: strin}", "{}");
}

#[test]
fn lists_and_maps_hold_what_they_should() {
    repaired(
        Kind::Schema,
        "{required: a, enum: 1, allOf: {type: string}}",
        "{required: [a], enum: [1], allOf: [{type: string}]}",
    );
    repaired(Kind::Schema, "{required: [a, 1, null, {}]}", "{required: [a, '1']}");
    repaired(Kind::Schema, "{properties: {a: null, b: [], c: true}}", "{properties: {a: {}, c: true}}");
    repaired(Kind::Schema, "{items: [{type: string}, null]}", "{prefixItems: [{type: string}]}");
}

#[test]
fn what_is_null_is_absent_except_in_the_owners_data() {
    repaired(
        Kind::Schema,
        "{title: null, items: null, default: null, example: null, enum: [null], const: null, x-a: null}",
        "{default: null, example: null, enum: [null], const: null, x-a: null}",
    );
    repaired(Kind::Responses, "{404: null, x-a: null}", "{404: {description: ''}, x-a: null}");
    repaired(Kind::SecurityRequirement, "{key: null, x-key: null}", "{key: [], x-key: []}");
}

#[test]
fn the_owners_data_is_left_alone() {
    let data =
        "{example: {type: [1], required: 5}, enum: [{nullable: 1}], x-type: {type: 1}, other: {type: 1}}";
    repaired(Kind::Schema, data, data);
}

#[test]
fn parameters_are_sent_somewhere() {
    repaired(
        Kind::Parameter,
        "{name: a, in: path, style: form, schema: {}}",
        "{name: a, in: path, required: true, schema: {}}",
    );
    repaired(Kind::Parameter, "{name: a, in: query}", "{name: a, in: query, schema: {}}");
    repaired(Kind::Parameter, "{name: a, in: query, content: {}}", "{name: a, in: query, content: {}}");
    left_out(Kind::Parameter, "{name: a, in: body}");
    left_out(Kind::Parameter, "{in: query}");
    repaired(Kind::Parameter, "{$ref: '#/a', in: nowhere}", "{$ref: '#/a', in: nowhere}");
    left_out(Kind::Parameter, "{$ref: 1}");
}

#[test]
fn security_schemes_are_of_a_kind() {
    repaired(Kind::SecurityScheme, "{type: oauth2}", "{type: oauth2, flows: {}}");
    repaired(
        Kind::SecurityScheme,
        "{type: oauth2, flows: {implicit: {}}}",
        "{type: oauth2, flows: {implicit: {scopes: {}, authorizationUrl: ''}}}",
    );
    repaired(Kind::SecurityScheme, "{type: openIdConnect}", "{type: openIdConnect, openIdConnectUrl: ''}");
    left_out(Kind::SecurityScheme, "{type: http}");
    left_out(Kind::SecurityScheme, "{type: mutualTLS}");
    left_out(Kind::SecurityScheme, "{type: apiKey, name: a, in: path}");
}

#[test]
fn responses_are_kept_by_their_statuses() {
    let good = "{description: a}";
    let responses = format!("{{200: {good}, 2XX: {good}, 4xx: {good}, default: {good}, x-a: 1}}");
    repaired(Kind::Responses, &responses, &responses);
    repaired(
        Kind::Responses,
        &format!("{{OK: {good}, 20: {good}, 099: {good}, 6XX: {good}, 2X: {good}}}"),
        "{}",
    );
}

#[test]
fn what_was_written_otherwise_before_is_understood() {
    repaired(Kind::Discriminator, "kind", "{propertyName: kind}");
    repaired(Kind::Link, "{operationRef: a, operationId: b}", "{operationId: b}");
    left_out(Kind::Link, "{}");
    repaired(Kind::Operation, "{operationId: ' ', responses: {}}", "{responses: {}}");
    repaired(Kind::Operation, "{}", "{responses: {}}");
}

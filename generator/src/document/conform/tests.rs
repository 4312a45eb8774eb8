//! Values before and after the repair. The tests in `broken_documents` cover the findings.

use super::*;

/// Repairs an object of `kind` and compares the result. `None` means that the object is removed.
#[track_caller]
fn check(kind: ObjectKind, before: &str, after: Option<&str>) {
    let parse = |text: &str| serde_yaml::from_str::<Value>(text).expect("it is YAML");
    let mut value = parse(before);
    let mut diagnostics = Diagnostics::new();
    let mut conform = Conform { minor: 1, moves: Moves::default(), diagnostics: &mut diagnostics };
    let outcome = conform.value(&mut value, Shape::OrReference(kind), &Location::root());
    let found = (outcome == Outcome::Keep).then_some(value);
    assert_eq!(found, after.map(parse), "{diagnostics:?}");
}

fn repaired(kind: ObjectKind, before: &str, after: &str) {
    check(kind, before, Some(after));
}

fn left_out(kind: ObjectKind, before: &str) {
    check(kind, before, None);
}

#[test]
fn scalars_are_converted_to_the_expected_type() {
    repaired(ObjectKind::Schema, "{title: 1, description: true}", "{title: '1', description: 'true'}");
    repaired(
        ObjectKind::Schema,
        "{nullable: 'true', deprecated: 'false', readOnly: yes}",
        "{nullable: true, deprecated: false}",
    );
    repaired(
        ObjectKind::Schema,
        "{minimum: '1.5', maximum: 2.0, multipleOf: 0.1}",
        "{minimum: 1.5, maximum: 2, multipleOf: 0.1}",
    );
    repaired(
        ObjectKind::Schema,
        "{minLength: 1.0, maxLength: '2', minItems: -1, maxItems: 1.5}",
        "{minLength: 1, maxLength: 2}",
    );
    repaired(
        ObjectKind::Schema,
        "{exclusiveMinimum: true, exclusiveMaximum: 3.0}",
        "{exclusiveMinimum: true, exclusiveMaximum: 3}",
    );
    repaired(ObjectKind::Schema, "{maximum: 1.0e+300}", "{maximum: 1.0e+300}");
}

#[test]
fn enum_values_are_converted_to_the_type_of_the_schema() {
    repaired(
        ObjectKind::Schema,
        "{type: string, enum: [1, '2', true, yes]}",
        "{type: string, enum: ['1', '2', 'true', yes]}",
    );
    repaired(
        ObjectKind::Schema,
        "{type: integer, enum: ['1', 2, x, '1.5']}",
        "{type: integer, enum: [1, 2, x, '1.5']}",
    );
    repaired(ObjectKind::Schema, "{type: boolean, const: 'true'}", "{type: boolean, const: true}");
    repaired(
        ObjectKind::Schema,
        "{type: [string, integer], enum: [1, '2']}",
        "{type: [string, integer], enum: [1, '2']}",
    );
    repaired(
        ObjectKind::Schema,
        "{type: [string, 'null'], enum: [1, null]}",
        "{type: [string, 'null'], enum: ['1', null]}",
    );
    repaired(ObjectKind::Schema, "{enum: [1, '2']}", "{enum: [1, '2']}");
}

#[test]
fn unknown_types_are_removed() {
    repaired(ObjectKind::Schema, "{type: null}", "{type: 'null'}");
    repaired(ObjectKind::Schema, "{type: [string, null, 1]}", "{type: [string, 'null']}");
    repaired(ObjectKind::Schema, "{type: [file]}", "{}");
    repaired(ObjectKind::Schema, "{type: String}", "{type: string}");
    repaired(ObjectKind::Schema, "{type: strin}", "{}");
}

#[test]
fn arrays_and_maps_are_repaired() {
    repaired(
        ObjectKind::Schema,
        "{required: a, enum: 1, allOf: {type: string}}",
        "{required: [a], enum: [1], allOf: [{type: string}]}",
    );
    repaired(ObjectKind::Schema, "{required: [a, 1, null, {}]}", "{required: [a, '1']}");
    repaired(ObjectKind::Schema, "{properties: {a: null, b: [], c: true}}", "{properties: {a: {}, c: true}}");
    repaired(ObjectKind::Schema, "{items: [{type: string}, null]}", "{prefixItems: [{type: string}]}");
}

#[test]
fn null_counts_as_absent_except_in_data() {
    repaired(
        ObjectKind::Schema,
        "{title: null, items: null, default: null, example: null, enum: [null], const: null, x-a: null}",
        "{default: null, example: null, enum: [null], const: null, x-a: null}",
    );
    repaired(ObjectKind::Responses, "{404: null, x-a: null}", "{404: {description: ''}, x-a: null}");
    repaired(ObjectKind::SecurityRequirement, "{key: null, x-key: null}", "{key: [], x-key: []}");
}

#[test]
fn data_is_not_changed() {
    let data =
        "{example: {type: [1], required: 5}, enum: [{nullable: 1}], x-type: {type: 1}, other: {type: 1}}";
    repaired(ObjectKind::Schema, data, data);
}

#[test]
fn parameters_are_repaired_or_removed() {
    repaired(
        ObjectKind::Parameter,
        "{name: a, in: path, style: form, schema: {}}",
        "{name: a, in: path, required: true, schema: {}}",
    );
    repaired(ObjectKind::Parameter, "{name: a, in: query}", "{name: a, in: query, schema: {}}");
    repaired(ObjectKind::Parameter, "{name: a, in: query, content: {}}", "{name: a, in: query, content: {}}");
    left_out(ObjectKind::Parameter, "{name: a, in: body}");
    left_out(ObjectKind::Parameter, "{in: query}");
    repaired(ObjectKind::Parameter, "{$ref: '#/a', in: nowhere}", "{$ref: '#/a', in: nowhere}");
    left_out(ObjectKind::Parameter, "{$ref: 1}");
}

#[test]
fn security_schemes_are_repaired_or_removed() {
    repaired(ObjectKind::SecurityScheme, "{type: oauth2}", "{type: oauth2, flows: {}}");
    repaired(
        ObjectKind::SecurityScheme,
        "{type: oauth2, flows: {implicit: {}}}",
        "{type: oauth2, flows: {implicit: {scopes: {}, authorizationUrl: ''}}}",
    );
    repaired(
        ObjectKind::SecurityScheme,
        "{type: openIdConnect}",
        "{type: openIdConnect, openIdConnectUrl: ''}",
    );
    left_out(ObjectKind::SecurityScheme, "{type: http}");
    repaired(ObjectKind::SecurityScheme, "{type: mutualTLS}", "{type: mutualTLS}");
    left_out(ObjectKind::SecurityScheme, "{type: apiKey, name: a, in: path}");
}

#[test]
fn responses_with_an_invalid_status_are_removed() {
    let good = "{description: a}";
    let responses = format!("{{200: {good}, 2XX: {good}, 4xx: {good}, default: {good}, x-a: 1}}");
    repaired(ObjectKind::Responses, &responses, &responses);
    repaired(
        ObjectKind::Responses,
        &format!("{{OK: {good}, 20: {good}, 099: {good}, 6XX: {good}, 2X: {good}}}"),
        "{}",
    );
}

#[test]
fn old_syntax_is_upgraded() {
    repaired(ObjectKind::Discriminator, "kind", "{propertyName: kind}");
    repaired(ObjectKind::Link, "{operationRef: a, operationId: b}", "{operationId: b}");
    left_out(ObjectKind::Link, "{}");
    repaired(ObjectKind::Operation, "{operationId: ' ', responses: {}}", "{responses: {}}");
    repaired(ObjectKind::Operation, "{}", "{responses: {}}");
}

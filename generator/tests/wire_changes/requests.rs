//! Parameters and request bodies.

use super::{DONE, check, check_messages, get};

fn parameters(parameters: &str) -> String {
    get(&format!("parameters: [{parameters}], {DONE}"))
}

/// Returns a document whose operation has the query parameter `limit`.
fn limit(more: &str) -> String {
    parameters(&format!("{{ name: limit, in: query, {more} }}"))
}

#[test]
fn a_parameter_is_added() {
    check(
        &parameters(""),
        &limit("required: true, schema: { type: integer }"),
        &["error new-required-request-parameter request GET /pets"],
        &["warning request-parameter-removed request GET /pets"],
    );
    check(
        &parameters(""),
        &limit("schema: { type: integer }"),
        &[],
        &["warning request-parameter-removed request GET /pets"],
    );
}

#[test]
fn a_parameter_is_required() {
    check(
        &limit("schema: { type: integer }"),
        &limit("required: true, schema: { type: integer }"),
        &["error request-parameter-became-required request GET /pets"],
        &[],
    );
}

#[test]
fn a_parameter_moves() {
    check(
        &parameters("{ name: Limit, in: header, schema: { type: integer } }"),
        &limit("required: true, schema: { type: integer }"),
        &["error request-parameter-location-changed request GET /pets"],
        &["warning request-parameter-location-changed request GET /pets"],
    );
    check_messages(
        &parameters("{ name: Limit, in: header, schema: { type: integer } }"),
        &limit("schema: { type: integer }"),
        &["the header parameter `Limit` became a query parameter"],
    );
}

#[test]
fn the_case_of_a_header_has_no_effect() {
    let header =
        |name: &str| parameters(&format!("{{ name: {name}, in: header, schema: {{ type: string }} }}"));
    check(&header("X-Limit"), &header("x-limit"), &[], &[]);
}

#[test]
fn a_parameter_has_another_type() {
    check(
        &limit("schema: { type: boolean }"),
        &limit("schema: { type: integer }"),
        &["error request-parameter-type-changed request GET /pets"],
        &["error request-parameter-type-changed request GET /pets"],
    );
}

/// Outside of JSON, each number is a string.
#[test]
fn a_parameter_becomes_text() {
    let error = ["error request-parameter-type-changed request GET /pets"];
    let list = |items: &str| limit(&format!("schema: {{ type: array, items: {{ type: {items} }} }}"));
    check(&limit("schema: { type: integer }"), &limit("schema: { type: string }"), &[], &error);
    check(&list("integer"), &list("string"), &[], &error);
    check(
        &limit("schema: { type: integer }"),
        &limit("schema: { type: string, pattern: '^a' }"),
        &["error request-parameter-pattern-added request GET /pets"],
        &error,
    );
    let json = |ty: &str| limit(&format!("content: {{ application/json: {{ schema: {{ type: {ty} }} }} }}"));
    check(&json("integer"), &json("string"), &error, &error);
}

#[test]
fn a_path_parameter_becomes_text() {
    let path = |ty: &str| {
        format!(
            "paths: {{ '/pets/{{id}}': {{ get: {{ parameters: [{{ name: id, in: path, required: true, schema: {{ type: {ty} }} }}], responses: {{ '204': {{ description: Done. }} }} }} }} }}"
        )
    };
    let error = "error request-parameter-type-changed request GET /pets/{id}";
    check(&path("integer"), &path("string"), &[], &[error]);
}

#[test]
fn one_value_is_a_list_in_a_query() {
    check(
        &limit("schema: { type: string }"),
        &limit("schema: { type: array, items: { type: string } }"),
        &[],
        &["error request-parameter-type-changed request GET /pets"],
    );
}

#[test]
fn a_parameter_has_another_style() {
    let list = "schema: { type: array, items: { type: string } }";
    check(
        &limit(list),
        &limit(&format!("explode: false, {list}")),
        &["error request-parameter-style-changed request GET /pets"],
        &["error request-parameter-style-changed request GET /pets"],
    );
}

#[test]
fn a_parameter_has_another_default() {
    check(
        &limit("schema: { type: integer, default: 20 }"),
        &limit("schema: { type: integer, default: 50 }"),
        &["warning request-parameter-default-value-changed request GET /pets"],
        &["warning request-parameter-default-value-changed request GET /pets"],
    );
}

#[test]
fn a_parameter_lists_values() {
    check(
        &limit("schema: { type: string }"),
        &limit("schema: { type: string, enum: [a, b] }"),
        &["error request-parameter-became-enum request GET /pets"],
        &[],
    );
    check(
        &limit("schema: { type: string, enum: [a, b] }"),
        &limit("schema: { type: string, enum: [a] }"),
        &["error request-parameter-enum-value-removed request GET /pets"],
        &[],
    );
}

#[test]
fn limits_of_a_parameter() {
    let integer = |more: &str| limit(&format!("schema: {{ type: integer, {more} }}"));
    let check = |old: &str, new: &str, expected: &str| {
        let expected = format!("{expected} request GET /pets");
        check(&integer(old), &integer(new), &[&expected], &[]);
    };
    check("", "maximum: 9", "warning request-parameter-max-set");
    check("maximum: 10", "maximum: 9", "error request-parameter-max-decreased");
    check("maximum: 10", "exclusiveMaximum: 10", "error request-parameter-exclusive-max-decreased");
    check("", "exclusiveMinimum: 0.5", "warning request-parameter-exclusive-min-set");
    check("", "minimum: 9", "warning request-parameter-min-set");
    check("minimum: 8", "minimum: 9", "error request-parameter-min-increased");
    check("", "multipleOf: 5", "warning request-parameter-multiple-of-changed");
    check("multipleOf: 5", "multipleOf: 10", "error request-parameter-multiple-of-changed");
}

#[test]
fn a_shared_parameter_is_reported_once() {
    let document = |required: bool| {
        let operation = |id: &str| {
            format!(
                "{{ operationId: {id}, parameters: [{{ $ref: '#/components/parameters/Limit' }}], {DONE} }}"
            )
        };
        format!(
            "paths: {{ /a: {{ get: {} }}, /b: {{ get: {} }} }}
components: {{ parameters: {{ Limit: {{
  name: limit, in: query, required: {required}, schema: {{ type: integer }} }} }} }}",
            operation("a"),
            operation("b")
        )
    };
    check(
        &document(false),
        &document(true),
        &["error request-parameter-became-required request GET /a, GET /b"],
        &[],
    );
}

fn body(body: &str) -> String {
    let body = if body.is_empty() { String::new() } else { format!("requestBody: {{ {body} }}, ") };
    format!("paths: {{ /pets: {{ post: {{ operationId: post, {body}{DONE} }} }} }}")
}

fn json(schema: &str) -> String {
    body(&format!("content: {{ application/json: {{ schema: {schema} }} }}"))
}

#[test]
fn a_body_is_added() {
    let content = "content: { application/json: { schema: { type: string } } }";
    check(
        &body(""),
        &body(&format!("required: true, {content}")),
        &["error request-body-added-required request POST /pets"],
        &["warning request-body-removed request POST /pets"],
    );
    check(
        &body(content),
        &body(&format!("required: true, {content}")),
        &["error request-body-became-required request POST /pets"],
        &[],
    );
}

#[test]
fn a_media_type_of_the_body_is_removed() {
    let json = "application/json: { schema: { type: object } }";
    check(
        &body(&format!("content: {{ {json}, text/plain: {{}} }}")),
        &body(&format!("content: {{ {json} }}")),
        &["error request-body-media-type-removed request POST /pets"],
        &[],
    );
    // Parameters of a media type do not matter.
    let text = |name: &str| body(&format!("content: {{ {name}: {{}} }}"));
    check(&text("text/plain"), &text("text/plain; charset=utf-8"), &[], &[]);
}

#[test]
fn limits_of_the_whole_body() {
    check(
        &json("{ type: string }"),
        &json("{ type: string, minLength: 2 }"),
        &["warning request-body-min-length-increased request POST /pets"],
        &[],
    );
    check(
        &json("{ type: array, items: { type: string }, maxItems: 10 }"),
        &json("{ type: array, items: { type: string }, maxItems: 9 }"),
        &["error request-body-max-items-decreased request POST /pets"],
        &[],
    );
}

#[test]
fn the_body_has_another_type() {
    check(
        &json("{ type: string }"),
        &json("{ type: array, items: { type: string } }"),
        &["error request-body-type-changed request POST /pets"],
        &["error request-body-type-changed request POST /pets"],
    );
    check(
        &json("{ type: array, items: { type: [string, 'null'] } }"),
        &json("{ type: array, items: { type: string } }"),
        &["error request-body-became-not-nullable request POST /pets"],
        &[],
    );
}

#[test]
fn parts_of_a_form() {
    let form = |properties: &str, required: &str| {
        body(&format!(
            "content: {{ multipart/form-data: {{ schema: {{
  type: object, required: [{required}], properties: {{ {properties} }} }} }} }}"
        ))
    };
    let name = "name: { type: string }";
    check(
        &form(name, ""),
        &form(&format!("{name}, age: {{ type: integer }}"), "age"),
        &["error new-required-request-property request POST /pets"],
        &["warning request-property-removed request POST /pets"],
    );
    check(
        &form(name, ""),
        &form(name, "name"),
        &["error request-property-became-required request POST /pets"],
        &[],
    );
    check(
        &form("file: { type: string, format: binary }", ""),
        &form("file: { type: integer }", ""),
        &["error request-property-type-changed request POST /pets"],
        &["error request-property-type-changed request POST /pets"],
    );
}

//! Statuses, media types, headers and errors.

use super::{check, check_messages, get};

fn responses(responses: &str) -> String {
    get(&format!("responses: {{ {responses} }}"))
}

fn json(status: &str, schema: &str) -> String {
    format!("'{status}': {{ description: Done., content: {{ application/json: {{ schema: {schema} }} }} }}")
}

#[test]
fn the_body_has_another_type() {
    check(
        &responses(&json("200", "{ type: string }")),
        &responses(&json("200", "{ type: integer }")),
        &["error response-body-type-changed response GET /pets"],
        &["error response-body-type-changed response GET /pets"],
    );
    check(
        &responses(&json("200", "{ type: string }")),
        &responses(&json("200", "{ type: [string, 'null'] }")),
        &["error response-body-became-nullable response GET /pets"],
        &[],
    );
}

#[test]
fn the_response_has_no_body() {
    check(
        &responses(&json("200", "{ type: string }")),
        &responses("'200': { description: Done. }"),
        &["error response-body-removed response GET /pets"],
        &[],
    );
}

#[test]
fn the_status_changes() {
    // Old clients decode every success alike.
    check(
        &responses(&json("200", "{ type: string }")),
        &responses(&json("201", "{ type: string }")),
        &["note response-success-status-removed response GET /pets"],
        &["note response-success-status-removed response GET /pets"],
    );
    check(
        &responses(&json("200", "{ type: string }")),
        &responses("'204': { description: Done. }"),
        &[
            "error response-body-removed response GET /pets",
            "note response-success-status-removed response GET /pets",
        ],
        &["note response-success-status-removed response GET /pets"],
    );
    check(
        &responses(&json("200", "{ type: string }")),
        &responses(&json("2XX", "{ type: string }")),
        &[],
        &[],
    );
}

#[test]
fn a_status_of_several_is_removed() {
    let both =
        responses(&format!("{}, {}", json("200", "{ type: string }"), json("201", "{ type: integer }")));
    check(
        &both,
        &responses(&json("200", "{ type: string }")),
        &["warning response-success-status-removed response GET /pets"],
        &["error response-body-type-changed response GET /pets"],
    );
    let three = responses(&format!(
        "{}, {}, {}",
        json("200", "{ type: string }"),
        json("201", "{ type: integer }"),
        json("202", "{ type: boolean }")
    ));
    check(
        &both,
        &three,
        &["note response-success-status-added response GET /pets"],
        &["warning response-success-status-removed response GET /pets"],
    );
}

#[test]
fn a_media_type_is_removed() {
    let media_types =
        |names: &str| responses(&format!("'200': {{ description: Done., content: {{ {names} }} }}"));
    let json = "application/json: { schema: { type: object } }";
    check(
        &media_types(json),
        &media_types("text/csv: {}"),
        &["error response-media-type-removed response GET /pets"],
        &["error response-media-type-removed response GET /pets"],
    );
    check(
        &media_types(&format!("{json}, text/csv: {{}}")),
        &media_types(json),
        &["error response-media-type-removed response GET /pets"],
        &[],
    );
    check_messages(
        &media_types(json),
        &media_types("text/csv: {}"),
        &["old clients accept `application/json`, but the response is text/csv"],
    );
}

#[test]
fn a_header_changes() {
    let header =
        |header: &str| responses(&format!("'204': {{ description: Done., headers: {{ {header} }} }}"));
    check(
        &header("X-Left: { schema: { type: integer } }"),
        &header(""),
        &["warning optional-response-header-removed response GET /pets"],
        &[],
    );
    check(
        &header("X-Left: { schema: { type: integer } }"),
        &header("x-left: { schema: { type: boolean } }"),
        &["warning response-header-type-changed response GET /pets"],
        &["warning response-header-type-changed response GET /pets"],
    );
}

#[test]
fn callers_decode_errors_on_demand() {
    let error = |required: &str| {
        let schema =
            format!("{{ type: object, required: [{required}], properties: {{ code: {{ type: string }} }} }}");
        responses(&format!("'204': {{ description: Done. }}, {}", json("400", &schema)))
    };
    check(&error("code"), &error(""), &["warning response-property-became-optional response GET /pets"], &[]);
}

#[test]
fn a_shared_schema_is_reported_once_with_all_operations() {
    let document = |required: &str| {
        let get = |id: &str| {
            format!(
                "{{ get: {{ operationId: {id}, responses: {{ {} }} }} }}",
                json("200", "{ $ref: '#/components/schemas/Pet' }")
            )
        };
        format!(
            "paths: {{ /b: {}, /a: {} }}
components: {{ schemas: {{ Pet: {{ type: object, required: [{required}], properties: {{ name: {{ type: string }} }} }} }} }}",
            get("b"),
            get("a")
        )
    };
    check(
        &document("name"),
        &document(""),
        &["error response-property-became-optional response GET /a, GET /b"],
        &[],
    );
}

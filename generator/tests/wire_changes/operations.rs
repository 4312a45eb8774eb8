//! Operations, servers and credentials.

use super::{DONE, check, check_messages, get};

fn paths(paths: &str) -> String {
    format!("paths: {{ {paths} }}")
}

fn operation(id: &str, more: &str) -> String {
    format!("{{ operationId: {id}, {more} {DONE} }}")
}

#[test]
fn an_operation_is_removed() {
    let old = paths(&format!(
        "/pets: {{ get: {}, put: {} }}",
        operation("a", ""),
        operation("b", "deprecated: true,")
    ));
    let new = paths("/pets: {}");
    check(
        &old,
        &new,
        &[
            "error api-removed-without-deprecation request GET /pets",
            "error api-removed-with-deprecation request PUT /pets",
        ],
        &[],
    );
    check_messages(
        &old,
        &new,
        &["`GET /pets` was removed", "`PUT /pets` was removed after it had been deprecated"],
    );
}

#[test]
fn a_path_is_the_same_by_the_positions_of_its_parameters() {
    let path = |name: &str| {
        let parameter = format!(
            "parameters: [{{ name: {name}, in: path, required: true, schema: {{ type: string }} }}],"
        );
        paths(&format!("'/pets/{{{name}}}': {{ get: {} }}", operation("a", &parameter)))
    };
    check(&path("id"), &path("petId"), &[], &[]);
}

#[test]
fn an_operation_moves_by_its_id() {
    let old = paths(&format!("/pets: {{ get: {} }}", operation("list", "")));
    let new = paths(&format!("/animals: {{ post: {} }}", operation("list", "")));
    check(
        &old,
        &new,
        &["error api-path-changed request GET /pets"],
        &["error api-path-changed request POST /animals"],
    );
    check_messages(&old, &new, &["`GET /pets` became `POST /animals`"]);
}

#[test]
fn the_server_changes() {
    let document = |url: &str, others: &str| format!("servers: [{{ url: '{url}' }}{others}]\n{}", get(DONE));
    check(
        &document("https://a.example.com", ""),
        &document("https://b.example.com", ""),
        &["warning api-server-changed request GET /pets"],
        &["warning api-server-changed request GET /pets"],
    );
    // The old server is still listed.
    check(
        &document("https://a.example.com", ""),
        &document("https://b.example.com", ", { url: 'https://a.example.com/' }"),
        &[],
        &["warning api-server-changed request GET /pets"],
    );
}

const SCHEMES: &str = "components: { securitySchemes: {
  token: { type: http, scheme: bearer },
  other: { type: http, scheme: bearer },
  key: { type: apiKey, in: header, name: X-Key } } }";

fn secured(security: &str) -> String {
    format!("{}\n{SCHEMES}", get(&format!("security: {security}, {DONE}")))
}

#[test]
fn credentials_are_required() {
    check(&secured("[]"), &secured("[{ token: [] }]"), &["error api-security-added request GET /pets"], &[]);
    check(
        &secured("[{}, { token: [] }]"),
        &secured("[{ token: [] }]"),
        &["warning api-security-added request GET /pets"],
        &[],
    );
}

#[test]
fn credentials_no_longer_suffice() {
    check(
        &secured("[{ token: [] }]"),
        &secured("[{ key: [] }]"),
        &["error api-security-removed request GET /pets"],
        &["error api-security-removed request GET /pets"],
    );
    check(
        &secured("[{ token: [] }, { key: [] }]"),
        &secured("[{ token: [] }]"),
        &["warning api-security-removed request GET /pets"],
        &[],
    );
    check(
        &secured("[{ token: [] }]"),
        &secured("[{ token: [], key: [] }]"),
        &["error api-security-removed request GET /pets"],
        &[],
    );
    check_messages(
        &secured("[{ token: [] }]"),
        &secured("[{ token: [], key: [] }]"),
        &["a bearer token no longer suffices; requests need a bearer token and the header `x-key`"],
    );
}

#[test]
fn the_name_of_a_scheme_has_no_effect() {
    check(&secured("[{ token: [] }]"), &secured("[{ other: [] }]"), &[], &[]);
}

#[test]
fn default_security_is_reported_once() {
    let document = |security: &str| {
        let get = |id: &str| format!("{{ get: {} }}", operation(id, ""));
        format!("security: {security}\npaths: {{ /a: {}, /b: {} }}\n{SCHEMES}", get("a"), get("b"))
    };
    check(
        &document("[]"),
        &document("[{ token: [] }]"),
        &["error api-security-added request GET /a, GET /b"],
        &[],
    );
}

fn with_tokens(url: &str, scopes: &str) -> String {
    format!(
        "{}
components: {{ securitySchemes: {{ auth: {{ type: oauth2, flows: {{ clientCredentials: {{
  tokenUrl: '{url}', scopes: {{ read: Read., write: Write. }} }} }} }} }} }}",
        get(&format!("security: [{{ auth: {scopes} }}], {DONE}"))
    )
}

#[test]
fn a_scope_is_required() {
    let url = "https://example.com/token";
    check(
        &with_tokens(url, "[read]"),
        &with_tokens(url, "[read, write]"),
        &["warning api-security-scope-added request GET /pets"],
        &[],
    );
}

#[test]
fn the_token_url_changes() {
    check(
        &with_tokens("https://a.example.com/token", "[]"),
        &with_tokens("https://b.example.com/token", "[]"),
        &["warning api-security-component-oauth-token-url-changed request GET /pets"],
        &["warning api-security-component-oauth-token-url-changed request GET /pets"],
    );
}

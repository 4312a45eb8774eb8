//! The checks of the mock server on parameters that can be written in several ways: in paths, headers, cookies, and
//! objects and JSON in the query.

use runtime::mock::{Constraints, Endpoint, MockServer, Parameter, Resource};
use runtime::{Api, Client, Method, Operation, Request, RetryPolicy, Style};
use serde_json::json;

use crate::TRANSPORT;

static API: Api = Api { user_agent: "pets/0.1.0", ..Api::EMPTY };

static PATH: Operation = Operation::new("path", Method::GET, "/{ids}/{tag}/{kinds}/{at}");
static FIND: Operation = Operation::new("find", Method::GET, "/find");

static RESOURCES: &[&Resource] = &[&Resource {
    endpoints: &[
        Endpoint::new(Operation::new("path", Method::GET, "/{ids}/{tag}/{kinds}/{at}"))
            .responds_with(204, &[]),
        Endpoint::new(Operation::new("find", Method::GET, "/find"))
            .requires(&[Parameter::Cookie("session")])
            .responds_with(204, &[]),
    ],
    responses: "{}",
}];

static CONSTRAINTS: Constraints = Constraints::new(
    r#"{
        "operations": {
            "path": {
                "parameters": [
                    { "name": "ids", "in": "path", "schema": 0, "form": "list", "delimiter": "," },
                    { "name": "tag", "in": "path", "schema": 2, "form": "value", "prefix": "label" },
                    { "name": "kinds", "in": "path", "schema": 3, "form": "list", "prefix": "matrix" },
                    { "name": "at", "in": "path", "schema": 4, "form": "json" }
                ]
            },
            "find": {
                "parameters": [
                    { "name": "x-ids", "in": "header", "schema": 0, "form": "list", "delimiter": "," },
                    { "name": "session", "in": "cookie", "schema": 2, "form": "value" },
                    { "name": "seen", "in": "cookie", "schema": 3, "form": "list", "delimiter": "," },
                    { "name": "near", "in": "query", "schema": 4, "form": "json" },
                    { "name": "size", "in": "query", "schema": 1, "form": "value" },
                    { "name": "where[age]", "in": "query", "schema": 1, "form": "value" }
                ],
                "objects": [
                    { "name": "page", "properties": ["size", "sort"], "required": ["size"] },
                    { "name": "where", "properties": ["age"], "required": ["age"], "deep": true, "closed": true }
                ]
            }
        },
        "schemas": [
            { "type": ["array"], "maxItems": 2, "items": 1 },
            { "type": ["integer"], "maximum": 9 },
            { "type": ["string"], "maxLength": 3 },
            { "type": ["array"], "maxItems": 2, "items": 5 },
            { "type": ["object"], "required": ["x"], "properties": { "x": 1 } },
            { "type": ["string"], "enum": ["dog", "a,b"] }
        ]
    }"#,
);

fn mock() -> MockServer {
    MockServer::serve_checking(&API, RESOURCES, &CONSTRAINTS).unwrap()
}

fn client(mock: &MockServer) -> Client {
    mock.builder().retry(RetryPolicy::none()).transport(TRANSPORT.clone()).build().unwrap()
}

/// Sends a request, and compares the end of the rejection: the location and the problem. A valid request has none.
async fn check(mock: &MockServer, request: Request, expected: &str) {
    let sent = request.send().await;
    assert!(sent.as_ref().err().is_none_or(|error| error.status().is_some()), "{sent:?}");
    let received = mock.requests().pop().unwrap();
    let found =
        received.rejection().map(|rejection| format!("{}: {}", rejection.location(), rejection.problem()));
    let cookies = received.header("cookie");
    assert_eq!(found.unwrap_or_default(), expected, "{}?{} {cookies:?}", received.path(), received.query());
}

#[tokio::test]
async fn values_in_paths_have_styles() {
    let mock = mock();
    let client = client(&mock);
    let path = |ids: &[&str], tag: &str, kinds: &[&str], at: &serde_json::Value| {
        let request = Request::new(&client, &PATH).path("ids", &ids).path_as("tag", Style::LABEL, &tag);
        let request = request.path_as("kinds", Style::MATRIX.exploded(), &kinds);
        request.path_as("at", Style::JSON, at)
    };
    let at = json!({ "x": 1 });
    check(&mock, path(&["1", "9"], "abc", &["dog", "a,b"], &at), "").await;
    check(&mock, path(&["1"], "1.2", &["dog"], &at), "").await;
    let problem = "path parameter \"ids\": $[1]: more than 9 (`maximum`)";
    check(&mock, path(&["1", "10"], "a", &["dog"], &at), problem).await;
    let problem = "path parameter \"ids\": more than 2 items (`maxItems`)";
    check(&mock, path(&["1", "2", "3"], "a", &["dog"], &at), problem).await;
    let problem = "path parameter \"tag\": longer than 3 characters (`maxLength`)";
    check(&mock, path(&["1"], "abcd", &["dog"], &at), problem).await;
    let problem = "path parameter \"kinds\": $[1]: expected one of `dog`, `a,b` (`enum`)";
    check(&mock, path(&["1"], "a", &["dog", "cat"], &at), problem).await;
    let problem = "path parameter \"at\": $.x: required, but missing (`required`)";
    check(&mock, path(&["1"], "a", &["dog"], &json!({ "y": 1 })), problem).await;
    // Other clients encode all commas, or write no prefixes.
    check(&mock, client.request(Method::GET, "/1%2C2/.a/;kinds=a%2Cb/%7B%22x%22:1%7D"), "").await;
}

#[tokio::test]
async fn lists_in_headers_are_checked() {
    let mock = mock();
    let client = client(&mock);
    let find = |ids: &str| Request::new(&client, &FIND).cookie("session", &"abc").header("x-ids", &ids);
    for valid in ["1", "1,9", "1, 9", " ", "1,,9", "\"1\",9"] {
        check(&mock, find(valid), "").await;
    }
    check(&mock, find("1,10"), "header \"x-ids\": $[1]: more than 9 (`maximum`)").await;
    check(&mock, find("1,a"), "header \"x-ids\": $[1]: expected the type integer (`type`)").await;
    check(&mock, find("1,2,3"), "header \"x-ids\": more than 2 items (`maxItems`)").await;
}

#[tokio::test]
async fn cookies_are_checked() {
    let mock = mock();
    let client = client(&mock);
    let missing = "cookie \"session\": required, but missing";
    check(&mock, Request::new(&client, &FIND), missing).await;
    check(&mock, Request::new(&client, &FIND).cookie("other", &"session=1"), missing).await;
    let find = |session: &str| Request::new(&client, &FIND).cookie("session", &session);
    check(&mock, find("a b"), "").await;
    check(&mock, find("a;b"), "").await;
    check(&mock, find("abcd"), "cookie \"session\": longer than 3 characters (`maxLength`)").await;
    let seen = |kinds: &[&str]| find("a").cookie_as("seen", Style::FORM, &kinds);
    check(&mock, seen(&["dog", "a,b"]), "").await;
    check(&mock, seen(&[]), "").await;
    let problem = "cookie \"seen\": $[0]: expected one of `dog`, `a,b` (`enum`)";
    check(&mock, seen(&["cat"]), problem).await;
    // As other clients write cookies.
    let raw = |cookies: &str| client.request(Method::GET, "/find").header("cookie", &cookies);
    for valid in [
        "session=\"abc\"",
        "session=abcd; session=abc",
        "a=1;session=a b",
        "session=a; seen=\"dog,dog\"",
        "session=a; seen=\"a,b\",dog",
        "session=\"ab;cd\"",
    ] {
        check(&mock, raw(valid), "").await;
    }
    check(&mock, raw("session=\"abcd\""), "cookie \"session\": longer than 3 characters (`maxLength`)").await;
}

#[tokio::test]
async fn json_and_objects_in_the_query_are_checked() {
    let mock = mock();
    let client = client(&mock);
    let find = || Request::new(&client, &FIND).cookie("session", &"a");
    let near = |near: &serde_json::Value| find().query_as("near", Style::JSON, near);
    check(&mock, near(&json!({ "x": 9, "y": "+" })), "").await;
    check(&mock, near(&json!({ "x": 9.0 })), "").await;
    check(&mock, near(&json!({ "x": null })), "").await;
    check(&mock, near(&json!({ "x": 10 })), "query parameter \"near\": $.x: more than 9 (`maximum`)").await;
    let problem = "query parameter \"near\": $.x: expected the type integer (`type`)";
    check(&mock, near(&json!({ "x": "1" })), problem).await;
    check(&mock, find().query("near", &"{"), "query parameter \"near\": not valid JSON").await;

    let page = |page: &serde_json::Value| find().query("page", page);
    check(&mock, page(&json!({ "size": 9, "sort": "a" })), "").await;
    check(&mock, page(&json!({})), "").await;
    check(&mock, page(&json!({ "size": 10 })), "query parameter \"size\": more than 9 (`maximum`)").await;
    check(&mock, page(&json!({ "sort": "a" })), "query parameter \"size\": required, but missing").await;

    let filter = |filter: &serde_json::Value| find().query_as("where", Style::DEEP_OBJECT, filter);
    check(&mock, filter(&json!({ "age": 9 })), "").await;
    check(&mock, filter(&json!({})), "").await;
    check(&mock, filter(&json!({ "age": [1, 2] })), "").await;
    let problem = "query parameter \"where[age]\": more than 9 (`maximum`)";
    check(&mock, filter(&json!({ "age": 10 })), problem).await;
    let problem =
        "query parameter \"where[kind]\": the document has no such property (`additionalProperties`)";
    check(&mock, filter(&json!({ "age": 1, "kind": 1 })), problem).await;
    let raw = |query: &str| find().query_form(&query, &[]);
    let problem = "query parameter \"where[]\": the document has no such property (`additionalProperties`)";
    check(&mock, raw("where[]=1"), problem).await;
    check(&mock, raw("where=1&wherever[a]=1&near=%7B%22x%22:1,%22y%22:%22+%22%7D"), "").await;
}

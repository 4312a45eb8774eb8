//! Parameter styles: how lists and objects are encoded in paths, queries, headers and cookies.

use std::collections::BTreeMap;

use runtime::{Method, Operation, Parameter, Request, Style};
use serde_json::json;

use crate::client;
use crate::server::{Reply, Server};

static IN_PATH: Operation = Operation::new("path", Method::GET, "/a/{color}");
static IN_QUERY: Operation = Operation::new("query", Method::GET, "/a");

async fn sent(
    request: impl FnOnce(Request) -> Request,
    operation: &'static Operation,
) -> (String, Option<String>, Option<String>) {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    request(Request::new(&client(&server), operation)).send().await.unwrap();
    let received = server.only_request();
    let header = |name| received.header(name).map(str::to_owned);
    (received.line.clone(), header("x-color"), header("cookie"))
}

#[track_caller]
fn check_query(found: &str, expected: &str) {
    assert_eq!(found.strip_prefix("GET /a").unwrap(), expected);
}

/// The examples of OpenAPI 3.1.1, section 4.8.12.6.
#[tokio::test]
async fn encodes_path_parameters() {
    let (empty, text) = (json!(""), json!("blue"));
    let (list, object) = (json!(["blue", "black"]), json!({"B": 150, "G": 200}));
    let cases: [(Style, &dyn Parameter, &str); 13] = [
        (Style::MATRIX, &empty, "/;color"),
        (Style::MATRIX, &text, "/;color=blue"),
        (Style::MATRIX, &list, "/;color=blue,black"),
        (Style::MATRIX, &object, "/;color=B,150,G,200"),
        (Style::MATRIX.exploded(), &list, "/;color=blue;color=black"),
        (Style::MATRIX.exploded(), &object, "/;B=150;G=200"),
        (Style::LABEL, &text, "/.blue"),
        (Style::LABEL, &list, "/.blue,black"),
        (Style::LABEL.exploded(), &list, "/.blue.black"),
        (Style::LABEL.exploded(), &object, "/.B=150.G=200"),
        (Style::SIMPLE, &object, "/B,150,G,200"),
        (Style::SIMPLE.exploded(), &object, "/B=150,G=200"),
        (Style::JSON, &list, "/%5B%22blue%22%2C%22black%22%5D"),
    ];
    for (style, value, expected) in cases {
        check_query(&sent(|request| request.path_as("color", style, value), &IN_PATH).await.0, expected);
    }
}

#[tokio::test]
async fn encodes_query_parameters() {
    let list = json!(["a b", "c,d"]);
    let object = json!({"R": 100, "in": {"z": true}, "none": null, "to": ["x", "y"]});
    let cases: [(Style, &dyn Parameter, &str); 12] = [
        (Style::FORM, &list, "?color=a%20b,c%2Cd"),
        (Style::FORM.exploded(), &list, "?color=a%20b&color=c%2Cd"),
        (Style::FORM, &json!({"R": 100, "S": "x"}), "?color=R,100,S,x"),
        (Style::FORM.exploded(), &object, "?R=100&in=%7B%22z%22%3Atrue%7D&to=x&to=y"),
        (Style::SPACE_DELIMITED, &list, "?color=a%20b%20c%2Cd"),
        (Style::PIPE_DELIMITED, &list, "?color=a%20b%7Cc%2Cd"),
        (
            Style::DEEP_OBJECT,
            &object,
            "?color%5BR%5D=100&color%5Bin%5D%5Bz%5D=true&color%5Bto%5D=x&color%5Bto%5D=y",
        ),
        (Style::DEEP_OBJECT, &list, "?color=a%20b&color=c%2Cd"),
        (
            Style::JSON,
            &json!({"a": [1, null, 1.5, "\""]}),
            "?color=%7B%22a%22%3A%5B1%2Cnull%2C1.5%2C%22%5C%22%22%5D%7D",
        ),
        (Style::FORM.allow_reserved(), &json!("/a?b=c,d&e#f+g%"), "?color=/a?b=c,d%26e%23f%2Bg%25"),
        (Style::FORM.exploded(), &json!([]), ""),
        (Style::FORM.exploded().allow_empty(), &json!([]), "?color="),
    ];
    for (style, value, expected) in cases {
        check_query(&sent(|request| request.query_as("color", style, value), &IN_QUERY).await.0, expected);
    }
}

#[tokio::test]
async fn encodes_header_parameters() {
    let object = BTreeMap::from([("R", 100), ("S", 200)]);
    for (style, expected) in [(Style::SIMPLE, "R,100,S,200"), (Style::SIMPLE.exploded(), "R=100,S=200")] {
        let found = sent(|request| request.header_as("x-color", style, &object), &IN_QUERY).await;
        assert_eq!(found.1.as_deref(), Some(expected));
    }
}

#[tokio::test]
async fn encodes_cookie_parameters() {
    let found = sent(
        |request| {
            request
                .cookie("session", &"a;b=c")
                .cookie("size", &1)
                .cookie("each", &vec![1, 2])
                .cookie_as("all", Style::FORM, &vec![1, 2])
                .cookie("size", &2)
        },
        &IN_QUERY,
    )
    .await;
    assert_eq!(found.2.as_deref(), Some("session=a%3Bb%3Dc; each=1; each=2; all=1,2; size=2"));
    let found = sent(|request| request.cookie("a", &1).cookie("a", &None::<i32>), &IN_QUERY).await;
    assert_eq!(found.2, None);
}

#[tokio::test]
async fn encodes_plain_values() {
    let cases: [(&dyn Parameter, &str); 6] = [
        (&true, "?v=true"),
        (&i64::MIN, "?v=-9223372036854775808"),
        (&u64::MAX, "?v=18446744073709551615"),
        (&1.5, "?v=1.5"),
        (&2.0_f64, "?v=2"),
        (&None::<&str>, ""),
    ];
    for (value, expected) in cases {
        check_query(&sent(|request| request.query("v", value), &IN_QUERY).await.0, expected);
    }
}

#[tokio::test]
async fn does_not_send_values_that_cannot_be_encoded() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let unencodable = BTreeMap::from([((1, 2), 3)]);
    let error = Request::new(&client(&server), &IN_QUERY).query("v", &unencodable).send().await.unwrap_err();
    assert!(error.is_invalid_request());
    assert!(error.to_string().starts_with("GET /a: cannot encode query parameter `v`"), "{error}");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn paths_can_have_a_query() {
    static FIXED: Operation = Operation::new("fixed", Method::GET, "/a?kind={kind}");
    let found = sent(|request| request.path("kind", &"a&b").query("page", &2), &FIXED).await;
    check_query(&found.0, "?kind=a%26b&page=2");
}

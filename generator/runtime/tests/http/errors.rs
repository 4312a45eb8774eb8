//! Answers that are no success, and answers that are, but cannot be read.

use std::collections::BTreeMap;
use std::error::Error as _;

use runtime::{Error, ErrorKind, Request, Response};

use crate::server::{Reply, Server};
use crate::{GET_PET, all_of, client, list};

const NOT_FOUND: &str = r#"{"code":5,"message":"no such pet (request-id: r1)","details":[{"hint":"a"}]}"#;

async fn answered(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Result<Response, Error> {
    let server = Server::with(reply).await;
    Request::new(&client(&server), &GET_PET).path("owner", &"ann").path("pet", &"rex").send().await
}

async fn failed(status: &'static str, headers: &'static str, body: &'static str) -> Error {
    answered(move || Reply::with(status, headers, body)).await.unwrap_err()
}

#[tokio::test]
async fn an_error_has_all_that_the_server_said() {
    let error = failed("404 Not Found", "x-request-id: r1\r\nx-more: yes\r\n", NOT_FOUND).await;
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!(error.operation().unwrap().id(), "pets.get");
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.headers().unwrap()["x-more"], "yes");
    assert_eq!(error.request_id(), Some("r1"));
    assert_eq!(error.raw_body().unwrap(), NOT_FOUND);
    assert_eq!(error.code(), Some("5"));
    assert_eq!(error.message(), Some("no such pet (request-id: r1)"));
    let body: BTreeMap<String, serde_json::Value> = error.decode().unwrap().unwrap();
    assert_eq!(body["details"][0]["hint"], "a");
    assert_eq!(error.decode::<Vec<u8>>().unwrap().unwrap_err().path(), "$");
    assert_eq!(error.details::<Vec<BTreeMap<String, String>>>().unwrap()[0]["hint"], "a");
    let text = "GET /owners/{owner}/pets/{pet}: 404 Not Found (request id r1): no such pet (request-id: r1)";
    assert_eq!(error.to_string(), text);
    assert_eq!(error.clone().to_string(), text);
}

#[tokio::test]
async fn an_error_may_say_nothing_or_anything() {
    for body in
        ["", "no such pet", "[5]", "null", "{\"code\":", "{\"code\":{},\"message\":null}", "<html>", "5"]
    {
        let error = failed("500 Internal Server Error", "", body).await;
        assert!(error.is_server_error());
        assert_eq!((error.code(), error.message(), error.request_id()), (None, None, None));
        assert_eq!(error.raw_body().unwrap(), body);
        assert_eq!(error.to_string(), "GET /owners/{owner}/pets/{pet}: 500 Internal Server Error");
    }
}

#[tokio::test]
async fn a_code_may_be_a_number() {
    for (body, code) in [
        (r#"{"code":-7}"#, "-7"),
        (r#"{"code":404.1}"#, "404.1"),
        (r#"{"error":{"code":18446744073709551616}}"#, "18446744073709552000"),
    ] {
        assert_eq!(failed("404 Not Found", "", body).await.code(), Some(code), "{body}");
    }
}

#[tokio::test]
async fn a_body_out_of_bounds_says_nothing() {
    for body in [b"\xff\xfe".to_vec(), b"[".repeat(100_000), br#"{"code":"#.repeat(100_000)] {
        let error = answered(move || {
            let head = format!("HTTP/1.1 500 No\r\ncontent-length: {}\r\n\r\n", body.len());
            Reply::raw([head.into_bytes(), body.clone()].concat(), crate::server::Then::Close)
        })
        .await
        .unwrap_err();
        assert!(error.is_server_error() && error.code().is_none());
    }
}

#[tokio::test]
async fn questions() {
    type Question = fn(&Error) -> bool;
    let questions: [(&str, Question); 8] = [
        ("400 Bad Request", Error::is_bad_request),
        ("401 Unauthorized", Error::is_unauthorized),
        ("403 Forbidden", Error::is_forbidden),
        ("404 Not Found", Error::is_not_found),
        ("409 Conflict", Error::is_conflict),
        ("429 Too Many Requests", Error::is_rate_limited),
        ("503 Service Unavailable", Error::is_server_error),
        ("418 I'm a teapot", |_| false),
    ];
    for (status, _) in questions {
        let error = failed(status, "", "").await;
        assert!(error.to_string().ends_with(status), "{error}");
        for (of, question) in questions {
            assert_eq!(question(&error), of == status && !status.starts_with("418"), "{status}: {of}");
        }
    }
}

#[tokio::test]
async fn a_line_stays_a_line() {
    let body = r#"{"message":"a\nb\r\u001b[31m\u202e\u2028\u0000'\"é"}"#;
    let error = failed("400 Bad Request", "", body).await;
    let text = error.to_string();
    assert!(text.ends_with(r#": a\nb\r\u{1b}[31m\u{202e}\u{2028}\u{0}'"é"#), "{text}");
    assert_eq!(error.message(), Some("a\nb\r\u{1b}[31m\u{202e}\u{2028}\0'\"é"));

    let long = format!(r#"{{"message":"{}"}}"#, "é".repeat(100_000));
    let error = answered(move || Reply::json("400 Bad Request", &long)).await.unwrap_err();
    assert!(error.to_string().ends_with("é..."));
    assert_eq!(error.to_string().chars().filter(|c| *c == 'é').count(), 300);
    assert_eq!(error.message().unwrap().chars().count(), 100_000);

    let headers = format!("x-request-id: {}\r\n", "r".repeat(5_000));
    let error = answered(move || Reply::with("400 Bad Request", &headers, "")).await.unwrap_err();
    assert!(error.to_string().len() < 400);
}

#[tokio::test]
async fn a_success_that_is_not_what_it_should_be() {
    let server = Server::with(|| Reply::json("201 Created", r#"{"t0k3n-t0k3n":1"#)).await;
    let error = list(&client(&server)).await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.status().unwrap(), 201);
    assert_eq!(error.raw_body().unwrap(), r#"{"t0k3n-t0k3n":1"#);
    let path = error.json_path().unwrap();
    assert!(path.starts_with('$'));
    assert_eq!(error.to_string(), format!("GET /pets: 201 Created: the body does not decode at {path}"));
    assert!(error.source().is_some());
}

#[tokio::test]
async fn a_page_for_people_is_named_as_such() {
    for (headers, problem) in [
        ("content-type: text/html; charset=utf-8\r\n", "the body is text/html; charset=utf-8, not JSON"),
        ("content-type: application/jsonp\r\n", "the body is application/jsonp, not JSON"),
        ("content-type: application/problem+json\r\n", "the body does not decode at $"),
        ("content-type: Application/JSON;charset=utf-8\r\n", "the body does not decode at $"),
        ("", "the body does not decode at $"),
    ] {
        let server = Server::with(move || Reply::with("200 OK", headers, "<html>Please log in</html>")).await;
        let error = list(&client(&server)).await.unwrap_err();
        assert!(error.is_decode());
        assert_eq!(error.to_string(), format!("GET /pets: 200 OK: {problem}"));
        assert!(!format!("{error:?}").contains("log in"));
    }
}

#[tokio::test]
async fn json_is_json_whatever_it_is_called() {
    let server = Server::with(|| Reply::with("200 OK", "content-type: text/plain\r\n", "[1]")).await;
    assert_eq!(list(&client(&server)).await.unwrap(), serde_json::json!([1]));
}

#[tokio::test]
async fn no_body_where_there_should_be_one() {
    let server =
        Server::with(|| Reply::raw("HTTP/1.1 204 No Content\r\n\r\n", crate::server::Then::Close)).await;
    let error = list(&client(&server)).await.unwrap_err();
    assert_eq!(error.to_string(), "GET /pets: 204 No Content: the body is empty");
}

#[tokio::test]
async fn a_response_has_what_an_error_has() {
    let response = answered(|| Reply::with("202 Accepted", "x-request-id: r1\r\n", "{}")).await.unwrap();
    assert_eq!(response.operation().id(), "pets.get");
    assert_eq!(response.status(), 202);
    assert_eq!(response.request_id(), Some("r1"));
    assert_eq!(response.headers()["content-length"], "2");
    assert_eq!(response.body(), "{}");
    assert!(format!("{response:?}").contains("2 bytes"));
}

#[tokio::test]
async fn debug_shows_neither_headers_nor_body() {
    let error = failed("400 Bad Request", "set-cookie: s3ss10n\r\n", r#"{"details":"private"}"#).await;
    assert!(!all_of(&error).contains("s3ss10n") && !all_of(&error).contains("private"));
}

#[test]
fn an_error_is_small() {
    assert!(size_of::<Error>() <= 16);
}

//! Error responses, and successful responses that do not decode.

use std::collections::BTreeMap;
use std::error::Error as _;

use runtime::{Error, ErrorKind, Request, Response};

use crate::server::{Reply, Server};
use crate::{GET_PET, LIST_PETS, all_of, client, list};

const NOT_FOUND: &str = r#"{"code":5,"message":"no such pet (request-id: r1)","details":[{"hint":"a"}]}"#;

async fn call(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Result<Response, Error> {
    let server = Server::with(reply).await;
    Request::new(&client(&server), &GET_PET).path("owner", &"ann").path("pet", &"rex").send().await
}

async fn error_for(status: &'static str, headers: &'static str, body: &'static str) -> Error {
    call(move || Reply::with(status, headers, body)).await.unwrap_err()
}

#[tokio::test]
async fn errors_contain_the_whole_response() {
    let error = error_for("404 Not Found", "x-request-id: r1\r\nx-more: yes\r\n", NOT_FOUND).await;
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
async fn accepts_any_error_body() {
    for body in
        ["", "no such pet", "[5]", "null", "{\"code\":", "{\"code\":{},\"message\":null}", "<html>", "5"]
    {
        let error = error_for("500 Internal Server Error", "", body).await;
        assert!(error.is_server_error());
        assert_eq!((error.code(), error.message(), error.request_id()), (None, None, None));
        assert_eq!(error.raw_body().unwrap(), body);
        assert_eq!(error.to_string(), "GET /owners/{owner}/pets/{pet}: 500 Internal Server Error");
    }
}

#[tokio::test]
async fn error_codes_can_be_numbers() {
    for (body, code) in [
        (r#"{"code":-7}"#, "-7"),
        (r#"{"code":404.1}"#, "404.1"),
        (r#"{"error":{"code":18446744073709551616}}"#, "18446744073709551616"),
    ] {
        assert_eq!(error_for("404 Not Found", "", body).await.code(), Some(code), "{body}");
    }
}

#[tokio::test]
async fn invalid_error_bodies_have_no_code() {
    for body in [b"\xff\xfe".to_vec(), b"[".repeat(100_000), br#"{"code":"#.repeat(100_000)] {
        let error = call(move || {
            let head = format!("HTTP/1.1 500 No\r\ncontent-length: {}\r\n\r\n", body.len());
            Reply::raw([head.into_bytes(), body.clone()].concat(), crate::server::Then::Close)
        })
        .await
        .unwrap_err();
        assert!(error.is_server_error() && error.code().is_none());
    }
}

#[tokio::test]
async fn predicates_match_statuses() {
    type Predicate = fn(&Error) -> bool;
    let predicates: [(&str, Predicate); 8] = [
        ("400 Bad Request", Error::is_bad_request),
        ("401 Unauthorized", Error::is_unauthorized),
        ("403 Forbidden", Error::is_forbidden),
        ("404 Not Found", Error::is_not_found),
        ("409 Conflict", Error::is_conflict),
        ("429 Too Many Requests", Error::is_rate_limited),
        ("503 Service Unavailable", Error::is_server_error),
        ("418 I'm a teapot", |_| false),
    ];
    for (status, _) in predicates {
        let error = error_for(status, "", "").await;
        assert!(error.to_string().ends_with(status), "{error}");
        for (of, predicate) in predicates {
            assert_eq!(predicate(&error), of == status && !status.starts_with("418"), "{status}: {of}");
        }
    }
}

#[tokio::test]
async fn escapes_and_truncates_server_messages() {
    let body = r#"{"message":"a\nb\r\u001b[31m\u202e\u2028\u200b\u061c\u0000'\"é"}"#;
    let error = error_for("400 Bad Request", "", body).await;
    let text = error.to_string();
    assert!(text.ends_with(r#": a\nb\r\u{1b}[31m\u{202e}\u{2028}\u{200b}\u{61c}\u{0}'"é"#), "{text}");
    assert_eq!(error.message(), Some("a\nb\r\u{1b}[31m\u{202e}\u{2028}\u{200b}\u{61c}\0'\"é"));

    let long = format!(r#"{{"message":"{}"}}"#, "é".repeat(100_000));
    let error = call(move || Reply::json("400 Bad Request", &long)).await.unwrap_err();
    assert!(error.to_string().ends_with("é..."));
    assert_eq!(error.to_string().chars().filter(|c| *c == 'é').count(), 300);
    assert_eq!(error.message().unwrap().chars().count(), 100_000);

    let headers = format!("x-request-id: {}\r\n", "r".repeat(5_000));
    let error = call(move || Reply::with("400 Bad Request", &headers, "")).await.unwrap_err();
    assert!(error.to_string().len() < 400);
}

#[tokio::test]
async fn a_success_with_invalid_json_is_a_decode_error() {
    let server = Server::with(|| Reply::json("201 Created", r#"{"t0k3n-t0k3n":1"#)).await;
    let error = list(&client(&server)).await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.status().unwrap(), 201);
    assert_eq!(error.raw_body().unwrap(), r#"{"t0k3n-t0k3n":1"#);
    let path = error.json_path().unwrap();
    assert!(path.starts_with('$'));
    assert_eq!(
        error.to_string(),
        "GET /pets: 201 Created: response body at $: the JSON ends too early (line 1 column 16)"
    );
    assert!(error.source().is_some());
}

#[tokio::test]
async fn decode_errors_name_an_unexpected_media_type() {
    for (headers, problem) in [
        (
            "content-type: text/html; charset=utf-8\r\n",
            "the response body is text/html; charset=utf-8, not JSON",
        ),
        ("content-type: application/jsonp\r\n", "the response body is application/jsonp, not JSON"),
        (
            "content-type: application/problem+json\r\n",
            "response body at $: invalid JSON: expected value (line 1 column 1)",
        ),
        (
            "content-type: Application/JSON;charset=utf-8\r\n",
            "response body at $: invalid JSON: expected value (line 1 column 1)",
        ),
        ("", "response body at $: invalid JSON: expected value (line 1 column 1)"),
    ] {
        let server = Server::with(move || Reply::with("200 OK", headers, "<html>Please log in</html>")).await;
        let error = list(&client(&server)).await.unwrap_err();
        assert!(error.is_decode());
        assert_eq!(error.to_string(), format!("GET /pets: {problem}"));
        assert!(!format!("{error:?}").contains("log in"));
    }
}

#[tokio::test]
async fn decodes_json_with_any_content_type() {
    let server = Server::with(|| Reply::with("200 OK", "content-type: text/plain\r\n", "[1]")).await;
    assert_eq!(list(&client(&server)).await.unwrap(), serde_json::json!([1]));
}

#[tokio::test]
async fn a_success_without_content_is_an_error_of_its_own() {
    let server =
        Server::with(|| Reply::raw("HTTP/1.1 204 No Content\r\n\r\n", crate::server::Then::Close)).await;
    let response = Request::new(&client(&server), &LIST_PETS).send().await.unwrap();
    let error = response.json::<String>().unwrap_err();
    let text = "GET /pets: 204 No Content: the request succeeded, but the response has no content";
    assert_eq!(error.to_string(), text);
    assert_eq!(error.kind(), ErrorKind::NoContent);
    assert!(error.is_decode() && error.is_no_content());
    assert_eq!(error.raw_body().unwrap(), "");

    // Content that is not valid is another error.
    let error = call(|| Reply::with("200 OK", "", "<")).await.unwrap().json::<String>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.is_decode() && !error.is_no_content());
}

#[tokio::test]
async fn responses_have_status_headers_and_body() {
    let response = call(|| Reply::with("202 Accepted", "x-request-id: r1\r\n", "{}")).await.unwrap();
    assert_eq!(response.operation().id(), "pets.get");
    assert_eq!(response.status(), 202);
    assert_eq!(response.request_id(), Some("r1"));
    assert_eq!(response.headers()["content-length"], "2");
    assert_eq!(response.body(), "{}");
    assert!(format!("{response:?}").contains("2 bytes"));
}

#[tokio::test]
async fn debug_output_hides_headers_and_body() {
    let error = error_for("400 Bad Request", "set-cookie: s3ss10n\r\n", r#"{"details":"private"}"#).await;
    assert!(!all_of(&error).contains("s3ss10n") && !all_of(&error).contains("private"));
}

#[test]
fn the_error_type_is_small() {
    assert!(size_of::<Error>() <= 16);
}

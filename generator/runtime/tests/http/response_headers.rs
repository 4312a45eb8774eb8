//! Typed response headers.

use std::fmt::Debug;

use runtime::wire::{self, Base64};
use runtime::{Bytes, Error, Method, Operation, Request, Response};
use serde::de::DeserializeOwned;

use crate::server::{Reply, Server};
use crate::{LIST_PETS, all_of, client};

/// Returns a response with these headers.
async fn response_with(headers: &'static str) -> Response {
    let server = Server::with(move || Reply::with("200 OK", headers, "{}")).await;
    Request::new(&client(&server), &LIST_PETS).send().await.unwrap()
}

#[track_caller]
fn check<T: DeserializeOwned + PartialEq + Debug>(response: &Response, name: &str, expected: T) {
    assert_eq!(response.header(name).unwrap(), Some(expected), "{name}");
}

fn header_error<T: DeserializeOwned + Debug>(response: &Response, name: &str) -> Error {
    response.header::<T>(name).unwrap_err()
}

#[tokio::test]
async fn decodes_headers_as_the_requested_type() {
    let response = response_with(
        "x-count: 12\r\nx-least: -9223372036854775808\r\nx-ratio: 0.5\r\nx-on: true\r\nx-text: 12, of 20\r\n\
         x-empty:\r\nx-bytes: aGk=\r\n",
    )
    .await;
    check(&response, "X-Count", 12_u8);
    check(&response, "x-least", i64::MIN);
    check(&response, "x-ratio", 0.5);
    check(&response, "x-count", 12.0);
    check(&response, "x-on", true);
    check(&response, "x-count", "12".to_owned());
    check(&response, "x-text", "12, of 20".to_owned());
    check(&response, "x-empty", String::new());
    assert_eq!(response.header_as::<Base64, Bytes>("x-bytes").unwrap(), Some(Bytes::from_static(b"hi")));
}

#[tokio::test]
async fn missing_headers_are_none() {
    let response = response_with("").await;
    for name in ["x-count", "", "no name", "x\r\ny"] {
        assert_eq!(response.header::<i64>(name).unwrap(), None, "{name:?}");
    }
}

#[tokio::test]
async fn decodes_lists_from_commas_or_repeated_headers() {
    let response = response_with(
        "x-one: a\r\nx-tags: a,  b,,c ,\r\nx-none:\r\nx-lines: 1, 2\r\nx-lines: 3\r\n\
         set-cookie: a=1; expires=Wed, 01 May\r\nset-cookie: b=2\r\n",
    )
    .await;
    check(&response, "x-one", vec!["a".to_owned()]);
    check(&response, "x-tags", ["a", "b", "c"].map(str::to_owned).to_vec());
    check(&response, "x-none", Vec::<String>::new());
    check(&response, "x-lines", vec![1, 2, 3]);
    check(&response, "x-lines", "1, 2, 3".to_owned());
    let cookies = ["a=1; expires=Wed, 01 May", "b=2"].map(str::to_owned);
    check(&response, "set-cookie", cookies.to_vec());
    check(&response, "Set-Cookie", cookies[0].clone());
}

#[tokio::test]
async fn errors_name_the_header_and_hide_its_value() {
    let response =
        response_with("x-request-id: r1\r\nx-key: s3cr3t-s3cr3t\r\nx-keys: 1,s3cr3t-s3cr3t\r\n").await;
    let bytes = response.header_as::<Base64, Bytes>("x-keys").unwrap_err();
    for (error, problem) in [
        (
            header_error::<u16>(&response, "x-key"),
            "the response header `x-key` is not an unsigned 16-bit integer",
        ),
        (header_error::<bool>(&response, "x-key"), "the response header `x-key` is not `true` or `false`"),
        (header_error::<f64>(&response, "x-key"), "the response header `x-key` is not a number"),
        (
            header_error::<Vec<i64>>(&response, "x-keys"),
            "the response header `x-keys` is not a 64-bit integer",
        ),
        (header_error::<wire::Object>(&response, "x-key"), "the response header `x-key` is not a map"),
        (bytes, "the response header `x-keys` is not base64"),
    ] {
        assert!(error.is_decode());
        assert_eq!(error.to_string(), format!("GET /pets (request id r1): {problem}"));
        assert!(!all_of(&error).contains("s3cr3t"), "{error:?}");
        assert_eq!(error.headers().unwrap()["x-key"], "s3cr3t-s3cr3t");
    }
}

#[tokio::test]
async fn rejects_headers_that_are_not_utf_8() {
    let server = Server::with(|| {
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nx-name: \xff\r\nx-city: Z\xc3\xbcrich\r\n\r\n";
        Reply::raw(head.to_vec(), crate::server::Then::Close)
    });
    let server = server.await;
    let response = Request::new(&client(&server), &LIST_PETS).send().await.unwrap();
    assert!(
        header_error::<String>(&response, "x-name")
            .to_string()
            .ends_with("the response header `x-name` is not valid UTF-8")
    );
    check(&response, "x-city", "Z\u{fc}rich".to_owned());
}

#[tokio::test]
async fn downloads_have_headers_before_the_body() {
    static PHOTO: Operation = Operation::new("pets.photo", Method::GET, "/photo");
    let server = Server::with(|| Reply::with("200 OK", "x-width: 640\r\n", "...")).await;
    let photo = Request::new(&client(&server), &PHOTO).download().await.unwrap();
    check(photo.response(), "x-width", 640);
    assert_eq!(photo.bytes().await.unwrap(), "...");
}

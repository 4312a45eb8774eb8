//! Requests on the wire.

use std::time::Duration;

use runtime::testing::{MockResponse, TestTransport};
use runtime::{ClientBuilder, Method, Request, RequestExt, RetryPolicy};

use crate::server::{Reply, Server};
use crate::{API, CREATE_PET, GET_PET, LIST_PETS, TOKEN, all_of, builder, client, list};

#[tokio::test]
async fn sends_get() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let request = Request::new(&client(&server), &GET_PET).path("owner", &"ann").path("pet", &7);
    request.send().await.unwrap();
    let received = server.only_request();
    assert_eq!(received.line, "GET /owners/ann/pets/7");
    assert_eq!(received.header("accept"), Some("application/json"));
    assert_eq!(received.header("user-agent"), Some(API.user_agent));
    assert_eq!(received.header("authorization"), Some(&*format!("Bearer {TOKEN}")));
    assert_eq!(received.header("content-type"), None);
    assert_eq!(received.header("content-length"), None);
}

#[tokio::test]
async fn sends_post_with_a_body() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let pet = serde_json::json!({ "name": "Rex" });
    Request::new(&client(&server), &CREATE_PET).json(&pet).send().await.unwrap();
    let received = server.only_request();
    assert_eq!(received.line, "POST /pets");
    assert_eq!(received.header("content-type"), Some("application/json"));
    assert_eq!(received.body, r#"{"name":"Rex"}"#);
}

#[tokio::test]
async fn sends_post_without_a_body() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    Request::new(&client(&server), &CREATE_PET).send().await.unwrap();
    let received = server.only_request();
    assert_eq!(received.header("content-type"), None);
    assert_eq!(received.header("content-length"), Some("0"));
}

#[tokio::test]
async fn does_not_send_a_body_that_cannot_be_encoded() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let unencodable = std::collections::HashMap::from([((1, 2), 3)]);
    let error = Request::new(&client(&server), &CREATE_PET).json(&unencodable).send().await.unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(error.to_string(), "POST /pets: the request body cannot be encoded: key must be a string");
    assert!(std::error::Error::source(&error).is_some());
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn clones_are_independent() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let all = Request::new(&client(&server), &LIST_PETS);
    let some = all.clone().query("page_size", &10);
    all.send().await.unwrap();
    some.send().await.unwrap();
    let lines: Vec<_> = server.received().into_iter().map(|received| received.line).collect();
    assert_eq!(lines, ["GET /pets", "GET /pets?page_size=10"]);
}

#[tokio::test]
async fn sends_nothing_before_it_is_awaited() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    drop(Request::new(&client(&server), &LIST_PETS).send());
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn sets_the_accept_header() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let vendor = "application/vnd.pets+json";
    let client = builder(&server).default_header("accept", vendor).build().unwrap();
    list(&client).await.unwrap();
    Request::new(&client, &LIST_PETS).accept("image/png").send().await.unwrap();
    let accepted = server
        .received()
        .iter()
        .map(|request| request.header("accept").map(str::to_owned))
        .collect::<Vec<_>>();
    assert_eq!(accepted, [Some(vendor.to_owned()), Some("image/png".to_owned())]);
}

#[tokio::test]
async fn sends_additional_headers_and_query_parameters() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let client = builder(&server).default_header("x-tenant", "acme").default_header("x-kind", "dog");
    let request = Request::new(&client.build().unwrap(), &LIST_PETS).query("page", &1);
    let request =
        request.with_header("X-Kind", "cat").with_query("page", &2).with_query("tag", &["a", "b&c"]);
    assert!(!format!("{request:?}").contains("acme"));
    request.await.unwrap();
    let received = server.only_request();
    assert_eq!(received.line, "GET /pets?page=2&tag=a&tag=b%26c");
    assert_eq!(received.header("x-tenant"), Some("acme"));
    assert_eq!(received.header("x-kind"), Some("cat"));
}

#[tokio::test]
async fn rejects_headers_that_change_the_request() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    for (name, value) in [
        ("x-a", "1\r\nx-b: 2"),
        ("x-a", "1\n"),
        ("x-a: 1\r\nx-b", "2"),
        ("x a", "1"),
        ("", "1"),
        ("content-length", "0"),
        ("Transfer-Encoding", "chunked"),
        ("host", "evil.test"),
        ("connection", "x-a"),
    ] {
        let request = Request::new(&client(&server), &LIST_PETS).with_header(name, value);
        let error = request.await.unwrap_err();
        assert!(error.is_invalid_request() && !error.to_string().contains('\n'), "{error}");
        let error = builder(&server).default_header(name, value).build().unwrap_err();
        assert!(error.is_configuration() && !error.to_string().contains('\n'), "{error}");
    }
    let request = Request::new(&client(&server), &LIST_PETS).with_query("a\r\nx: y&b#", &"c\r\nx: y&d#");
    request.await.unwrap();
    assert_eq!(server.only_request().line, "GET /pets?a%0D%0Ax%3A%20y%26b%23=c%0D%0Ax%3A%20y%26d%23");
}

#[tokio::test]
async fn credentials_override_headers() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let client = builder(&server).bearer_token(TOKEN).default_header("authorization", "Bearer a");
    let request = Request::new(&client.build().unwrap(), &LIST_PETS).with_header("authorization", "Bearer b");
    request.await.unwrap();
    assert_eq!(server.only_request().header("authorization"), Some(&*format!("Bearer {TOKEN}")));
}

#[tokio::test]
async fn requests_override_timeouts_and_retries() {
    let server = Server::with(|| Reply::raw("", crate::server::Then::Wait)).await;
    let client = builder(&server).timeout(None).retry(RetryPolicy::default()).build().unwrap();
    let request = || Request::new(&client, &LIST_PETS).with_retry(RetryPolicy::none());
    let error = request().with_timeout(Duration::from_millis(100)).await.unwrap_err();
    assert!(error.is_timeout() && error.attempts() == 1);
    let error = request().with_attempt_timeout(Duration::from_millis(100)).await.unwrap_err();
    assert!(error.is_timeout() && error.attempts() == 1);
}

#[tokio::test]
async fn undocumented_requests_have_credentials_and_errors() {
    let server = Server::with(|| Reply::with("404 Not Found", "x-request-id: r1\r\n", r#"{"code":5}"#)).await;
    let request = client(&server).request(Method::GET, "/pets/{pet}/mood").path("pet", &"a/b");
    let error = request.query("at", &"noon").await.unwrap_err();
    assert_eq!(server.only_request().line, "GET /pets/a%2Fb/mood?at=noon");
    assert_eq!(server.only_request().header("authorization"), Some(&*format!("Bearer {TOKEN}")));
    assert_eq!(error.to_string(), "GET /pets/{pet}/mood: 404 Not Found (request id r1)");
    assert_eq!((error.code(), error.operation().unwrap().id()), (Some("5"), ""));
}

#[tokio::test]
async fn undocumented_requests_are_retried() {
    let transport = TestTransport::with_responses([MockResponse::status(503), MockResponse::status(204)]);
    let client = ClientBuilder::new(&API).base_url("https://pets.test/v1").transport(transport.clone());
    client.build().unwrap().request(Method::PUT, "/pets").await.unwrap();
    assert_eq!(transport.requests()[1].path(), "/v1/pets");
    assert_eq!(transport.requests()[1].operation_id(), None);
}

#[tokio::test]
async fn rejects_invalid_paths() {
    let transport = TestTransport::with_responses([]);
    let client = ClientBuilder::new(&API).base_url("https://pets.test/v1").transport(transport.clone());
    let client = client.build().unwrap();
    for path in [
        "",
        "pets",
        "https://evil.test/",
        "@evil.test/",
        "/pets?a=1",
        "/pets#a",
        "/a b",
        "/../admin",
        "/%2e%2E/admin",
        "/pets/{pet}",
        "/\r\n",
        "/\\evil.test",
        "/é",
    ] {
        let error = client.request(Method::GET, path).await.unwrap_err();
        assert!(error.is_invalid_request(), "{path:?}: {error}");
        assert!(!all_of(&error).contains('\r'));
    }
    assert!(transport.requests().is_empty());
}

#[test]
fn public_types_are_send_and_sync() {
    fn shared<T: Send + Sync + 'static>() {}
    fn sent<T: Send + Unpin + 'static>() {}
    shared::<runtime::Client>();
    shared::<runtime::Request>();
    shared::<runtime::Response>();
    shared::<runtime::Error>();
    sent::<runtime::ClientBuilder>();
    sent::<runtime::ResponseFuture<std::cell::Cell<u8>>>();
    sent::<runtime::Body>();
}

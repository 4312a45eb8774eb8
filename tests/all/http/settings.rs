//! Tests of settings of a client and of a request: headers, queries, timeouts, proxies, middleware, and requests that
//! the document does not describe.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use conductorone::runtime::{Body, Method, Middleware, MiddlewareFuture, Next};
use conductorone::types::GetAppEntitlementResponse;
use conductorone::{Client, RequestExt, RetryPolicy};
use tests::server::{Reply, Server, Then};

use super::{ENTITLEMENT_PATH, TOKEN, all_of, builder, client, get_entitlement};

async fn ok_server() -> Server {
    Server::with(|| Reply::with("200 OK", "content-type: application/json\r\nx-cost: 3\r\n", "{}")).await
}

#[tokio::test]
async fn sends_headers_and_queries_of_the_client_and_of_the_request() {
    let server = ok_server().await;
    let client = builder(server.url()).default_header("x-team", "iam").default_header("x-job", "audit");
    let request = client.build().unwrap().app_entitlements().get("app_ci", "ent_release");
    let request =
        request.with_header("X-Job", "sync").with_query("trace", &true).with_query("tag", &["a", "b&c"]);
    request.await.unwrap();
    let request = server.only_request();
    assert_eq!(request.line, format!("GET {ENTITLEMENT_PATH}?trace=true&tag=a&tag=b%26c"));
    assert_eq!((request.header("x-team"), request.header("x-job")), (Some("iam"), Some("sync")));
}

#[tokio::test]
async fn rejects_header_injection() {
    let server = ok_server().await;
    for (name, value) in [
        ("x-a", "1\r\nx-b: 2"),
        ("x-a: 1\r\nx-b", "2"),
        ("", "1"),
        ("host", "evil.test"),
        ("content-length", "5"),
        ("transfer-encoding", "chunked"),
        ("connection", "authorization"),
    ] {
        let request = client(server.url()).app_entitlements().get("a", "b").with_header(name, value);
        assert!(request.await.unwrap_err().is_invalid_request(), "{name:?}: {value:?}");
        let error = builder(server.url()).default_header(name, value).build().unwrap_err();
        assert!(error.is_configuration(), "{name:?}: {value:?}");
    }
    assert_eq!(server.received().len(), 0);
    // A header of the program does not replace the credentials.
    let request =
        client(server.url()).app_entitlements().get("a", "b").with_header("authorization", "Bearer x");
    request.with_query("a\r\nb: c", &"d e&f=\r\n#").await.unwrap();
    let request = server.only_request();
    assert_eq!(request.header("authorization"), Some(&*format!("Bearer {TOKEN}")));
    assert_eq!(request.line, "GET /api/v1/apps/a/entitlements/b?a%0D%0Ab%3A%20c=d%20e%26f%3D%0D%0A%23");
}

#[tokio::test]
async fn times_out_calls_and_attempts() {
    let server =
        Server::with(|| Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{", Then::Wait)).await;
    let retry = RetryPolicy::default().with_max_attempts(2).with_base_delay(Duration::ZERO);
    let client = builder(server.url()).retry(retry).build().unwrap();
    let short = Duration::from_millis(50);
    let call = client.app_entitlements().get("a", "b").with_timeout(short).await.unwrap_err();
    assert!(call.is_timeout() && call.attempts() == 1, "{call}");
    let attempt = client.app_entitlements().get("a", "b").with_attempt_timeout(short).await.unwrap_err();
    assert!(attempt.is_timeout() && attempt.attempts() == 2, "{attempt}");
}

#[tokio::test]
async fn returns_the_response_along_with_the_value() {
    let server = ok_server().await;
    let client = client(server.url());
    let request = client.app_entitlements().get("a", "b");
    let (value, response) = request.with_response().await.unwrap();
    assert_eq!(value, GetAppEntitlementResponse::default());
    assert_eq!((response.status().as_u16(), response.header("x-cost").unwrap()), (200, Some(3)));
    assert_eq!(&response.body()[..], b"{}");
}

#[tokio::test]
async fn sends_requests_that_the_document_does_not_describe() {
    let server = Server::responding(|request| match request.line.as_str() {
        "POST /api/v1/apps/a%2Fb/mood?at=noon" => Reply::json("200 OK", r#"{"mood":"fine"}"#),
        _ => Reply::json("404 Not Found", r#"{"code":5,"message":"no such mood"}"#),
    });
    let server = server.await;
    let client = client(server.url());
    let request = client.request(Method::POST, "/api/v1/apps/{app_id}/mood").path("app_id", &"a/b");
    let response = request.query("at", &"noon").json(&[1, 2]).await.unwrap();
    assert_eq!(response.json::<serde_json::Value>().unwrap()["mood"], "fine");
    let request = server.only_request();
    assert_eq!(request.header("authorization"), Some(&*format!("Bearer {TOKEN}")));
    assert_eq!((request.header("content-type"), &*request.body), (Some("application/json"), "[1,2]"));
    let error = client.request(Method::GET, "/api/v1/moods").await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.to_string(), "GET /api/v1/moods: 404 Not Found: no such mood");
}

#[tokio::test]
async fn sends_requests_through_a_proxy() {
    let proxy = ok_server().await;
    let url = proxy.url().replace("http://", "http://us%65r:p%40ss@");
    let client = Client::builder().base_url("http://tenant.test").bearer_token(TOKEN).proxy(&url);
    get_entitlement(&client.build().unwrap()).await.unwrap();
    let request = proxy.only_request();
    assert_eq!(request.line, format!("GET http://tenant.test{ENTITLEMENT_PATH}"));
    // `user:p@ss`
    assert_eq!(request.header("proxy-authorization"), Some("Basic dXNlcjpwQHNz"));
}

/// Records responses, numbers the attempts, and asserts that the token is not visible.
#[derive(Default)]
struct RecordingMiddleware(Arc<Mutex<Vec<String>>>);

impl Middleware for RecordingMiddleware {
    fn handle<'a>(&'a self, mut request: http::Request<Body>, next: Next<'a>) -> MiddlewareFuture<'a> {
        assert!(!format!("{request:?}").contains(TOKEN) && !request.headers().contains_key("authorization"));
        request.headers_mut().insert("x-attempt", self.0.lock().unwrap().len().into());
        Box::pin(async move {
            let response = next.run(request).await;
            self.0.lock().unwrap().push(format!("{:?}", response.as_ref().map(http::Response::status)));
            response
        })
    }
}

/// Redirects every request to another server.
struct RedirectingMiddleware(String);

impl Middleware for RedirectingMiddleware {
    fn handle<'a>(&'a self, mut request: http::Request<Body>, next: Next<'a>) -> MiddlewareFuture<'a> {
        *request.uri_mut() = format!("{}{ENTITLEMENT_PATH}", self.0).parse().unwrap();
        next.run(request)
    }
}

#[tokio::test]
async fn middleware_wraps_each_attempt() {
    let server = Server::responding(|request| match request.header("x-attempt") {
        Some("0") => Reply::json("503 Service Unavailable", ""),
        _ => Reply::json("200 OK", "{}"),
    });
    let server = server.await;
    let recorder = RecordingMiddleware::default();
    let log = recorder.0.clone();
    let retry = RetryPolicy::default().with_base_delay(Duration::ZERO);
    get_entitlement(&builder(server.url()).retry(retry).middleware(recorder).build().unwrap()).await.unwrap();
    assert_eq!(*log.lock().unwrap(), ["Ok(503)", "Ok(200)"]);
    assert!(server.received().iter().all(|request| request.header("authorization").is_some()));
}

#[tokio::test]
async fn middleware_cannot_redirect_credentials() {
    let (server, elsewhere) = (ok_server().await, ok_server().await);
    let client = builder(server.url()).middleware(RedirectingMiddleware(elsewhere.url())).build().unwrap();
    let error = get_entitlement(&client).await.unwrap_err();
    assert!(error.is_refused(), "{error}");
    assert!(!all_of(&error).contains(TOKEN));
    assert_eq!((server.received().len(), elsewhere.received().len()), (0, 0));
}

//! Middleware: what it sees, what it can change, and what it cannot.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use runtime::testing::{MockResponse, TestTransport};
use runtime::{
    Attempt, Body, Client, ClientBuilder, Error, Middleware, MiddlewareFuture, Next, Request, Token,
    TransportError,
};

use crate::server::{self, Server};
use crate::{API, CREATE_PET, LIST_PETS, TOKEN, all_of, list};

/// The events, in order.
type Log = Arc<Mutex<Vec<String>>>;

/// Logs each attempt and its status.
struct LoggingMiddleware(&'static str, Log);

impl Middleware for LoggingMiddleware {
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> MiddlewareFuture<'a> {
        Box::pin(async move {
            let attempt: Attempt = request.extensions().get::<Attempt>().unwrap().clone();
            let text = format!("{} > {} {request:?}", self.0, attempt.number());
            assert!(!text.contains(TOKEN) && request.headers().get("authorization").is_none());
            let id = attempt.operation().id().to_owned();
            self.1.lock().unwrap().push(format!("{} > {id} {}", self.0, attempt.number()));
            let response = next.run(request).await;
            let status = response.as_ref().map(|response| response.status().as_u16());
            self.1.lock().unwrap().push(format!("{} < {}", self.0, status.unwrap_or(0)));
            response
        })
    }
}

fn builder(transport: &TestTransport) -> ClientBuilder {
    ClientBuilder::new(&API).base_url("https://pets.test").bearer_token(TOKEN).transport(transport.clone())
}

fn ok() -> TestTransport {
    TestTransport::new(|_| MockResponse::json(200, &serde_json::json!({})))
}

#[tokio::test]
async fn runs_in_order_around_each_attempt() {
    let log = Log::default();
    let transport = TestTransport::with_responses([MockResponse::status(503), MockResponse::json(200, &1)]);
    let builder = builder(&transport).middleware(LoggingMiddleware("a", log.clone()));
    list(&builder.middleware(LoggingMiddleware("b", log.clone())).build().unwrap()).await.unwrap();
    let first = ["a > pets.list 1", "b > pets.list 1", "b < 503", "a < 503"];
    let second = ["a > pets.list 2", "b > pets.list 2", "b < 200", "a < 200"];
    assert_eq!(*log.lock().unwrap(), [first, second].concat());
    assert!(transport.requests().iter().all(|request| request.header("authorization").is_some()));
}

/// Middleware from a closure.
struct FnMiddleware<F>(F);

impl<F> Middleware for FnMiddleware<F>
where
    F: for<'a> Fn(http::Request<Body>, Next<'a>) -> MiddlewareFuture<'a> + Send + Sync + 'static,
{
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> MiddlewareFuture<'a> {
        (self.0)(request, next)
    }
}

fn build_with(transport: &TestTransport, middleware: impl Middleware) -> Client {
    builder(transport).middleware(middleware).build().unwrap()
}

/// Creates middleware from a closure. The bound lets the compiler infer the lifetimes of the closure.
fn middleware_fn<F>(function: F) -> FnMiddleware<F>
where
    F: for<'a> Fn(http::Request<Body>, Next<'a>) -> MiddlewareFuture<'a> + Send + Sync + 'static,
{
    FnMiddleware(function)
}

#[tokio::test]
async fn can_change_requests_and_responses() {
    let transport = ok();
    let client = build_with(
        &transport,
        middleware_fn(|mut request, next| {
            request.headers_mut().insert("x-trace", "t1".parse().unwrap());
            Box::pin(async move { Ok(next.run(request).await?.map(|_| Body::from("[7]"))) })
        }),
    );
    assert_eq!(list(&client).await.unwrap(), serde_json::json!([7]));
    assert_eq!(transport.requests()[0].header("x-trace"), Some("t1"));
}

#[tokio::test]
async fn can_add_a_body() {
    let server = Server::with(|| server::Reply::json("200 OK", "{}")).await;
    let client = crate::builder(&server)
        .middleware(middleware_fn(|request, next| next.run(request.map(|_| Body::from("body")))))
        .build()
        .unwrap();
    Request::new(&client, &CREATE_PET).send().await.unwrap();
    assert_eq!(
        (server.only_request().header("content-length"), &*server.only_request().body),
        (Some("4"), "body")
    );
}

#[tokio::test]
async fn the_timeout_includes_middleware() {
    let server = Server::with(|| server::Reply::json("200 OK", "{}")).await;
    let client = crate::builder(&server)
        .middleware(middleware_fn(|_, _| Box::pin(std::future::pending())))
        .timeout(std::time::Duration::from_millis(50))
        .build()
        .unwrap();
    assert!(list(&client).await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn can_respond_without_sending() {
    let transport = ok();
    let client = build_with(
        &transport,
        middleware_fn(|_, _| Box::pin(async { Ok(http::Response::new(Body::from("8"))) })),
    );
    assert_eq!(list(&client).await.unwrap(), 8);
    assert!(transport.requests().is_empty());
}

#[tokio::test]
async fn can_refuse_a_request() {
    let transport = ok();
    let client = build_with(
        &transport,
        middleware_fn(|_, _| Box::pin(async { Err(TransportError::refused("not on Sundays")) })),
    );
    let error = list(&client).await.unwrap_err();
    assert!(error.is_refused() && error.attempts() == 1);
    assert_eq!(error.to_string(), "GET /pets: not sent: not on Sundays");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "not on Sundays");
    assert!(transport.requests().is_empty());
}

#[tokio::test]
async fn cannot_send_credentials_to_another_origin() {
    for url in ["https://evil.test/pets", "http://pets.test/pets", "https://pets.test:444/pets"] {
        let transport = ok();
        let client = build_with(
            &transport,
            middleware_fn(move |mut request, next| {
                *request.uri_mut() = url.parse().unwrap();
                next.run(request)
            }),
        );
        let error = list(&client).await.unwrap_err();
        assert!(error.is_refused(), "{url}");
        assert!(transport.requests().is_empty());
    }
}

#[tokio::test]
async fn can_change_the_origin_without_credentials() {
    let transport = ok();
    let builder = ClientBuilder::new(&API).base_url("https://pets.test").transport(transport.clone());
    let elsewhere = middleware_fn(|mut request, next| {
        *request.uri_mut() = "https://other.test/pets".parse().unwrap();
        next.run(request)
    });
    list(&builder.middleware(elsewhere).build().unwrap()).await.unwrap();
    assert_eq!(transport.requests()[0].uri().host(), Some("other.test"));
}

/// [`TestTransport`] as users see it.
#[tokio::test]
async fn test_transport_responds_and_records_requests() {
    let transport = TestTransport::new(|request| match (request.method().as_str(), request.path()) {
        ("POST", "/pets") => MockResponse::json(201, &request.json::<serde_json::Value>().unwrap()),
        _ => MockResponse::failure(TransportError::timeout("a test")).with_header("x", "y"),
    });
    let client = builder(&transport).build().unwrap();
    let request = Request::new(&client, &CREATE_PET).json(&serde_json::json!({ "name": TOKEN }));
    let response = request.query("key", &TOKEN).send().await.unwrap();
    assert_eq!(response.json::<serde_json::Value>().unwrap()["name"], TOKEN);
    let error: Error = Request::new(&client, &LIST_PETS).send().await.unwrap_err();
    assert!(error.is_timeout() && !all_of(&error).contains(TOKEN));

    let requests = transport.requests();
    assert_eq!(requests.len(), 1 + 4);
    assert_eq!(requests[0].operation_id(), Some("pets.create"));
    assert_eq!(requests[0].query(), format!("key={TOKEN}"));
    assert_eq!(requests[4].attempt(), 4);
    assert_eq!(transport.waits().len(), 3);
    assert!(!format!("{transport:?} {requests:#?}").contains(TOKEN));

    let transport = TestTransport::with_responses([]);
    assert!(list(&builder(&transport).build().unwrap()).await.unwrap_err().is_connect());
}

/// Sends the first request, and responds to the others with 401 without sending them.
struct RespondsFromSecondRequest(Arc<AtomicUsize>);

impl Middleware for RespondsFromSecondRequest {
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> MiddlewareFuture<'a> {
        let sent = next.run(request);
        if self.0.fetch_add(1, Ordering::Relaxed) == 0 {
            return sent;
        }
        let response = http::Response::builder().status(401).body(Body::default());
        Box::pin(async { response.map_err(TransportError::refused) })
    }
}

#[tokio::test]
async fn a_response_from_middleware_does_not_renew_the_token() {
    let (transport, seen) = (ok(), Arc::new(AtomicUsize::new(0)));
    let provider = || async { Ok(Token::new(TOKEN).expires_in(Duration::from_secs(3600))) };
    let builder = ClientBuilder::new(&API).base_url("https://pets.test").transport(transport.clone());
    let client =
        builder.token_provider(provider).middleware(RespondsFromSecondRequest(seen.clone())).build().unwrap();
    list(&client).await.unwrap();
    // The server has not rejected the token, so the call is not repeated with a new one.
    assert!(list(&client).await.unwrap_err().is_unauthorized());
    assert_eq!((transport.requests().len(), seen.load(Ordering::Relaxed)), (1, 2));
}

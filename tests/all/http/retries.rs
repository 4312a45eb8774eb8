//! Tests of retries: which failures are retried, the delays, and the limits.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use conductorone::runtime::{Body, BoxFuture, Method, Transport, TransportError};
use conductorone::{Client, ClientBuilder, Error, RequestExt, RetryPolicy};
use tests::server::{Reply, Server, Then};

use super::{ENTITLEMENT_PATH, TOKEN, TRANSPORT, get_entitlement};

/// The default transport, but without waiting for delays.
#[derive(Clone, Default)]
struct NoDelayTransport(Arc<Mutex<Vec<Duration>>>);

impl Transport for NoDelayTransport {
    fn send(
        &self,
        request: http::Request<Body>,
        deadline: Option<Instant>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        TRANSPORT.send(request, deadline)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.0.lock().unwrap().push(duration);
        Box::pin(std::future::ready(()))
    }
}

struct Fixture {
    server: Server,
    time: NoDelayTransport,
}

impl Fixture {
    /// Starts a server that sends these responses in order, and repeats the last one.
    async fn with(responses: &'static [fn() -> Reply]) -> Self {
        let remaining = Mutex::new(responses.iter());
        let server = Server::with(move || {
            let next = remaining.lock().unwrap().next();
            next.unwrap_or_else(|| responses.last().unwrap())()
        });
        Self { server: server.await, time: NoDelayTransport::default() }
    }

    fn builder(&self) -> ClientBuilder {
        let builder = Client::builder().base_url(self.server.url()).bearer_token(TOKEN);
        builder.transport(self.time.clone())
    }

    fn requests(&self) -> usize {
        self.server.received().len()
    }

    fn waits(&self) -> Vec<Duration> {
        self.time.0.lock().unwrap().clone()
    }
}

fn ok() -> Reply {
    Reply::json("200 OK", "{}")
}

fn unavailable() -> Reply {
    Reply::json("503 Service Unavailable", "{}")
}

fn limited() -> Reply {
    Reply::json("429 Too Many Requests", "{}")
}

/// A response with a `retry-after` date that is seven seconds after the server's own clock.
fn busy() -> Reply {
    let date = "date: Sun, 06 Nov 1994 08:49:30 GMT\r\nretry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
    Reply::with("503 Service Unavailable", date, "")
}

/// Sends a request that is not idempotent.
async fn post(client: &Client) -> Result<(), Error> {
    client.request(Method::POST, ENTITLEMENT_PATH).json("x").await.map(drop)
}

#[tokio::test]
async fn retries_transient_failures_of_idempotent_requests() {
    for (responses, get_requests, post_requests) in [
        (&[limited as fn() -> Reply][..], 4, 4),
        (&[unavailable], 4, 1),
        (&[|| Reply::json("408 Request Timeout", "")], 4, 1),
        (&[|| Reply::json("500 Internal Server Error", "")], 4, 1),
        (&[|| Reply::json("502 Bad Gateway", "")], 4, 1),
        (&[|| Reply::json("504 Gateway Timeout", "")], 4, 1),
        (&[|| Reply::raw("", Then::Close)], 4, 1),
        (&[|| Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{", Then::Close)], 4, 1),
        (&[|| Reply::json("400 Bad Request", "")], 1, 1),
        (&[|| Reply::json("404 Not Found", "")], 1, 1),
    ] {
        let fixture = Fixture::with(responses).await;
        let error = get_entitlement(&fixture.builder().build().unwrap()).await.unwrap_err();
        let shown = responses[0]().status_line();
        assert_eq!((fixture.requests(), error.attempts()), (get_requests, get_requests as u32), "{shown}");
        let fixture = Fixture::with(responses).await;
        post(&fixture.builder().build().unwrap()).await.unwrap_err();
        assert_eq!(fixture.requests(), post_requests, "{shown}");
    }
}

#[tokio::test]
async fn succeeds_after_transient_failures() {
    let fixture = Fixture::with(&[unavailable, limited, ok]).await;
    get_entitlement(&fixture.builder().build().unwrap()).await.unwrap();
    assert_eq!((fixture.requests(), fixture.waits().len()), (3, 2));
    // With an idempotency key, a POST request is retried.
    let fixture = Fixture::with(&[unavailable, ok]).await;
    let client = fixture.builder().build().unwrap();
    let request = client.request(Method::POST, ENTITLEMENT_PATH).json("x");
    request.with_header("idempotency-key", "k1").await.unwrap();
    let keys: Vec<_> = fixture.server.received();
    assert!(keys.iter().all(|request| request.header("idempotency-key") == Some("k1")));
    assert_eq!(keys.len(), 2);
}

#[tokio::test]
async fn honors_retry_after() {
    let fixture =
        Fixture::with(&[|| Reply::with("429 Too Many Requests", "retry-after: 7\r\n", ""), ok]).await;
    get_entitlement(&fixture.builder().build().unwrap()).await.unwrap();
    assert_eq!(fixture.waits(), [Duration::from_secs(7)]);
    let fixture = Fixture::with(&[busy, ok]).await;
    get_entitlement(&fixture.builder().build().unwrap()).await.unwrap();
    assert_eq!(fixture.waits(), [Duration::from_secs(7)]);
    // A year is too long to wait, so the error has the value instead.
    let fixture =
        Fixture::with(&[|| Reply::with("429 Too Many Requests", "retry-after: 31536000\r\n", ""), ok]).await;
    let error = get_entitlement(&fixture.builder().build().unwrap()).await.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(31_536_000)));
    assert_eq!((fixture.requests(), fixture.waits()), (1, Vec::new()));
}

#[tokio::test]
async fn requests_override_the_retry_policy() {
    let fixture = Fixture::with(&[unavailable]).await;
    let client = fixture.builder().retry(RetryPolicy::default().with_max_attempts(2)).build().unwrap();
    get_entitlement(&client).await.unwrap_err();
    assert_eq!(fixture.requests(), 2);
    let request = client.app_entitlements().get("app_ci", "ent_release").with_retry(RetryPolicy::none());
    request.await.unwrap_err();
    assert_eq!(fixture.requests(), 3);
}

#[tokio::test]
async fn the_retry_budget_limits_retries() {
    let fixture = Fixture::with(&[unavailable]).await;
    let client = fixture.builder().build().unwrap();
    for _ in 0..100 {
        get_entitlement(&client.clone()).await.unwrap_err();
    }
    assert_eq!(fixture.requests(), 100 + 50);
}

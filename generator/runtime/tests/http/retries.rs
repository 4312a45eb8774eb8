//! Retries: which failures are retried, how often, and with which delay. Delays are recorded and do not pass.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use runtime::{
    Body, BodyStream, BoxFuture, Client, ClientBuilder, Error, Method, Operation, Request, RetryPolicy,
    Transport, TransportError,
};

use crate::server::{Reply, Server, Then};
use crate::{API, LIST_PETS, TRANSPORT};

/// A transport over the network that records delays instead of waiting.
#[derive(Clone, Default)]
pub struct NoDelayTransport {
    waits: Arc<Mutex<Vec<Duration>>>,
}

impl NoDelayTransport {
    pub fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }
}

impl Transport for NoDelayTransport {
    fn send(
        &self,
        request: http::Request<Body>,
        deadline: Option<Instant>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        TRANSPORT.send(request, deadline)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.waits.lock().unwrap().push(duration);
        Box::pin(std::future::ready(()))
    }

    fn limit(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

struct Fixture {
    server: Server,
    transport: NoDelayTransport,
}

impl Fixture {
    /// Starts a server that sends these replies in order, and repeats the last one.
    async fn with(replies: &'static [fn() -> Reply]) -> Self {
        let next = Mutex::new(replies.iter());
        let server = Server::with(move || {
            let mut next = next.lock().unwrap();
            next.next().unwrap_or_else(|| replies.last().unwrap())()
        });
        Self { server: server.await, transport: NoDelayTransport::default() }
    }

    fn builder(&self) -> ClientBuilder {
        ClientBuilder::new(&API).base_url(self.server.url()).transport(self.transport.clone())
    }

    fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    fn waits(&self) -> Vec<Duration> {
        self.transport.waits()
    }

    fn requests(&self) -> usize {
        self.server.received().len()
    }
}

fn ok() -> Reply {
    Reply::json("200 OK", "{}")
}

fn unavailable() -> Reply {
    Reply::json("503 Service Unavailable", r#"{"message":"down"}"#)
}

fn limited() -> Reply {
    Reply::json("429 Too Many Requests", "{}")
}

/// Closes the connection in the middle of the body.
fn broken() -> Reply {
    Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{", Then::Close)
}

static DELETE_PET: Operation = Operation::new("pets.delete", Method::DELETE, "/pets");
static CREATE_PET: Operation = Operation::new("pets.create", Method::POST, "/pets");
static FIND_PETS: Operation = Operation::new("pets.find", Method::POST, "/pets/find").repeatable();

async fn send(client: &Client, operation: &'static Operation) -> Result<(), Error> {
    Request::new(client, operation).send().await.map(drop)
}

#[tokio::test]
async fn retries_transient_failures() {
    let fixture = Fixture::with(&[unavailable, broken, ok]).await;
    send(&fixture.client(), &LIST_PETS).await.unwrap();
    assert_eq!((fixture.requests(), fixture.waits().len()), (3, 2));
}

/// Returns the number of attempts of a call to an operation that always fails in the same way.
async fn attempts(operation: &'static Operation, reply: &'static [fn() -> Reply]) -> usize {
    let fixture = Fixture::with(reply).await;
    let error = send(&fixture.client(), operation).await.unwrap_err();
    assert_eq!(error.attempts() as usize, fixture.requests());
    fixture.requests()
}

#[tokio::test]
async fn retries_by_status_and_idempotency() {
    let always: &[&'static [fn() -> Reply]] = &[&[limited]];
    let if_idempotent: &[&'static [fn() -> Reply]] = &[
        &[unavailable],
        &[broken],
        &[|| Reply::raw("", Then::Close)],
        &[|| Reply::json("408 Request Timeout", "")],
        &[|| Reply::json("500 Internal Server Error", "")],
        &[|| Reply::json("502 Bad Gateway", "")],
        &[|| Reply::json("504 Gateway Timeout", "")],
    ];
    let never: &[&'static [fn() -> Reply]] = &[
        &[|| Reply::json("400 Bad Request", "")],
        &[|| Reply::json("401 Unauthorized", "")],
        &[|| Reply::json("404 Not Found", "")],
        &[|| Reply::json("409 Conflict", "")],
        &[|| Reply::json("501 Not Implemented", "")],
        &[|| Reply::redirect("302 Found", "https://elsewhere.test/")],
    ];
    for (replies, of_get, of_post) in [(always, 4, 4), (if_idempotent, 4, 1), (never, 1, 1)] {
        for reply in replies {
            assert_eq!(attempts(&LIST_PETS, reply).await, of_get, "{}", reply[0]().status_line());
            assert_eq!(attempts(&DELETE_PET, reply).await, of_get, "{}", reply[0]().status_line());
            assert_eq!(attempts(&FIND_PETS, reply).await, of_get, "{}", reply[0]().status_line());
            assert_eq!(attempts(&CREATE_PET, reply).await, of_post, "{}", reply[0]().status_line());
        }
    }
}

#[tokio::test]
async fn retries_post_with_an_idempotency_key() {
    let fixture = Fixture::with(&[unavailable, ok]).await;
    let request = Request::new(&fixture.client(), &CREATE_PET).header("idempotency-key", &"k1");
    request.json("x").send().await.unwrap();
    let received = fixture.server.received();
    assert_eq!(received.len(), 2);
    assert!(received.iter().all(|received| received.header("idempotency-key") == Some("k1")));
    assert!(received.iter().all(|received| received.body == r#""x""#));
}

#[tokio::test]
async fn retries_any_request_without_a_connection() {
    let transport = NoDelayTransport::default();
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let builder = ClientBuilder::new(&API).base_url(format!("http://{address}")).transport(transport.clone());
    let error = send(&builder.build().unwrap(), &CREATE_PET).await.unwrap_err();
    assert!(error.is_connect());
    assert_eq!(error.to_string(), format!("POST /pets: connection refused ({address}), after 4 attempts"));
    assert_eq!(transport.waits.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn retries_after_the_attempt_timeout() {
    let fixture =
        Fixture::with(&[|| Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{", Then::Wait), ok])
            .await;
    let client = fixture.builder().attempt_timeout(Duration::from_millis(200)).build().unwrap();
    send(&client, &LIST_PETS).await.unwrap();
    assert_eq!(fixture.requests(), 2);
}

/// A stream of one chunk.
struct Once(Option<&'static str>);

impl BodyStream for Once {
    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<runtime::Bytes, TransportError>>> {
        std::task::Poll::Ready(self.0.take().map(|piece| Ok(piece.into())))
    }
}

#[tokio::test]
async fn does_not_retry_a_streamed_body() {
    let fixture = Fixture::with(&[limited, ok]).await;
    let body = Body::from_sized_stream(Once(Some("abc")), 3);
    let error =
        Request::new(&fixture.client(), &CREATE_PET).bytes("text/plain", body).send().await.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!((fixture.requests(), error.attempts()), (1, 1));
}

#[tokio::test]
async fn delays_grow_and_are_random() {
    let policy = || RetryPolicy::default().with_max_attempts(8).with_base_delay(Duration::from_secs(1));
    let fixture = Fixture::with(&[unavailable]).await;
    let builder = fixture.builder().retry(policy().with_max_delay(Duration::from_secs(8))).timeout(None);
    send(&builder.build().unwrap(), &LIST_PETS).await.unwrap_err();
    let waits = fixture.waits();
    let at_most = [1, 2, 4, 8, 8, 8, 8].map(Duration::from_secs);
    assert_eq!(waits.len(), at_most.len());
    assert!(waits.iter().zip(at_most).all(|(wait, at_most)| *wait <= at_most), "{waits:?}");
    // The probability that two of them are equal is about one in four billion.
    assert!(waits.windows(2).all(|pair| pair[0] != pair[1]), "{waits:?}");
}

#[tokio::test]
async fn does_not_retry_without_a_policy() {
    let fixture = Fixture::with(&[limited]).await;
    let error = send(&fixture.builder().retry(RetryPolicy::none()).build().unwrap(), &LIST_PETS).await;
    assert_eq!(error.unwrap_err().to_string(), "GET /pets: 429 Too Many Requests");
    assert_eq!((fixture.requests(), fixture.waits()), (1, Vec::new()));
}

/// Returns the delay before the retry, and the `retry_after` of the error if the call fails.
async fn retry_after_handling(headers: &'static str) -> (Option<Duration>, Option<Duration>) {
    let first = Mutex::new(true);
    let server = Server::with(move || {
        let is_first = std::mem::take(&mut *first.lock().unwrap());
        if is_first { Reply::with("503 Service Unavailable", headers, "") } else { ok() }
    });
    let fixture = Fixture { server: server.await, transport: NoDelayTransport::default() };
    let policy = RetryPolicy::default().with_base_delay(Duration::ZERO);
    let outcome = send(&fixture.builder().retry(policy).build().unwrap(), &LIST_PETS).await;
    (fixture.waits().first().copied(), outcome.err().and_then(|error| error.retry_after()))
}

#[tokio::test]
async fn responses_and_errors_count_attempts() {
    let fixture = Fixture::with(&[unavailable, ok]).await;
    let response = Request::new(&fixture.client(), &LIST_PETS).send().await.unwrap();
    assert_eq!(response.attempts(), 2);
    let error = response.json::<String>().unwrap_err();
    assert_eq!(error.attempts(), 2);
    assert_eq!(
        error.to_string(),
        "GET /pets (2 attempts): response body at $: expected a string, got an object"
    );
}

#[tokio::test]
async fn waits_for_retry_after_up_to_the_limit() {
    const YEAR: u64 = 365 * 24 * 3600;
    let seconds = Duration::from_secs;
    for (headers, waits, reported) in [
        ("", Some(0), None),
        ("retry-after: 0\r\n", Some(0), None),
        ("retry-after: 7\r\n", Some(7), None),
        ("retry-after: 30\r\n", Some(30), None),
        ("retry-after: 31\r\n", None, Some(seconds(31))),
        ("retry-after: 31536000\r\n", None, Some(seconds(YEAR))),
        ("retry-after: 99999999999999999999999\r\n", None, Some(Duration::MAX)),
        // Not valid, but some servers send it.
        ("retry-after: 7.0\r\n", Some(7), None),
        ("retry-after: 1.578153359112712\r\n", Some(2), None),
        ("retry-after: 18446744073709551615.5\r\n", None, Some(Duration::MAX)),
        // Relative to the server's clock.
        (
            "date: Sun, 06 Nov 1994 08:49:30 GMT\r\nretry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
            Some(7),
            None,
        ),
        (
            "date: Sun, 06 Nov 1994 08:49:37 GMT\r\nretry-after: Mon, 06 Nov 1995 08:49:37 GMT\r\n",
            None,
            Some(seconds(YEAR)),
        ),
        // In the past, and invalid values.
        ("retry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n", Some(0), None),
        ("retry-after: soon\r\n", Some(0), None),
        ("retry-after: -1\r\n", Some(0), None),
        ("retry-after: 1.5.0\r\n", Some(0), None),
        ("retry-after: .5\r\n", Some(0), None),
        ("retry-after: \r\n", Some(0), None),
    ] {
        assert_eq!(retry_after_handling(headers).await, (waits.map(seconds), reported), "{headers:?}");
    }
}

#[tokio::test]
async fn does_not_wait_longer_than_the_timeout() {
    let fixture = Fixture::with(&[|| Reply::with("429 Too Many Requests", "retry-after: 20\r\n", "")]).await;
    let client = fixture.builder().timeout(Duration::from_secs(10)).build().unwrap();
    let error = send(&client, &LIST_PETS).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(20)));
    assert_eq!((fixture.requests(), fixture.waits()), (1, Vec::new()));
}

#[tokio::test]
async fn the_retry_budget_limits_retries() {
    let fixture = Fixture::with(&[unavailable]).await;
    let client = fixture.client();
    for _ in 0..100 {
        send(&client.clone(), &LIST_PETS).await.unwrap_err();
    }
    assert_eq!(fixture.requests(), 100 + 50);
}

/// A retry that succeeds does not use the budget, however many calls run at once.
#[tokio::test]
async fn successful_retries_use_no_retry_budget() {
    let seen = Mutex::new(HashSet::new());
    // The first request of each call fails.
    let server = Server::responding(move |received| {
        let call = received.header("x-call").unwrap().to_owned();
        if seen.lock().unwrap().insert(call) { unavailable() } else { ok() }
    });
    let server = server.await;
    let builder = ClientBuilder::new(&API).base_url(server.url()).transport(TRANSPORT.clone());
    let client =
        builder.retry(RetryPolicy::default().with_base_delay(Duration::from_secs(1))).build().unwrap();
    let calls: Vec<_> = (0..200)
        .map(|number| {
            let request = Request::new(&client, &LIST_PETS).header("x-call", &number);
            tokio::spawn(async move { request.send().await.is_ok() })
        })
        .collect();
    let mut failed = 0;
    for call in calls {
        failed += usize::from(!call.await.unwrap());
    }
    assert_eq!(failed, 0);
    assert_eq!(server.received().len(), 400);
}

/// Calls that wait for a retry do not send it if the budget is used up in the meantime.
#[tokio::test]
async fn an_outage_ends_waiting_retries() {
    let server = Server::with(unavailable).await;
    let builder = ClientBuilder::new(&API).base_url(server.url()).transport(TRANSPORT.clone());
    let client =
        builder.retry(RetryPolicy::default().with_base_delay(Duration::from_secs(2))).build().unwrap();
    let calls = (0..400).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { send(&client, &LIST_PETS).await })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap_err();
    }
    let retries = server.received().len() - 400;
    // 50, and those that were on the way.
    assert!((50..150).contains(&retries), "{retries}");
}

/// A server that rejects a request works, too.
#[tokio::test]
async fn handled_requests_refill_the_retry_budget() {
    static DOWN: Operation = Operation::new("down", Method::GET, "/down");
    let handled: [fn() -> Reply; 2] = [ok, || Reply::json("404 Not Found", "{}")];
    for reply in handled {
        let server =
            Server::responding(
                move |received| {
                    if received.line.ends_with("/down") { unavailable() } else { reply() }
                },
            );
        let fixture = Fixture { server: server.await, transport: NoDelayTransport::default() };
        let client = fixture.client();
        for _ in 0..20 {
            send(&client, &DOWN).await.unwrap_err();
        }
        let requests = fixture.requests();
        for _ in 0..10 {
            let _ = send(&client, &LIST_PETS).await;
        }
        send(&client, &DOWN).await.unwrap_err();
        send(&client, &DOWN).await.unwrap_err();
        // Ten calls that were handled, two that failed, and five retries.
        assert_eq!(fixture.requests() - requests, 10 + 2 + 5);
    }
}

#[tokio::test]
async fn rate_limits_with_retry_after_use_no_retry_budget() {
    let fixture = Fixture::with(&[|| Reply::with("429 Too Many Requests", "retry-after: 1\r\n", "")]).await;
    let client = fixture.client();
    for _ in 0..30 {
        send(&client, &LIST_PETS).await.unwrap_err();
    }
    assert_eq!(fixture.requests(), 30 * 4);
}

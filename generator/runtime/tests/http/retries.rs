//! Calls that are tried again: after what, how often, and after how long. Nobody waits: waits are written down.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use runtime::{
    Body, BodyStream, BoxFuture, Client, ClientBuilder, Error, Method, Operation, Request, RetryPolicy,
    Transport, TransportError,
};

use crate::server::{Reply, Server, Then};
use crate::{API, LIST_PETS, TRANSPORT};

/// The network, but time does not pass while a client waits.
#[derive(Clone, Default)]
pub struct Timeless {
    waits: Arc<Mutex<Vec<Duration>>>,
}

impl Timeless {
    pub fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }
}

impl Transport for Timeless {
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

struct Scene {
    server: Server,
    time: Timeless,
}

impl Scene {
    /// A server that gives these replies, one after the other, and the last one from then on.
    async fn with(replies: &'static [fn() -> Reply]) -> Self {
        let next = Mutex::new(replies.iter());
        let server = Server::with(move || {
            let mut next = next.lock().unwrap();
            next.next().unwrap_or_else(|| replies.last().unwrap())()
        });
        Self { server: server.await, time: Timeless::default() }
    }

    fn builder(&self) -> ClientBuilder {
        ClientBuilder::new(&API).base_url(self.server.url()).transport(self.time.clone())
    }

    fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    fn waits(&self) -> Vec<Duration> {
        self.time.waits()
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

/// The connection ends before the answer does.
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
async fn a_call_outlives_failures_that_pass() {
    let scene = Scene::with(&[unavailable, broken, ok]).await;
    send(&scene.client(), &LIST_PETS).await.unwrap();
    assert_eq!((scene.requests(), scene.waits().len()), (3, 2));
}

/// How often a call of an operation is tried, if it always fails in the same way.
async fn attempts(operation: &'static Operation, reply: &'static [fn() -> Reply]) -> usize {
    let scene = Scene::with(reply).await;
    let error = send(&scene.client(), operation).await.unwrap_err();
    assert_eq!(error.attempts() as usize, scene.requests());
    scene.requests()
}

#[tokio::test]
async fn what_is_tried_again() {
    let always: &[&'static [fn() -> Reply]] = &[&[limited]];
    let where_it_does_no_harm: &[&'static [fn() -> Reply]] = &[
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
    for (replies, of_get, of_post) in [(always, 4, 4), (where_it_does_no_harm, 4, 1), (never, 1, 1)] {
        for reply in replies {
            assert_eq!(attempts(&LIST_PETS, reply).await, of_get, "{}", reply[0]().shown());
            assert_eq!(attempts(&DELETE_PET, reply).await, of_get, "{}", reply[0]().shown());
            assert_eq!(attempts(&FIND_PETS, reply).await, of_get, "{}", reply[0]().shown());
            assert_eq!(attempts(&CREATE_PET, reply).await, of_post, "{}", reply[0]().shown());
        }
    }
}

#[tokio::test]
async fn a_key_makes_a_request_repeatable() {
    let scene = Scene::with(&[unavailable, ok]).await;
    let request = Request::new(&scene.client(), &CREATE_PET).header("idempotency-key", &"k1");
    request.json("x").send().await.unwrap();
    let received = scene.server.received();
    assert_eq!(received.len(), 2);
    assert!(received.iter().all(|received| received.header("idempotency-key") == Some("k1")));
    assert!(received.iter().all(|received| received.body == r#""x""#));
}

#[tokio::test]
async fn without_a_connection_anything_is_tried_again() {
    let time = Timeless::default();
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let builder = ClientBuilder::new(&API).base_url(format!("http://{nobody}")).transport(time.clone());
    let error = send(&builder.build().unwrap(), &CREATE_PET).await.unwrap_err();
    assert!(error.is_connect());
    assert_eq!(error.to_string(), "POST /pets (4 attempts): no connection");
    assert_eq!(time.waits.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn an_attempt_that_takes_too_long_is_given_up() {
    let scene =
        Scene::with(&[|| Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{", Then::Wait), ok]).await;
    let client = scene.builder().attempt_timeout(Duration::from_millis(200)).build().unwrap();
    send(&client, &LIST_PETS).await.unwrap();
    assert_eq!(scene.requests(), 2);
}

/// A stream of one piece.
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
async fn a_stream_is_not_sent_twice() {
    let scene = Scene::with(&[limited, ok]).await;
    let body = Body::from_sized_stream(Once(Some("abc")), 3);
    let error =
        Request::new(&scene.client(), &CREATE_PET).bytes("text/plain", body).send().await.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!((scene.requests(), error.attempts()), (1, 1));
}

#[tokio::test]
async fn waits_grow_and_differ() {
    let policy = || RetryPolicy::default().with_max_attempts(8).with_base_delay(Duration::from_secs(1));
    let scene = Scene::with(&[unavailable]).await;
    let builder = scene.builder().retry(policy().with_max_delay(Duration::from_secs(8))).timeout(None);
    send(&builder.build().unwrap(), &LIST_PETS).await.unwrap_err();
    let waits = scene.waits();
    let at_most = [1, 2, 4, 8, 8, 8, 8].map(Duration::from_secs);
    assert_eq!(waits.len(), at_most.len());
    assert!(waits.iter().zip(at_most).all(|(wait, at_most)| *wait <= at_most), "{waits:?}");
    // Two of them are the same once in four thousand million runs.
    assert!(waits.windows(2).all(|pair| pair[0] != pair[1]), "{waits:?}");
}

#[tokio::test]
async fn a_policy_may_be_none() {
    let scene = Scene::with(&[limited]).await;
    let error = send(&scene.builder().retry(RetryPolicy::none()).build().unwrap(), &LIST_PETS).await;
    assert_eq!(error.unwrap_err().to_string(), "GET /pets: 429 Too Many Requests");
    assert_eq!((scene.requests(), scene.waits()), (1, Vec::new()));
}

/// What a client makes of what a server asks for: how long it waits, or none if it does not.
async fn told(headers: &'static str) -> (Option<Duration>, Option<Duration>) {
    let first = Mutex::new(true);
    let server = Server::with(move || {
        let is_first = std::mem::take(&mut *first.lock().unwrap());
        if is_first { Reply::with("503 Service Unavailable", headers, "") } else { ok() }
    });
    let scene = Scene { server: server.await, time: Timeless::default() };
    let policy = RetryPolicy::default().with_base_delay(Duration::ZERO);
    let outcome = send(&scene.builder().retry(policy).build().unwrap(), &LIST_PETS).await;
    (scene.waits().first().copied(), outcome.err().and_then(|error| error.retry_after()))
}

#[tokio::test]
async fn an_answer_knows_how_long_it_took_to_get() {
    let scene = Scene::with(&[unavailable, ok]).await;
    let response = Request::new(&scene.client(), &LIST_PETS).send().await.unwrap();
    assert_eq!(response.attempts(), 2);
    let error = response.json::<String>().unwrap_err();
    assert_eq!(error.attempts(), 2);
    assert_eq!(error.to_string(), "GET /pets: 200 OK (2 attempts): the body does not decode at $");
}

#[tokio::test]
async fn a_server_may_ask_for_time() {
    const YEAR: u64 = 365 * 24 * 3600;
    let seconds = Duration::from_secs;
    for (headers, waits, says) in [
        ("", Some(0), None),
        ("retry-after: 0\r\n", Some(0), None),
        ("retry-after: 7\r\n", Some(7), None),
        ("retry-after: 30\r\n", Some(30), None),
        ("retry-after: 31\r\n", None, Some(seconds(31))),
        ("retry-after: 31536000\r\n", None, Some(seconds(YEAR))),
        ("retry-after: 99999999999999999999999\r\n", None, Some(Duration::MAX)),
        // By the server's clock.
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
        // In the past, and in no form that there is.
        ("retry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n", Some(0), None),
        ("retry-after: soon\r\n", Some(0), None),
        ("retry-after: -1\r\n", Some(0), None),
        ("retry-after: 1.5\r\n", Some(0), None),
        ("retry-after: \r\n", Some(0), None),
    ] {
        assert_eq!(told(headers).await, (waits.map(seconds), says), "{headers:?}");
    }
}

#[tokio::test]
async fn a_wait_that_the_call_cannot_afford_is_not_begun() {
    let scene = Scene::with(&[|| Reply::with("429 Too Many Requests", "retry-after: 20\r\n", "")]).await;
    let client = scene.builder().timeout(Duration::from_secs(10)).build().unwrap();
    let error = send(&client, &LIST_PETS).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(20)));
    assert_eq!((scene.requests(), scene.waits()), (1, Vec::new()));
}

#[tokio::test]
async fn an_outage_is_not_multiplied() {
    let scene = Scene::with(&[unavailable]).await;
    let client = scene.client();
    for _ in 0..100 {
        send(&client.clone(), &LIST_PETS).await.unwrap_err();
    }
    assert_eq!(scene.requests(), 100 + 50);
}

#[tokio::test]
async fn success_earns_another_attempt() {
    let server =
        Server::answering(|received| if received.line.ends_with("/down") { unavailable() } else { ok() });
    let scene = Scene { server: server.await, time: Timeless::default() };
    static DOWN: Operation = Operation::new("down", Method::GET, "/down");
    let client = scene.client();
    for _ in 0..20 {
        send(&client, &DOWN).await.unwrap_err();
    }
    let requests = scene.requests();
    for _ in 0..10 {
        send(&client, &LIST_PETS).await.unwrap();
    }
    send(&client, &DOWN).await.unwrap_err();
    send(&client, &DOWN).await.unwrap_err();
    assert_eq!(scene.requests() - requests, 10 + 2 + 1);
}

#[tokio::test]
async fn a_limit_with_a_time_is_no_outage() {
    let scene = Scene::with(&[|| Reply::with("429 Too Many Requests", "retry-after: 1\r\n", "")]).await;
    let client = scene.client();
    for _ in 0..30 {
        send(&client, &LIST_PETS).await.unwrap_err();
    }
    assert_eq!(scene.requests(), 30 * 4);
}

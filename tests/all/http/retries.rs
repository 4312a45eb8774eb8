//! Calls that are tried again: after which failures, how long they wait, and when it is enough.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use conductorone::runtime::{Body, BoxFuture, Method, Transport, TransportError};
use conductorone::{Client, ClientBuilder, Error, RequestExt, RetryPolicy};
use tests::server::{Reply, Server, Then};

use super::{ENTITLEMENT_PATH, TOKEN, TRANSPORT, get_entitlement};

/// The network, but time does not pass while a client waits.
#[derive(Clone, Default)]
struct Timeless(Arc<Mutex<Vec<Duration>>>);

impl Transport for Timeless {
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

struct Scene {
    server: Server,
    time: Timeless,
}

impl Scene {
    /// A server that gives these answers, one after the other, and the last one from then on.
    async fn with(answers: &'static [fn() -> Reply]) -> Self {
        let left = Mutex::new(answers.iter());
        let server = Server::with(move || {
            let next = left.lock().unwrap().next();
            next.unwrap_or_else(|| answers.last().unwrap())()
        });
        Self { server: server.await, time: Timeless::default() }
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

/// Asks for seven seconds, by the server's own clock.
fn busy() -> Reply {
    let date = "date: Sun, 06 Nov 1994 08:49:30 GMT\r\nretry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
    Reply::with("503 Service Unavailable", date, "")
}

/// A request that may have had an effect, of which the client does not know.
async fn post(client: &Client) -> Result<(), Error> {
    client.request(Method::POST, ENTITLEMENT_PATH).json("x").await.map(drop)
}

#[tokio::test]
async fn what_is_tried_again() {
    for (answers, of_get, of_post) in [
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
        let scene = Scene::with(answers).await;
        let error = get_entitlement(&scene.builder().build().unwrap()).await.unwrap_err();
        let shown = answers[0]().shown();
        assert_eq!((scene.requests(), error.attempts()), (of_get, of_get as u32), "{shown}");
        let scene = Scene::with(answers).await;
        post(&scene.builder().build().unwrap()).await.unwrap_err();
        assert_eq!(scene.requests(), of_post, "{shown}");
    }
}

#[tokio::test]
async fn a_call_outlives_failures_that_pass() {
    let scene = Scene::with(&[unavailable, limited, ok]).await;
    get_entitlement(&scene.builder().build().unwrap()).await.unwrap();
    assert_eq!((scene.requests(), scene.waits().len()), (3, 2));
    // By a key, the server knows that it is the same request.
    let scene = Scene::with(&[unavailable, ok]).await;
    let client = scene.builder().build().unwrap();
    let request = client.request(Method::POST, ENTITLEMENT_PATH).json("x");
    request.with_header("idempotency-key", "k1").await.unwrap();
    let keys: Vec<_> = scene.server.received();
    assert!(keys.iter().all(|request| request.header("idempotency-key") == Some("k1")));
    assert_eq!(keys.len(), 2);
}

#[tokio::test]
async fn a_server_may_ask_for_time() {
    let scene = Scene::with(&[|| Reply::with("429 Too Many Requests", "retry-after: 7\r\n", ""), ok]).await;
    get_entitlement(&scene.builder().build().unwrap()).await.unwrap();
    assert_eq!(scene.waits(), [Duration::from_secs(7)]);
    let scene = Scene::with(&[busy, ok]).await;
    get_entitlement(&scene.builder().build().unwrap()).await.unwrap();
    assert_eq!(scene.waits(), [Duration::from_secs(7)]);
    // A year is longer than anybody waits: it is told instead.
    let scene =
        Scene::with(&[|| Reply::with("429 Too Many Requests", "retry-after: 31536000\r\n", ""), ok]).await;
    let error = get_entitlement(&scene.builder().build().unwrap()).await.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(31_536_000)));
    assert_eq!((scene.requests(), scene.waits()), (1, Vec::new()));
}

#[tokio::test]
async fn a_policy_may_be_of_the_client_or_of_a_call() {
    let scene = Scene::with(&[unavailable]).await;
    let client = scene.builder().retry(RetryPolicy::default().with_max_attempts(2)).build().unwrap();
    get_entitlement(&client).await.unwrap_err();
    assert_eq!(scene.requests(), 2);
    let request = client.app_entitlements().get("app_ci", "ent_release").with_retry(RetryPolicy::none());
    request.await.unwrap_err();
    assert_eq!(scene.requests(), 3);
}

#[tokio::test]
async fn an_outage_is_not_multiplied() {
    let scene = Scene::with(&[unavailable]).await;
    let client = scene.builder().build().unwrap();
    for _ in 0..100 {
        get_entitlement(&client.clone()).await.unwrap_err();
    }
    assert_eq!(scene.requests(), 100 + 50);
}

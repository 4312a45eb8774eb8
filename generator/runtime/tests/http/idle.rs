//! Timeouts of downloads and streams: until the response starts, and between two chunks.

use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use runtime::{
    Body, BodyStream, BoxFuture, Bytes, Client, ClientBuilder, Error, EventStream, Request, RequestExt,
    RetryPolicy, Transport, TransportError,
};

use crate::server::{Reply, Server, Then};
use crate::{API, LIST_PETS, builder};

const SHORT: Duration = Duration::from_millis(50);

fn client_with_short_timeout(server: &Server) -> Client {
    builder(server).attempt_timeout(SHORT).build().unwrap()
}

/// Returns the head of a response and the first bytes of its body.
fn started(kind: &str, bytes: &str, then: Then) -> Reply {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\nconnection: close\r\n\r\n");
    Reply::raw(head + bytes, then)
}

/// Reads a download until it ends or fails.
async fn read(client: &Client) -> (Vec<u8>, Option<Error>) {
    let mut download = Request::new(client, &LIST_PETS).download().await.unwrap();
    let mut read = Vec::new();
    while let Some(piece) = download.next().await {
        match piece {
            Ok(piece) => read.extend(piece),
            Err(error) => return (read, Some(error)),
        }
    }
    (read, None)
}

#[tokio::test]
async fn retries_downloads_that_do_not_start() {
    let count = AtomicUsize::new(0);
    let server = Server::responding(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        0 => Reply::raw("", Then::Wait),
        _ => started("image/png", "abc", Then::Close),
    });
    let server = server.await;
    let retry = RetryPolicy::default().with_base_delay(Duration::ZERO);
    let client = builder(&server).attempt_timeout(SHORT).retry(retry).build().unwrap();
    assert_eq!(read(&client).await.0, b"abc");
    assert_eq!(server.received().len(), 2);

    let silent = Server::with(|| Reply::raw("", Then::Wait)).await;
    let error = Request::new(&client_with_short_timeout(&silent), &LIST_PETS).download().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn times_out_downloads_that_stop() {
    let server = Server::with(|| started("image/png", "abc", Then::Wait)).await;
    let (read, error) = read(&client_with_short_timeout(&server)).await;
    assert_eq!(read, b"abc");
    let text = "GET /pets: 200 OK: timed out after 0.05 s while reading the response body";
    assert_eq!(error.unwrap().to_string(), text);
}

/// A transport that responds with a body of three chunks, each of which is pending once. Its timer never fires.
#[derive(Clone, Default)]
struct SlowTransport {
    waits: Arc<Mutex<Vec<Duration>>>,
}

struct Pieces {
    remaining: usize,
    was_pending: bool,
}

impl Transport for SlowTransport {
    fn send(
        &self,
        _: http::Request<Body>,
        _: Option<Instant>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            let pieces = Pieces { remaining: 3, was_pending: false };
            Ok(http::Response::new(Body::from_sized_stream(pieces, 3)))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.waits.lock().unwrap().push(duration);
        Box::pin(std::future::pending())
    }
}

impl BodyStream for Pieces {
    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        self.was_pending = !self.was_pending;
        if self.was_pending {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let piece = self.remaining.checked_sub(1).map(|remaining| self.remaining = remaining);
        Poll::Ready(piece.map(|()| Ok(Bytes::from_static(b"a"))))
    }
}

#[tokio::test]
async fn each_chunk_has_its_own_timeout() {
    let transport = SlowTransport::default();
    let builder = ClientBuilder::new(&API).base_url("https://pets.test").transport(transport.clone());
    let client = builder.attempt_timeout(SHORT).build().unwrap();
    let download = Request::new(&client, &LIST_PETS).download().await.unwrap();
    assert_eq!(&download.bytes().await.unwrap()[..], b"aaa");
    // One timeout for each of the three chunks and one for the end. The head was available immediately.
    assert_eq!(*transport.waits.lock().unwrap(), [SHORT; 4]);
}

#[tokio::test]
async fn times_out_error_bodies_that_stop() {
    let head = "HTTP/1.1 404 Not Found\r\ncontent-length: 9\r\n\r\n{";
    let server = Server::with(move || Reply::raw(head, Then::Wait)).await;
    let error = Request::new(&client_with_short_timeout(&server), &LIST_PETS).download().await.unwrap_err();
    assert!(error.is_timeout() && error.is_not_found(), "{error}");
}

#[tokio::test]
async fn limits_the_time_between_events_only_if_the_request_does() {
    let server = Server::with(|| started("text/event-stream", "data: a\n\n", Then::Wait)).await;
    let request = || Request::new(&client_with_short_timeout(&server), &LIST_PETS);
    let mut events = EventStream::text(request()).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "a");
    assert!(tokio::time::timeout(SHORT * 4, events.next()).await.is_err());

    let mut events = EventStream::text(request().with_attempt_timeout(SHORT)).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "a");
    assert!(events.next().await.unwrap().unwrap_err().is_timeout());
    // The client's timeout applies until the stream starts.
    let silent = Server::with(|| Reply::raw("", Then::Wait)).await;
    assert!(
        EventStream::text(Request::new(&client_with_short_timeout(&silent), &LIST_PETS))
            .await
            .unwrap_err()
            .is_timeout()
    );
}

#[tokio::test]
async fn streams_must_start_within_the_timeout() {
    let head = "HTTP/1.1 404 Not Found\r\ncontent-length: 9\r\n\r\n{";
    for reply in ["", head] {
        let server = Server::with(move || Reply::raw(reply, Then::Wait)).await;
        let client = builder(&server).timeout(SHORT).build().unwrap();
        let error = EventStream::text(Request::new(&client, &LIST_PETS)).await.unwrap_err();
        assert!(error.is_timeout(), "{error}");
    }
    // After the start, the timeout no longer applies.
    let server = Server::with(|| started("text/event-stream", "data: a\n\n", Then::Wait)).await;
    let client = builder(&server).timeout(SHORT).build().unwrap();
    let mut events = EventStream::text(Request::new(&client, &LIST_PETS)).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "a");
    assert!(tokio::time::timeout(SHORT * 4, events.next()).await.is_err());
}

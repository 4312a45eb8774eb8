//! Answers that are read as they arrive: how long they may take to begin, and how long nothing of them may come.

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

fn hasty(server: &Server) -> Client {
    builder(server).attempt_timeout(SHORT).build().unwrap()
}

/// A response that has begun, and these bytes of its body.
fn begun(kind: &str, bytes: &str, then: Then) -> Reply {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\nconnection: close\r\n\r\n");
    Reply::raw(head + bytes, then)
}

/// The pieces of a download, until it ends or breaks.
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
async fn a_download_that_does_not_begin_is_tried_again() {
    let count = AtomicUsize::new(0);
    let server = Server::answering(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        0 => Reply::raw("", Then::Wait),
        _ => begun("image/png", "abc", Then::Close),
    });
    let server = server.await;
    let retry = RetryPolicy::default().with_base_delay(Duration::ZERO);
    let client = builder(&server).attempt_timeout(SHORT).retry(retry).build().unwrap();
    assert_eq!(read(&client).await.0, b"abc");
    assert_eq!(server.received().len(), 2);

    let silent = Server::with(|| Reply::raw("", Then::Wait)).await;
    let error = Request::new(&hasty(&silent), &LIST_PETS).download().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn a_download_that_stops_is_an_error() {
    let server = Server::with(|| begun("image/png", "abc", Then::Wait)).await;
    let (read, error) = read(&hasty(&server)).await;
    assert_eq!(read, b"abc");
    let text = "GET /pets: 200 OK: timed out before the end of the body";
    assert_eq!(error.unwrap().to_string(), text);
}

/// A transport that answers with a body of three pieces, each after a while, and has all the time in the world.
#[derive(Clone, Default)]
struct Patient {
    waits: Arc<Mutex<Vec<Duration>>>,
}

struct Pieces {
    left: usize,
    is_there: bool,
}

impl Transport for Patient {
    fn send(
        &self,
        _: http::Request<Body>,
        _: Option<Instant>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            let pieces = Pieces { left: 3, is_there: false };
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
        self.is_there = !self.is_there;
        if self.is_there {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let piece = self.left.checked_sub(1).map(|left| self.left = left);
        Poll::Ready(piece.map(|()| Ok(Bytes::from_static(b"a"))))
    }
}

#[tokio::test]
async fn each_piece_has_time_of_its_own() {
    let transport = Patient::default();
    let builder = ClientBuilder::new(&API).base_url("https://pets.test").transport(transport.clone());
    let client = builder.attempt_timeout(SHORT).build().unwrap();
    let download = Request::new(&client, &LIST_PETS).download().await.unwrap();
    assert_eq!(&download.bytes().await.unwrap()[..], b"aaa");
    // Three pieces and the end; and none for the head, which was there at once.
    assert_eq!(*transport.waits.lock().unwrap(), [SHORT; 4]);
}

#[tokio::test]
async fn an_error_that_stops_in_the_middle_is_one_too() {
    let head = "HTTP/1.1 404 Not Found\r\ncontent-length: 9\r\n\r\n{";
    let server = Server::with(move || Reply::raw(head, Then::Wait)).await;
    let error = Request::new(&hasty(&server), &LIST_PETS).download().await.unwrap_err();
    assert!(error.is_timeout() && error.is_not_found(), "{error}");
}

#[tokio::test]
async fn events_may_be_far_between_unless_the_request_says_otherwise() {
    let server = Server::with(|| begun("text/event-stream", "data: a\n\n", Then::Wait)).await;
    let request = || Request::new(&hasty(&server), &LIST_PETS);
    let mut events = EventStream::text(request()).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "a");
    assert!(tokio::time::timeout(SHORT * 4, events.next()).await.is_err());

    let mut events = EventStream::text(request().with_attempt_timeout(SHORT)).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "a");
    assert!(events.next().await.unwrap().unwrap_err().is_timeout());
    // That it begins is something else.
    let silent = Server::with(|| Reply::raw("", Then::Wait)).await;
    assert!(EventStream::text(Request::new(&hasty(&silent), &LIST_PETS)).await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn what_goes_on_and_on_has_to_begin_all_the_same() {
    let head = "HTTP/1.1 404 Not Found\r\ncontent-length: 9\r\n\r\n{";
    for reply in ["", head] {
        let server = Server::with(move || Reply::raw(reply, Then::Wait)).await;
        let client = builder(&server).timeout(SHORT).build().unwrap();
        let error = EventStream::text(Request::new(&client, &LIST_PETS)).await.unwrap_err();
        assert!(error.is_timeout(), "{error}");
    }
    // And may then take longer than that.
    let server = Server::with(|| begun("text/event-stream", "data: a\n\n", Then::Wait)).await;
    let client = builder(&server).timeout(SHORT).build().unwrap();
    let mut events = EventStream::text(Request::new(&client, &LIST_PETS)).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "a");
    assert!(tokio::time::timeout(SHORT * 4, events.next()).await.is_err());
}

//! Streams: server-sent events and JSON Lines.

use std::time::Duration;

use runtime::{Error, EventStream, JsonLines, Request, RequestExt};
use serde_json::{Value, json};

use crate::server::{Reply, Server, Then};
use crate::{LIST_PETS, TOKEN, all_of, builder, client};

/// Starts a server that responds with a stream of these bytes.
async fn server_with(kind: &'static str, bytes: &'static [u8]) -> Server {
    Server::with(move || raw(kind, bytes, Then::Close)).await
}

fn raw(kind: &str, bytes: &[u8], then: Then) -> Reply {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\nconnection: close\r\n\r\n");
    Reply::raw([head.as_bytes(), bytes].concat(), then)
}

fn list(server: &Server) -> Request {
    Request::new(&client(server), &LIST_PETS)
}

async fn events(server: &Server) -> Result<EventStream<Value>, Error> {
    EventStream::json(list(server)).await
}

async fn lines(server: &Server) -> JsonLines<Value> {
    JsonLines::json(list(server)).await.unwrap()
}

/// Reads all values, or the messages of their errors.
async fn all(mut lines: JsonLines<Value>) -> Vec<Result<Value, String>> {
    let mut found = Vec::new();
    while let Some(line) = lines.next().await {
        found.push(line.map_err(|error| error.to_string()));
    }
    found
}

#[tokio::test]
async fn parses_server_sent_events() {
    let text =
        b"retry: 20\r\n: hello\r\n\r\nid: 1\revent: add\rdata: {\"id\":\rdata: 7}\r\rdata:[]\n\ndata: 1";
    let server = server_with("text/event-stream; charset=utf-8", text).await;
    let mut events = events(&server).await.unwrap();
    let event = events.next().await.unwrap().unwrap();
    assert_eq!((event.event.as_str(), event.id.as_str(), event.data), ("add", "1", json!({ "id": 7 })));
    assert_eq!(events.next().await.unwrap().unwrap().data, json!([]));
    assert!(events.next().await.is_none());
    assert_eq!((events.retry(), events.last_event_id()), (Some(Duration::from_millis(20)), "1"));
}

#[tokio::test]
async fn returns_each_event_when_it_is_complete() {
    let server = Server::with(|| raw("text/event-stream", b"data: 1\n\n", Then::Wait)).await;
    assert_eq!(events(&server).await.unwrap().next().await.unwrap().unwrap().data, json!(1));
    let server = Server::with(move || {
        raw("text/event-stream", b"", Then::Repeat(b"data:1\n\n".to_vec(), Duration::from_millis(1)))
    })
    .await;
    let mut stream = events(&server).await.unwrap();
    for _ in 0..20 {
        assert_eq!(stream.next().await.unwrap().unwrap().data, json!(1));
    }
}

#[tokio::test]
async fn done_ends_a_stream_of_json_events() {
    let text = b"data: 1\n\ndata: [DONE]\n\ndata: 2\n\n";
    let mut events = events(&server_with("text/event-stream", text).await).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, json!(1));
    assert!(events.next().await.is_none());
    assert!(events.next().await.is_none());
    // `[DONE]` is an ordinary event in a stream of text.
    let mut events = EventStream::text(list(&server_with("text/event-stream", text).await)).await.unwrap();
    let mut all = Vec::new();
    while let Some(event) = events.next().await {
        all.push(event.unwrap().data);
    }
    assert_eq!(all, ["1", "[DONE]", "2"]);
}

#[tokio::test]
async fn decodes_events_as_text() {
    let server = server_with("text/event-stream", b"data: a\ndata: \xff\n\n").await;
    let mut events = EventStream::text(list(&server)).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "a\n\u{fffd}");
}

#[tokio::test]
async fn decode_errors_name_the_event() {
    let server = server_with("text/event-stream", b"data: 1\n\ndata: {t0k3n-t0k3n\n\ndata: 3\n\n").await;
    let mut events = events(&server).await.unwrap();
    assert!(events.next().await.unwrap().is_ok());
    let error = events.next().await.unwrap().unwrap_err();
    assert!(error.is_decode());
    assert!(
        error
            .to_string()
            .ends_with("item 2 of the stream at $: invalid JSON: key must be a string (line 1 column 2)"),
        "{error}"
    );
    assert_eq!(error.raw_body().map(|body| &body[..]), Some(b"{t0k3n-t0k3n".as_slice()));
    assert!(!all_of(&error).contains(TOKEN));
    // The stream continues after the error.
    assert_eq!(events.next().await.unwrap().unwrap().data, json!(3));
}

#[tokio::test]
async fn rejects_other_media_types() {
    for kind in ["text/html", "application/json"] {
        let server = server_with(kind, b"<html>\n\n").await;
        let error = events(&server).await.unwrap_err();
        assert!(error.is_decode(), "{error}");
        assert!(error.to_string().contains(kind), "{error}");
    }
}

#[tokio::test]
async fn limits_items_but_not_streams() {
    let client = |server: &Server| builder(server).response_limit(64).build().unwrap();
    for endless in [b"data:".as_slice(), b"data: 12345678\n"] {
        let server = Server::with(move || {
            raw("text/event-stream", endless, Then::Repeat(endless.to_vec(), Duration::ZERO))
        })
        .await;
        let mut events = EventStream::text(Request::new(&client(&server), &LIST_PETS)).await.unwrap();
        assert!(events.next().await.unwrap().unwrap_err().is_response_limit());
        assert!(events.next().await.is_none());
    }
    let server = Server::with(|| {
        raw("application/jsonl", b"", Then::Repeat(b"[1,2,3,4,5,6,7]\n".to_vec(), Duration::ZERO))
    })
    .await;
    let mut lines: JsonLines<Value> =
        JsonLines::json(Request::new(&client(&server), &LIST_PETS)).await.unwrap();
    for _ in 0..100 {
        assert!(lines.next().await.unwrap().is_ok());
    }
    let server =
        Server::with(|| raw("application/jsonl", b"[", Then::Repeat(b"[[[[[[[[".to_vec(), Duration::ZERO)))
            .await;
    let mut lines: JsonLines<Value> =
        JsonLines::json(Request::new(&client(&server), &LIST_PETS)).await.unwrap();
    assert!(lines.next().await.unwrap().unwrap_err().is_response_limit());
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn only_the_timeout_of_the_request_applies() {
    let client = |server: &Server| builder(server).timeout(Duration::from_millis(50)).build().unwrap();
    let slow_lines = || Then::Repeat(b"1\n".to_vec(), Duration::from_millis(40));
    let server = Server::with(move || raw("application/jsonl", b"", slow_lines())).await;
    let mut lines: JsonLines<Value> =
        JsonLines::json(Request::new(&client(&server), &LIST_PETS)).await.unwrap();
    for _ in 0..3 {
        assert!(lines.next().await.unwrap().is_ok());
    }
    struct Lines(Request);
    impl RequestExt for Lines {
        fn request_mut(&mut self) -> &mut Request {
            &mut self.0
        }
    }
    let server = Server::with(|| raw("application/jsonl", b"1\n", Then::Wait)).await;
    let request = Lines(Request::new(&client(&server), &LIST_PETS)).with_timeout(Duration::from_millis(50));
    let mut lines: JsonLines<Value> = JsonLines::json(request.0).await.unwrap();
    while let Some(Ok(_)) = lines.next().await {}
}

#[tokio::test]
async fn parses_json_lines() {
    let server = server_with("application/x-ndjson", b"{\"a\":1}\r\n\n[]\n \n2").await;
    assert_eq!(all(lines(&server).await).await, [Ok(json!({ "a": 1 })), Ok(json!([])), Ok(json!(2))]);
    let server = server_with("application/x-ndjson", b"1\n{\"a\n3\n").await;
    let found = all(lines(&server).await).await;
    assert_eq!((&found[0], &found[2], found.len()), (&Ok(json!(1)), &Ok(json!(3)), 3));
    assert!(found[1].as_ref().unwrap_err().contains("item 2 of the stream"), "{found:?}");
}

#[tokio::test]
async fn parses_json_text_sequences() {
    let server = server_with("application/json-seq", b"\x1e{\"a\":\n1}\n\x1e\x1e[2]\n\x1e3").await;
    assert_eq!(all(lines(&server).await).await, [Ok(json!({ "a": 1 })), Ok(json!([2])), Ok(json!(3))]);
}

//! Blocking calls, for programs without `async`.

use std::io::{BufRead, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use runtime::{
    Blocking, ClientBuilder, Error, EventStream, JsonLines, PageParam, Pages, Pagination, Request, Response,
    ResponseFuture, RetryPolicy, Wait,
};
use serde_json::{Value, json};

use crate::server::{Received, Reply, Server, Then};
use crate::{API, LIST_PETS, builder, client, list};

/// Starts a server on its own thread, for tests without an async runtime.
fn start_server(respond: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Server {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            sender.send(Server::responding(respond).await).unwrap();
            std::future::pending::<()>().await;
        });
    });
    receiver.recv().unwrap()
}

fn ok(body: &'static str) -> Server {
    start_server(move |_| Reply::json("200 OK", body))
}

/// Starts a server that responds with a stream of these bytes.
fn server_with_stream(kind: &'static str, bytes: &'static str) -> Server {
    let text = format!("HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\nconnection: close\r\n\r\n{bytes}");
    start_server(move |_| Reply::raw(text.clone(), Then::Close))
}

fn request_to(server: &Server) -> Request {
    Request::new(&client(server), &LIST_PETS)
}

#[test]
fn wait_blocks_until_the_response() {
    let server = ok("[1]");
    assert_eq!(request_to(&server).wait().unwrap().status(), 200);
    let future: ResponseFuture<Value> = ResponseFuture::json(request_to(&server));
    let (value, response) = future.with_response().wait().unwrap();
    assert_eq!((value, response.status().as_u16()), (json!([1]), 200));
    let error = request_to(&start_server(|_| Reply::json("404 Not Found", ""))).wait().unwrap_err();
    assert!(error.is_not_found());
}

#[test]
fn futures_can_borrow() {
    let server = ok("[1]");
    let (client, mut lists) = (client(&server), Vec::new());
    let both = async {
        lists.push(list(&client).await?);
        lists.push(list(&client).await?);
        Ok::<_, Error>(lists.len())
    };
    assert_eq!(both.wait().unwrap(), 2);
    assert_eq!(lists, [json!([1]), json!([1])]);
}

#[test]
fn timeouts_and_retries_work_while_blocking() {
    let silent = start_server(|_| Reply::raw("", Then::Wait));
    let client = builder(&silent).timeout(Duration::from_millis(50)).build().unwrap();
    assert!(list(&client).wait().unwrap_err().is_timeout());
    let down = start_server(|_| Reply::json("503 Service Unavailable", ""));
    let twice = RetryPolicy::default().with_max_attempts(2).with_base_delay(Duration::from_millis(1));
    let client = builder(&down).retry(twice).build().unwrap();
    assert_eq!(list(&client).wait().unwrap_err().attempts(), 2);
}

#[test]
fn threads_share_the_connections_of_a_client() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let served = thread::spawn(move || {
        // Only one connection is ever accepted.
        let mut connection = listener.accept().unwrap().0;
        for _ in 0..3 {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                connection.read_exact(&mut byte).unwrap();
                head.extend(byte);
            }
            connection.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]").unwrap();
        }
    });
    let client = ClientBuilder::new(&API).base_url(url).timeout(Duration::from_secs(20)).build().unwrap();
    for _ in 0..3 {
        let client = client.clone();
        thread::spawn(move || list(&client).wait().unwrap()).join().unwrap();
    }
    served.join().unwrap();
}

#[test]
fn iterates_over_items() {
    static PAGING: Pagination = Pagination::token("/next", PageParam::Query("token"));
    let server = start_server(|request| match request.line.contains("token=b") {
        false => Reply::json("200 OK", r#"{"pets": [1, 2], "next": "b"}"#),
        true => Reply::json("200 OK", r#"{"pets": [3]}"#),
    });
    let pets = |page: Value| page["pets"].as_array().cloned().unwrap_or_default();
    let items = Pages::new(request_to(&server), &PAGING, Response::json).items(pets).blocking();
    assert_eq!(items.collect::<Result<Vec<_>, _>>().unwrap(), [1, 2, 3]);
}

#[test]
fn iterates_over_streams() {
    let server = server_with_stream("text/event-stream", "id: 7\ndata: a\n\ndata: b\n\n");
    let mut events = EventStream::text(request_to(&server)).wait().unwrap().blocking();
    assert_eq!(events.next().unwrap().unwrap().data, "a");
    assert_eq!(events.get_ref().last_event_id(), "7");
    assert_eq!(events.into_inner().blocking().map(|event| event.unwrap().data).collect::<Vec<_>>(), ["b"]);
    let server = server_with_stream("application/jsonl", "1\n{\n3\n");
    let lines: Blocking<JsonLines<u64>> = JsonLines::json(request_to(&server)).wait().unwrap().blocking();
    assert_eq!(lines.map(Result::ok).collect::<Vec<_>>(), [Some(1), None, Some(3)]);
}

#[test]
fn reads_downloads() {
    let server = server_with_stream("image/png", "one\ntwo");
    let mut reader = request_to(&server).download().wait().unwrap().reader();
    assert_eq!(reader.get_ref().status(), 200);
    let mut line = String::new();
    assert_eq!((reader.read_line(&mut line).unwrap(), line.as_str()), (4, "one\n"));
    let mut rest = Vec::new();
    reader.read_to_end(&mut rest).unwrap();
    assert_eq!(rest, b"two");

    let broken = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf";
    let server = start_server(move |_| Reply::raw(broken, Then::Close));
    let mut reader = request_to(&server).download().wait().unwrap().reader();
    let error = reader.read_to_end(&mut rest).unwrap_err();
    let error = error.get_ref().and_then(|error| error.downcast_ref::<Error>()).unwrap();
    assert!(error.is_transport(), "{error}");
    let whole = request_to(&ok("[]")).download().wait().unwrap();
    assert_eq!(&whole.bytes().wait().unwrap()[..], b"[]");
}

#[tokio::test]
async fn fails_on_a_thread_that_runs_async_tasks() {
    let server = Server::with(|| Reply::json("200 OK", "[]")).await;
    let on_test_thread = request_to(&server).wait().unwrap_err();
    let in_task = async { request_to(&Server::with(|| Reply::json("200 OK", "[]")).await).wait() };
    for error in [on_test_thread, tokio::spawn(in_task).await.unwrap().unwrap_err()] {
        assert!(error.is_blocking(), "{error}");
        let text = "the call cannot block: the current thread runs asynchronous tasks and must not block: await the call";
        assert_eq!(error.to_string(), text);
    }
    assert!(server.received().is_empty());
    // The iterator returns one error and ends. Otherwise, it would return errors forever.
    let mut lines: Blocking<JsonLines<u64>> = JsonLines::json(request_to(&server)).await.unwrap().blocking();
    assert!(lines.next().unwrap().unwrap_err().is_blocking());
    assert!(lines.next().is_none());
    let mut reader = request_to(&server).download().await.unwrap().reader();
    assert!(reader.read(&mut [0]).is_err());
}

#[tokio::test]
async fn blocks_on_a_spawn_blocking_thread() {
    let server = Server::with(|| Reply::json("200 OK", "[1]")).await;
    let client = client(&server);
    let found = tokio::task::spawn_blocking(move || list(&client).wait()).await.unwrap();
    assert_eq!(found.unwrap(), json!([1]));
}

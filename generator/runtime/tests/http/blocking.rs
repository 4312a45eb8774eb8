//! Calls of programs that are not `async`: from threads that wait.

use std::io::{BufRead, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use runtime::{
    Ask, Blocking, ClientBuilder, Error, EventStream, JsonLines, Pages, Paging, Request, Response,
    ResponseFuture, RetryPolicy, Wait,
};
use serde_json::{Value, json};

use crate::server::{Received, Reply, Server, Then};
use crate::{API, LIST_PETS, builder, client, list};

/// A server that is asked by threads, and so lives on one of its own.
fn serving(answer: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Server {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            tell.send(Server::answering(answer).await).unwrap();
            std::future::pending::<()>().await;
        });
    });
    told.recv().unwrap()
}

fn ok(body: &'static str) -> Server {
    serving(move |_| Reply::json("200 OK", body))
}

/// A stream that ends with these bytes.
fn ending(kind: &'static str, bytes: &'static str) -> Server {
    let text = format!("HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\nconnection: close\r\n\r\n{bytes}");
    serving(move |_| Reply::raw(text.clone(), Then::Close))
}

fn asking(server: &Server) -> Request {
    Request::new(&client(server), &LIST_PETS)
}

#[test]
fn a_thread_waits_for_an_answer() {
    let server = ok("[1]");
    assert_eq!(asking(&server).wait().unwrap().status(), 200);
    let answer: ResponseFuture<Value> = ResponseFuture::json(asking(&server));
    let (value, response) = answer.with_response().wait().unwrap();
    assert_eq!((value, response.status().as_u16()), (json!([1]), 200));
    let error = asking(&serving(|_| Reply::json("404 Not Found", ""))).wait().unwrap_err();
    assert!(error.is_not_found());
}

#[test]
fn calls_may_borrow() {
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
fn time_passes_while_a_thread_waits() {
    let silent = serving(|_| Reply::raw("", Then::Wait));
    let client = builder(&silent).timeout(Duration::from_millis(50)).build().unwrap();
    assert!(list(&client).wait().unwrap_err().is_timeout());
    let down = serving(|_| Reply::json("503 Service Unavailable", ""));
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
fn pages_are_iterated_over() {
    static PAGING: Paging = Paging::token("/next", Ask::Query("token"));
    let server = serving(|request| match request.line.contains("token=b") {
        false => Reply::json("200 OK", r#"{"pets": [1, 2], "next": "b"}"#),
        true => Reply::json("200 OK", r#"{"pets": [3]}"#),
    });
    let pets = |page: Value| page["pets"].as_array().cloned().unwrap_or_default();
    let items = Pages::new(asking(&server), &PAGING, Response::json).items(pets).blocking();
    assert_eq!(items.collect::<Result<Vec<_>, _>>().unwrap(), [1, 2, 3]);
}

#[test]
fn streams_are_iterated_over() {
    let server = ending("text/event-stream", "id: 7\ndata: a\n\ndata: b\n\n");
    let mut events = EventStream::text(asking(&server)).wait().unwrap().blocking();
    assert_eq!(events.next().unwrap().unwrap().data, "a");
    assert_eq!(events.get_ref().last_event_id(), "7");
    assert_eq!(events.into_inner().blocking().map(|event| event.unwrap().data).collect::<Vec<_>>(), ["b"]);
    let server = ending("application/jsonl", "1\n{\n3\n");
    let lines: Blocking<JsonLines<u64>> = JsonLines::json(asking(&server)).wait().unwrap().blocking();
    assert_eq!(lines.map(Result::ok).collect::<Vec<_>>(), [Some(1), None, Some(3)]);
}

#[test]
fn a_download_is_read() {
    let server = ending("image/png", "one\ntwo");
    let mut reader = asking(&server).download().wait().unwrap().reader();
    assert_eq!(reader.get_ref().status(), 200);
    let mut line = String::new();
    assert_eq!((reader.read_line(&mut line).unwrap(), line.as_str()), (4, "one\n"));
    let mut rest = Vec::new();
    reader.read_to_end(&mut rest).unwrap();
    assert_eq!(rest, b"two");

    let broken = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf";
    let server = serving(move |_| Reply::raw(broken, Then::Close));
    let mut reader = asking(&server).download().wait().unwrap().reader();
    let error = reader.read_to_end(&mut rest).unwrap_err();
    let error = error.get_ref().and_then(|error| error.downcast_ref::<Error>()).unwrap();
    assert!(error.is_transport(), "{error}");
    let whole = asking(&ok("[]")).download().wait().unwrap();
    assert_eq!(&whole.bytes().wait().unwrap()[..], b"[]");
}

#[tokio::test]
async fn a_thread_that_runs_tasks_does_not_wait() {
    let server = Server::with(|| Reply::json("200 OK", "[]")).await;
    let here = asking(&server).wait().unwrap_err();
    let in_task = async { asking(&Server::with(|| Reply::json("200 OK", "[]")).await).wait() };
    for error in [here, tokio::spawn(in_task).await.unwrap().unwrap_err()] {
        assert!(error.is_blocking(), "{error}");
        let text = "the call cannot block: the thread runs asynchronous tasks, which would stand still: await the call";
        assert_eq!(error.to_string(), text);
    }
    assert!(server.received().is_empty());
    // An iterator that gave nothing but errors would never end.
    let mut lines: Blocking<JsonLines<u64>> = JsonLines::json(asking(&server)).await.unwrap().blocking();
    assert!(lines.next().unwrap().unwrap_err().is_blocking());
    assert!(lines.next().is_none());
    let mut reader = asking(&server).download().await.unwrap().reader();
    assert!(reader.read(&mut [0]).is_err());
}

#[tokio::test]
async fn a_thread_for_waiting_waits() {
    let server = Server::with(|| Reply::json("200 OK", "[1]")).await;
    let client = client(&server);
    let found = tokio::task::spawn_blocking(move || list(&client).wait()).await.unwrap();
    assert_eq!(found.unwrap(), json!([1]));
}

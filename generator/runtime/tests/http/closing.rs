//! Servers that close kept connections.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use runtime::{Client, ClientBuilder, Request, RetryPolicy};
use serde_json::json;

use crate::{API, CREATE_PET, TRANSPORT};

/// Starts a server on a thread of its own, with a thread for each connection.
fn server(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let serve = Arc::new(serve);
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let serve = serve.clone();
            std::thread::spawn(move || serve(connection.unwrap()));
        }
    });
    url
}

fn client(url: String) -> Client {
    let builder = ClientBuilder::new(&API).base_url(url).transport(TRANSPORT.clone());
    builder.retry(RetryPolicy::none()).build().unwrap()
}

#[tokio::test]
async fn requests_are_not_sent_on_connections_that_the_server_has_closed() {
    const CALLS: usize = 300;

    let received = Arc::new(AtomicUsize::new(0));
    let (closed, is_closed) = mpsc::channel();
    let count = received.clone();
    let url = server(move |mut connection| {
        if connection.read(&mut [0; 4096]).unwrap_or_default() > 0 {
            count.fetch_add(1, Ordering::Relaxed);
            // The response does not announce that the connection will be closed.
            connection.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").unwrap();
        }
        drop(connection);
        closed.send(()).unwrap();
    });
    let client = client(url);
    for call in 0..CALLS {
        let request = Request::new(&client, &CREATE_PET).json(&json!({ "name": "Rex" }));
        request.send().await.unwrap_or_else(|error| panic!("call {call}: {error:?}"));
        // Blocks the thread, so the runtime does not see that the connection is closed.
        is_closed.recv_timeout(Duration::from_secs(10)).unwrap();
    }
    assert_eq!(received.load(Ordering::Relaxed), CALLS);
}

//! Servers that do not answer, answer slowly, break off, or do not stop.

use std::error::Error as _;
use std::time::{Duration, Instant};

use runtime::{Client, ClientBuilder, Error, Method, Operation, Request, RetryPolicy};

use crate::server::{Reply, Server, Then};
use crate::{API, LIST_PETS, builder, client, list};

const OK: &str = "HTTP/1.1 200 OK\r\nx-request-id: r1\r\n";

fn hasty(server: &Server) -> Client {
    builder(server).timeout(Duration::from_millis(200)).build().unwrap()
}

/// What comes of a call, and that it does not take long.
async fn soon(client: &Client) -> Error {
    let start = Instant::now();
    let error = list(client).await.unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    error
}

#[tokio::test]
async fn no_answer() {
    let server = Server::with(|| Reply::raw("", Then::Wait)).await;
    let error = soon(&hasty(&server)).await;
    assert!(error.is_timeout() && !error.is_transport());
    assert_eq!(error.to_string(), "GET /pets: timed out");
    assert!(error.source().is_some());
    assert_eq!((error.status(), error.raw_body()), (None, None));
}

#[tokio::test]
async fn an_answer_that_stops_in_the_middle() {
    let server = Server::with(|| Reply::raw(format!("{OK}content-length: 100\r\n\r\n{{"), Then::Wait)).await;
    let error = soon(&hasty(&server)).await;
    assert!(error.is_timeout());
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.request_id(), Some("r1"));
    let text = "GET /pets: 200 OK (request id r1): timed out before the end of the body";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn an_answer_drop_by_drop() {
    let drops = || Then::Repeat(b" ".to_vec(), Duration::from_millis(20));
    let server = Server::with(move || Reply::raw(format!("{OK}\r\n"), drops())).await;
    assert!(soon(&hasty(&server)).await.is_timeout());
    let server = Server::with(move || Reply::raw("HTTP/1.1 200 OK\r\nx-slow:", drops())).await;
    assert!(soon(&hasty(&server)).await.is_timeout());
}

#[tokio::test]
async fn redirects_do_not_buy_time() {
    let server = Server::with(|| {
        std::thread::sleep(Duration::from_millis(60));
        Reply::redirect("302 Found", "/pets")
    })
    .await;
    assert!(soon(&hasty(&server)).await.is_timeout());
    assert!(server.received().len() < 5);
}

#[tokio::test]
async fn no_time_at_all() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    assert!(soon(&builder(&server).timeout(Duration::ZERO).build().unwrap()).await.is_timeout());
    assert!(server.received().is_empty());
    assert!(list(&builder(&server).timeout(Duration::MAX).build().unwrap()).await.is_ok());
}

#[tokio::test]
async fn nobody_there() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let builder = ClientBuilder::new(&API).base_url(format!("http://{nobody}")).retry(RetryPolicy::none());
    let error = soon(&builder.build().unwrap()).await;
    assert!(error.is_connect() && error.is_transport() && !error.is_timeout());
    assert_eq!(error.to_string(), "GET /pets: no connection");
    assert!(crate::all_of(&error).contains("refused"), "{}", crate::all_of(&error));
}

#[tokio::test]
async fn closed_without_an_answer() {
    let server = Server::with(|| Reply::raw("", Then::Close)).await;
    let error = soon(&client(&server)).await;
    assert!(error.is_transport() && !error.is_connect());
    assert_eq!(error.to_string(), "GET /pets: the connection failed");
    assert_eq!(server.received().len(), 1, "whether to try again is not for the transport to say");
}

#[tokio::test]
async fn no_http() {
    let server = Server::with(|| Reply::raw("SSH-2.0-OpenSSH_9.6\r\n", Then::Close)).await;
    assert!(soon(&client(&server)).await.is_transport());
}

#[tokio::test]
async fn closed_in_the_middle() {
    let replies = [
        format!("{OK}content-length: 100\r\n\r\n{{}}"),
        format!("{OK}transfer-encoding: chunked\r\n\r\n2\r\n{{}}\r\n"),
    ];
    for reply in replies {
        let server = Server::with(move || Reply::raw(reply.clone(), Then::Close)).await;
        let error = soon(&client(&server)).await;
        assert!(error.is_transport());
        assert_eq!(error.status().unwrap(), 200);
        let text = "GET /pets: 200 OK (request id r1): the connection failed before the end of the body";
        assert_eq!(error.to_string(), text);
    }
}

#[tokio::test]
async fn a_body_of_the_longest_length_and_one_of_a_byte_more() {
    let limited = |server: &Server| builder(server).response_limit(100).build().unwrap();
    for (length, fits) in [(100, true), (101, false)] {
        let body = format!("{:length$}", 1);
        let chunks = body.bytes().map(|byte| format!("1\r\n{}\r\n", char::from(byte))).collect::<String>();
        let replies = [
            format!("{OK}content-length: {length}\r\n\r\n{body}"),
            format!("{OK}connection: close\r\n\r\n{body}"),
            format!("{OK}transfer-encoding: chunked\r\n\r\n{chunks}0\r\n\r\n"),
        ];
        for reply in replies {
            let server = Server::with(move || Reply::raw(reply.clone(), Then::Close)).await;
            match list(&limited(&server)).await {
                Ok(value) => assert!(fits && value == 1),
                Err(error) => {
                    assert!(!fits && error.is_response_limit());
                    assert_eq!((error.status().unwrap().as_u16(), error.request_id()), (200, Some("r1")));
                }
            }
        }
    }
}

/// The head of a response, and a body that does not stop.
async fn flooding(head: String) -> Server {
    Server::with(move || Reply::raw(head.clone(), Then::Repeat(vec![b' '; 1 << 16], Duration::ZERO))).await
}

#[tokio::test]
async fn a_body_without_end() {
    let server = flooding(format!("{OK}\r\n")).await;
    let error = soon(&builder(&server).response_limit(1 << 20).build().unwrap()).await;
    assert!(error.is_response_limit());
    let text = "GET /pets: 200 OK (request id r1): the body is longer than the client takes";
    assert_eq!(error.to_string(), text);
    assert_eq!(error.raw_body(), None);
}

#[tokio::test]
async fn a_body_that_announces_itself_as_too_long_is_not_read() {
    let announced =
        Server::with(|| Reply::raw(format!("{OK}content-length: 67108865\r\n\r\n"), Then::Wait)).await;
    assert!(soon(&client(&announced)).await.is_response_limit());
}

#[tokio::test]
async fn an_error_without_end_is_still_that_error() {
    let server = flooding("HTTP/1.1 404 Not Found\r\n\r\n".to_owned()).await;
    let error = soon(&builder(&server).response_limit(1 << 20).build().unwrap()).await;
    assert!(error.is_response_limit() && error.is_not_found());
}

#[tokio::test]
async fn the_answer_to_a_head_has_a_length_and_no_body() {
    static COUNT_PETS: Operation = Operation::new("pets.count", Method::HEAD, "/pets");
    let server =
        Server::with(|| Reply::raw(format!("{OK}content-length: 10000000000\r\n\r\n"), Then::Close)).await;
    let response = Request::new(&client(&server), &COUNT_PETS).send().await.unwrap();
    assert!(response.body().is_empty());
}

#[tokio::test]
async fn a_call_can_be_given_up() {
    let server = Server::with(|| Reply::raw("", Then::Wait)).await;
    let client = client(&server);
    let outcome = tokio::time::timeout(Duration::from_millis(100), list(&client)).await;
    assert!(outcome.is_err());
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_server_that_is_faster_than_its_reader() {
    let server = flooding(format!("{OK}\r\n")).await;
    let mut download = Request::new(&hasty(&server), &LIST_PETS).download().await.unwrap();
    let start = Instant::now();
    let error = loop {
        match download.next().await.expect("it has no end") {
            Ok(_) => tokio::time::sleep(Duration::from_millis(5)).await,
            Err(error) => break error,
        }
        assert!(start.elapsed() < Duration::from_secs(20));
    };
    assert!(error.is_timeout(), "{error}");
}

//! Timeouts and limits: servers that do not respond, respond slowly, disconnect, or never stop.

use std::error::Error as _;
use std::time::{Duration, Instant};

use runtime::{Client, ClientBuilder, Error, Method, Operation, Request, RetryPolicy};

use crate::server::{Reply, Server, Then};
use crate::{API, LIST_PETS, builder, client, list};

const OK: &str = "HTTP/1.1 200 OK\r\nx-request-id: r1\r\n";

fn client_with_short_timeout(server: &Server) -> Client {
    builder(server).timeout(Duration::from_millis(200)).build().unwrap()
}

/// Returns the error of a call, and checks that the call takes less than 20 seconds.
async fn error_within_20_seconds(client: &Client) -> Error {
    let start = Instant::now();
    let error = list(client).await.unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    error
}

#[tokio::test]
async fn times_out_without_a_response() {
    let server = Server::with(|| Reply::raw("", Then::Wait)).await;
    let error = error_within_20_seconds(&client_with_short_timeout(&server)).await;
    assert!(error.is_timeout() && !error.is_transport());
    assert_eq!(error.to_string(), "GET /pets: timed out after 0.2 s");
    assert!(error.source().is_some());
    assert_eq!((error.status(), error.raw_body()), (None, None));
}

#[tokio::test]
async fn times_out_in_the_middle_of_the_body() {
    let server = Server::with(|| Reply::raw(format!("{OK}content-length: 100\r\n\r\n{{"), Then::Wait)).await;
    let error = error_within_20_seconds(&client_with_short_timeout(&server)).await;
    assert!(error.is_timeout());
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.request_id(), Some("r1"));
    let text = "GET /pets: 200 OK (request id r1): timed out after 0.2 s while reading the response body";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn times_out_on_slow_responses() {
    let drops = || Then::Repeat(b" ".to_vec(), Duration::from_millis(20));
    let server = Server::with(move || Reply::raw(format!("{OK}\r\n"), drops())).await;
    assert!(error_within_20_seconds(&client_with_short_timeout(&server)).await.is_timeout());
    let server = Server::with(move || Reply::raw("HTTP/1.1 200 OK\r\nx-slow:", drops())).await;
    assert!(error_within_20_seconds(&client_with_short_timeout(&server)).await.is_timeout());
}

#[tokio::test]
async fn redirects_share_the_timeout() {
    let server = Server::with(|| {
        std::thread::sleep(Duration::from_millis(60));
        Reply::redirect("302 Found", "/pets")
    })
    .await;
    assert!(error_within_20_seconds(&client_with_short_timeout(&server)).await.is_timeout());
    assert!(server.received().len() < 5);
}

#[tokio::test]
async fn accepts_zero_and_maximum_timeouts() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    assert!(
        error_within_20_seconds(&builder(&server).timeout(Duration::ZERO).build().unwrap())
            .await
            .is_timeout()
    );
    assert!(server.received().is_empty());
    assert!(list(&builder(&server).timeout(Duration::MAX).build().unwrap()).await.is_ok());
}

#[tokio::test]
async fn reports_refused_connections() {
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let builder = ClientBuilder::new(&API).base_url(format!("http://{address}")).retry(RetryPolicy::none());
    let error = error_within_20_seconds(&builder.build().unwrap()).await;
    assert!(error.is_connect() && error.is_transport() && !error.is_timeout());
    assert_eq!(error.to_string(), format!("GET /pets: connection refused ({address})"));
    assert!(crate::all_of(&error).contains("refused"), "{}", crate::all_of(&error));
}

#[tokio::test]
async fn reports_connections_closed_without_a_response() {
    let server = Server::with(|| Reply::raw("", Then::Close)).await;
    let error = error_within_20_seconds(&client(&server)).await;
    assert!(error.is_transport() && !error.is_connect());
    let host = server.url().replace("http://", "");
    let text = format!("GET /pets: connection closed before the response was complete ({host})");
    assert_eq!(error.to_string(), text);
    assert_eq!(server.received().len(), 1, "the transport does not retry");
}

#[tokio::test]
async fn reports_servers_that_do_not_speak_http() {
    let server = Server::with(|| Reply::raw("SSH-2.0-OpenSSH_9.6\r\n", Then::Close)).await;
    assert!(error_within_20_seconds(&client(&server)).await.is_transport());
}

#[tokio::test]
async fn reports_connections_closed_in_the_middle_of_the_body() {
    let replies = [
        format!("{OK}content-length: 100\r\n\r\n{{}}"),
        format!("{OK}transfer-encoding: chunked\r\n\r\n2\r\n{{}}\r\n"),
    ];
    for reply in replies {
        let server = Server::with(move || Reply::raw(reply.clone(), Then::Close)).await;
        let error = error_within_20_seconds(&client(&server)).await;
        assert!(error.is_transport());
        assert_eq!(error.status().unwrap(), 200);
        let text = "GET /pets: 200 OK (request id r1): connection closed while reading the response body";
        assert_eq!(error.to_string(), text);
    }
}

#[tokio::test]
async fn accepts_bodies_up_to_the_limit() {
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

/// Starts a server that responds with this head and an endless body.
async fn flooding(head: String) -> Server {
    Server::with(move || Reply::raw(head.clone(), Then::Repeat(vec![b' '; 1 << 16], Duration::ZERO))).await
}

#[tokio::test]
async fn rejects_endless_bodies() {
    let server = flooding(format!("{OK}\r\n")).await;
    let error = error_within_20_seconds(&builder(&server).response_limit(1 << 20).build().unwrap()).await;
    assert!(error.is_response_limit());
    let text = "GET /pets: 200 OK (request id r1): the response body exceeds the response limit";
    assert_eq!(error.to_string(), text);
    assert_eq!(error.raw_body(), None);
}

#[tokio::test]
async fn rejects_a_content_length_over_the_limit() {
    let announced =
        Server::with(|| Reply::raw(format!("{OK}content-length: 67108865\r\n\r\n"), Then::Wait)).await;
    assert!(error_within_20_seconds(&client(&announced)).await.is_response_limit());
}

#[tokio::test]
async fn endless_error_bodies_keep_the_status() {
    let server = flooding("HTTP/1.1 404 Not Found\r\n\r\n".to_owned()).await;
    let error = error_within_20_seconds(&builder(&server).response_limit(1 << 20).build().unwrap()).await;
    assert!(error.is_response_limit() && error.is_not_found());
}

#[tokio::test]
async fn responses_to_head_have_no_body() {
    static COUNT_PETS: Operation = Operation::new("pets.count", Method::HEAD, "/pets");
    let server =
        Server::with(|| Reply::raw(format!("{OK}content-length: 10000000000\r\n\r\n"), Then::Close)).await;
    let response = Request::new(&client(&server), &COUNT_PETS).send().await.unwrap();
    assert!(response.body().is_empty());
}

#[tokio::test]
async fn calls_can_be_canceled() {
    let server = Server::with(|| Reply::raw("", Then::Wait)).await;
    let client = client(&server);
    let outcome = tokio::time::timeout(Duration::from_millis(100), list(&client)).await;
    assert!(outcome.is_err());
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn times_out_endless_downloads() {
    let server = flooding(format!("{OK}\r\n")).await;
    let mut download =
        Request::new(&client_with_short_timeout(&server), &LIST_PETS).download().await.unwrap();
    let start = Instant::now();
    let error = loop {
        match download.next().await.expect("the body is endless") {
            Ok(_) => tokio::time::sleep(Duration::from_millis(5)).await,
            Err(error) => break error,
        }
        assert!(start.elapsed() < Duration::from_secs(20));
    };
    assert!(error.is_timeout(), "{error}");
}

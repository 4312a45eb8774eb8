//! Messages of connection errors and timeouts.

use std::io;
use std::time::Duration;

use runtime::testing::{MockResponse, TestTransport};
use runtime::{BoxError, ClientBuilder, Error, Request, RetryPolicy, TransportError};
use tests::tls::TlsServer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::server::{Reply, Server, Then};
use crate::{API, LIST_PETS, TOKEN, all_of, list};

fn builder(url: &str) -> ClientBuilder {
    ClientBuilder::new(&API).base_url(url).bearer_token(TOKEN).retry(RetryPolicy::none())
}

async fn error_of(builder: ClientBuilder) -> Error {
    list(&builder.build().unwrap()).await.unwrap_err()
}

/// Returns the message of a call, without `GET /pets: `.
async fn message_of(builder: ClientBuilder) -> String {
    let message = error_of(builder).await.to_string();
    message.strip_prefix("GET /pets: ").expect("the message starts with the operation").to_owned()
}

fn unused_address() -> String {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

#[tokio::test]
async fn connection_refused() {
    let address = unused_address();
    let retry = RetryPolicy::default().with_max_attempts(3).with_base_delay(Duration::ZERO);
    let message = message_of(builder(&format!("http://{address}")).retry(retry)).await;
    assert_eq!(message, format!("connection refused ({address}), after 3 attempts"));

    let url = format!("http://{}", address.replace("127.0.0.1", "localhost"));
    let message = message_of(builder(&url)).await;
    assert!(message.starts_with("connection refused (localhost, "), "{message}");

    let through_proxy = builder("http://pets.test").proxy(&format!("http://ann:s3cr3t@{address}"));
    assert_eq!(message_of(through_proxy).await, format!("connection refused (pets.test, {address})"));
}

#[tokio::test]
async fn host_name_not_found() {
    let message = message_of(builder("https://pets.invalid:8443/v1")).await;
    // Without a network the lookup itself fails.
    let texts = ["host name not found (pets.invalid)", "host name lookup failed (pets.invalid)"];
    assert!(texts.contains(&message.as_str()), "{message}");
}

#[tokio::test]
async fn tls_failures() {
    let server = TlsServer::start().await;
    let host = server.url().replace("https://", "");
    let text = format!("TLS failed: the certificate was issued by an unknown authority ({host})");
    assert_eq!(message_of(builder(server.url())).await, text);

    let host = host.replace("localhost", "127.0.0.1");
    let other_name = builder(&format!("https://{host}")).root_certificate(server.root());
    let text = format!("TLS failed: the certificate is not valid for this host ({host})");
    assert_eq!(message_of(other_name).await, text);

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut connection, _) = listener.accept().await.unwrap();
        connection.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        let _ = connection.read(&mut [0; 1024]).await;
    });
    let message = message_of(builder(&format!("https://{host}"))).await;
    assert_eq!(message, format!("TLS failed: the server does not use TLS ({host})"));
}

#[tokio::test]
async fn connect_timeout() {
    // The server waits for the request, and the client for the TLS handshake.
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let client = builder(&server.url().replace("http://", "https://"));
    let host = server.url().replace("http://", "");
    let message = message_of(client.connect_timeout(Duration::from_millis(100))).await;
    assert_eq!(message, format!("connection timed out ({host})"));
}

#[tokio::test]
async fn rejected_by_a_proxy() {
    let proxy = Server::with(|| Reply::json("407 Proxy Authentication Required", "{}")).await;
    let message = message_of(builder("https://pets.test").proxy(&proxy.url())).await;
    assert_eq!(message, "proxy tunnel error: proxy authorization required (pets.test)");
}

#[tokio::test]
async fn broken_connections() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            connection.set_zero_linger().unwrap();
            let _ = connection.read(&mut [0; 1024]).await;
        }
    });
    assert_eq!(
        message_of(builder(&format!("http://{address}"))).await,
        format!("connection reset ({address})")
    );

    let server = Server::with(|| Reply::raw("SSH-2.0-OpenSSH_9.6\r\n", Then::Close)).await;
    let host = server.url().replace("http://", "");
    assert_eq!(message_of(builder(&server.url())).await, format!("invalid HTTP response ({host})"));
}

#[tokio::test]
async fn timeouts() {
    let server = Server::with(|| Reply::raw("", Then::Wait)).await;
    let client = || builder(&server.url());
    let of_call = client().timeout(Duration::from_millis(300));
    assert_eq!(message_of(of_call).await, "timed out after 0.3 s");

    let retry = RetryPolicy::default().with_max_attempts(2).with_base_delay(Duration::ZERO);
    let of_attempt = client().attempt_timeout(Duration::from_millis(50)).retry(retry);
    assert_eq!(message_of(of_attempt).await, "timed out after 0.05 s, after 2 attempts");
}

#[tokio::test]
async fn other_transports() {
    let io_error = |kind: io::ErrorKind| BoxError::from(io::Error::from(kind));
    type Failure = fn(BoxError) -> TransportError;
    let failures: [(Failure, BoxError, &str); 10] = [
        (
            TransportError::connect,
            io_error(io::ErrorKind::ConnectionRefused),
            "connection refused (pets.test)",
        ),
        (TransportError::connect, io_error(io::ErrorKind::TimedOut), "connection timed out (pets.test)"),
        (
            TransportError::connect,
            io_error(io::ErrorKind::NetworkUnreachable),
            "network unreachable (pets.test)",
        ),
        (TransportError::broken, io_error(io::ErrorKind::BrokenPipe), "connection closed (pets.test)"),
        (TransportError::connect, "no modem".into(), "cannot connect: no modem (pets.test)"),
        (
            TransportError::broken,
            "the cable is out".into(),
            "connection failed: the cable is out (pets.test)",
        ),
        (TransportError::refused, "not on Sundays".into(), "not sent: not on Sundays"),
        (TransportError::timeout, "too slow".into(), "timed out"),
        (
            TransportError::broken,
            "no https://pets.test/v1?key=1 via http://ann:pw@proxy here".into(),
            "connection failed: no https://... via http://... here (pets.test)",
        ),
        (
            TransportError::refused,
            format!("Bearer {TOKEN} is not allowed").into(),
            "not sent: (hidden) is not allowed",
        ),
    ];
    for (kind, source, message) in failures {
        let failure = std::sync::Mutex::new(Some(kind(source)));
        let transport = TestTransport::new(move |_| {
            MockResponse::failure(failure.lock().unwrap().take().expect("there is one attempt"))
        });
        assert_eq!(message_of(builder("https://pets.test").transport(transport)).await, message);
    }
}

/// A body that repeats a long credential of the request as a value of the wrong type.
#[tokio::test]
async fn values_that_repeat_a_credential() {
    let token = "t0k3n-".repeat(20);
    let body = format!("[\"{token}\"]");
    let server = Server::with(move || Reply::json("200 OK", &body)).await;
    let client = builder(&server.url()).bearer_token(token).build().unwrap();
    let response = Request::new(&client, &LIST_PETS).send().await.unwrap();
    let error = response.json::<Vec<u8>>().unwrap_err();
    let text = "GET /pets: response body at $: expected an integer between 0 and 255, got \"(hidden)\"";
    assert_eq!(error.to_string(), text);
    assert!(!all_of(&error).contains("t0k3n"));
}

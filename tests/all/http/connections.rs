//! Tests of connections that fail at different moments.

use std::time::{Duration, Instant};

use conductorone::{Client, Error, ErrorKind, RetryPolicy};
use tests::server::{Reply, Server, Then};
use tests::tls::TlsServer;
use wiremock::matchers::any;
use wiremock::{Mock, ResponseTemplate};

use super::{TOKEN, builder, get_entitlement, get_owner, mock_server};

const HALF: &str = "HTTP/1.1 200 OK\r\nc1-trace-id: r1\r\ncontent-length: 100\r\n\r\n{\"connector";

fn client_with_short_timeout(url: impl Into<String>) -> Client {
    builder(url).timeout(Duration::from_millis(200)).build().unwrap()
}

/// Returns the errors of both operations, and asserts that they fail quickly.
async fn failures(client: &Client) -> [Error; 2] {
    let start = Instant::now();
    let errors = [get_owner(client).await.unwrap_err(), get_entitlement(client).await.unwrap_err()];
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    errors
}

#[tokio::test]
async fn times_out_on_a_slow_server() {
    let server = mock_server().await;
    let slow = ResponseTemplate::new(200).set_body_json(()).set_delay(Duration::from_secs(5));
    Mock::given(any()).respond_with(slow).mount(&server).await;
    for error in failures(&client_with_short_timeout(server.uri())).await {
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(error.is_timeout() && !error.is_transport());
        assert!(error.status().is_none() && error.raw_body().is_none());
        assert!(error.to_string().ends_with(": timed out after 0.2 s"), "{error}");
    }
}

#[tokio::test]
async fn times_out_if_the_body_stops() {
    let server = Server::with(|| Reply::raw(HALF, Then::Wait)).await;
    for error in failures(&client_with_short_timeout(server.url())).await {
        assert!(error.is_timeout());
        // The error has the head of the response.
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.request_id(), Some("r1"));
        assert!(error.raw_body().is_none());
    }
}

#[tokio::test]
async fn fails_if_the_connection_closes_before_the_response() {
    let server = Server::with(|| Reply::raw("", Then::Close)).await;
    for error in failures(&client_with_short_timeout(server.url())).await {
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(error.is_transport() && !error.is_connect() && !error.is_timeout());
        assert!(error.status().is_none());
        assert!(
            error.to_string().contains(": connection closed before the response was complete (127.0.0.1:"),
            "{error}"
        );
    }
    assert_eq!(server.received().len(), 2, "one request per call");
}

#[tokio::test]
async fn fails_if_the_connection_closes_within_the_body() {
    let server = Server::with(|| Reply::raw(HALF, Then::Close)).await;
    for error in failures(&client_with_short_timeout(server.url())).await {
        assert!(error.is_transport() && !error.is_decode());
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.request_id(), Some("r1"));
        assert!(error.raw_body().is_none());
        assert!(
            error.to_string().ends_with(": connection closed while reading the response body"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn fails_if_the_connection_is_refused() {
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for error in failures(&client_with_short_timeout(format!("http://{address}"))).await {
        assert_eq!(error.kind(), ErrorKind::Connect);
        assert!(error.is_connect() && error.is_transport());
        assert!(error.to_string().ends_with(&format!(": connection refused ({address})")), "{error}");
    }
}

#[tokio::test]
async fn rejects_responses_over_the_limit() {
    let server = mock_server().await;
    let long =
        ResponseTemplate::new(200).set_body_raw(format!("{{\"a\":\"{:2000}\"}}", ""), "application/json");
    Mock::given(any()).respond_with(long).mount(&server).await;
    let small = builder(server.uri()).response_limit(1000).build().unwrap();
    for error in failures(&small).await {
        assert!(error.is_response_limit());
        assert_eq!(error.status().unwrap(), 200);
    }
    assert!(get_owner(&builder(server.uri()).build().unwrap()).await.is_ok());
}

#[tokio::test]
async fn calls_can_be_canceled() {
    let server = Server::with(|| Reply::raw("", Then::Wait)).await;
    let client = builder(server.url()).timeout(None).build().unwrap();
    let outcome = tokio::time::timeout(Duration::from_millis(100), get_owner(&client)).await;
    assert!(outcome.is_err());
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn trusts_additional_root_certificates() {
    let server = TlsServer::start().await;
    let builder = || Client::builder().base_url(server.url()).bearer_token(TOKEN).retry(RetryPolicy::none());
    for error in failures(&builder().build().unwrap()).await {
        assert!(error.is_connect(), "{error}");
    }
    assert_eq!(server.heads(), [""; 0], "no request is sent to an untrusted server");
    let client = builder().root_certificate(server.root()).build().unwrap();
    get_entitlement(&client).await.unwrap();
    let token = format!("authorization: bearer {TOKEN}");
    assert!(server.heads().contains(&token), "{:?}", server.heads());
}

#[tokio::test]
async fn the_connect_timeout_includes_the_tls_handshake() {
    // The listener never accepts, so the TLS handshake does not finish.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let builder = Client::builder().base_url(format!("https://{}", listener.local_addr().unwrap()));
    let builder = builder.connect_timeout(Duration::from_millis(50)).retry(RetryPolicy::none());
    for error in failures(&builder.bearer_token(TOKEN).build().unwrap()).await {
        assert!(error.is_connect() && !error.is_timeout(), "{error}");
    }
}

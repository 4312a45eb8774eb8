//! Tests with hostile servers: a call ends soon and uses limited memory, whatever the response is.

use std::time::Duration;

use conductorone::types::GetAppEntitlementResponse;
use conductorone::{Client, Error, RetryPolicy};
use tests::server::{Reply, Server, Then};

use super::{builder, get_entitlement};

/// An upper bound for the bytes that the network buffers, which a server can send although nobody reads them.
const MAX_BUFFERED_BY_NETWORK: u64 = 32 << 20;

fn client(server: &Server) -> Client {
    let retry = RetryPolicy::default().with_base_delay(Duration::ZERO);
    builder(server.url())
        .retry(retry)
        .response_limit(4 << 20)
        .timeout(Duration::from_secs(10))
        .build()
        .unwrap()
}

/// Calls an operation whose response has these headers and this body.
async fn call_with_body(headers: &str, body: Vec<u8>) -> Result<GetAppEntitlementResponse, Error> {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n{headers}\r\n", body.len()).into_bytes();
    let server = Server::with(move || Reply::raw([&head[..], &body].concat(), Then::Close)).await;
    get_entitlement(&client(&server)).await
}

#[tokio::test]
async fn stops_reading_endless_bodies() {
    for head in [
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n",
        "HTTP/1.1 503 Service Unavailable\r\n\r\n",
    ] {
        let repeat_body = || Then::Repeat(vec![b' '; 1 << 16], Duration::ZERO);
        let server = Server::with(move || Reply::raw(head, repeat_body())).await;
        let error = get_entitlement(&client(&server)).await.unwrap_err();
        assert!(error.is_response_limit(), "{head}: {error}");
        assert_eq!(server.received().len(), 1, "{head}");
        assert!(server.repeated() < MAX_BUFFERED_BY_NETWORK, "{head}: {}", server.repeated());
    }
}

#[tokio::test]
async fn times_out_on_slow_endless_responses() {
    for head in ["HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nx-slow: "] {
        let repeat_body = || Then::Repeat(b" ".to_vec(), Duration::from_millis(10));
        let server = Server::with(move || Reply::raw(head, repeat_body())).await;
        let client = builder(server.url()).timeout(Duration::from_millis(200)).build().unwrap();
        assert!(get_entitlement(&client).await.unwrap_err().is_timeout(), "{head}");
    }
}

#[tokio::test]
async fn does_not_decompress_bodies() {
    // `{}`, compressed with gzip.
    let packed = vec![31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 171, 174, 5, 0, 67, 191, 166, 163, 2, 0, 0, 0];
    let error = call_with_body("content-encoding: gzip\r\n", packed).await.unwrap_err();
    assert!(error.is_decode());
    assert!(error.to_string().ends_with(": the response body is compressed (gzip)"), "{error}");
}

#[tokio::test]
async fn rejects_malformed_bodies() {
    let deep = |open: &str| format!(r#"{{"appEntitlementView":{}"#, open.repeat(100_000)).into_bytes();
    for body in [
        deep("["),
        deep(r#"{"appEntitlement":"#),
        deep(r#"{"unknown":"#),
        b"{\"expanded\":[{\"@type\":\"\xff\xfe\"}]}".to_vec(),
        b"\xff".to_vec(),
        b"{} {}".to_vec(),
        b"[]".to_vec(),
        Vec::new(),
    ] {
        let shown = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
        let error = call_with_body("", body.clone()).await.unwrap_err();
        assert!(error.is_decode() && error.status().unwrap() == 200, "{shown}: {error}");
        assert_eq!(error.raw_body().unwrap()[..], body, "{shown}");
    }
}

#[tokio::test]
async fn preserves_the_properties_of_an_error_with_status_200() {
    // All properties of the type are optional, so the body decodes, and its properties are preserved as unknown.
    let response =
        call_with_body("", br#"{"code":5,"message":"no such entitlement"}"#.to_vec()).await.unwrap();
    assert_eq!(response.app_entitlement_view, None);
    assert_eq!(response.unknown_fields.get("message").unwrap(), "no such entitlement");
}

#[tokio::test]
async fn the_last_of_duplicate_keys_wins() {
    let twice = r#"{"appEntitlementView":{"appPath":"a"},"appEntitlementView":{"appPath":"b"}}"#;
    let response = call_with_body("", twice.as_bytes().to_vec()).await.unwrap();
    assert_eq!(response.app_entitlement_view.unwrap().app_path, "b");
    let many = format!("{{{}\"a\":0}}", r#""a":1,"#.repeat(100_000));
    assert_eq!(call_with_body("", many.into_bytes()).await.unwrap().unknown_fields.iter().count(), 1);
}

//! Servers that mean harm: whatever they answer, a call ends, soon, and takes no more memory than it may.

use std::time::Duration;

use conductorone::types::GetAppEntitlementResponse;
use conductorone::{Client, Error, RetryPolicy};
use tests::server::{Reply, Server, Then};

use super::{builder, get_entitlement};

/// More than what the network holds on its way: what a server gets rid of although nobody reads it.
const ON_ITS_WAY: u64 = 32 << 20;

fn client(server: &Server) -> Client {
    let retry = RetryPolicy::default().with_base_delay(Duration::ZERO);
    builder(server.url())
        .retry(retry)
        .response_limit(4 << 20)
        .timeout(Duration::from_secs(10))
        .build()
        .unwrap()
}

/// What becomes of a body.
async fn answered(headers: &str, body: Vec<u8>) -> Result<GetAppEntitlementResponse, Error> {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n{headers}\r\n", body.len()).into_bytes();
    let server = Server::with(move || Reply::raw([&head[..], &body].concat(), Then::Close)).await;
    get_entitlement(&client(&server)).await
}

#[tokio::test]
async fn ten_gigabytes() {
    for head in [
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n",
        "HTTP/1.1 503 Service Unavailable\r\n\r\n",
    ] {
        let again = || Then::Repeat(vec![b' '; 1 << 16], Duration::ZERO);
        let server = Server::with(move || Reply::raw(head, again())).await;
        let error = get_entitlement(&client(&server)).await.unwrap_err();
        assert!(error.is_response_limit(), "{head}: {error}");
        assert_eq!(server.received().len(), 1, "{head}");
        assert!(server.repeated() < ON_ITS_WAY, "{head}: {}", server.repeated());
    }
}

#[tokio::test]
async fn drop_by_drop_for_ever() {
    for head in ["HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nx-slow: "] {
        let again = || Then::Repeat(b" ".to_vec(), Duration::from_millis(10));
        let server = Server::with(move || Reply::raw(head, again())).await;
        let client = builder(server.url()).timeout(Duration::from_millis(200)).build().unwrap();
        assert!(get_entitlement(&client).await.unwrap_err().is_timeout(), "{head}");
    }
}

#[tokio::test]
async fn nothing_is_unpacked_so_no_bomb_goes_off() {
    // `{}`, by gzip.
    let packed = vec![31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 171, 174, 5, 0, 67, 191, 166, 163, 2, 0, 0, 0];
    let error = answered("content-encoding: gzip\r\n", packed).await.unwrap_err();
    assert!(error.is_decode());
    assert!(error.to_string().ends_with(": 200 OK: the body is compressed (gzip)"), "{error}");
}

#[tokio::test]
async fn bodies_that_are_not_what_they_should_be() {
    let deep = |open: &str| format!(r#"{{"appEntitlementView":{}"#, open.repeat(100_000)).into_bytes();
    for body in [
        deep("["),
        deep(r#"{"appEntitlement":"#),
        deep(r#"{"unknown":"#),
        b"{\"expanded\":[{\"@type\":\"\xff\xfe\"}]}".to_vec(),
        b"{\"\\ud800\":1}".to_vec(),
        b"\xff".to_vec(),
        b"{} {}".to_vec(),
        b"[]".to_vec(),
        Vec::new(),
    ] {
        let shown = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
        let error = answered("", body.clone()).await.unwrap_err();
        assert!(error.is_decode() && error.status().unwrap() == 200, "{shown}: {error}");
        assert_eq!(error.raw_body().unwrap()[..], body, "{shown}");
    }
}

#[tokio::test]
async fn an_error_that_calls_itself_a_success() {
    // Nothing in it contradicts the type, of which every member may be missing: it is there for who looks.
    let answer = answered("", br#"{"code":5,"message":"no such entitlement"}"#.to_vec()).await.unwrap();
    assert_eq!(answer.app_entitlement_view, None);
    assert_eq!(answer.unknown_fields.get("message").unwrap(), "no such entitlement");
}

#[tokio::test]
async fn names_that_come_twice() {
    let twice = r#"{"appEntitlementView":{"appPath":"a"},"appEntitlementView":{"appPath":"b"}}"#;
    let answer = answered("", twice.as_bytes().to_vec()).await.unwrap();
    assert_eq!(answer.app_entitlement_view.unwrap().app_path, "b");
    let many = format!("{{{}\"a\":0}}", r#""a":1,"#.repeat(100_000));
    assert_eq!(answered("", many.into_bytes()).await.unwrap().unknown_fields.iter().count(), 1);
}

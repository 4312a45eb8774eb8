//! Tests of blocking calls.

use conductorone::{Client, RequestExt, Wait};
use tests::server::{Reply, Server};

use super::{TOKEN, TRANSPORT};

/// Runs a call on another thread, outside of the async runtime.
async fn on_a_thread<T: Send + 'static>(call: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(call).await.unwrap()
}

#[tokio::test]
async fn wait_blocks_the_thread() {
    let server = Server::responding(|request| match request.line.ends_with("/ent_release") {
        true => Reply::json("200 OK", r#"{"appEntitlementView":{"appPath":"$.expanded[0]"}}"#),
        false => Reply::json("404 Not Found", r#"{"message":"no such entitlement"}"#),
    });
    let server = server.await;
    let client = Client::builder().base_url(server.url()).bearer_token(TOKEN).transport(TRANSPORT.clone());
    let client = client.build().unwrap();
    let (found, missing) = on_a_thread(move || {
        let entitlements = client.app_entitlements();
        (entitlements.get("a", "ent_release").with_response().wait(), entitlements.get("a", "b").wait())
    })
    .await;
    let (value, response) = found.unwrap();
    assert_eq!(value.app_entitlement_view.unwrap().app_path, "$.expanded[0]");
    assert_eq!(response.status(), 200);
    assert!(missing.unwrap_err().is_not_found());
    assert!(server.received().iter().all(|request| request.header("authorization").is_some()));
}

#[tokio::test]
async fn wait_fails_in_async_code() {
    let client = Client::builder().base_url("http://127.0.0.1:1").build().unwrap();
    assert!(client.app_entitlements().get("a", "b").wait().unwrap_err().is_blocking());
}

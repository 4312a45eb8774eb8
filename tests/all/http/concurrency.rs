//! Tests of a client that is used by several tasks.

use conductorone::{Client, ClientBuilder, Error};
use serde_json::json;
use wiremock::matchers::path_regex;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::{client, mock_server};

const CALLS: usize = 64;

/// Returns a server that responds with the id in the path.
async fn echo_server() -> MockServer {
    let server = mock_server().await;
    let respond = |request: &Request| {
        let id = request.url.path().rsplit('/').next().unwrap().to_owned();
        ResponseTemplate::new(200)
            .set_body_json(json!({ "appEntitlementView": { "appEntitlement": { "id": id } } }))
    };
    Mock::given(path_regex("^/api/v1/apps/a/entitlements/")).respond_with(respond).mount(&server).await;
    server
}

/// Returns the id in the response.
async fn id(client: Client, id: String) -> Result<String, Error> {
    let response = client.app_entitlements().get("a", &id).await?;
    Ok(response.app_entitlement_view.unwrap_or_default().app_entitlement.unwrap_or_default().id)
}

#[tokio::test]
async fn clones_call_concurrently() {
    let server = echo_server().await;
    let client = client(server.uri());
    let calls = (0..CALLS).map(|index| {
        let name = format!("ent_{index}");
        (name.clone(), tokio::spawn(id(client.clone(), name)))
    });
    for (name, call) in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.unwrap().unwrap(), name);
    }
    assert_eq!(server.received_requests().await.unwrap().len(), CALLS);
}

#[tokio::test]
async fn requests_do_not_borrow_their_arguments() {
    let server = echo_server().await;
    let call = {
        let app = String::from("a");
        let client = client(server.uri());
        client.app_entitlements().get(&app, &String::from("x")).into_future()
    };
    assert!(tokio::spawn(call).await.unwrap().is_ok());
}

#[test]
fn types_are_send_and_sync() {
    fn assert_send<T: Send + 'static>(_: &T) {}
    fn assert_shared<T: Send + Sync + Clone + 'static>() {}
    fn assert_error<T: std::error::Error + Send + Sync + 'static>() {}

    assert_shared::<Client>();
    assert_shared::<Error>();
    assert_error::<Error>();
    // An error is one pointer, which keeps results small.
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    let client = Client::builder().base_url("http://127.0.0.1:1").build().unwrap();
    assert_shared::<conductorone::resources::AppEntitlements>();
    assert_shared::<conductorone::resources::app_entitlements::Get>();
    assert_send::<ClientBuilder>(&Client::builder());
    assert_send(&client.app_entitlements().get("a", "b").into_future());
    assert_send(&id(client, "b".to_owned()));
}

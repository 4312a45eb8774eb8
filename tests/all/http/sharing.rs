//! One client in many hands.

use conductorone::{Client, ClientBuilder, Error};
use serde_json::json;
use wiremock::matchers::path_regex;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::{client, mock_server};

const CALLS: usize = 64;

/// A server that answers with the id it was asked for.
async fn echoing() -> MockServer {
    let server = mock_server().await;
    let answer = |request: &Request| {
        let id = request.url.path().rsplit('/').next().unwrap().to_owned();
        ResponseTemplate::new(200)
            .set_body_json(json!({ "appEntitlementView": { "appEntitlement": { "id": id } } }))
    };
    Mock::given(path_regex("^/api/v1/apps/a/entitlements/")).respond_with(answer).mount(&server).await;
    server
}

/// The id of an entitlement, as the server tells it.
async fn id(client: Client, id: String) -> Result<String, Error> {
    let response = client.app_entitlements().get("a", &id).await?;
    Ok(response.app_entitlement_view.unwrap_or_default().app_entitlement.unwrap_or_default().id)
}

#[tokio::test]
async fn clones_call_at_once_and_get_their_own_answers() {
    let server = echoing().await;
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
async fn a_request_outlives_what_it_was_made_of() {
    let server = echoing().await;
    let call = {
        let app = String::from("a");
        let client = client(server.uri());
        client.app_entitlements().get(&app, &String::from("x")).into_future()
    };
    assert!(tokio::spawn(call).await.unwrap().is_ok());
}

#[test]
fn what_may_go_to_another_thread() {
    fn is_send<T: Send + 'static>(_: &T) {}
    fn is_shared<T: Send + Sync + Clone + 'static>() {}
    fn is_error<T: std::error::Error + Send + Sync + 'static>() {}

    is_shared::<Client>();
    is_shared::<Error>();
    is_error::<Error>();
    // A result is no larger for what may go wrong.
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    let client = Client::builder().base_url("http://127.0.0.1:1").build().unwrap();
    is_shared::<conductorone::resources::AppEntitlements>();
    is_shared::<conductorone::resources::app_entitlements::Get>();
    is_send::<ClientBuilder>(&Client::builder());
    is_send(&client.app_entitlements().get("a", "b").into_future());
    is_send(&id(client, "b".to_owned()));
}

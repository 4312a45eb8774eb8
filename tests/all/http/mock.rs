//! Tests of both operations with the mock server of the generated client, like a user's tests.

use conductorone::Client;
use conductorone::mock::{Location, MockResponse, MockServer};
use conductorone::runtime::{RetryPolicy, Token};
use conductorone::types::{
    AppEntitlement, AppEntitlementView, GetAppEntitlementResponse, ManualProvision, ProvisionPolicy, Status,
};

use super::{TRANSPORT, get_entitlement, get_owner};

fn client(mock: &MockServer) -> Client {
    mock.builder().retry(RetryPolicy::none()).transport(TRANSPORT.clone()).build().unwrap()
}

/// Responses come from examples of the document, or are generated from its schemas.
#[tokio::test]
async fn responds_to_both_operations() {
    let mock = MockServer::start().unwrap();
    let client = client(&mock);
    let view = get_entitlement(&client).await.unwrap().app_entitlement_view.unwrap();
    assert!(!view.app_entitlement.unwrap().display_name.is_empty());
    let owner = get_owner(&client).await.unwrap().connector_owner_entitlement.unwrap();
    assert!(owner.app_entitlement.is_some());
    assert_eq!(mock.rejections(), []);
    let requests = mock.on().connector_owners_v2().get_entitlement_owner().requests();
    assert_eq!(requests[0].path_parameter("role_slug"), Some("owner"));
}

#[tokio::test]
async fn tests_can_set_a_response() {
    let manual = ManualProvision::default().with_instructions("ask Ann");
    let entitlement = AppEntitlement::default().with_provisioner_policy(ProvisionPolicy::from(manual));
    let view = AppEntitlementView::default().with_app_entitlement(entitlement);
    let response = GetAppEntitlementResponse::default().with_app_entitlement_view(view);
    let mock = MockServer::start().unwrap();
    mock.on().app_entitlements().get().respond_with(MockResponse::status(503)).then_respond(&response);
    let client = client(&mock);
    assert_eq!(get_entitlement(&client).await.unwrap_err().status().unwrap(), 503);
    assert_eq!(get_entitlement(&client).await.unwrap(), response);
}

#[tokio::test]
async fn tests_can_set_an_error() {
    let mock = MockServer::start().unwrap();
    let status = Status::default().with_message("no such entitlement");
    mock.on().app_entitlements().get().respond_with(MockResponse::json(404, &status));
    let error = get_entitlement(&client(&mock)).await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.decode::<Status>().unwrap().unwrap(), status);
}

#[tokio::test]
async fn rejects_clients_without_credentials() {
    let mock = MockServer::start().unwrap();
    let builder = Client::builder().base_url(mock.base_url()).transport(TRANSPORT.clone());
    let error = get_entitlement(&builder.build().unwrap()).await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(mock.rejections()[0].location(), &Location::Credentials);
}

#[tokio::test]
async fn serves_the_token_endpoint() {
    let mock = MockServer::start().unwrap();
    let builder = Client::builder().base_url(mock.base_url()).transport(TRANSPORT.clone());
    let subject = || std::future::ready(Ok(Token::new("subject")));
    let client = builder.token_exchange("clever-fox@acme.test/api", subject).build().unwrap();
    get_entitlement(&client).await.unwrap();
    assert_eq!(mock.token_requests()[0].path(), "/auth/v1/token");
    assert_eq!(mock.requests()[0].header("authorization"), Some("Bearer mock-token"));
}

//! The server that comes with the generated client: both operations, as a user's test would have them.

use conductorone::Client;
use conductorone::mock::{Mock, Reply, Where};
use conductorone::runtime::{RetryPolicy, Token};
use conductorone::types::{
    AppEntitlement, AppEntitlementView, GetAppEntitlementResponse, ManualProvision, ProvisionPolicy, Status,
};

use super::{TRANSPORT, get_entitlement, get_owner};

fn client(mock: &Mock) -> Client {
    mock.builder().retry(RetryPolicy::none()).transport(TRANSPORT.clone()).build().unwrap()
}

/// By the examples of the document where it has some, and by its schemas elsewhere.
#[tokio::test]
async fn both_operations_are_answered() {
    let mock = Mock::start().unwrap();
    let client = client(&mock);
    let view = get_entitlement(&client).await.unwrap().app_entitlement_view.unwrap();
    assert!(!view.app_entitlement.unwrap().display_name.is_empty());
    let owner = get_owner(&client).await.unwrap().connector_owner_entitlement.unwrap();
    assert!(owner.app_entitlement.is_some());
    assert_eq!(mock.rejected(), []);
    let requests = mock.on().connector_owners_v2().get_entitlement_owner().requests();
    assert_eq!(requests[0].path_parameter("role_slug"), Some("owner"));
}

#[tokio::test]
async fn a_test_sets_a_value() {
    let manual = ManualProvision::default().with_instructions("ask Ann");
    let entitlement = AppEntitlement::default().with_provisioner_policy(ProvisionPolicy::from(manual));
    let view = AppEntitlementView::default().with_app_entitlement(entitlement);
    let answer = GetAppEntitlementResponse::default().with_app_entitlement_view(view);
    let mock = Mock::start().unwrap();
    mock.on().app_entitlements().get().replies(Reply::status(503)).then_answers(&answer);
    let client = client(&mock);
    assert_eq!(get_entitlement(&client).await.unwrap_err().status().unwrap(), 503);
    assert_eq!(get_entitlement(&client).await.unwrap(), answer);
}

#[tokio::test]
async fn a_test_sets_an_error() {
    let mock = Mock::start().unwrap();
    let status = Status::default().with_message("no such entitlement");
    mock.on().app_entitlements().get().replies(Reply::json(404, &status));
    let error = get_entitlement(&client(&mock)).await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.decode::<Status>().unwrap().unwrap(), status);
}

#[tokio::test]
async fn a_client_that_has_no_credentials_is_refused() {
    let mock = Mock::start().unwrap();
    let builder = Client::builder().base_url(mock.base_url()).transport(TRANSPORT.clone());
    let error = get_entitlement(&builder.build().unwrap()).await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(mock.rejected()[0].place(), &Where::Credentials);
}

#[tokio::test]
async fn a_client_gets_its_tokens_here() {
    let mock = Mock::start().unwrap();
    let builder = Client::builder().base_url(mock.base_url()).transport(TRANSPORT.clone());
    let subject = || std::future::ready(Ok(Token::new("subject")));
    let client = builder.token_exchange("clever-fox@acme.test/api", subject).build().unwrap();
    get_entitlement(&client).await.unwrap();
    assert_eq!(mock.token_requests()[0].path(), "/auth/v1/token");
    assert_eq!(mock.requests()[0].header("authorization"), Some("Bearer mock-token"));
}

//! Users, the organization, tokens and settings.

use label_studio::types::{ApiUsersPartialUpdateRequest, PatchedHotkeysRequest, PatchedOrganizationRequest};
use label_studio::{Client, Error};
use serde_json::json;
use tests::calls::Fault;

use super::{client, failed, object, project};

fn is_documented_wrongly(error: &Error) {
    assert!(error.is_decode(), "{error}");
    assert!(error.json_path().unwrap().ends_with("active_organization_meta"), "{error}");
    failed(
        error,
        Fault::Document,
        "describes `active_organization_meta` as a string; the server sends an object",
    );
}

#[tokio::test]
async fn users_are_documented_wrongly() {
    let client = client();
    let users = client.users();
    is_documented_wrongly(&users.whoami().await.unwrap_err());
    is_documented_wrongly(&users.list().await.unwrap_err());
    is_documented_wrongly(&users.get(1).await.unwrap_err());
    let change = ApiUsersPartialUpdateRequest::default().with_first_name("Ada");
    is_documented_wrongly(&users.update(1).body(&change).await.unwrap_err());
    is_documented_wrongly(&client.organizations_members().list(1).await.unwrap_err());
}

#[tokio::test]
async fn changes_hotkeys_and_reads_the_token() {
    let client = client();
    let users = client.users();
    let keys = json!({ "annotation:submit": { "key": "ctrl+s", "active": true } });
    let body = PatchedHotkeysRequest::default().with_custom_hotkeys(object(&keys));
    users.update_hotkeys().body(&body).await.unwrap();
    assert_eq!(users.get_hotkeys().await.unwrap().custom_hotkeys, object(&keys));
    let token = users.get_token().await.unwrap();
    assert!(token.unknown_fields.get("token").is_some());
}

#[tokio::test]
async fn reads_and_changes_the_organization() {
    let client = client();
    let organizations = client.organizations();
    let id = organizations.list().await.unwrap()[0].id;
    let change = PatchedOrganizationRequest::default().with_title("Acme");
    assert_eq!(organizations.update(id).body(&change).await.unwrap().title, "Acme");
    assert_eq!(organizations.get(id).await.unwrap().title, "Acme");
    assert!(organizations.get_invite().await.unwrap().invite_url.unwrap().contains("token="));
    let invite = organizations.reset_token().await.unwrap();
    assert!(invite.token.is_some());
    let member = client.organizations_members().get(id, 1).await.unwrap();
    assert_eq!((member.organization, member.user), (id, 1));
}

#[tokio::test]
async fn reads_settings() {
    let client = client();
    assert!(client.jwt_settings().get().await.unwrap().legacy_api_tokens_enabled.unwrap());
    assert!(client.session_policy().get().await.unwrap().max_session_age.is_some());
    let project = project(&client, "Models").await;
    assert!(client.ml().list().project(project).await.unwrap().is_empty());
    client.tokens().create().await.unwrap();
    assert_eq!(client.tokens().list().await.unwrap().len(), 1);
}

#[tokio::test]
async fn requests_need_a_token() {
    let anonymous = Client::builder().base_url(tests::calls::url()).build().unwrap();
    let error = anonymous.projects().counts().await.unwrap_err();
    assert!(error.is_unauthorized() || error.is_credentials(), "{error}");
}

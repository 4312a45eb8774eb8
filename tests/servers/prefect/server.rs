//! Operations about the server itself.

use prefect::runtime::Wait as _;
use prefect::types::{BodyValidateObj, ServerDefaultResultStorageUpdate};
use prefect::uuid::Uuid;
use serde_json::{Value, json};

use super::client;

#[tokio::test]
async fn tells_its_state_and_versions() {
    let client = client();
    let root = client.root();
    assert_eq!(root.health_check().await.unwrap(), Value::Bool(true));
    assert_eq!(root.hello().await.unwrap(), "👋");
    assert_eq!(root.perform_readiness_check().await.unwrap()["message"], "OK");
    assert!(!root.server_version().await.unwrap().is_empty());
    assert_eq!(client.admin().read_version().await.unwrap(), "3.9.1");
}

#[tokio::test]
async fn tells_its_settings() {
    let settings = client().admin().read_settings().await.unwrap();
    let server = settings.server.unwrap();
    assert_eq!(server.analytics_enabled, Some(false));
    assert_eq!(server.ui.unwrap().enabled, Some(false));
}

#[tokio::test]
async fn changes_the_default_storage() {
    let client = client();
    let admin = client.admin();
    let id = Uuid::from_u128(7);
    let error = admin
        .update_server_default_result_storage(&ServerDefaultResultStorageUpdate::new(id))
        .await
        .unwrap_err();
    assert!(error.is_not_found(), "{error}");
    admin.clear_server_default_result_storage().await.unwrap();
    let storage = admin.read_server_default_result_storage().await.unwrap();
    assert_eq!(storage.default_result_storage_block_id, None);
}

#[tokio::test]
async fn tokens_against_forged_requests_are_disabled() {
    let error = client().csrf_token().create_csrf_token("me").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 422);
    assert_eq!(error.message(), Some("CSRF protection is disabled."));
}

#[tokio::test]
async fn reads_collections_of_workers() {
    let client = client();
    let workers = client.collections().read_view_content("aggregate-worker-metadata").await.unwrap();
    assert!(workers["prefect"]["process"].is_object());
    assert!(client.collections().read_view_content("none").await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn validates_values_by_a_schema() {
    let schema = json!({ "type": "object", "properties": { "age": { "type": "integer" } } });
    let object = |value: Value| value.as_object().unwrap().clone();
    let validate = async |values: Value| {
        let body = BodyValidateObj::new(object(schema.clone()), object(values));
        client().ui().validate_obj(&body).await.unwrap()
    };
    assert!(validate(json!({ "age": 7 })).await.valid);
    assert!(!validate(json!({ "age": "old" })).await.valid);
}

#[test]
fn works_without_an_async_runtime() {
    assert_eq!(client().root().health_check().wait().unwrap(), Value::Bool(true));
}

//! State that tasks and assets keep between runs.

use airflow::types::{AssetStateStoreBody, TaskStateStoreBody};
use serde_json::json;

use super::{client, run};

#[tokio::test]
async fn a_task_keeps_state() {
    let client = client().await;
    let state = client.task_state_store();
    run(&client, "state", 23).await;
    state
        .set_task_state_store("orders", "state", "load", "position", &TaskStateStoreBody::new(json!(7)))
        .await
        .unwrap();
    let read = state.get_task_state_store("orders", "state", "load", "position").await.unwrap();
    assert_eq!((&*read.key, &read.value), ("position", &json!(7)));
    let mut items = state.list_task_state_store("orders", "state", "load").items();
    assert_eq!(items.next().await.unwrap().unwrap().key, "position");
    assert!(items.next().await.is_none());
    state.delete_task_state_store("orders", "state", "load", "position").await.unwrap();
    state.clear_task_state_store("orders", "state", "load").await.unwrap();
    let error = state.get_task_state_store("orders", "state", "load", "position").await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn an_asset_keeps_state() {
    let client = client().await;
    let state = client.asset_state_store();
    let id = client.asset().get_assets().await.unwrap().assets[0].id;
    state.set_asset_state_store(id, "etag", &AssetStateStoreBody::new(json!("a1"))).await.unwrap();
    assert_eq!(state.get_asset_state_store(id, "etag").await.unwrap().value, json!("a1"));
    assert_eq!(state.list_asset_state_store(id).await.unwrap().total_entries, 1);
    state.delete_asset_state_store(id, "etag").await.unwrap();
    state.clear_asset_state_store(id).await.unwrap();
    assert!(state.get_asset_state_store(id, "etag").await.unwrap_err().is_not_found());
}

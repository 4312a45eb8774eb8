//! Assets and their events.

use airflow::types::CreateAssetEventsBody;
use serde_json::json;

use super::client;

#[tokio::test]
async fn reads_assets_and_creates_events() {
    let client = client().await;
    let assets = client.asset();
    let found = assets.get_assets().uri_pattern("s3://shop/").await.unwrap();
    let asset = assets.get_asset(found.assets[0].id).await.unwrap();
    assert_eq!((&*asset.name, &*asset.uri), ("orders", "s3://shop/orders"));
    assert_eq!(asset.extra.as_ref().unwrap()["team"], "data");
    assert_eq!(asset.scheduled_dags[0].dag_id, "report");
    assert!(assets.get_asset_aliases().await.unwrap().asset_aliases.is_empty());

    let extra = json!({ "rows": 12 });
    let body = CreateAssetEventsBody::new(asset.id).with_extra(extra.as_object().unwrap().clone());
    let event = assets.create_asset_event(&body).await.unwrap();
    assert_eq!((event.asset_id, &event.extra.as_ref().unwrap()["rows"]), (asset.id, &json!(12)));
    let events = assets.get_asset_events().asset_id(asset.id).await.unwrap();
    assert_eq!((events.total_entries, events.asset_events[0].id), (1, event.id));
    let error = assets.get_asset(999).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

//! Pools.

use airflow::types::{PoolBody, PoolPatchBody};

use tests::calls::Fault;

use super::{client, failed};

#[tokio::test]
async fn creates_reads_and_deletes_a_pool() {
    let client = client().await;
    let pools = client.pool();
    let body = PoolBody::new("fast lane", 8).with_description("For short tasks.");
    let created = pools.post_pool(&body).await.unwrap();
    assert_eq!((&*created.name, created.slots, created.open_slots), ("fast lane", 8, 8));
    assert_eq!(pools.get_pool("fast lane").await.unwrap(), created);
    let error = pools.post_pool(&body).await.unwrap_err();
    assert!(error.is_conflict(), "{error}");

    let change = PoolPatchBody::default().with_pool("fast lane").with_slots(9);
    let error = pools.patch_pool("fast lane", &change).update_mask(&["slots"]).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 422);
    failed(&error, Fault::Document, "describes `include_deferred` as optional; the server requires it");
    let change = change.with_include_deferred(false);
    let changed = pools.patch_pool("fast lane", &change).update_mask(&["slots"]).await.unwrap();
    assert_eq!((changed.slots, changed.description.as_deref()), (9, Some("For short tasks.")));
    pools.delete_pool("fast lane").await.unwrap();
    let error = pools.get_pool("fast lane").await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.message(), Some("The Pool with name: `fast lane` was not found"));
}

#[tokio::test]
async fn lists_all_pools_page_by_page() {
    let client = client().await;
    let pools = client.pool();
    for number in 0..5 {
        pools.post_pool(&PoolBody::new(&format!("page-{number}"), 1)).await.unwrap();
    }
    let request = pools.get_pools().limit(2).pool_name_pattern("page-").order_by(&["-name"]);
    let mut items = request.items();
    let mut names = Vec::new();
    while let Some(pool) = items.next().await {
        names.push(pool.unwrap().name);
    }
    assert_eq!(names, ["page-4", "page-3", "page-2", "page-1", "page-0"]);
}

#[tokio::test]
async fn the_default_pool_stays() {
    let client = client().await;
    let error = client.pool().delete_pool("default_pool").await.unwrap_err();
    assert!(error.is_bad_request(), "{error}");
    assert!(error.message().unwrap().contains("Default Pool can't be deleted"), "{error}");
    let error = client.pool().post_pool(&PoolBody::new("", 1)).await;
    let error = error.err().or(client.pool().post_pool(&PoolBody::new("negative", -7)).await.err()).unwrap();
    assert_eq!(error.status().unwrap(), 422);
}

//! Limits of concurrency: of tags, and global ones with leases.

use prefect::types::{
    BodyBulkDecrementActiveSlots, BodyBulkDecrementActiveSlotsWithLease, BodyBulkIncrementActiveSlots,
    BodyBulkIncrementActiveSlotsWithLease, BodyDecrementConcurrencyLimitsV1,
    BodyIncrementConcurrencyLimitsV1, BodyReadConcurrencyLimits, BodyRenewConcurrencyLease,
    ConcurrencyLimitCreate, ConcurrencyLimitV2Create, ConcurrencyLimitV2Update,
};
use prefect::uuid::Uuid;

use super::client;

#[tokio::test]
async fn limits_a_tag() {
    let client = client();
    let limits = client.concurrency_limits();
    let created = limits.create_concurrency_limit(&ConcurrencyLimitCreate::new("db", 2)).await.unwrap();
    assert_eq!((&*created.tag, created.concurrency_limit), ("db", 2));
    assert_eq!(limits.read_concurrency_limit(created.id).await.unwrap().tag, "db");
    let task_run = Uuid::from_u128(42);
    let names = ["db"];
    limits
        .increment_concurrency_limits_v1(&BodyIncrementConcurrencyLimitsV1::new(names, task_run))
        .await
        .unwrap();
    let read = limits.read_concurrency_limit_by_tag("db").await.unwrap();
    assert_eq!(read.active_slots.unwrap(), [task_run]);
    limits
        .decrement_concurrency_limits_v1(&BodyDecrementConcurrencyLimitsV1::new(names, task_run))
        .await
        .unwrap();
    limits.reset_concurrency_limit_by_tag("db").await.unwrap();
    assert!(limits.read_concurrency_limit_by_tag("db").await.unwrap().active_slots.unwrap().is_empty());
    let all = limits.read_concurrency_limits().body(&BodyReadConcurrencyLimits::default().with_limit(10));
    assert_eq!(all.await.unwrap().len(), 1);
    limits.delete_concurrency_limit_by_tag("db").await.unwrap();
    let error = limits.delete_concurrency_limit(created.id).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn limits_globally() {
    let client = client();
    let limits = client.concurrency_limits_v2();
    let created = limits.create_concurrency_limit_v2(&ConcurrencyLimitV2Create::new("api", 3)).await.unwrap();
    assert_eq!((&*created.name, created.limit, created.active_slots), ("api", 3, Some(0)));
    let taken =
        limits.bulk_increment_active_slots(&BodyBulkIncrementActiveSlots::new(2, ["api"])).await.unwrap();
    assert_eq!((&*taken[0].name, taken[0].limit), ("api", 3));
    let error =
        limits.bulk_increment_active_slots(&BodyBulkIncrementActiveSlots::new(2, ["api"])).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 423);
    assert!(error.retry_after().is_some(), "{error}");
    limits.bulk_decrement_active_slots(&BodyBulkDecrementActiveSlots::new(2, ["api"])).await.unwrap();

    let body = BodyBulkIncrementActiveSlotsWithLease::new(1, ["api"]).with_lease_duration(60.0);
    let lease = limits.bulk_increment_active_slots_with_lease(&body).await.unwrap();
    let renewal = limits.renew_concurrency_lease(lease.lease_id);
    renewal.body(&BodyRenewConcurrencyLease::default().with_lease_duration(120.0)).await.unwrap();
    let body = BodyBulkDecrementActiveSlotsWithLease::new(lease.lease_id);
    limits.bulk_decrement_active_slots_with_lease(&body).await.unwrap();
    assert_eq!(limits.read_all_concurrency_limits_v2().await.unwrap().len(), 1);
}

/// A limit is named by its id or its name.
#[tokio::test]
async fn limits_have_ids_and_names() {
    let client = client();
    let limits = client.concurrency_limits_v2();
    let created = limits.create_concurrency_limit_v2(&ConcurrencyLimitV2Create::new("gpu", 1)).await.unwrap();
    let by_id = limits.read_concurrency_limit_v2(created.id.to_string().as_str()).await.unwrap();
    let by_name = limits.read_concurrency_limit_v2("gpu").await.unwrap();
    assert_eq!(by_id, by_name);
    let change = ConcurrencyLimitV2Update::default().with_limit(5).with_active(false);
    limits.update_concurrency_limit_v2("gpu", &change).await.unwrap();
    let read = limits.read_concurrency_limit_v2(created.id.to_string().as_str()).await.unwrap();
    assert_eq!((read.limit, read.active), (5, Some(false)));
    limits.delete_concurrency_limit_v2("gpu").await.unwrap();
    assert!(limits.read_concurrency_limit_v2("gpu").await.unwrap_err().is_not_found());
}

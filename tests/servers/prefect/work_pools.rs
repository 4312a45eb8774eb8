//! Work pools, their queues and workers.

use prefect::types::{
    BodyCountWorkPools, BodyGetScheduledFlowRuns, BodyReadWorkPools, BodyReadWorkers, BodyWorkerHeartbeat,
    WorkPoolCreate, WorkPoolUpdate, WorkQueueCreate, WorkQueueUpdate,
};

use super::client;

#[tokio::test]
async fn creates_reads_and_deletes_a_pool() {
    let client = client();
    let pools = client.work_pools();
    let body = WorkPoolCreate::new("local machines").with_type("process").with_concurrency_limit(4);
    let created = pools.create_work_pool(&body).await.unwrap();
    assert_eq!(
        (&*created.name, &*created.type_, created.concurrency_limit),
        ("local machines", "process", Some(4))
    );
    pools.update_work_pool("local machines", &WorkPoolUpdate::default().with_is_paused(true)).await.unwrap();
    let read = pools.read_work_pool("local machines").await.unwrap();
    assert_eq!((read.id, read.is_paused), (created.id, Some(true)));
    let found = pools.read_work_pools().body(&BodyReadWorkPools::default().with_limit(10)).await.unwrap();
    assert!(found.iter().any(|pool| pool.id == created.id));
    assert!(pools.count_work_pools().body(&BodyCountWorkPools::default()).await.unwrap() >= 1);
    let status = pools.read_work_pool_concurrency_status("local machines").await.unwrap();
    assert_eq!(status.active_slots, 0);
    let scheduled =
        pools.get_scheduled_flow_runs("local machines").body(&BodyGetScheduledFlowRuns::default());
    assert!(scheduled.await.unwrap().is_empty());
    let error = pools.create_work_pool(&body).await.unwrap_err();
    assert!(error.is_conflict(), "{error}");
    pools.delete_work_pool("local machines").await.unwrap();
    let error = pools.read_work_pool("local machines").await.unwrap_err();
    assert!(error.is_not_found() && error.message().unwrap().contains("local machines"), "{error}");
}

#[tokio::test]
async fn a_pool_has_queues() {
    let client = client();
    let pools = client.work_pools();
    pools.create_work_pool(&WorkPoolCreate::new("queues")).await.unwrap();
    let body = WorkQueueCreate::new("urgent").with_priority(1).with_description("First.");
    let created = pools.create_work_queue("queues", &body).await.unwrap();
    assert_eq!((created.priority, created.work_pool_name.as_deref()), (Some(1), Some("queues")));
    pools
        .update_work_queue("queues", "urgent", &WorkQueueUpdate::default().with_concurrency_limit(7))
        .await
        .unwrap();
    let read = pools.read_work_queue("queues", "urgent").await.unwrap();
    assert_eq!((read.concurrency_limit, read.description.as_deref()), (Some(7), Some("First.")));
    let queues = pools.read_work_queues("queues").await.unwrap();
    let mut names: Vec<&str> = queues.iter().map(|queue| &*queue.name).collect();
    names.sort_unstable();
    assert_eq!(names, ["default", "urgent"]);
    let status = client.work_queues().read_work_queue_status(created.id).await.unwrap();
    assert!(!status.healthy);
    pools.delete_work_queue("queues", "urgent").await.unwrap();
    assert!(pools.read_work_queue("queues", "urgent").await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn workers_send_heartbeats() {
    let client = client();
    let pools = client.work_pools();
    pools.create_work_pool(&WorkPoolCreate::new("workers").with_type("process")).await.unwrap();
    let heartbeat = BodyWorkerHeartbeat::new("worker-1").with_heartbeat_interval_seconds(30);
    pools.worker_heartbeat("workers", &heartbeat).await.unwrap();
    let workers = pools.read_workers("workers").body(&BodyReadWorkers::default()).await.unwrap();
    assert_eq!((&*workers[0].name, workers[0].heartbeat_interval_seconds), ("worker-1", Some(30)));
    pools.delete_worker("workers", "worker-1").await.unwrap();
    assert!(pools.read_workers("workers").await.unwrap().is_empty());
}

//! Backfills: runs for days in the past.

use airflow::types::BackfillPostBody;

use super::client;

#[tokio::test]
async fn fills_days_in_the_past() {
    let client = client().await;
    let backfills = client.backfill();
    let (from, to) = ("2026-01-01T00:00:00Z".parse().unwrap(), "2026-01-03T00:00:00Z".parse().unwrap());
    let body = BackfillPostBody::new("orders", from, to).with_max_active_runs(2);
    let planned = backfills.create_backfill_dry_run(&body).await.unwrap();
    assert_eq!(planned.total_entries, 3);
    let created = backfills.create_backfill(&body).await.unwrap();
    assert_eq!((&*created.dag_id, created.max_active_runs, created.is_paused), ("orders", 2, false));
    assert!(backfills.create_backfill(&body).await.unwrap_err().is_conflict());
    assert!(backfills.pause_backfill(created.id).await.unwrap().is_paused);
    assert!(!backfills.unpause_backfill(created.id).await.unwrap().is_paused);
    assert_eq!(backfills.get_backfill(created.id).await.unwrap().from_date, from);
    let mut items = backfills.list_backfills("orders").items();
    assert_eq!(items.next().await.unwrap().unwrap().id, created.id);
    assert!(items.next().await.is_none());
    assert!(backfills.cancel_backfill(created.id).await.unwrap().completed_at.is_some());
}

//! Runs of tasks, and the values that they exchange.

use airflow::types::{
    ClearTaskInstancesBody, PatchTaskInstanceBody, TaskInstanceState, XComCreateBody, XComUpdateBody,
};
use serde_json::json;

use super::{client, run};

#[tokio::test]
async fn reads_and_changes_the_state_of_a_task() {
    let client = client().await;
    let tasks = client.task_instance();
    run(&client, "tasks", 21).await;
    let task = tasks.get_task_instance("orders", "tasks", "extract").await.unwrap();
    assert_eq!((task.state, task.max_tries, &*task.pool), (None, 2, "default_pool"));
    let mut items = tasks.get_task_instances("orders", "tasks").limit(1).items();
    let mut ids = Vec::new();
    while let Some(task) = items.next().await {
        ids.push(task.unwrap().task_id);
    }
    ids.sort_unstable();
    assert_eq!(ids, ["extract", "load"]);

    let change = PatchTaskInstanceBody::default().with_new_state(TaskInstanceState::Success);
    let affected = tasks.patch_task_instance_dry_run("orders", "tasks", "extract", &change).await.unwrap();
    assert_eq!(affected.task_instances.len(), 1);
    let changed = tasks.patch_task_instance("orders", "tasks", "extract", &change).await.unwrap();
    assert_eq!(changed.task_instances[0].state, Some(TaskInstanceState::Success));
    let body = PatchTaskInstanceBody::default().with_note("Looked at.");
    tasks.patch_task_instance("orders", "tasks", "extract", &body).update_mask(&["note"]).await.unwrap();
    let read = tasks.get_mapped_task_instance("orders", "tasks", "extract", -1).await.unwrap();
    assert_eq!((read.note.as_deref(), read.state), (Some("Looked at."), Some(TaskInstanceState::Success)));

    assert_eq!(tasks.get_task_instance_tries("orders", "tasks", "extract").await.unwrap().total_entries, 1);
    assert!(
        tasks.get_task_instance_dependencies("orders", "tasks", "load").await.unwrap().dependencies.len() < 9
    );
    // The scheduler may have started the other task.
    let body = ClearTaskInstancesBody::default()
        .with_dag_run_id("tasks")
        .with_task_ids(["extract".into()])
        .with_only_failed(false)
        .with_dry_run(true);
    let cleared = tasks.post_clear_task_instances("orders", &body).await.unwrap();
    assert_eq!(cleared.total_entries, Some(1));
    let error = tasks.get_task_instance("orders", "tasks", "none").await.unwrap_err();
    assert!(error.is_not_found() && error.message().unwrap().contains("`none`"), "{error}");
}

#[tokio::test]
async fn tasks_exchange_values() {
    let client = client().await;
    let values = client.x_com();
    run(&client, "values", 22).await;
    let body = XComCreateBody::new("total", json!({ "rows": [1, 2.5] }));
    let created = values.create_xcom_entry("orders", "values", "extract", &body).await.unwrap();
    assert_eq!((&*created.key, &created.value), ("total", &json!({ "rows": [1, 2.5] })));
    let read = values.get_xcom_entry("orders", "values", "extract", "total").await.unwrap();
    assert_eq!(read.as_native().map(|read| &read.value), Some(&json!({ "rows": [1, 2.5] })));
    let change = XComUpdateBody::new(json!("none"));
    let changed = values.update_xcom_entry("orders", "values", "extract", "total", &change).await.unwrap();
    assert_eq!(changed.value, json!("none"));
    let mut entries = values.get_xcom_entries("orders", "values", "extract").items();
    assert_eq!(entries.next().await.unwrap().unwrap().key, "total");
    assert!(entries.next().await.is_none());
    values.delete_xcom_entry("orders", "values", "extract", "total").await.unwrap();
    let error = values.get_xcom_entry("orders", "values", "extract", "total").await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

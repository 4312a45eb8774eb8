//! Runs of DAGs: triggered, listed by cursor and offset, changed and deleted.

use airflow::types::{
    DagRunClearBody, DagRunMutableStates, DagRunPatchBody, DagRunState, DagRunType, DagRunsBatchBody,
    GetListDagRunsBatchDagId, TriggerDagRunPostBody,
};
use serde_json::json;

use super::{client, run};

#[tokio::test]
async fn triggers_reads_and_deletes_a_run() {
    let client = client().await;
    let runs = client.dag_run();
    let conf = json!({ "day": "tuesday", "nested": { "list": [1, null] } });
    let body = TriggerDagRunPostBody::default()
        .with_dag_run_id("first.run")
        .with_logical_date("2026-02-01T00:00:00+00:00".parse::<airflow::chrono::DateTime<_>>().unwrap())
        .with_conf(conf.as_object().unwrap().clone())
        .with_note("By hand.");
    let created = runs.trigger_dag_run("orders", &body).await.unwrap();
    assert_eq!(
        (&*created.dag_run_id, created.run_type, created.state),
        ("first.run", DagRunType::Manual, DagRunState::Queued)
    );
    let error = runs.trigger_dag_run("orders", &body).await.unwrap_err();
    assert!(error.is_conflict(), "{error}");
    let read = runs.get_dag_run("orders", "first.run").await.unwrap();
    assert_eq!((read.conf.as_ref(), read.note.as_deref()), (conf.as_object(), Some("By hand.")));

    let change = DagRunPatchBody::default().with_state(DagRunMutableStates::Failed).with_note("Stopped.");
    let changed = runs.patch_dag_run("orders", "first.run", &change).await.unwrap();
    assert_eq!((changed.state, changed.note.as_deref()), (DagRunState::Failed, Some("Stopped.")));
    assert!(runs.get_upstream_asset_events("orders", "first.run").await.unwrap().asset_events.is_empty());
    runs.clear_dag_run("orders", "first.run", &DagRunClearBody::default().with_dry_run(false)).await.unwrap();
    assert_eq!(runs.get_dag_run("orders", "first.run").await.unwrap().state, DagRunState::Queued);

    let change = DagRunPatchBody::default().with_state(DagRunMutableStates::Success);
    runs.patch_dag_run("orders", "first.run", &change).await.unwrap();
    runs.delete_dag_run("orders", "first.run").await.unwrap();
    assert!(runs.get_dag_run("orders", "first.run").await.unwrap_err().is_not_found());
}

/// The request may have a cursor and an offset.
#[tokio::test]
async fn lists_all_runs_page_by_page() {
    let client = client().await;
    let mut expected = Vec::new();
    for number in 10..20 {
        let id = format!("page-{number}");
        run(&client, &id, number).await;
        expected.push(id);
    }
    let request =
        client.dag_run().get_dag_runs("orders").limit(3).run_id_pattern("page-").order_by(&["run_id"]);
    let mut items = request.items();
    let mut found = Vec::new();
    while let Some(run) = items.next().await {
        found.push(run.unwrap().dag_run_id);
    }
    assert_eq!(found, expected);
}

#[tokio::test]
async fn lists_runs_of_all_dags() {
    let client = client().await;
    run(&client, "batch", 20).await;
    let body = DagRunsBatchBody::default().with_dag_ids(vec!["orders".to_owned()]).with_page_limit(1);
    let found =
        client.dag_run().get_list_dag_runs_batch(GetListDagRunsBatchDagId::Tilde, &body).await.unwrap();
    assert_eq!((found.dag_runs.len(), &*found.dag_runs[0].dag_id), (1, "orders"));
}

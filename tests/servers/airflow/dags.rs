//! DAGs, their tasks, versions, sources and tags.

use airflow::types::DagPatchBody;

use super::client;

#[tokio::test]
async fn reads_a_dag() {
    let client = client().await;
    let dag = client.dag().get_dag("orders").await.unwrap();
    assert_eq!((dag.description.as_deref(), dag.has_import_errors), (Some("Reads orders."), false));
    let mut tags: Vec<&str> = dag.tags.iter().map(|tag| &*tag.name).collect();
    tags.sort_unstable();
    assert_eq!(tags, ["daily", "shop"]);
    let details = client.dag().get_dag_details("orders").await.unwrap();
    assert_eq!((details.catchup, details.timezone.as_deref()), (false, Some("UTC")));
    assert!(details.params.unwrap().contains_key("day"));
    assert_eq!(
        details.start_date.unwrap(),
        "2026-01-01T00:00:00Z".parse::<airflow::chrono::DateTime<airflow::chrono::FixedOffset>>().unwrap()
    );
    let error = client.dag().get_dag("none").await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn lists_all_dags_page_by_page() {
    let client = client().await;
    let mut items = client.dag().get_dags().limit(1).tags(&["shop"]).order_by(&["dag_id"]).items();
    let mut ids = Vec::new();
    while let Some(dag) = items.next().await {
        ids.push(dag.unwrap().dag_id);
    }
    assert_eq!(ids, ["orders", "report"]);
    let mut tags = client.dag().get_dag_tags().limit(1).items();
    let mut names = Vec::new();
    while let Some(tag) = tags.next().await {
        names.push(tag.unwrap());
    }
    assert_eq!(names, ["daily", "shop"]);
}

#[tokio::test]
async fn pauses_and_marks_dags() {
    let client = client().await;
    let dags = client.dag();
    let active = DagPatchBody::new(false);
    assert!(!dags.patch_dag("report", &active).await.unwrap().is_paused);
    let changed = dags.patch_dags(&DagPatchBody::new(true)).dag_id_pattern("report").await.unwrap();
    assert!(changed.dags.iter().all(|dag| dag.is_paused));
    dags.favorite_dag("report").await.unwrap();
    assert_eq!(dags.get_dag_details("report").await.unwrap().is_favorite, Some(true));
    dags.unfavorite_dag("report").await.unwrap();
    assert!(dags.unfavorite_dag("report").await.unwrap_err().is_conflict());
}

#[tokio::test]
async fn deletes_a_dag() {
    let client = client().await;
    client.dag().delete_dag("empty").await.unwrap();
    assert!(client.dag().get_dag("empty").await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn reads_sources_versions_and_statistics() {
    let client = client().await;
    let source = client.dag_source().get_dag_source("orders").await.unwrap();
    assert!(source.content.unwrap().contains("def extract():"));
    let text = client.dag_source().get_dag_source("orders").as_text().await.unwrap();
    assert!(text.contains("def extract():"));
    let versions = client.dag_version().get_dag_versions("orders").await.unwrap();
    assert_eq!(versions.dag_versions[0].version_number, 1);
    let version = client.dag_version().get_dag_version("orders", 1).await.unwrap();
    assert_eq!(version.id, versions.dag_versions[0].id);
    let stats = client.dag_stats().get_dag_stats().dag_ids(&["orders"]).await.unwrap();
    assert_eq!((stats.total_entries, &*stats.dags[0].dag_id), (1, "orders"));
}

#[tokio::test]
async fn reads_tasks() {
    let client = client().await;
    let tasks = client.task().get_tasks("orders").order_by("-task_id").await.unwrap();
    let ids: Vec<Option<&str>> = tasks.tasks.iter().map(|task| task.task_id.as_deref()).collect();
    assert_eq!(ids, [Some("load"), Some("extract")]);
    let task = client.task().get_task("orders", "extract").await.unwrap();
    assert_eq!((task.retries, task.downstream_task_ids.unwrap()), (Some(2.0), vec!["load".to_owned()]));
    assert_eq!(task.retry_delay.unwrap().seconds, 300);
}

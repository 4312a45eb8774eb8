//! Runs of tasks.

use prefect::types::{
    BodyCountTaskRuns, BodyPaginateTaskRuns, BodyReadTaskRuns, BodySetTaskRunState, BodyTaskRunHistory,
    SetStateStatus, StateCreate, StateType, TaskRunCreate, TaskRunFilter, TaskRunFilterFlowRunId,
    TaskRunUpdate,
};

use super::{client, flow_run};

#[tokio::test]
async fn creates_reads_and_deletes_a_run() {
    let client = client();
    let runs = client.task_runs();
    let flow_run = flow_run(&client, "tasks").await;
    let body =
        TaskRunCreate::new("extract", "0").with_flow_run_id(flow_run).with_name("extract-0").with_tags(["x"]);
    let created = runs.create_task_run(&body).await.unwrap();
    assert_eq!(
        (&*created.task_key, &*created.dynamic_key, created.flow_run_id),
        ("extract", "0", Some(flow_run))
    );
    runs.update_task_run(created.id, &TaskRunUpdate::default().with_name("renamed")).await.unwrap();
    assert_eq!(runs.read_task_run(created.id).await.unwrap().name.as_deref(), Some("renamed"));

    let body = BodySetTaskRunState::new(StateCreate::new(StateType::Failed).with_message("no network"))
        .with_force(true);
    let result = runs.set_task_run_state(created.id, &body).await.unwrap();
    assert_eq!(result.status, SetStateStatus::Accept);
    let states = client.task_run_states().read_task_run_states(created.id).await.unwrap();
    let last = states.last().unwrap();
    assert_eq!((&last.type_, last.message.as_deref()), (&StateType::Failed, Some("no network")));
    let state = client.task_run_states().read_task_run_state(last.id).await.unwrap();
    assert_eq!(state, *last);

    let with_name = runs.read_task_run_with_flow_run_name(created.id).await.unwrap();
    assert_eq!(with_name.id, created.id);
    runs.delete_task_run(created.id).await.unwrap();
    let error = runs.read_task_run(created.id).await.unwrap_err();
    assert_eq!((error.is_not_found(), error.message()), (true, Some("Task not found")));
}

#[tokio::test]
async fn filters_counts_and_pages_runs() {
    let client = client();
    let runs = client.task_runs();
    let flow_run = flow_run(&client, "many tasks").await;
    let mut ids = Vec::new();
    for key in ["0", "1", "2", "3", "4"] {
        let body = TaskRunCreate::new("load", key).with_flow_run_id(flow_run);
        ids.push(runs.create_task_run(&body).await.unwrap().id);
    }
    ids.sort_unstable();
    let of_run = TaskRunFilterFlowRunId::default().with_any(vec![flow_run]);
    let filter = TaskRunFilter::default().with_flow_run_id(of_run);
    let count = runs.count_task_runs().body(&BodyCountTaskRuns::default().with_task_runs(filter.clone()));
    assert_eq!(count.await.unwrap(), 5);
    let body = BodyReadTaskRuns::default().with_task_runs(filter.clone()).with_limit(3);
    assert_eq!(runs.read_task_runs().body(&body).await.unwrap().len(), 3);
    let body = BodyPaginateTaskRuns::default().with_task_runs(filter.clone()).with_limit(2);
    let mut items = runs.paginate_task_runs().body(&body).items();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.unwrap().id);
    }
    found.sort_unstable();
    assert_eq!(found, ids);
    let (start, end) = ("2026-01-01T00:00:00Z".parse().unwrap(), "2026-01-02T00:00:00Z".parse().unwrap());
    let history = runs.task_run_history(&BodyTaskRunHistory::new(start, end, 43_200.0)).await.unwrap();
    assert_eq!(history.len(), 2);
}

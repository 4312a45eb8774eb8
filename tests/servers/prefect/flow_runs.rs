//! Runs of flows: created, moved from state to state, filtered, counted, given input and deleted.

use prefect::types::{
    BodyAverageFlowRunLateness, BodyBulkDeleteFlowRuns, BodyBulkSetFlowRunState, BodyCountFlowRuns,
    BodyCountTaskRunsByFlowRun, BodyCreateFlowRunInput, BodyFilterFlowRunInput, BodyFlowRunHistory,
    BodyPaginateFlowRuns, BodyReadFlowRuns, BodyResumeFlowRun, BodySetFlowRunState, FlowRunCreate,
    FlowRunFilter, FlowRunFilterId, FlowRunFilterName, FlowRunUpdate, SetStateStatus, StateCreate, StateType,
};
use prefect::uuid::Uuid;
use serde_json::json;

use super::{client, flow, flow_run};

fn only(ids: &[Uuid]) -> FlowRunFilter {
    FlowRunFilter::default().with_id(FlowRunFilterId::default().with_any(ids.to_vec()))
}

#[tokio::test]
async fn creates_reads_and_deletes_a_run() {
    let client = client();
    let runs = client.flow_runs();
    let flow = flow(&client, "runs").await;
    let parameters = json!({ "day": "monday", "retries": 3, "nested": { "list": [1, 2.5, null] } });
    let body = FlowRunCreate::new(flow)
        .with_name("first run")
        .with_parameters(parameters.as_object().unwrap().clone())
        .with_idempotency_key("key-1")
        .with_state(StateCreate::new(StateType::Pending).with_message("waiting"));
    let created = runs.create_flow_run(&body).await.unwrap();
    assert_eq!((created.name.as_deref(), created.flow_id), (Some("first run"), flow));
    assert_eq!(created.state_type, Some(StateType::Pending));
    let read = runs.read_flow_run(created.id).await.unwrap();
    assert_eq!(read.parameters.as_ref(), parameters.as_object());
    assert_eq!(read.state.unwrap().message.as_deref(), Some("waiting"));

    // The same key returns the same run.
    assert_eq!(runs.create_flow_run(&body).await.unwrap().id, created.id);

    let change = FlowRunUpdate::default().with_name("renamed").with_tags(["late"]);
    runs.update_flow_run(created.id, &change).await.unwrap();
    let labels = json!({ "team": "data" });
    runs.update_flow_run_labels(created.id, labels.as_object().unwrap()).await.unwrap();
    let read = runs.read_flow_run(created.id).await.unwrap();
    assert_eq!((read.name.as_deref(), read.tags.unwrap()), (Some("renamed"), vec!["late".to_owned()]));
    assert_eq!(read.labels.unwrap()["team"].as_string(), Some("data"));
    runs.delete_flow_run(created.id).await.unwrap();
    assert!(runs.read_flow_run(created.id).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn runs_move_from_state_to_state() {
    let client = client();
    let runs = client.flow_runs();
    let id = flow_run(&client, "states").await;
    // The run is pending already.
    let body = BodySetFlowRunState::new(StateCreate::new(StateType::Pending));
    let result = runs.set_flow_run_state(id, &body).await.unwrap();
    assert_eq!(result.status, SetStateStatus::Abort);
    assert!(result.details.as_abort_details().unwrap().reason.is_some());
    for state in [StateType::Running, StateType::Completed] {
        let body = BodySetFlowRunState::new(StateCreate::new(state.clone()));
        let result = runs.set_flow_run_state(id, &body).await.unwrap();
        assert_eq!((result.status, result.state.unwrap().type_), (SetStateStatus::Accept, state));
    }

    let states = client.flow_run_states().read_flow_run_states(id).await.unwrap();
    let types: Vec<StateType> = states.iter().map(|state| state.type_.clone()).collect();
    assert_eq!(types, [StateType::Pending, StateType::Running, StateType::Completed]);
    let state = client.flow_run_states().read_flow_run_state(states[1].id).await.unwrap();
    assert_eq!(state, states[1]);
    let read = runs.read_flow_run(id).await.unwrap();
    assert_eq!((read.run_count, read.state_id), (Some(1), Some(states[2].id)));
    assert!(read.start_time.unwrap() <= read.end_time.unwrap());
}

#[tokio::test]
async fn pauses_and_resumes_a_run() {
    let client = client();
    let runs = client.flow_runs();
    let id = flow_run(&client, "paused").await;
    let error = runs.resume_flow_run(id).body(&BodyResumeFlowRun::default()).await;
    assert_eq!(error.unwrap().status, SetStateStatus::Abort);
}

#[tokio::test]
async fn filters_counts_and_pages_runs() {
    let client = client();
    let runs = client.flow_runs();
    let flow = flow(&client, "many runs").await;
    let mut ids = Vec::new();
    for number in 0..5 {
        let body = FlowRunCreate::new(flow).with_name(&format!("many-{number}"));
        ids.push(runs.create_flow_run(&body).await.unwrap().id);
    }
    ids.sort_unstable();
    let filter = FlowRunFilter::default().with_name(FlowRunFilterName::default().with_like("many-"));
    let count = runs.count_flow_runs().body(&BodyCountFlowRuns::default().with_flow_runs(filter.clone()));
    assert_eq!(count.await.unwrap(), 5);
    let body = BodyReadFlowRuns::default().with_flow_runs(filter.clone()).with_limit(2).with_offset(4);
    assert_eq!(runs.read_flow_runs().body(&body).await.unwrap().len(), 1);
    let body = BodyPaginateFlowRuns::default().with_flow_runs(filter.clone()).with_limit(2);
    let mut items = runs.paginate_flow_runs().body(&body).items();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.unwrap().id);
    }
    found.sort_unstable();
    assert_eq!(found, ids);
    let lateness = BodyAverageFlowRunLateness::default().with_flow_runs(filter.clone());
    assert_eq!(runs.average_flow_run_lateness().body(&lateness).await.unwrap(), Some(0.0));

    let body =
        BodyBulkSetFlowRunState::new(StateCreate::new(StateType::Cancelled)).with_flow_runs(only(&ids[..2]));
    let results = runs.bulk_set_flow_run_state(&body).await.unwrap().results.unwrap();
    assert_eq!(results.len(), 2);
    let body = BodyBulkDeleteFlowRuns::default().with_flow_runs(filter);
    let mut deleted = runs.bulk_delete_flow_runs().body(&body).await.unwrap().deleted.unwrap();
    deleted.sort_unstable();
    assert_eq!(deleted, ids);
}

#[tokio::test]
async fn a_history_has_intervals() {
    let client = client();
    let id = flow_run(&client, "history").await;
    let body = BodyFlowRunHistory::new(
        "2026-01-01T00:00:00Z".parse().unwrap(),
        "2026-01-01T03:00:00+00:00".parse().unwrap(),
        60.0 * 60.0,
    );
    let body = body.with_flow_runs(only(&[id]));
    let history = client.flow_runs().flow_run_history(&body).await.unwrap();
    assert_eq!(history.len(), 3);
    assert_eq!(history[0].interval_end, history[1].interval_start);
}

#[tokio::test]
async fn reads_graphs_and_logs_of_a_run() {
    let client = client();
    let runs = client.flow_runs();
    let id = flow_run(&client, "graphs").await;
    assert_eq!(runs.read_flow_run_graph_v1(id).await.unwrap(), []);
    let graph = runs.read_flow_run_graph_v2(id).await.unwrap();
    assert!(graph.nodes.is_empty() && graph.root_node_ids.is_empty());
    let since = "2026-01-01T00:00:00Z".parse().unwrap();
    assert!(runs.read_flow_run_graph_v2(id).since(since).await.unwrap().nodes.is_empty());
    let counts = runs.count_task_runs_by_flow_run(&BodyCountTaskRunsByFlowRun::new(vec![id])).await.unwrap();
    assert_eq!(counts[&id.to_string()], 0);
}

#[tokio::test]
async fn a_run_has_input() {
    let client = client();
    let runs = client.flow_runs();
    let id = flow_run(&client, "input").await;
    for key in ["answer-1", "answer-2", "other"] {
        runs.create_flow_run_input(id, &BodyCreateFlowRunInput::new(key, "{\"yes\": true}")).await.unwrap();
    }
    assert_eq!(runs.read_flow_run_input(id, "other").await.unwrap(), json!({ "yes": true }));
    let body = BodyFilterFlowRunInput::new("answer-").with_exclude_keys(["answer-2"]);
    let found = runs.filter_flow_run_input(id, &body).await.unwrap();
    assert_eq!(found.iter().map(|input| &*input.key).collect::<Vec<_>>(), ["answer-1"]);
    assert_eq!(found[0].value, "{\"yes\": true}");
    runs.delete_flow_run_input(id, "other").await.unwrap();
    assert!(runs.read_flow_run_input(id, "other").await.unwrap_err().is_not_found());
    let error =
        runs.create_flow_run_input(id, &BodyCreateFlowRunInput::new("answer-1", "x")).await.unwrap_err();
    assert!(error.is_conflict(), "{error}");
}

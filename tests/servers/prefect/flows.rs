//! Flows: created, read back, filtered, listed through all pages, updated and deleted.

use std::collections::{BTreeMap, BTreeSet};

use prefect::types::{
    BodyBulkDeleteFlows, BodyCountDeploymentsByFlow, BodyCountFlows, BodyNextRunsByFlow, BodyPaginateFlows,
    BodyReadFlows, FlowCreate, FlowFilter, FlowFilterName, FlowFilterTags, FlowSort, FlowUpdate,
};
use prefect::uuid::Uuid;

use super::{client, flow};

fn named(prefix: &str) -> FlowFilter {
    FlowFilter::default().with_name(FlowFilterName::default().with_like(prefix))
}

#[tokio::test]
async fn creates_reads_and_deletes_a_flow() {
    let client = client();
    let flows = client.flows();
    let labels = BTreeMap::from([("team".to_owned(), "data".into()), ("tier".to_owned(), 2.into())]);
    let body = FlowCreate::new("etl daily? ä#").with_tags(["a", "b"]).with_labels(labels);
    let created = flows.create_flow(&body).await.unwrap();
    assert_eq!(
        (&*created.name, created.tags.as_deref().unwrap()),
        ("etl daily? ä#", ["a".to_owned(), "b".to_owned()].as_slice())
    );

    let read = flows.read_flow(created.id).await.unwrap();
    assert_eq!(read, created);
    assert!(read.created.is_some());
    let labels = read.labels.unwrap();
    assert_eq!(labels["team"].as_string(), Some("data"));

    // Creating a flow is idempotent.
    assert_eq!(flows.create_flow(&body).await.unwrap().id, created.id);

    flows.update_flow(created.id, &FlowUpdate::default().with_tags(["c"])).await.unwrap();
    assert_eq!(flows.read_flow(created.id).await.unwrap().tags.unwrap(), ["c"]);
    flows.delete_flow(created.id).await.unwrap();
    assert!(flows.read_flow(created.id).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn reads_a_flow_by_name() {
    let client = client();
    let id = flow(&client, "by name").await;
    assert_eq!(client.flows().read_flow_by_name("by name").await.unwrap().id, id);
    let error = client.flows().read_flow_by_name("no such flow").await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.message(), Some("Flow not found"));
    assert_eq!(error.to_string(), "GET /flows/name/{name}: 404 Not Found: Flow not found");
}

#[tokio::test]
async fn filters_counts_and_sorts_flows() {
    let client = client();
    let flows = client.flows();
    for (name, tag) in [("filter-1", "even"), ("filter-2", "odd"), ("filter-3", "even")] {
        flows.create_flow(&FlowCreate::new(name).with_tags([tag])).await.unwrap();
    }
    let even = FlowFilterTags::default().with_all(vec!["even".to_owned()]);
    let filter = named("filter-").with_tags(even);
    assert_eq!(
        flows.count_flows().body(&BodyCountFlows::default().with_flows(filter.clone())).await.unwrap(),
        2
    );
    let body = BodyReadFlows::default().with_flows(filter).with_sort(FlowSort::NameDesc);
    let found = flows.read_flows().body(&body).await.unwrap();
    let names: Vec<&str> = found.iter().map(|flow| &*flow.name).collect();
    assert_eq!(names, ["filter-3", "filter-1"]);
}

#[tokio::test]
async fn lists_all_flows_page_by_page() {
    let client = client();
    let flows = client.flows();
    let names: BTreeSet<String> = (0..7).map(|number| format!("page-{number}")).collect();
    for name in &names {
        flow(&client, name).await;
    }
    let body = BodyPaginateFlows::default().with_flows(named("page-")).with_limit(3);
    let page = flows.paginate_flows().body(&body).await.unwrap();
    assert_eq!((page.results.len(), page.count, page.pages, page.page), (3, 7, 3, 1));
    let mut items = flows.paginate_flows().body(&body).items();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.unwrap().name);
    }
    assert_eq!((found.len(), found.into_iter().collect::<BTreeSet<_>>()), (7, names));
    let mut pages = flows.paginate_flows().body(&body).pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.unwrap().results.len());
    }
    assert_eq!(sizes, [3, 3, 1]);
}

#[tokio::test]
async fn deletes_several_flows() {
    let client = client();
    let ids = BTreeSet::from([flow(&client, "bulk-1").await, flow(&client, "bulk-2").await]);
    let body = BodyBulkDeleteFlows::default().with_flows(named("bulk-"));
    let response = client.flows().bulk_delete_flows().body(&body).await.unwrap();
    assert_eq!(response.deleted.unwrap().into_iter().collect::<BTreeSet<_>>(), ids);
}

#[tokio::test]
async fn counts_deployments_and_next_runs() {
    let client = client();
    let id = flow(&client, "counted").await;
    let counts =
        client.flows().count_deployments_by_flow(&BodyCountDeploymentsByFlow::new(vec![id])).await.unwrap();
    assert_eq!(counts[&id.to_string()], 0);
    let runs = client.flows().next_runs_by_flow(&BodyNextRunsByFlow::new(vec![id])).await.unwrap();
    assert_eq!(runs[&id.to_string()], None);
}

#[tokio::test]
async fn unknown_flows_are_errors() {
    let client = client();
    let id = Uuid::from_u128(1);
    let error = client.flows().delete_flow(id).await.unwrap_err();
    assert_eq!((error.is_not_found(), error.message()), (true, Some("Flow not found")));
    let error = client.flows().update_flow(id, &FlowUpdate::default()).await.unwrap_err();
    assert!(error.is_not_found());
}

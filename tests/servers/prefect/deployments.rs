//! Deployments, their schedules, and the runs that they create.

use prefect::Client;
use prefect::types::{
    BodyBulkDeleteDeployments, BodyCountDeployments, BodyGetScheduledFlowRunsForDeployments,
    BodyPaginateDeployments, BodyReadDeployments, BodyScheduleDeployment, CronSchedule, DeploymentCreate,
    DeploymentFilter, DeploymentFilterName, DeploymentFlowRunCreate, DeploymentScheduleCreate,
    DeploymentScheduleUpdate, DeploymentUpdate,
};
use prefect::uuid::Uuid;
use serde_json::json;

use super::{client, flow};

async fn deployment(client: &Client, name: &str) -> Uuid {
    let flow = flow(client, &format!("flow of {name}")).await;
    client.deployments().create_deployment(&DeploymentCreate::new(name, flow)).await.unwrap().id
}

#[tokio::test]
async fn creates_reads_and_deletes_a_deployment() {
    let client = client();
    let deployments = client.deployments();
    let flow = flow(&client, "deployed").await;
    let body = DeploymentCreate::new("prod", flow)
        .with_tags(["live"])
        .with_parameters(json!({ "day": "monday" }).as_object().unwrap().clone())
        .with_description("Runs every day.")
        .with_concurrency_limit(2)
        .with_entrypoint("flows.py:etl");
    let created = deployments.create_deployment(&body).await.unwrap();
    assert_eq!((&*created.name, created.paused, created.flow_id), ("prod", Some(false), flow));
    let read = deployments.read_deployment_by_name("deployed", "prod").await.unwrap();
    assert_eq!((read.id, read.entrypoint.as_deref()), (created.id, Some("flows.py:etl")));
    assert_eq!(read.parameters.unwrap()["day"], "monday");

    // Null removes a value; an absent property keeps it.
    let change = DeploymentUpdate::default().with_description_null().with_tags(["old"]);
    deployments.update_deployment(created.id, &change).await.unwrap();
    let read = deployments.read_deployment(created.id).await.unwrap();
    assert_eq!((read.description, read.tags.unwrap()), (None, vec!["old".to_owned()]));
    assert_eq!(read.entrypoint.as_deref(), Some("flows.py:etl"));

    deployments.pause_deployment(created.id).await.unwrap();
    assert_eq!(deployments.read_deployment(created.id).await.unwrap().paused, Some(true));
    deployments.resume_deployment(created.id).await.unwrap();
    assert_eq!(deployments.read_deployment(created.id).await.unwrap().paused, Some(false));

    deployments.delete_deployment(created.id).await.unwrap();
    let error = deployments.read_deployment(created.id).await.unwrap_err();
    assert_eq!((error.is_not_found(), error.message()), (true, Some("Deployment not found")));
}

#[tokio::test]
async fn a_deployment_has_schedules() {
    let client = client();
    let deployments = client.deployments();
    let id = deployment(&client, "scheduled").await;
    let schedule =
        DeploymentScheduleCreate::new(CronSchedule::new("0 6 * * *").with_timezone("Europe/Berlin"));
    let created =
        deployments.create_deployment_schedules(id, &vec![schedule.with_slug("mornings")]).await.unwrap();
    assert_eq!((created.len(), created[0].slug.as_deref()), (1, Some("mornings")));
    let cron = created[0].schedule.as_cron_schedule().unwrap();
    assert_eq!((&*cron.cron, cron.timezone.as_deref()), ("0 6 * * *", Some("Europe/Berlin")));

    let runs = deployments.schedule_deployment(id).body(&BodyScheduleDeployment::default().with_min_runs(2));
    runs.await.unwrap();
    let body = BodyGetScheduledFlowRunsForDeployments::new(vec![id]).with_limit(2);
    let scheduled = deployments.get_scheduled_flow_runs_for_deployments(&body).await.unwrap();
    assert_eq!(scheduled.len(), 2);
    assert!(scheduled.iter().all(|run| run.deployment_id == Some(id) && run.auto_scheduled == Some(true)));

    let change = DeploymentScheduleUpdate::default().with_active(false);
    deployments.update_deployment_schedule(id, created[0].id, &change).await.unwrap();
    let schedules = deployments.read_deployment_schedules(id).await.unwrap();
    assert_eq!(schedules[0].active, Some(false));
    deployments.delete_deployment_schedule(id, created[0].id).await.unwrap();
    assert!(deployments.read_deployment_schedules(id).await.unwrap().is_empty());
}

#[tokio::test]
async fn creates_runs_from_a_deployment() {
    let client = client();
    let deployments = client.deployments();
    let id = deployment(&client, "runner").await;
    let body = DeploymentFlowRunCreate::default().with_name("manual");
    let run = deployments.create_flow_run_from_deployment(id, &body).await.unwrap();
    assert_eq!((run.name.as_deref(), run.deployment_id), (Some("manual"), Some(id)));
    let bodies =
        vec![DeploymentFlowRunCreate::default(), DeploymentFlowRunCreate::default().with_name("second")];
    let results =
        deployments.bulk_create_flow_runs_from_deployment(id, &bodies).await.unwrap().results.unwrap();
    assert_eq!(results.len(), 2);
    assert!(results.iter().all(|result| result.error.is_none() && result.flow_run_id.is_some()));
}

#[tokio::test]
async fn filters_counts_and_pages_deployments() {
    let client = client();
    let deployments = client.deployments();
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.push(deployment(&client, &format!("many-{number}")).await);
    }
    ids.sort_unstable();
    let filter = DeploymentFilter::default().with_name(DeploymentFilterName::default().with_like("many-"));
    let count = BodyCountDeployments::default().with_deployments(filter.clone());
    assert_eq!(deployments.count_deployments().body(&count).await.unwrap(), 5);
    let body = BodyReadDeployments::default().with_deployments(filter.clone()).with_limit(3).with_offset(3);
    assert_eq!(deployments.read_deployments().body(&body).await.unwrap().len(), 2);
    let body = BodyPaginateDeployments::default().with_deployments(filter.clone()).with_limit(2);
    let mut items = deployments.paginate_deployments().body(&body).items();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.unwrap().id);
    }
    found.sort_unstable();
    assert_eq!(found, ids);
    let body = BodyBulkDeleteDeployments::default().with_deployments(filter);
    assert_eq!(deployments.bulk_delete_deployments().body(&body).await.unwrap().deleted.unwrap().len(), 5);
}

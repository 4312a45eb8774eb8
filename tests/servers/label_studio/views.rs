//! Views of the data manager, webhooks and labels.

use label_studio::types::{
    ActionsEnum, ApiDmViewsCreateRequest, ApiDmViewsPartialUpdateRequest, ApiDmViewsPartialUpdateRequestData,
    LabelCreateRequest, PatchedLabelRequest, PatchedWebhookSerializerForUpdateRequest, ViewOrderRequest,
    WebhookRequest, WebhookSerializerForUpdateRequest,
};
use serde_json::json;
use tests::calls::Fault;

use super::{client, failed, project};

#[tokio::test]
async fn creates_orders_and_deletes_views() {
    let client = client();
    let views = client.views();
    let project = project(&client, "Views").await;
    let body = ApiDmViewsCreateRequest::default().with_project(project);
    let first = views.create().body(&body).await.unwrap();
    let second = views.create().body(&body).await.unwrap();
    views.update_order(&ViewOrderRequest::new(project, vec![second.id, first.id])).await.unwrap();
    let found = views.list().project(project).await.unwrap();
    assert_eq!(found.iter().map(|view| view.id).collect::<Vec<_>>(), [second.id, first.id]);
    let body = ApiDmViewsPartialUpdateRequest::default().with_project(project);
    let error = views.update(&first.id.to_string()).body(&body).await.unwrap_err();
    assert!(error.is_server_error(), "{error}");
    failed(&error, Fault::Server, "fails without `data`, which is optional");
    let body = body.with_data(ApiDmViewsPartialUpdateRequestData::default());
    assert_eq!(views.update(&first.id.to_string()).body(&body).await.unwrap().id, first.id);
    assert_eq!(views.get(&first.id.to_string()).await.unwrap().project, project);
    views.delete(&first.id.to_string()).await.unwrap();
    views.delete_all(project).await.unwrap();
    assert!(views.list().project(project).await.unwrap().is_empty());
}

#[tokio::test]
async fn lists_actions_and_columns() {
    let client = client();
    let project = project(&client, "Actions").await;
    let actions = client.actions().list(project).await.unwrap();
    assert!(actions.iter().any(|action| action.id.as_deref() == Some("delete_tasks")), "{actions:?}");
    client.data_manager().api_dm_columns_retrieve(project).await.unwrap();
    client.data_manager().api_dm_project_retrieve().await.unwrap();
}

#[tokio::test]
async fn creates_changes_and_deletes_a_webhook() {
    let client = client();
    let webhooks = client.webhooks();
    let project = project(&client, "Webhooks").await;
    let body = WebhookRequest::new("http://127.0.0.1:9/tasks")
        .with_project(project)
        .with_send_for_all_actions(false)
        .with_actions(vec![ActionsEnum::TasksCreated]);
    let created = webhooks.create(&body).await.unwrap();
    assert_eq!((created.project, created.actions.unwrap()), (Some(project), vec![ActionsEnum::TasksCreated]));
    let change = PatchedWebhookSerializerForUpdateRequest::default().with_is_active(false);
    webhooks.update(created.id).body(&change).await.unwrap();
    assert_eq!(webhooks.get(created.id).await.unwrap().is_active, Some(false));
    let change = WebhookSerializerForUpdateRequest::new("http://127.0.0.1:9/all");
    assert_eq!(
        webhooks.api_webhooks_update(created.id, &change).await.unwrap().url,
        "http://127.0.0.1:9/all"
    );
    assert_eq!(webhooks.list().project(project.to_string().as_str()).await.unwrap().len(), 1);
    assert!(webhooks.info().await.unwrap().tasks_created.is_some());
    webhooks.delete(created.id).await.unwrap();
    assert!(webhooks.get(created.id).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn creates_changes_and_deletes_a_label() {
    let client = client();
    let labels = client.labels();
    let project = project(&client, "Labels").await;
    let body = LabelCreateRequest::new(project, "mood", json!(["so-so"]), "So so");
    let error = labels.create(&vec![body]).await.unwrap_err();
    assert!(error.is_decode(), "{error}");
    failed(&error, Fault::Document, "describes a page; the server sends a list");
    let mut items = labels.list().items();
    let label = items.next().await.unwrap().unwrap();
    assert_eq!((&*label.title, &label.value), ("So so", &json!(["so-so"])));
    let links = client.projects_labels().list().await.unwrap();
    assert_eq!((links.count, links.results[0].label), (1, label.id));
    assert_eq!(
        client.projects_labels().get(&links.results[0].id.to_string()).await.unwrap(),
        links.results[0]
    );
    let id = label.id.to_string();
    let change = PatchedLabelRequest::default().with_title("Neutral");
    assert_eq!(labels.update(&id).body(&change).await.unwrap().title, "Neutral");
    assert_eq!(labels.get(&id).await.unwrap().title, "Neutral");
    labels.delete(&id).await.unwrap();
    assert!(labels.get(&id).await.unwrap_err().is_not_found());
}

//! Tasks, annotations and predictions.

use label_studio::types::{
    ApiAnnotationsPartialUpdateRequest, ApiPredictionsCreateRequest, ApiPredictionsPartialUpdateRequest,
    ApiPredictionsUpdateRequest, ApiTasksAnnotationsCreateRequest, ApiTasksPartialUpdateRequest,
};
use serde_json::json;
use tests::calls::{Fault, record_failure};

use super::{client, failed, mood, object, project, task};

#[tokio::test]
async fn creates_changes_and_deletes_a_task() {
    let client = client();
    let project = project(&client, "Tasks").await;
    let id = task(&client, project, "first").await;
    let error = client.tasks().get(&id.to_string()).await.unwrap_err();
    assert!(error.is_decode(), "{error}");
    failed(&error, Fault::Document, "describes `annotations` as a string; the server sends a list");
    let body = ApiTasksPartialUpdateRequest::default().with_data(object(&json!({ "text": "changed" })));
    let changed = client.tasks().update(&id.to_string()).body(&body).await.unwrap();
    assert_eq!(changed.data["text"], "changed");
    client.tasks().delete(&id.to_string()).await.unwrap();
    assert!(client.tasks().get(&id.to_string()).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn lists_all_tasks_page_by_page() {
    let client = client();
    let project = project(&client, "Pages").await;
    let mut expected = Vec::new();
    for number in 0..5 {
        expected.push(task(&client, project, &number.to_string()).await);
    }
    let mut items = client.tasks().list().project(project).page_size(2).items();
    let mut found = Vec::new();
    while let Some(task) = items.next().await {
        let task = task.unwrap();
        found.push(task.unknown_fields.get("id").unwrap().as_i64().unwrap());
    }
    assert_eq!(found, expected);
    let reason = "describes a task as a page of tasks, so all its properties are unknown";
    record_failure(Fault::Document, "GET", "/api/tasks/", reason);
}

#[tokio::test]
async fn annotates_a_task() {
    let client = client();
    let annotations = client.annotations();
    let project = project(&client, "Annotations").await;
    let task = task(&client, project, "fine").await;
    let body = ApiTasksAnnotationsCreateRequest::default().with_result(mood("good")).with_lead_time(1.5);
    let created = annotations.create(task).body(&body).await.unwrap();
    assert_eq!(
        (created.task, created.lead_time, created.result.unwrap()),
        (Some(task), Some(1.5), mood("good"))
    );
    let change =
        ApiAnnotationsPartialUpdateRequest::default().with_ground_truth(true).with_result(mood("bad"));
    annotations.update(created.id).body(&change).await.unwrap();
    let read = annotations.get(created.id).await.unwrap();
    assert_eq!((read.ground_truth, read.result.unwrap()), (Some(true), mood("bad")));
    assert_eq!(annotations.list(task).await.unwrap().len(), 1);
    let annotators = client.projects().list_unique_annotators(project).await.unwrap();
    assert_eq!(annotators[0].email.as_deref(), Some("me@example.com"));
    annotations.delete(created.id).await.unwrap();
    assert!(annotations.get(created.id).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn predicts_for_a_task() {
    let client = client();
    let predictions = client.predictions();
    let project = project(&client, "Predictions").await;
    let task = task(&client, project, "fine").await;
    let body = ApiPredictionsCreateRequest::default()
        .with_task(task)
        .with_result(mood("good"))
        .with_score(0.5)
        .with_model_version("m1");
    let created = predictions.create().body(&body).await.unwrap();
    assert_eq!(
        (created.task, created.score, created.model_version.as_deref()),
        (task, Some(0.5), Some("m1"))
    );
    let change = ApiPredictionsPartialUpdateRequest::default().with_score(0.75);
    assert_eq!(predictions.update(created.id).body(&change).await.unwrap().score, Some(0.75));
    let change = ApiPredictionsUpdateRequest::default().with_task(task).with_result(mood("bad"));
    predictions.api_predictions_update(created.id).body(&change).await.unwrap();
    assert_eq!(predictions.get(created.id).await.unwrap().result, mood("bad"));
    assert_eq!(predictions.list().task(task).await.unwrap().len(), 1);
    predictions.delete(created.id).await.unwrap();
    assert!(predictions.get(created.id).await.unwrap_err().is_not_found());
}

//! Projects: created, read back, listed through all pages, validated, filled and deleted.

use label_studio::types::{
    ImportApiRequest, PatchedProjectRequest, PredictionRequest, ProjectLabelConfigRequest, ProjectRequest,
};
use serde_json::json;
use tests::calls::Fault;

use super::{LABELS, client, failed, mood, project, task};

#[tokio::test]
async fn creates_reads_and_deletes_a_project() {
    let client = client();
    let projects = client.projects();
    let body =
        ProjectRequest::default().with_title("Moods").with_label_config(LABELS).with_maximum_annotations(2);
    let created = projects.create().body(&body).await.unwrap();
    assert_eq!((created.title.as_deref(), created.maximum_annotations), (Some("Moods"), Some(2)));
    let read = projects.get(created.id).await.unwrap();
    assert_eq!(read.label_config.as_deref(), Some(LABELS));
    assert!(read.parsed_label_config.contains_key("mood"));
    let change = PatchedProjectRequest::default().with_description("Moods of texts.");
    let changed = projects.update(created.id).body(&change).await.unwrap();
    assert_eq!(
        (changed.description.as_deref(), changed.maximum_annotations),
        (Some("Moods of texts."), Some(2))
    );
    projects.delete(created.id).await.unwrap();
    let error = projects.get(created.id).await.unwrap_err();
    assert_eq!((error.is_not_found(), error.message()), (true, Some("No Project matches the given query.")));
}

#[tokio::test]
async fn invalid_projects_are_errors() {
    let client = client();
    let error =
        client.projects().create().body(&ProjectRequest::default().with_title("a")).await.unwrap_err();
    assert!(error.is_bad_request());
    assert!(error.to_string().contains("title: Ensure this field has at least 3 characters."), "{error}");
    let id = project(&client, "Invalid").await;
    let body = ProjectLabelConfigRequest::new("<View");
    let error = client.projects().validate_label_config(id, &body).await.unwrap_err();
    assert!(error.is_bad_request() && error.message().is_some(), "{error}");
    let body = ProjectLabelConfigRequest::new(LABELS);
    client.projects().validate_label_config(id, &body).await.unwrap();
    client.projects().api_projects_validate_create(&body).await.unwrap();
}

#[tokio::test]
async fn lists_all_projects_page_by_page() {
    let client = client();
    let mut expected = Vec::new();
    for number in 0..5 {
        expected.push(project(&client, &format!("Page {number}")).await);
    }
    let mut items = client.projects().counts().title("Page").page_size(2).ordering("id").items();
    let mut found = Vec::new();
    while let Some(project) = items.next().await {
        found.push(project.unwrap().id);
    }
    assert_eq!(found, expected);
    let mut items = client.projects().list_counts().page_size(3).items();
    let mut count = 0;
    while let Some(counts) = items.next().await {
        count += i32::from(expected.contains(&counts.unwrap().id));
    }
    assert_eq!(count, 5);
}

#[tokio::test]
async fn imports_tasks_and_predictions() {
    let client = client();
    let projects = client.projects();
    let id = project(&client, "Imports").await;
    let tasks: Vec<_> =
        (0..5).map(|number| ImportApiRequest::new(json!({ "text": number.to_string() }))).collect();
    let response = projects.import_tasks(id, &tasks).await.unwrap();
    assert_eq!(response.task_count, Some(5));
    let mut items = projects.api_projects_tasks_list(id).page_size(2).items();
    let mut texts = Vec::new();
    while let Some(task) = items.next().await {
        texts.push(task.unwrap().data["text"].as_str().unwrap().to_owned());
    }
    texts.sort_unstable();
    assert_eq!(texts, ["0", "1", "2", "3", "4"]);
    let task = task(&client, id, "predicted").await;
    let predictions = vec![PredictionRequest::new(mood("good"), task).with_score(0.5)];
    assert_eq!(projects.import_predictions(id, &predictions).await.unwrap().created, Some(1));
    assert!(projects.list_unique_annotators(id).await.unwrap().is_empty());
    client.tasks().delete_all_tasks(id).await.unwrap();
    let error = projects.api_projects_tasks_list(id).await.unwrap_err();
    failed(&error, Fault::Server, "responds with 404 instead of an empty list");
}

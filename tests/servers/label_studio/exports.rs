//! Exports of annotated tasks.

use label_studio::types::{ApiTasksAnnotationsCreateRequest, ExportConvertRequest, ExportCreateRequest};
use serde_json::Value;
use tests::calls::Fault;

use super::{client, failed, mood, project, task};

#[tokio::test]
#[expect(deprecated, reason = "deprecated for another edition of the server")]
async fn exports_annotated_tasks() {
    let client = client();
    let exports = client.projects_exports();
    let project = project(&client, "Exports").await;
    let task = task(&client, project, "fine").await;
    let body = ApiTasksAnnotationsCreateRequest::default().with_result(mood("good"));
    client.annotations().create(task).body(&body).await.unwrap();
    let bytes = exports.download_sync(project).await.unwrap().bytes().await.unwrap();
    let found: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(found[0]["annotations"][0]["result"][0]["value"]["choices"][0], "good");

    let body = ExportCreateRequest::default().with_title("snapshot");
    let created = exports.create(project).body(&body).await.unwrap();
    assert_eq!(created.title.as_deref(), Some("snapshot"));
    assert_eq!(exports.get(project, created.id).await.unwrap().id, created.id);
    assert_eq!(exports.list(project).await.unwrap().len(), 1);
    let bytes = exports.download(project, created.id).await.unwrap().bytes().await.unwrap();
    assert!(serde_json::from_slice::<Value>(&bytes).unwrap().is_array());
    let body = ExportConvertRequest::new("CSV");
    assert_eq!(
        exports.convert(project, created.id, &body).await.unwrap().export_type.as_deref(),
        Some("CSV")
    );
    exports.delete(project, created.id).await.unwrap();
    assert!(exports.get(project, created.id).await.unwrap_err().is_not_found());

    let error = exports.list_formats(project).await.unwrap_err();
    assert!(error.is_decode(), "{error}");
    failed(&error, Fault::Document, "describes names; the server sends objects");
}

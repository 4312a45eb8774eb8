//! Label Studio: projects, tasks, annotations, predictions and exports, on a store that starts empty.

mod exports;
mod organization;
mod projects;
mod storages;
mod tasks;
mod views;

use label_studio::Client;
use label_studio::types::{ApiTasksCreateRequest, ProjectRequest};
use serde_json::{Value, json};

tests::recorder!(label_studio);

/// The token of the user that the server is started with.
const TOKEN: &str = "Token 0123456789abcdef0123456789abcdef01234567";

const LABELS: &str = "<View><Text name=\"text\" value=\"$text\"/><Choices name=\"mood\" toName=\"text\">\
    <Choice value=\"good\"/><Choice value=\"bad\"/></Choices></View>";

fn client() -> Client {
    let builder = Client::builder().base_url(tests::calls::url()).api_key(TOKEN);
    builder.middleware(Recorder).build().unwrap()
}

/// Creates a project, and returns its id.
async fn project(client: &Client, title: &str) -> i64 {
    let body = ProjectRequest::default().with_title(title).with_label_config(LABELS);
    client.projects().create().body(&body).await.unwrap().id
}

/// Creates a task, and returns its id.
async fn task(client: &Client, project: i64, text: &str) -> i64 {
    let data = json!({ "text": text });
    let body = ApiTasksCreateRequest::default().with_project(project).with_data(object(&data));
    client.tasks().create().body(&body).await.unwrap().id
}

/// The result of an annotation.
fn mood(mood: &str) -> Vec<serde_json::Map<String, Value>> {
    let result =
        json!({ "from_name": "mood", "to_name": "text", "type": "choices", "value": { "choices": [mood] } });
    vec![object(&result)]
}

fn object(value: &Value) -> serde_json::Map<String, Value> {
    value.as_object().unwrap().clone()
}

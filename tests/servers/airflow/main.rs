//! Airflow: DAGs and their runs, and what a deployment is configured with. The server has no scheduler, so runs stay queued.

mod assets;
mod backfills;
mod bulk;
mod connections;
mod dag_runs;
mod dags;
mod pools;
mod server;
mod state;
mod task_instances;
mod variables;

use airflow::Client;
use airflow::runtime::Method;
use airflow::types::TriggerDagRunPostBody;

tests::recorder!(airflow);

/// The document describes how to send a token, but not the operation that creates one.
async fn client() -> Client {
    let anonymous = Client::builder().base_url(tests::calls::url()).build().unwrap();
    let response = anonymous.request(Method::GET, "/auth/token").send().await.unwrap();
    let body: serde_json::Value = response.json().unwrap();
    let token = body["access_token"].as_str().unwrap();
    let builder = Client::builder().base_url(tests::calls::url()).bearer_token(token);
    builder.middleware(Recorder).build().unwrap()
}

/// Triggers a run of `orders`.
async fn run(client: &Client, id: &str, day: u32) {
    let date = format!("2026-03-{day:02}T00:00:00Z").parse().unwrap();
    let body = TriggerDagRunPostBody::default().with_dag_run_id(id).with_logical_date(date);
    client.dag_run().trigger_dag_run("orders", &body).await.unwrap();
}

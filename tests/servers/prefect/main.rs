//! Prefect: flows, runs, deployments and what belongs to them, on a store that starts empty.

mod artifacts;
mod automations;
mod blocks;
mod concurrency;
mod deployments;
mod events;
mod flow_runs;
mod flows;
mod server;
mod task_runs;
mod variables;
mod work_pools;

use prefect::Client;
use prefect::types::{FlowCreate, FlowRunCreate};
use prefect::uuid::Uuid;

tests::recorder!(prefect);

fn client() -> Client {
    Client::builder().base_url(tests::calls::url()).middleware(Recorder).build().unwrap()
}

/// Creates a flow, and returns its id.
async fn flow(client: &Client, name: &str) -> Uuid {
    client.flows().create_flow(&FlowCreate::new(name)).await.unwrap().id
}

/// Creates a run of a new flow, and returns its id.
async fn flow_run(client: &Client, name: &str) -> Uuid {
    let body = FlowRunCreate::new(flow(client, name).await);
    client.flow_runs().create_flow_run(&body).await.unwrap().id
}

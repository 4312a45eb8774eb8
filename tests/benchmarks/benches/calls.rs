//! Calls over loopback: the generated client compared with `reqwest` alone.
//!
//! Both send the same request with the same version of `reqwest` and the same timeouts, and decode the response into
//! the same type. The difference is the cost of the client: paths, credentials, the size limit, the retry policy, and
//! errors with context.

use std::process::ExitCode;
use std::time::Duration;

use conductorone::Client;
use conductorone::types::GetAppEntitlementResponse;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

use benches::local_server;
use benches::side_by_side::{Pair, Table};

/// The minimum speed of the client, as a multiple of the speed of `reqwest` alone.
const TARGET: f64 = 0.95;

/// The time of a turn, in which there are some dozens of calls.
const TURN: Duration = Duration::from_millis(6);

const TOKEN: &str = "t0k3n-t0k3n";
const APP: &str = "app_ci";
const ENTITLEMENT: &str = "ent_release";

/// The number of concurrent calls.
const AT_ONCE: u32 = 16;

fn main() -> ExitCode {
    let url = local_server::start();
    // The client must be first, because it installs the crypto provider that `reqwest` uses.
    let client = Client::builder().base_url(&url).bearer_token(TOKEN).build().unwrap();
    // The defaults of the client. Without timeouts there would be no timers, but calls could wait forever.
    let settings = reqwest::Client::builder().user_agent("conductorone/0.1.0");
    let settings = settings.connect_timeout(Duration::from_secs(10)).timeout(Duration::from_secs(60));
    let bare = Bare { client: settings.build().unwrap(), url };
    // The client runs on this thread, and the server on others.
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();

    let mut table = Table::new("Calls over loopback: time for one call");
    table.compare(Pair {
        name: "one after the other",
        ours: &mut |times| in_turn(&runtime, times, || by_client(client.clone())),
        other: "reqwest",
        theirs: &mut |times| in_turn(&runtime, times, || by_reqwest(bare.clone())),
        turn: TURN,
        target: Some(TARGET),
    });
    table.compare(Pair {
        name: "16 at once",
        ours: &mut |times| at_once(&runtime, times, || by_client(client.clone())),
        other: "reqwest",
        theirs: &mut |times| at_once(&runtime, times, || by_reqwest(bare.clone())),
        turn: TURN,
        target: Some(TARGET),
    });
    table.finish()
}

async fn by_client(client: Client) -> GetAppEntitlementResponse {
    client.app_entitlements().get(APP, ENTITLEMENT).await.unwrap()
}

/// The replacement for the client.
#[derive(Clone)]
struct Bare {
    client: reqwest::Client,
    url: String,
}

async fn by_reqwest(Bare { client, url }: Bare) -> GetAppEntitlementResponse {
    let request = client.get(format!("{url}/api/v1/apps/{APP}/entitlements/{ENTITLEMENT}"));
    let request = request.bearer_auth(TOKEN).header("accept", "application/json");
    request.send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
}

fn in_turn<F: Future>(runtime: &Runtime, times: u32, call: impl Fn() -> F) {
    runtime.block_on(async {
        for _ in 0..times {
            call().await;
        }
    });
}

fn at_once<F: Future<Output: Send> + Send + 'static>(runtime: &Runtime, times: u32, call: impl Fn() -> F) {
    runtime.block_on(async {
        let mut calls = JoinSet::new();
        for started in 0..times {
            if started >= AT_ONCE {
                calls.join_next().await;
            }
            calls.spawn(call());
        }
        while calls.join_next().await.is_some() {}
    });
}

//! Calls to a server that fails for a part of all requests: the calls that succeed, and the requests for each call.
//!
//! The retry budget of the client is compared with the rules of other libraries, with the same client, server, number of
//! attempts and waits. A budget is good if nearly all calls succeed while most requests do, and a server that is down
//! gets little more than one request for each call.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use conductorone::{Client, Error, RetryPolicy};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

use benches::flaky_server::FlakyServer;
use benches::throttles::{AdaptiveThrottler, Decision, Throttle, TokenBucket, Unlimited};

const CALLS: u64 = 10_000;
const MAX_ATTEMPTS: u32 = 4;

/// The maximum wait before the first retry. The default of the client is 500 ms; a shorter one saves time.
const BASE_DELAY: Duration = Duration::from_millis(50);

/// A number of calls, the percentage of requests that fail, and the number of calls that run at once.
struct Phase(u64, u32, usize);

/// Phases that run one after the other. The last one is measured.
struct Scenario {
    name: &'static str,
    phases: &'static [Phase],
    /// The minimum percentage of calls that succeed with the client.
    success: f64,
    /// The maximum number of requests for each call of the client.
    requests: f64,
}

const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "10% fail, 256 at once",
        phases: &[Phase(CALLS, 10, 256)],
        success: 99.0,
        requests: 1.2,
    },
    Scenario { name: "30% fail, 1 at once", phases: &[Phase(2_000, 30, 1)], success: 98.0, requests: 1.5 },
    Scenario {
        name: "30% fail, 256 at once",
        phases: &[Phase(CALLS, 30, 256)],
        success: 98.0,
        requests: 1.5,
    },
    Scenario {
        name: "30% fail, 512 at once",
        phases: &[Phase(CALLS, 30, 512)],
        success: 98.0,
        requests: 1.5,
    },
    Scenario {
        name: "50% fail, 256 at once",
        phases: &[Phase(CALLS, 50, 256)],
        success: 85.0,
        requests: 2.0,
    },
    Scenario {
        name: "70% fail, 256 at once",
        phases: &[Phase(CALLS, 70, 256)],
        success: 30.0,
        requests: 1.7,
    },
    Scenario { name: "90% fail, 256 at once", phases: &[Phase(CALLS, 90, 256)], success: 9.0, requests: 1.7 },
    Scenario {
        name: "an outage, 256 at once",
        phases: &[Phase(CALLS, 100, 256)],
        success: 0.0,
        requests: 1.1,
    },
    Scenario {
        name: "an outage after 10,000 good calls",
        phases: &[Phase(CALLS, 0, 256), Phase(2_000, 100, 256)],
        success: 0.0,
        requests: 1.2,
    },
];

fn main() -> ExitCode {
    let server = FlakyServer::start();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    println!("\nCalls that succeed, and requests for each call\n");
    println!("{:<36}{:>16}{:>16}{:>16}{:>16}", "", "no limit", "aws-smithy", "gax", "ours");
    let mut targets_met = true;
    for scenario in SCENARIOS {
        let others: [Arc<dyn Throttle>; 3] =
            [Arc::new(Unlimited), Arc::new(TokenBucket::default()), Arc::new(AdaptiveThrottler::default())];
        let mut row = format!("{:<36}", scenario.name);
        for throttle in others {
            let client = client(&server, RetryPolicy::none());
            let call = move || throttled(client.clone(), throttle.clone());
            row += &text(measure(&runtime, &server, scenario, call));
        }
        let client = client(
            &server,
            RetryPolicy::default().with_max_attempts(MAX_ATTEMPTS).with_base_delay(BASE_DELAY),
        );
        let ours = measure(&runtime, &server, scenario, move || send(client.clone()));
        let is_met = ours.0 >= scenario.success && ours.1 <= scenario.requests;
        targets_met &= is_met;
        println!("{row}{}{}", text(ours), if is_met { "" } else { "  MISSED" });
    }
    if targets_met { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn text((success, requests): (f64, f64)) -> String {
    format!("{:>16}", format!("{success:.1} % {requests:.2}"))
}

fn client(server: &FlakyServer, retry: RetryPolicy) -> Client {
    Client::builder().base_url(&server.url).bearer_token("t0k3n-t0k3n").retry(retry).build().unwrap()
}

/// Returns the percentage of the calls that succeed, and the number of requests for each.
#[allow(clippy::cast_precision_loss, reason = "the numbers are small")]
fn measure<F: Future<Output = bool> + Send + 'static>(
    runtime: &Runtime,
    server: &FlakyServer,
    scenario: &Scenario,
    call: impl Fn() -> F,
) -> (f64, f64) {
    let mut result = (0.0, 0.0);
    for Phase(calls, failing_percent, at_once) in scenario.phases {
        server.reset(*failing_percent);
        let mut succeeded = 0;
        runtime.block_on(async {
            let mut running = JoinSet::new();
            for _ in 0..*calls {
                if running.len() == *at_once {
                    succeeded += u64::from(running.join_next().await.unwrap().unwrap());
                }
                running.spawn(call());
            }
            while let Some(ended) = running.join_next().await {
                succeeded += u64::from(ended.unwrap());
            }
        });
        let all = *calls as f64;
        result = (100.0 * succeeded as f64 / all, server.requests() as f64 / all);
    }
    result
}

/// Makes a call, and returns true if it succeeds.
async fn send(client: Client) -> bool {
    client.app_entitlements().get("app_ci", "ent_release").await.is_ok()
}

/// Makes a call whose retries are limited by a throttle.
async fn throttled(client: Client, throttle: Arc<dyn Throttle>) -> bool {
    let mut retries = 0;
    let mut is_sent = true;
    for attempt in 1..=MAX_ATTEMPTS {
        if is_sent {
            let result = client.app_entitlements().get("app_ci", "ent_release").await;
            if result.is_ok() {
                throttle.ended(true, retries);
                return true;
            }
            debug_assert!(result.as_ref().is_err_and(Error::is_server_error));
            throttle.failed();
        }
        if attempt == MAX_ATTEMPTS {
            break;
        }
        let decision = throttle.decide(retries);
        if decision == Decision::Stop {
            break;
        }
        tokio::time::sleep(jittered(BASE_DELAY * 2_u32.pow(attempt - 1))).await;
        is_sent = decision == Decision::Send;
        retries += u32::from(is_sent);
    }
    throttle.ended(false, retries);
    false
}

/// Returns a random part of a time, like the client.
fn jittered(time: Duration) -> Duration {
    static NUMBERS: AtomicU64 = AtomicU64::new(1);
    let number = NUMBERS.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33;
    time.mul_f64(f64::from(u32::try_from(number).unwrap_or(0)) / f64::from(u32::MAX >> 1))
}

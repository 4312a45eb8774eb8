//! Calls every operation of the client once, and prints the outcomes as JSON objects, one per line.
//!
//! The argument is the URL of a server that implements the document.

#[allow(deprecated, unused_imports, reason = "every operation is called, and some imports may be unused")]
mod calls;

use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use client::runtime::{Body, HeaderValue, Middleware, MiddlewareFuture, Next, RetryPolicy};
use client::wire::{self, Codec};
use client::{Client, Error, ErrorKind};
use serde::Deserialize;
use serde_json::{Value, json};

/// A call of an operation.
pub struct Call {
    pub id: &'static str,
    pub method: &'static str,
    pub path: &'static str,
    /// The media type of its body, if it has one.
    pub media_type: &'static str,
    /// Optional arguments that are left out, because no value is known to be valid.
    pub omitted: &'static [&'static str],
    /// Pointers of `oneOf` schemas for which every value matches several alternatives.
    pub ambiguous: &'static [&'static str],
    /// Structured values where the wire has only strings.
    pub in_text: &'static [&'static str],
    pub start: fn(&Client) -> Started,
}

/// The future of a call, or the reason why it cannot be made.
pub type Started = Result<Pin<Box<dyn Future<Output = Result<(), Error>>>>, String>;

/// Starts a call whose response is dropped.
pub fn start<T, F: IntoFuture<Output = Result<T, Error>>>(request: F) -> Started
where
    F::IntoFuture: 'static,
{
    let response = request.into_future();
    Ok(Box::pin(async move { response.await.map(drop) }))
}

/// Decodes an argument.
pub fn value<T, C: Codec<T>>(json: &str) -> Result<T, String> {
    let value: Result<Through<T, C>, _> = wire::request_from_slice(json.as_bytes());
    value.map(|value| value.0).map_err(|error| format!("{json} does not decode into its type: {error}"))
}

/// A value that a codec decodes.
struct Through<T, C>(T, PhantomData<C>);

impl<'de, T, C: Codec<T>> Deserialize<'de> for Through<T, C> {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        C::decode(input).map(|value| Self(value, PhantomData))
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    #[cfg(feature = "mock")]
    let mock = client::mock::MockServer::start()?;
    #[cfg(feature = "mock")]
    let server = mock.base_url();
    #[cfg(not(feature = "mock"))]
    let server = std::env::args().nth(1).ok_or("missing argument: the URL of the server")?;
    let violations = Violations::default();
    let builder = || {
        // A server may need minutes to make a response for a large schema.
        let builder = Client::builder().base_url(server.as_str()).timeout(Duration::from_secs(600));
        let builder = builder.retry(RetryPolicy::none()).middleware(violations.clone());
        calls::credentials(builder)
    };
    let client = builder().build()?;
    let fallback = builder().middleware(Prefer("dynamic=true")).build()?;
    // A runtime of this thread, so that the futures need not be `Send`.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    for call in calls::CALLS {
        let attempt = |client: &Client| match (call.start)(client) {
            Ok(response) => runtime.block_on(response).map_or_else(|error| report(&error), |()| json!({ "outcome": "decoded" })),
            Err(problem) => json!({ "outcome": "no arguments", "message": problem }),
        };
        let mut outcome = attempt(&client);
        if outcome["outcome"] == "not sent" {
            // The server may close an idle connection while the request is being sent.
            outcome = attempt(&client);
        }
        if outcome["status"] == 500 {
            // The server may support the schema only with other settings.
            let again = attempt(&fallback);
            if again["outcome"] == "decoded" || again["outcome"] == "not decoded" {
                outcome = again;
            }
        }
        let Call { id, method, path, media_type, omitted, ambiguous, in_text, .. } = call;
        let mut line = json!({
            "id": id, "method": method, "path": path, "mediaType": media_type,
            "omitted": omitted, "ambiguous": ambiguous, "inText": in_text, "violations": violations.take(),
        });
        if let (Value::Object(line), Value::Object(outcome)) = (&mut line, outcome) {
            line.extend(outcome);
        }
        println!("{line}");
    }
    Ok(())
}

/// Returns the outcome of a call that failed.
fn report(error: &Error) -> Value {
    let body = error.raw_body().map(|body| serde_json::from_slice(body).unwrap_or(Value::Null)).unwrap_or_default();
    let status = error.status().map(|status| status.as_u16());
    let cause = std::error::Error::source(error).map(ToString::to_string);
    match error.kind() {
        ErrorKind::Decode | ErrorKind::NoContent => {
            let path = error.json_path().unwrap_or_default();
            json!({ "outcome": "not decoded", "status": status, "at": path, "message": cause, "body": body })
        }
        ErrorKind::Status => {
            json!({ "outcome": "refused", "status": status, "message": error.to_string(), "body": body })
        }
        _ => json!({ "outcome": "not sent", "message": format!("{error}: {}", cause.unwrap_or_default()) }),
    }
}

/// Middleware that keeps the violations of the document that the server reports for a request and its response.
#[derive(Clone, Default)]
struct Violations(Arc<Mutex<Value>>);

impl Violations {
    fn take(&self) -> Value {
        self.0.lock().map(|mut violations| violations.take()).unwrap_or_default()
    }
}

impl Middleware for Violations {
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> MiddlewareFuture<'a> {
        Box::pin(async move {
            let response = next.run(request).await?;
            let report = response.headers().get("sl-violations");
            let report = report.and_then(|report| serde_json::from_slice(report.as_bytes()).ok());
            if let Ok(mut violations) = self.0.lock() {
                *violations = report.unwrap_or_default();
            }
            Ok(response)
        })
    }
}

/// Middleware that sends the header `Prefer` (RFC 7240).
struct Prefer(&'static str);

impl Middleware for Prefer {
    fn handle<'a>(&'a self, mut request: http::Request<Body>, next: Next<'a>) -> MiddlewareFuture<'a> {
        request.headers_mut().insert("prefer", HeaderValue::from_static(self.0));
        next.run(request)
    }
}

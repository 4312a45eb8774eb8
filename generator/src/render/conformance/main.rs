//! Calls every operation of the client once, and says what came of it: one JSON object a line.
//!
//! The argument is the URL of a server that knows the document.

#[allow(deprecated, unused_imports, reason = "every operation is called, and none may need one of the imports")]
mod calls;

use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use client::runtime::{Answered, Body, HeaderValue, Middleware, Next, RetryPolicy};
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
    /// What is left out: the document allows no value for it.
    pub omitted: &'static [&'static str],
    /// Where the document allows no value: each fits several alternatives of a union, and one alone is to fit.
    pub ambiguous: &'static [&'static str],
    /// What has a structure, where there is text only.
    pub in_text: &'static [&'static str],
    pub start: fn(&Client) -> Started,
}

/// A call under way, or why it cannot be made.
pub type Started = Result<Pin<Box<dyn Future<Output = Result<(), Error>>>>, String>;

/// Starts a call, and forgets what it answers.
pub fn start<T, F: IntoFuture<Output = Result<T, Error>>>(request: F) -> Started
where
    F::IntoFuture: 'static,
{
    let answer = request.into_future();
    Ok(Box::pin(async move { answer.await.map(drop) }))
}

/// Decodes an argument.
pub fn value<T, C: Codec<T>>(json: &str) -> Result<T, String> {
    let value: Result<Through<T, C>, _> = wire::request_from_slice(json.as_bytes());
    value.map(|value| value.0).map_err(|error| format!("{json} is no value of its type: {error}"))
}

/// A value that travels by way of a codec.
struct Through<T, C>(T, PhantomData<C>);

impl<'de, T, C: Codec<T>> Deserialize<'de> for Through<T, C> {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        C::decode(input).map(|value| Self(value, PhantomData))
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    #[cfg(feature = "mock")]
    let mock = client::mock::Mock::start()?;
    #[cfg(feature = "mock")]
    let server = mock.base_url();
    #[cfg(not(feature = "mock"))]
    let server = std::env::args().nth(1).ok_or("the URL of the server is missing")?;
    let heard = Heard::default();
    let builder = || {
        // A server may take its time to make an answer of a large schema: that says nothing about the client.
        let builder = Client::builder().base_url(server.as_str()).timeout(Duration::from_secs(600));
        let builder = builder.retry(RetryPolicy::none()).middleware(heard.clone());
        calls::credentials(builder)
    };
    let client = builder().build()?;
    let fallback = builder().middleware(Prefer("dynamic=true")).build()?;
    // Only the network and the clock; on this thread, so that nothing of it need be `Send`.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    for call in calls::CALLS {
        let attempt = |client: &Client| match (call.start)(client) {
            Ok(answer) => runtime.block_on(answer).map_or_else(|error| said(&error), |()| json!({ "outcome": "decoded" })),
            Err(problem) => json!({ "outcome": "no arguments", "message": problem }),
        };
        let mut outcome = attempt(&client);
        if outcome["outcome"] == "not sent" {
            // A server may close a connection that it has kept open just when the next request goes out on it.
            outcome = attempt(&client);
        }
        if outcome["status"] == 500 {
            // A schema may be beyond what a server does usually, and not beyond what it can do.
            let again = attempt(&fallback);
            if again["outcome"] == "decoded" || again["outcome"] == "not decoded" {
                outcome = again;
            }
        }
        let Call { id, method, path, media_type, omitted, ambiguous, in_text, .. } = call;
        let mut line = json!({
            "id": id, "method": method, "path": path, "mediaType": media_type,
            "omitted": omitted, "ambiguous": ambiguous, "inText": in_text, "violations": heard.take(),
        });
        if let (Value::Object(line), Value::Object(outcome)) = (&mut line, outcome) {
            line.extend(outcome);
        }
        println!("{line}");
    }
    Ok(())
}

/// What there is to say about an error.
fn said(error: &Error) -> Value {
    let body = error.raw_body().map(|body| serde_json::from_slice(body).unwrap_or(Value::Null)).unwrap_or_default();
    let status = error.status().map(|status| status.as_u16());
    let cause = std::error::Error::source(error).map(ToString::to_string);
    match error.kind() {
        ErrorKind::Decode => {
            let path = error.json_path().unwrap_or_default();
            json!({ "outcome": "not decoded", "status": status, "at": path, "message": cause, "body": body })
        }
        ErrorKind::Status => {
            json!({ "outcome": "refused", "status": status, "message": error.to_string(), "body": body })
        }
        _ => json!({ "outcome": "not sent", "message": format!("{error}: {}", cause.unwrap_or_default()) }),
    }
}

/// Keeps what the server says itself about a request and its answer: what of them the document does not allow.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Value>>);

impl Heard {
    fn take(&self) -> Value {
        self.0.lock().map(|mut heard| heard.take()).unwrap_or_default()
    }
}

impl Middleware for Heard {
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> Answered<'a> {
        Box::pin(async move {
            let answer = next.run(request).await?;
            let said = answer.headers().get("sl-violations");
            let said = said.and_then(|said| serde_json::from_slice(said.as_bytes()).ok());
            if let Ok(mut heard) = self.0.lock() {
                *heard = said.unwrap_or_default();
            }
            Ok(answer)
        })
    }
}

/// Asks the server for something that it does if it can (RFC 7240).
struct Prefer(&'static str);

impl Middleware for Prefer {
    fn handle<'a>(&'a self, mut request: http::Request<Body>, next: Next<'a>) -> Answered<'a> {
        request.headers_mut().insert("prefer", HeaderValue::from_static(self.0));
        next.run(request)
    }
}

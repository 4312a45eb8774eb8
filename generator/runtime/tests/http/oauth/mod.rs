//! OAuth tokens.
//!
//! Each grant has its own file. `cache` tests caching and concurrent calls, `refusals` responses with 401, `problems`
//! permanent failures of the token endpoint, `transient` failures that are retried, and `urls` token URLs.

mod assertions;
mod cache;
mod client_credentials;
mod problems;
mod providers;
mod refresh_token;
mod refusals;
mod token_exchange;
mod transient;
mod urls;

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::task::Poll;
use std::time::{Duration, SystemTime};

use runtime::{Api, Client, ClientBuilder, Clock, Error, OAuth, RetryPolicy, SchemeKind, SecurityScheme};

use crate::server::{Received, Reply, Server};
use crate::{API, TRANSPORT};

pub const SECRET: &str = "s3cr3t-s3cr3t";

static OAUTH: Api = Api {
    schemes: &[SecurityScheme { name: "oauth", kind: SchemeKind::Bearer }],
    security: &[&["oauth"]],
    oauth: Some(OAuth::at("/token")),
    ..API
};

/// Starts a server of the API with a token endpoint that issues `t1`, `t2` and so on. `token` makes the response
/// for each.
pub async fn server(
    token: impl Fn(&str) -> Reply + Send + Sync + 'static,
    respond: impl Fn(&Received) -> Reply + Send + Sync + 'static,
) -> Server {
    let count = AtomicUsize::new(0);
    Server::responding(move |received| match received.line.starts_with("POST /token") {
        true => token(&format!("t{}", 1 + count.fetch_add(1, Ordering::SeqCst))),
        false => respond(received),
    })
    .await
}

pub fn one_hour_token(token: &str) -> Reply {
    Reply::json("200 OK", &format!(r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":3600}}"#))
}

fn fine(_: &Received) -> Reply {
    Reply::json("200 OK", "{}")
}

fn builder(server: &Server) -> ClientBuilder {
    let builder = ClientBuilder::new(&OAUTH).base_url(server.url()).transport(TRANSPORT.clone());
    builder.retry(RetryPolicy::none())
}

fn client(server: &Server) -> Client {
    builder(server).client_credentials("me", SECRET).build().unwrap()
}

/// Returns the requests of a server: `token` for token requests, and the `authorization` header of others.
fn request_log(server: &Server) -> Vec<String> {
    let entry = |received: Received| match received.line.starts_with("POST /token") {
        true => "token".to_owned(),
        false => received.header("authorization").unwrap_or("nothing").to_owned(),
    };
    server.received().into_iter().map(entry).collect()
}

/// A clock that stands still until a test advances it.
#[derive(Clone, Default)]
pub struct ManualClock(Arc<AtomicU64>);

impl ManualClock {
    pub fn clock(&self) -> Clock {
        let seconds = self.0.clone();
        Clock::new(move || {
            SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 + seconds.load(Ordering::SeqCst))
        })
    }

    pub fn advance(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

/// Polls a future once.
async fn poll_once<F: Future + ?Sized>(future: &mut Pin<Box<F>>) -> Poll<F::Output> {
    poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await
}

/// Returns the cause of a missing token.
fn cause(error: &Error) -> &(dyn std::error::Error + 'static) {
    let source = std::error::Error::source(error).unwrap();
    assert_eq!(source.to_string(), "no bearer token available");
    source.source().unwrap()
}

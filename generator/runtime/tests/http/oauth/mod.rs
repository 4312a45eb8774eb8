//! Tokens from a server. Each grant has a file of its own; `cache` is about how long tokens are kept and who waits for
//! them, `refusals` about a 401, `problems` about a server that hands out none, `transient` about one that does a moment later, and `urls` about where
//! it is.

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

use runtime::{Api, Client, ClientBuilder, Clock, Error, OAuth, Place, RetryPolicy, SecurityScheme};

use crate::server::{Received, Reply, Server};
use crate::{API, TRANSPORT};

pub const SECRET: &str = "s3cr3t-s3cr3t";

static OAUTH: Api = Api {
    schemes: &[SecurityScheme { name: "oauth", place: Place::Bearer }],
    security: &[&["oauth"]],
    oauth: Some(OAuth::at("/token")),
    ..API
};

/// A server of the API that hands out tokens too: `t1`, `t2` and so on, each in the answer that `token` makes of it.
pub async fn server(
    token: impl Fn(&str) -> Reply + Send + Sync + 'static,
    answer: impl Fn(&Received) -> Reply + Send + Sync + 'static,
) -> Server {
    let count = AtomicUsize::new(0);
    Server::answering(move |received| match received.line.starts_with("POST /token") {
        true => token(&format!("t{}", 1 + count.fetch_add(1, Ordering::SeqCst))),
        false => answer(received),
    })
    .await
}

pub fn hour(token: &str) -> Reply {
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

/// What a server was sent: a token request by its number, another one by its token.
fn story(server: &Server) -> Vec<String> {
    let told = |received: Received| match received.line.starts_with("POST /token") {
        true => "token".to_owned(),
        false => received.header("authorization").unwrap_or("nothing").to_owned(),
    };
    server.received().into_iter().map(told).collect()
}

/// A clock that stands still until it is moved.
#[derive(Clone, Default)]
pub struct Hand(Arc<AtomicU64>);

impl Hand {
    pub fn clock(&self) -> Clock {
        let seconds = self.0.clone();
        Clock::new(move || {
            SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 + seconds.load(Ordering::SeqCst))
        })
    }

    pub fn moves(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

/// Polls a future once.
async fn poll_once<F: Future + ?Sized>(future: &mut Pin<Box<F>>) -> Poll<F::Output> {
    poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await
}

/// Why there is no token.
fn cause(error: &Error) -> &(dyn std::error::Error + 'static) {
    let told = std::error::Error::source(error).unwrap();
    assert_eq!(told.to_string(), "there is no bearer token");
    told.source().unwrap()
}

//! Tokens: fetched once for all who wait, kept until a minute before their end, renewed once where they are refused.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::task::Poll;
use std::time::{Duration, SystemTime};

use conductorone::runtime::{BoxError, Clock, Token};
use conductorone::{Client, ClientBuilder, Error};
use tests::server::{Received, Reply, Server, Then};

use super::credentials::{CLIENT_ID, SECRET};
use super::{ENTITLEMENT_PATH, TRANSPORT, all_of, get_entitlement};

/// A server that hands out the tokens `t1`, `t2` and so on, for so many seconds, and answers a call as told.
async fn server(seconds: u64, answer: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Server {
    let count = AtomicUsize::new(0);
    Server::answering(move |request| match request.line.as_str() {
        "POST /auth/v1/token" => {
            let token = format!("t{}", 1 + count.fetch_add(1, Ordering::SeqCst));
            Reply::json("200 OK", &format!(r#"{{"access_token":"{token}","expires_in":{seconds}}}"#))
        }
        _ => answer(request),
    })
    .await
}

fn fine(_: &Received) -> Reply {
    Reply::json("200 OK", "{}")
}

/// Refuses these tokens.
fn refusing(tokens: &'static [&'static str]) -> impl Fn(&Received) -> Reply {
    move |request| match request.header("authorization") {
        Some(token) if tokens.contains(&token) => Reply::json("401 Unauthorized", r#"{"message":"revoked"}"#),
        _ => fine(request),
    }
}

fn builder(server: &Server) -> ClientBuilder {
    let builder = Client::builder().base_url(server.url()).transport(TRANSPORT.clone());
    builder.client_credentials(CLIENT_ID, SECRET)
}

/// What a server was sent, in order: a request for a token, or the token of a call.
fn story(server: &Server) -> Vec<String> {
    let told = |request: Received| match request.header("authorization") {
        Some(token) => token.to_owned(),
        None => request.line,
    };
    server.received().into_iter().map(told).collect()
}

const ASKED: &str = "POST /auth/v1/token";

async fn poll_once<F: Future>(future: &mut Pin<Box<F>>) -> Poll<F::Output> {
    poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await
}

#[tokio::test]
async fn many_wait_for_one_token_whoever_gives_up() {
    let server = server(3600, fine).await;
    let client = builder(&server).build().unwrap();
    let mut calls: Vec<_> = (0..20).map(|_| Box::pin(get_entitlement(&client))).collect();
    for call in &mut calls {
        assert!(poll_once(call).await.is_pending());
    }
    // Among them the one that asks for the token.
    drop(calls.drain(..5));
    for call in calls {
        call.await.unwrap();
    }
    let story = story(&server);
    assert_eq!(story.iter().filter(|sent| *sent == ASKED).count(), 1, "{story:?}");
    assert_eq!(story.iter().filter(|sent| *sent == "Bearer t1").count(), 15);
}

#[tokio::test]
async fn a_token_is_kept_until_a_minute_before_its_end() {
    let hand = Arc::new(AtomicU64::new(0));
    let time = hand.clone();
    let clock = Clock::new(move || {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 30 | time.load(Ordering::SeqCst))
    });
    for (seconds, kept) in [(600, 540), (1800, 1740), (3600, 3540)] {
        let server = server(seconds, fine).await;
        hand.store(0, Ordering::SeqCst);
        let client = builder(&server).clock(clock.clone()).build().unwrap();
        for now in [0, kept - 1, kept, kept + 1] {
            hand.store(now, Ordering::SeqCst);
            get_entitlement(&client).await.unwrap();
        }
        assert_eq!(story(&server), [ASKED, "Bearer t1", "Bearer t1", ASKED, "Bearer t2", "Bearer t2"]);
    }
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let server = self::server(3600, refusing(&["Bearer t1"])).await;
    get_entitlement(&builder(&server).build().unwrap()).await.unwrap();
    assert_eq!(story(&server), [ASKED, "Bearer t1", ASKED, "Bearer t2"]);

    let server = self::server(3600, refusing(&["Bearer t1", "Bearer t2"])).await;
    let error = get_entitlement(&builder(&server).build().unwrap()).await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(error.message(), Some("revoked"));
    assert_eq!(story(&server), [ASKED, "Bearer t1", ASKED, "Bearer t2"]);
}

#[tokio::test]
async fn a_program_may_bring_its_own() {
    let server = server(3600, refusing(&["Bearer mine.1"])).await;
    let count = AtomicUsize::new(0);
    let provider = move || {
        let number = 1 + count.fetch_add(1, Ordering::SeqCst);
        async move { Ok::<_, BoxError>(Token::new(format!("mine.{number}"))) }
    };
    let own = Client::builder().base_url(server.url()).transport(TRANSPORT.clone()).token_provider(provider);
    get_entitlement(&own.build().unwrap()).await.unwrap();
    assert_eq!(story(&server), ["Bearer mine.1", "Bearer mine.2"]);
}

/// What becomes of a call whose request for a token is answered like this.
async fn without_token(answer: impl Fn() -> Reply + Send + Sync + 'static) -> (Error, Server) {
    let server = Server::answering(move |request| {
        assert_eq!(request.line, ASKED);
        answer()
    });
    let server = server.await;
    let client = builder(&server).timeout(Duration::from_secs(10)).build().unwrap();
    let error = get_entitlement(&client).await.unwrap_err();
    assert!(error.is_credentials(), "{error:?}");
    assert!(!all_of(&error).contains(SECRET), "{}", all_of(&error));
    (error, server)
}

#[tokio::test]
async fn whatever_else_the_server_hands_out_is_an_error() {
    let elsewhere = Server::with(|| Reply::json("200 OK", "{}")).await;
    let redirect = format!("location: {}{ENTITLEMENT_PATH}\r\n", elsewhere.url());
    let with = |status: &'static str, headers: String, body: &'static str| {
        move || Reply::with(status, &headers, body)
    };
    let json = || "content-type: application/json\r\n".to_owned();
    for (answer, said) in [
        (
            with("200 OK", "content-type: text/html\r\n".to_owned(), "<h1>Log in</h1>"),
            "200 OK with text/html",
        ),
        (with("200 OK", json(), r#"{"error":"slow_down"}"#), "200 OK: slow_down"),
        (with("401 Unauthorized", json(), r#"{"error":"invalid_client"}"#), "invalid_client"),
        (with("307 Temporary Redirect", redirect, ""), "a redirect, which is not followed"),
        (with("200 OK", json(), r#"{"access_token":"a\r\nx: b"}"#), "a space"),
    ] {
        let (error, server) = without_token(answer).await;
        assert!(all_of(&error).contains(said), "{said}: {}", all_of(&error));
        assert_eq!(server.received().len(), 1, "{said}");
    }
    let endless =
        || Reply::raw("HTTP/1.1 200 OK\r\n\r\n[", Then::Repeat(vec![b' '; 1 << 16], Duration::ZERO));
    assert!(all_of(&without_token(endless).await.0).contains("with more than"));
    assert_eq!(elsewhere.received().len(), 0);
}

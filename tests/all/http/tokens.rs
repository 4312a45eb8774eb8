//! Tests of tokens: requested once for concurrent calls, renewed a minute before they expire, and renewed once if
//! rejected.

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

/// Returns a server that issues the tokens `t1`, `t2` and so on with this lifetime, and responds to calls.
async fn server(seconds: u64, response: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Server {
    let count = AtomicUsize::new(0);
    Server::responding(move |request| match request.line.as_str() {
        "POST /auth/v1/token" => {
            let token = format!("t{}", 1 + count.fetch_add(1, Ordering::SeqCst));
            Reply::json("200 OK", &format!(r#"{{"access_token":"{token}","expires_in":{seconds}}}"#))
        }
        _ => response(request),
    })
    .await
}

fn ok_response(_: &Received) -> Reply {
    Reply::json("200 OK", "{}")
}

/// Rejects these tokens.
fn rejecting(tokens: &'static [&'static str]) -> impl Fn(&Received) -> Reply {
    move |request| match request.header("authorization") {
        Some(token) if tokens.contains(&token) => Reply::json("401 Unauthorized", r#"{"message":"revoked"}"#),
        _ => ok_response(request),
    }
}

fn builder(server: &Server) -> ClientBuilder {
    let builder = Client::builder().base_url(server.url()).transport(TRANSPORT.clone());
    builder.client_credentials(CLIENT_ID, SECRET)
}

/// Returns the requests that a server received, in order: a token request, or the token of a call.
fn sent_requests(server: &Server) -> Vec<String> {
    let describe = |request: Received| match request.header("authorization") {
        Some(token) => token.to_owned(),
        None => request.line,
    };
    server.received().into_iter().map(describe).collect()
}

const TOKEN_REQUEST: &str = "POST /auth/v1/token";

async fn poll_once<F: Future>(future: &mut Pin<Box<F>>) -> Poll<F::Output> {
    poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await
}

#[tokio::test]
async fn concurrent_calls_share_one_token_request() {
    let server = server(3600, ok_response).await;
    let client = builder(&server).build().unwrap();
    let mut calls: Vec<_> = (0..20).map(|_| Box::pin(get_entitlement(&client))).collect();
    for call in &mut calls {
        assert!(poll_once(call).await.is_pending());
    }
    // One of these calls has sent the token request.
    drop(calls.drain(..5));
    for call in calls {
        call.await.unwrap();
    }
    let sent_requests = sent_requests(&server);
    assert_eq!(sent_requests.iter().filter(|sent| *sent == TOKEN_REQUEST).count(), 1, "{sent_requests:?}");
    assert_eq!(sent_requests.iter().filter(|sent| *sent == "Bearer t1").count(), 15);
}

#[tokio::test]
async fn renews_tokens_a_minute_before_they_expire() {
    let clock_seconds = Arc::new(AtomicU64::new(0));
    let time = clock_seconds.clone();
    let clock = Clock::new(move || {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 30 | time.load(Ordering::SeqCst))
    });
    for (seconds, lifetime) in [(600, 540), (1800, 1740), (3600, 3540)] {
        let server = server(seconds, ok_response).await;
        clock_seconds.store(0, Ordering::SeqCst);
        let client = builder(&server).clock(clock.clone()).build().unwrap();
        for now in [0, lifetime - 1, lifetime, lifetime + 1] {
            clock_seconds.store(now, Ordering::SeqCst);
            get_entitlement(&client).await.unwrap();
        }
        assert_eq!(
            sent_requests(&server),
            [TOKEN_REQUEST, "Bearer t1", "Bearer t1", TOKEN_REQUEST, "Bearer t2", "Bearer t2"]
        );
    }
}

#[tokio::test]
async fn renews_rejected_tokens_once() {
    let server = self::server(3600, rejecting(&["Bearer t1"])).await;
    get_entitlement(&builder(&server).build().unwrap()).await.unwrap();
    assert_eq!(sent_requests(&server), [TOKEN_REQUEST, "Bearer t1", TOKEN_REQUEST, "Bearer t2"]);

    let server = self::server(3600, rejecting(&["Bearer t1", "Bearer t2"])).await;
    let error = get_entitlement(&builder(&server).build().unwrap()).await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(error.message(), Some("revoked"));
    assert_eq!(sent_requests(&server), [TOKEN_REQUEST, "Bearer t1", TOKEN_REQUEST, "Bearer t2"]);
}

#[tokio::test]
async fn accepts_a_token_provider() {
    let server = server(3600, rejecting(&["Bearer mine.1"])).await;
    let count = AtomicUsize::new(0);
    let provider = move || {
        let number = 1 + count.fetch_add(1, Ordering::SeqCst);
        async move { Ok::<_, BoxError>(Token::new(format!("mine.{number}"))) }
    };
    let own = Client::builder().base_url(server.url()).transport(TRANSPORT.clone()).token_provider(provider);
    get_entitlement(&own.build().unwrap()).await.unwrap();
    assert_eq!(sent_requests(&server), ["Bearer mine.1", "Bearer mine.2"]);
}

/// Returns the error of a call whose token request gets this response.
async fn token_error(response: impl Fn() -> Reply + Send + Sync + 'static) -> (Error, Server) {
    let server = Server::responding(move |request| {
        assert_eq!(request.line, TOKEN_REQUEST);
        response()
    });
    let server = server.await;
    let client = builder(&server).timeout(Duration::from_secs(10)).build().unwrap();
    let error = get_entitlement(&client).await.unwrap_err();
    assert!(error.is_credentials(), "{error:?}");
    assert!(!all_of(&error).contains(SECRET), "{}", all_of(&error));
    (error, server)
}

#[tokio::test]
async fn rejects_invalid_token_responses() {
    let elsewhere = Server::with(|| Reply::json("200 OK", "{}")).await;
    let redirect = format!("location: {}{ENTITLEMENT_PATH}\r\n", elsewhere.url());
    let with = |status: &'static str, headers: String, body: &'static str| {
        move || Reply::with(status, &headers, body)
    };
    let json = || "content-type: application/json\r\n".to_owned();
    for (response, expected) in [
        (
            with("200 OK", "content-type: text/html\r\n".to_owned(), "<h1>Log in</h1>"),
            "200 OK with text/html",
        ),
        (with("200 OK", json(), r#"{"error":"slow_down"}"#), "200 OK: slow_down"),
        (with("401 Unauthorized", json(), r#"{"error":"invalid_client"}"#), "invalid_client"),
        (with("307 Temporary Redirect", redirect, ""), "a redirect, which is not followed"),
        (with("200 OK", json(), r#"{"access_token":"a\r\nx: b"}"#), "a space"),
    ] {
        let (error, server) = token_error(response).await;
        assert!(all_of(&error).contains(expected), "{expected}: {}", all_of(&error));
        assert_eq!(server.received().len(), 1, "{expected}");
    }
    let endless =
        || Reply::raw("HTTP/1.1 200 OK\r\n\r\n[", Then::Repeat(vec![b' '; 1 << 16], Duration::ZERO));
    assert!(all_of(&token_error(endless).await.0).contains("body of more than"));
    assert_eq!(elsewhere.received().len(), 0);
}

//! Failures of the token endpoint: transient ones are retried, permanent ones are reported immediately, and a token
//! that is still valid is sent in the meantime. Delays are recorded and do not pass.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use runtime::{
    Body, BoxError, BoxFuture, Client, ClientBuilder, Request, RequestExt, RetryPolicy, Token, Transient,
};

use super::{ManualClock, OAUTH, SECRET, one_hour_token};
use crate::retries::NoDelayTransport;
use crate::server::{Reply, Server, Then};
use crate::{CREATE_PET, list};

/// Starts a server with a token endpoint that sends these replies in order, and then issues tokens.
async fn server(replies: &'static [fn() -> Reply]) -> Server {
    let count = AtomicUsize::new(0);
    Server::responding(move |received| match received.line.starts_with("POST /token") {
        true => match count.fetch_add(1, Ordering::SeqCst) {
            number if number < replies.len() => replies[number](),
            number => one_hour_token(&format!("t{}", number + 1)),
        },
        false => Reply::json("200 OK", "{}"),
    })
    .await
}

fn builder(server: &Server, transport: &NoDelayTransport) -> ClientBuilder {
    let builder = ClientBuilder::new(&OAUTH).base_url(server.url()).transport(transport.clone());
    // Without a timeout, so that the only recorded delays are those before retries.
    builder.client_credentials("me", SECRET).timeout(None)
}

fn client(server: &Server) -> Client {
    builder(server, &NoDelayTransport::default()).build().unwrap()
}

/// Returns the number of token requests.
fn token_requests(server: &Server) -> usize {
    server.received().iter().filter(|received| received.line.starts_with("POST /token")).count()
}

fn unavailable() -> Reply {
    Reply::with("503 Service Unavailable", "content-type: text/html\r\n", "<h1>Back soon</h1>")
}

fn refused() -> Reply {
    Reply::json("400 Bad Request", r#"{"error":"invalid_client"}"#)
}

#[tokio::test]
async fn retries_transient_failures_of_the_token_endpoint() {
    let transient: &[&'static [fn() -> Reply]] = &[
        &[unavailable],
        &[unavailable, unavailable, unavailable],
        &[|| Reply::raw("", Then::Close)],
        &[|| Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{", Then::Close)],
        &[|| Reply::json("408 Request Timeout", "{}")],
        &[|| Reply::json("429 Too Many Requests", r#"{"error":"slow_down"}"#)],
        &[|| Reply::json("500 Internal Server Error", "{}")],
        &[|| Reply::json("502 Bad Gateway", "")],
        &[|| Reply::json("504 Gateway Timeout", "")],
    ];
    for replies in transient {
        let server = server(replies).await;
        // Also for POST, because the request itself has not been sent yet.
        Request::new(&client(&server), &CREATE_PET).send().await.unwrap();
        assert_eq!(token_requests(&server), replies.len() + 1, "{}", replies[0]().status_line());
        assert_eq!(server.received().len(), replies.len() + 2);
    }
}

#[tokio::test]
async fn reports_permanent_failures_immediately() {
    let permanent: &[&'static [fn() -> Reply]] = &[
        &[refused],
        &[|| Reply::json("200 OK", "{}")],
        &[|| Reply::json("401 Unauthorized", r#"{"error":"invalid_client"}"#)],
        &[|| Reply::json("501 Not Implemented", "")],
        &[|| Reply::redirect("307 Temporary", "http://localhost:1/token")],
    ];
    for replies in permanent {
        let server = server(replies).await;
        let error = list(&client(&server)).await.unwrap_err();
        assert!(error.is_credentials() && error.attempts() == 1, "{error:?}");
        assert_eq!(server.received().len(), 1, "{}", replies[0]().status_line());
    }
}

#[tokio::test]
async fn the_retry_policy_applies_to_token_requests() {
    let server = server(&[unavailable as fn() -> Reply; 9]).await;
    let client = client(&server);
    let error = list(&client).await.unwrap_err();
    assert!(error.is_credentials() && error.attempts() == 4, "{error:?}");
    let once = Request::new(&client, &CREATE_PET).with_retry(RetryPolicy::none()).await.unwrap_err();
    assert!(once.is_credentials() && once.attempts() == 1, "{once:?}");
    assert_eq!(token_requests(&server), 5);
}

#[tokio::test]
async fn waits_for_retry_after_of_the_token_endpoint() {
    let server = server(&[
        || Reply::with("429 Too Many Requests", "retry-after: 7\r\n", "{}"),
        || Reply::with("503 Service Unavailable", "retry-after: 3600\r\n", "{}"),
    ]);
    let (server, transport) = (server.await, NoDelayTransport::default());
    let error = list(&builder(&server, &transport).build().unwrap()).await.unwrap_err();
    let [wait] = transport.waits()[..] else { panic!("{:?}", transport.waits()) };
    assert!(wait >= Duration::from_secs(7), "{wait:?}");
    assert_eq!((error.attempts(), error.retry_after()), (2, Some(Duration::from_secs(3600))));
}

#[tokio::test]
async fn token_requests_use_the_retry_budget() {
    let server = server(&[unavailable as fn() -> Reply; 200]).await;
    let client = client(&server);
    for _ in 0..60 {
        list(&client).await.unwrap_err();
    }
    // One for each call, and 50 retries.
    assert_eq!(token_requests(&server), 110);
}

#[tokio::test]
async fn sends_a_valid_token_while_renewal_fails() {
    let server = server(&[|| one_hour_token("t1"), refused, unavailable, unavailable, refused]).await;
    let clock = ManualClock::default();
    let client = builder(&server, &NoDelayTransport::default()).clock(clock.clock()).build().unwrap();
    // Renewal starts a minute before the token expires. After a failure, it is not repeated for ten seconds.
    for (seconds, expected_requests) in [(0, 1), (3540, 2), (9, 2), (1, 3), (40, 4)] {
        clock.advance(seconds);
        list(&client).await.unwrap();
        assert_eq!(token_requests(&server), expected_requests);
        assert_eq!(server.received().last().unwrap().header("authorization"), Some("Bearer t1"));
    }
    clock.advance(10);
    assert!(list(&client).await.unwrap_err().is_credentials());
    list(&client).await.unwrap();
    assert_eq!(server.received().last().unwrap().header("authorization"), Some("Bearer t6"));
}

#[tokio::test]
async fn does_not_send_a_rejected_token_again() {
    let tokens = Mutex::new([one_hour_token("t1"), refused()].into_iter());
    let server = Server::responding(move |received| match received.line.starts_with("POST /token") {
        true => tokens.lock().unwrap().next().unwrap(),
        false => Reply::json("401 Unauthorized", "{}"),
    });
    let server = server.await;
    assert!(list(&client(&server)).await.unwrap_err().is_credentials());
    assert_eq!(server.received().len(), 3);
}

/// Sends a call whose provider fails once with this error. Returns the number of requests, or of attempts if the call
/// fails.
async fn attempts(error: fn() -> BoxError) -> Result<usize, u32> {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let count = AtomicUsize::new(0);
    let provider = move || {
        let token = match count.fetch_add(1, Ordering::SeqCst) {
            0 => Err(error()),
            number => Ok(Token::new(format!("t{number}"))),
        };
        async { token }
    };
    let builder = ClientBuilder::new(&OAUTH).base_url(server.url()).transport(NoDelayTransport::default());
    match list(&builder.token_provider(provider).build().unwrap()).await {
        Ok(_) => Ok(server.received().len()),
        Err(error) => {
            let message = std::error::Error::source(&error).unwrap();
            assert_eq!(message.to_string(), "no bearer token available");
            assert_eq!(message.source().unwrap().to_string(), "the vault is sealed");
            Err(error.attempts())
        }
    }
}

#[tokio::test]
async fn retries_transient_errors_of_providers() {
    assert_eq!(attempts(|| "the vault is sealed".into()).await, Err(1));
    assert_eq!(attempts(|| Transient::new("the vault is sealed").into()).await, Ok(1));
    let for_long = || Transient::new("the vault is sealed").with_retry_after(Duration::from_secs(99)).into();
    assert_eq!(attempts(for_long).await, Err(1));
}

#[derive(Debug)]
struct Signer(Mutex<Option<BoxError>>);

impl runtime::Authorize for Signer {
    fn authorize<'a>(&'a self, _: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>> {
        let error = self.0.lock().unwrap().take();
        Box::pin(async { error.map_or(Ok(()), Err) })
    }
}

#[tokio::test]
async fn retries_transient_errors_of_custom_credentials() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let call = async |error: BoxError| {
        let builder =
            ClientBuilder::new(&OAUTH).base_url(server.url()).transport(NoDelayTransport::default());
        list(&builder.credentials(Signer(Mutex::new(Some(error)))).build().unwrap()).await
    };
    assert!(call("no hardware".into()).await.unwrap_err().is_credentials());
    call(Transient::new("busy").into()).await.unwrap();
}

//! Servers of tokens that fail: what passes is waited for, what does not is told at once, and a token that is still good
//! is sent meanwhile. Nobody waits: waits are written down.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use runtime::{
    Body, BoxError, BoxFuture, Client, ClientBuilder, Request, RequestExt, RetryPolicy, Token, Transient,
};

use super::{Hand, OAUTH, SECRET, hour};
use crate::retries::Timeless;
use crate::server::{Reply, Server, Then};
use crate::{CREATE_PET, list};

/// A server of the API that hands out tokens too, each in one of these replies and, behind the last, in one that is fine.
async fn server(replies: &'static [fn() -> Reply]) -> Server {
    let count = AtomicUsize::new(0);
    Server::answering(move |received| match received.line.starts_with("POST /token") {
        true => match count.fetch_add(1, Ordering::SeqCst) {
            number if number < replies.len() => replies[number](),
            number => hour(&format!("t{}", number + 1)),
        },
        false => Reply::json("200 OK", "{}"),
    })
    .await
}

fn builder(server: &Server, time: &Timeless) -> ClientBuilder {
    let builder = ClientBuilder::new(&OAUTH).base_url(server.url()).transport(time.clone());
    // Without a limit, so that nothing waits but what waits to try again.
    builder.client_credentials("me", SECRET).timeout(None)
}

fn client(server: &Server) -> Client {
    builder(server, &Timeless::default()).build().unwrap()
}

/// How often a server was asked for tokens.
fn asked(server: &Server) -> usize {
    server.received().iter().filter(|received| received.line.starts_with("POST /token")).count()
}

fn unavailable() -> Reply {
    Reply::with("503 Service Unavailable", "content-type: text/html\r\n", "<h1>Back soon</h1>")
}

fn refused() -> Reply {
    Reply::json("400 Bad Request", r#"{"error":"invalid_client"}"#)
}

#[tokio::test]
async fn what_passes_is_waited_for() {
    let passing: &[&'static [fn() -> Reply]] = &[
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
    for replies in passing {
        let server = server(replies).await;
        // Whatever the method: nothing of the call was sent.
        Request::new(&client(&server), &CREATE_PET).send().await.unwrap();
        assert_eq!(asked(&server), replies.len() + 1, "{}", replies[0]().shown());
        assert_eq!(server.received().len(), replies.len() + 2);
    }
}

#[tokio::test]
async fn what_does_not_pass_is_told_at_once() {
    let lasting: &[&'static [fn() -> Reply]] = &[
        &[refused],
        &[|| Reply::json("200 OK", "{}")],
        &[|| Reply::json("401 Unauthorized", r#"{"error":"invalid_client"}"#)],
        &[|| Reply::json("501 Not Implemented", "")],
        &[|| Reply::redirect("307 Temporary", "http://localhost:1/token")],
    ];
    for replies in lasting {
        let server = server(replies).await;
        let error = list(&client(&server)).await.unwrap_err();
        assert!(error.is_credentials() && error.attempts() == 1, "{error:?}");
        assert_eq!(server.received().len(), 1, "{}", replies[0]().shown());
    }
}

#[tokio::test]
async fn a_policy_says_how_often_and_how_long() {
    let server = server(&[unavailable as fn() -> Reply; 9]).await;
    let client = client(&server);
    let error = list(&client).await.unwrap_err();
    assert!(error.is_credentials() && error.attempts() == 4, "{error:?}");
    let once = Request::new(&client, &CREATE_PET).with_retry(RetryPolicy::none()).await.unwrap_err();
    assert!(once.is_credentials() && once.attempts() == 1, "{once:?}");
    assert_eq!(asked(&server), 5);
}

#[tokio::test]
async fn a_server_of_tokens_says_how_long_to_wait() {
    let server = server(&[
        || Reply::with("429 Too Many Requests", "retry-after: 7\r\n", "{}"),
        || Reply::with("503 Service Unavailable", "retry-after: 3600\r\n", "{}"),
    ]);
    let (server, time) = (server.await, Timeless::default());
    let error = list(&builder(&server, &time).build().unwrap()).await.unwrap_err();
    let [wait] = time.waits()[..] else { panic!("{:?}", time.waits()) };
    assert!(wait >= Duration::from_secs(7), "{wait:?}");
    assert_eq!((error.attempts(), error.retry_after()), (2, Some(Duration::from_secs(3600))));
}

#[tokio::test]
async fn attempts_at_a_token_are_paid_for() {
    let server = server(&[unavailable as fn() -> Reply; 200]).await;
    let client = client(&server);
    for _ in 0..60 {
        list(&client).await.unwrap_err();
    }
    // One for each call, and 50 more.
    assert_eq!(asked(&server), 110);
}

#[tokio::test]
async fn a_token_that_is_still_good_is_sent_meanwhile() {
    let server = server(&[|| hour("t1"), refused, unavailable, unavailable, refused]).await;
    let hand = Hand::default();
    let client = builder(&server, &Timeless::default()).clock(hand.clock()).build().unwrap();
    // The second is asked for a minute before the end of the first. For ten seconds nobody asks again.
    for (moved, asks) in [(0, 1), (3540, 2), (9, 2), (1, 3), (40, 4)] {
        hand.moves(moved);
        list(&client).await.unwrap();
        assert_eq!(asked(&server), asks);
        assert_eq!(server.received().last().unwrap().header("authorization"), Some("Bearer t1"));
    }
    hand.moves(10);
    assert!(list(&client).await.unwrap_err().is_credentials());
    list(&client).await.unwrap();
    assert_eq!(server.received().last().unwrap().header("authorization"), Some("Bearer t6"));
}

#[tokio::test]
async fn a_token_that_was_refused_is_not_sent_again() {
    let tokens = Mutex::new([hour("t1"), refused()].into_iter());
    let server = Server::answering(move |received| match received.line.starts_with("POST /token") {
        true => tokens.lock().unwrap().next().unwrap(),
        false => Reply::json("401 Unauthorized", "{}"),
    });
    let server = server.await;
    assert!(list(&client(&server)).await.unwrap_err().is_credentials());
    assert_eq!(server.received().len(), 3);
}

/// How often a call is tried whose provider fails with this, and then does not.
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
    let builder = ClientBuilder::new(&OAUTH).base_url(server.url()).transport(Timeless::default());
    match list(&builder.token_provider(provider).build().unwrap()).await {
        Ok(_) => Ok(server.received().len()),
        Err(error) => {
            let told = std::error::Error::source(&error).unwrap();
            assert_eq!(told.to_string(), "there is no bearer token");
            assert_eq!(told.source().unwrap().to_string(), "the vault is sealed");
            Err(error.attempts())
        }
    }
}

#[tokio::test]
async fn a_provider_says_what_passes() {
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
async fn so_do_credentials_of_another_kind() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let call = async |error: BoxError| {
        let builder = ClientBuilder::new(&OAUTH).base_url(server.url()).transport(Timeless::default());
        list(&builder.credentials(Signer(Mutex::new(Some(error)))).build().unwrap()).await
    };
    assert!(call("no hardware".into()).await.unwrap_err().is_credentials());
    call(Transient::new("busy").into()).await.unwrap();
}

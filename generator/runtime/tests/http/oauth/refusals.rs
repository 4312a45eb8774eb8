//! Responses with 401: the token is replaced once.

use std::pin::Pin;
use std::sync::Mutex;
use std::task::Poll;
use std::time::Duration;

use runtime::{Body, Request, RetryPolicy};

use super::{SECRET, builder, client, fine, one_hour_token, request_log, server};
use crate::server::{Received, Reply, Server};
use crate::{CREATE_PET, list};

/// Responds with 401 to these tokens.
fn reject_tokens(tokens: &'static [&'static str]) -> impl Fn(&Received) -> Reply {
    move |received| {
        let token = received.header("authorization").and_then(|value| value.strip_prefix("Bearer ")).unwrap();
        match tokens.contains(&token) {
            true => Reply::json("401 Unauthorized", r#"{"message":"the token is revoked"}"#),
            false => fine(received),
        }
    }
}

#[tokio::test]
async fn replaces_a_rejected_token_once() {
    let server = server(one_hour_token, reject_tokens(&["t1"])).await;
    let client = client(&server);
    let body = Request::new(&client, &CREATE_PET).json("Rex");
    body.send().await.unwrap();
    assert_eq!(request_log(&server), ["token", "Bearer t1", "token", "Bearer t2"]);
    assert_eq!(server.received()[1].body, server.received()[3].body);
    list(&client).await.unwrap();
    assert_eq!(request_log(&server).last().unwrap(), "Bearer t2");
}

#[tokio::test]
async fn returns_the_second_401() {
    let server = server(one_hour_token, reject_tokens(&["t1", "t2"])).await;
    let error = list(&client(&server)).await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(error.message(), Some("the token is revoked"));
    assert_eq!(request_log(&server), ["token", "Bearer t1", "token", "Bearer t2"]);
}

#[tokio::test]
async fn renews_the_token_once_per_call_despite_retries() {
    let statuses =
        Mutex::new(["401 Unauthorized", "503 Service Unavailable", "401 Unauthorized"].into_iter());
    let server = server(one_hour_token, move |_| {
        Reply::json(statuses.lock().unwrap().next().unwrap_or("200 OK"), "{}")
    })
    .await;
    let retry = RetryPolicy::default().with_base_delay(Duration::ZERO);
    let client = builder(&server).client_credentials("me", SECRET).retry(retry).build().unwrap();
    let error = list(&client).await.unwrap_err();
    assert!(error.is_unauthorized(), "{error}");
    assert_eq!(error.attempts(), 2);
    assert_eq!(request_log(&server), ["token", "Bearer t1", "token", "Bearer t2", "Bearer t2"]);
}

#[tokio::test]
async fn concurrent_401_responses_share_a_token_request() {
    let server = server(one_hour_token, reject_tokens(&["t1"])).await;
    let client = client(&server);
    let calls: Vec<_> = (0..20)
        .map(|_| {
            tokio::spawn({
                let client = client.clone();
                async move { list(&client).await }
            })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(request_log(&server).iter().filter(|sent| *sent == "token").count(), 2);
}

#[tokio::test]
async fn does_not_repeat_a_request_with_a_static_token() {
    let server = Server::with(|| Reply::json("401 Unauthorized", "{}")).await;
    assert!(list(&builder(&server).bearer_token("t").build().unwrap()).await.unwrap_err().is_unauthorized());
    assert_eq!(request_log(&server), ["Bearer t"]);
}

/// A body that can be sent only once.
struct Once(Option<&'static str>);

impl runtime::BodyStream for Once {
    fn poll_next(
        mut self: Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> Poll<Option<Result<runtime::Bytes, runtime::TransportError>>> {
        Poll::Ready(self.0.take().map(|text| Ok(text.into())))
    }
}

#[tokio::test]
async fn does_not_repeat_a_streamed_body() {
    let server = server(one_hour_token, reject_tokens(&["t1"])).await;
    let client = client(&server);
    let body = Body::from_sized_stream(Once(Some("Rex")), 3);
    let error = Request::new(&client, &CREATE_PET).bytes("text/plain", body).send().await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(request_log(&server), ["token", "Bearer t1"]);
    // The next call gets a new token immediately.
    list(&client).await.unwrap();
    assert_eq!(request_log(&server)[2..], ["token", "Bearer t2"]);
}

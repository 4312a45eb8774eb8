//! A token that the API refuses is replaced, once.

use std::pin::Pin;
use std::sync::Mutex;
use std::task::Poll;
use std::time::Duration;

use runtime::{Body, Request, RetryPolicy};

use super::{SECRET, builder, client, fine, hour, server, story};
use crate::server::{Received, Reply, Server};
use crate::{CREATE_PET, list};

/// Answers 401 to these tokens.
fn refusing(tokens: &'static [&'static str]) -> impl Fn(&Received) -> Reply {
    move |received| {
        let token = received.header("authorization").and_then(|value| value.strip_prefix("Bearer ")).unwrap();
        match tokens.contains(&token) {
            true => Reply::json("401 Unauthorized", r#"{"message":"the token is revoked"}"#),
            false => fine(received),
        }
    }
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let server = server(hour, refusing(&["t1"])).await;
    let client = client(&server);
    let body = Request::new(&client, &CREATE_PET).json("Rex");
    body.send().await.unwrap();
    assert_eq!(story(&server), ["token", "Bearer t1", "token", "Bearer t2"]);
    assert_eq!(server.received()[1].body, server.received()[3].body);
    list(&client).await.unwrap();
    assert_eq!(story(&server).last().unwrap(), "Bearer t2");
}

#[tokio::test]
async fn a_second_refusal_is_the_answer() {
    let server = server(hour, refusing(&["t1", "t2"])).await;
    let error = list(&client(&server)).await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(error.message(), Some("the token is revoked"));
    assert_eq!(story(&server), ["token", "Bearer t1", "token", "Bearer t2"]);
}

#[tokio::test]
async fn a_call_renews_its_token_once_however_often_it_is_tried() {
    let answers = Mutex::new(["401 Unauthorized", "503 Service Unavailable", "401 Unauthorized"].into_iter());
    let server =
        server(hour, move |_| Reply::json(answers.lock().unwrap().next().unwrap_or("200 OK"), "{}")).await;
    let retry = RetryPolicy::default().with_base_delay(Duration::ZERO);
    let client = builder(&server).client_credentials("me", SECRET).retry(retry).build().unwrap();
    let error = list(&client).await.unwrap_err();
    assert!(error.is_unauthorized(), "{error}");
    assert_eq!(error.attempts(), 2);
    assert_eq!(story(&server), ["token", "Bearer t1", "token", "Bearer t2", "Bearer t2"]);
}

#[tokio::test]
async fn many_refusals_of_one_token_ask_for_one_other() {
    let server = server(hour, refusing(&["t1"])).await;
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
    assert_eq!(story(&server).iter().filter(|sent| *sent == "token").count(), 2);
}

#[tokio::test]
async fn what_cannot_be_renewed_is_not_repeated() {
    let server = Server::with(|| Reply::json("401 Unauthorized", "{}")).await;
    assert!(list(&builder(&server).bearer_token("t").build().unwrap()).await.unwrap_err().is_unauthorized());
    assert_eq!(story(&server), ["Bearer t"]);
}

/// A body that is gone once it was sent.
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
async fn a_body_that_is_gone_is_not_sent_again() {
    let server = server(hour, refusing(&["t1"])).await;
    let client = client(&server);
    let body = Body::from_sized_stream(Once(Some("Rex")), 3);
    let error = Request::new(&client, &CREATE_PET).bytes("text/plain", body).send().await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(story(&server), ["token", "Bearer t1"]);
    // Whoever comes next does not have to find out again.
    list(&client).await.unwrap();
    assert_eq!(story(&server)[2..], ["token", "Bearer t2"]);
}

//! Credentials: on every request, and nowhere else.

use runtime::{Authorize, Body, BoxError, BoxFuture, ClientBuilder, Request, Secret};

use crate::server::{Reply, Server};
use crate::{API, LIST_PETS, TOKEN, all_of, builder, list};

#[tokio::test]
async fn without_credentials_requests_have_none() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    list(&builder(&server).build().unwrap()).await.unwrap();
    assert_eq!(server.only().header("authorization"), None);
}

#[test]
fn a_token_that_no_header_holds_is_refused() {
    for token in ["", "t0k3n\n", "t0k3n x", "t0k3n\u{e9}", "t0k3n\r\nx: y"] {
        let error =
            ClientBuilder::new(&API).base_url("http://localhost").bearer_token(token).build().unwrap_err();
        assert!(error.is_configuration());
        assert!(error.to_string().contains("the bearer token"), "{error}");
        assert!(!all_of(&error).contains("t0k3n"));
    }
}

#[tokio::test]
async fn a_secret_is_shown_nowhere() {
    let server = Server::with(|| Reply::json("401 Unauthorized", "{}")).await;
    let builder = builder(&server).bearer_token(TOKEN);
    let mut shown = format!("{builder:?} {:?}", Secret::from(TOKEN));
    let client = builder.build().unwrap();
    let request = Request::new(&client, &LIST_PETS).header("x-key", &TOKEN).query("key", &TOKEN).json(TOKEN);
    shown += &format!("{client:?} {client:#?} {request:?} {request:#?}");
    let error = request.send().await.unwrap_err();
    shown += &all_of(&error);
    assert!(shown.contains("401 Unauthorized"));
    assert!(!shown.contains(TOKEN), "{shown}");
}

#[tokio::test]
async fn a_secret_is_not_shown_if_the_network_fails() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client =
        ClientBuilder::new(&API).base_url(format!("http://{nobody}")).bearer_token(TOKEN).build().unwrap();
    let error = Request::new(&client, &LIST_PETS).query("key", &TOKEN).send().await.unwrap_err();
    assert!(error.is_connect());
    assert!(!all_of(&error).contains(TOKEN), "{}", all_of(&error));
}

/// Credentials that take their time.
struct Signature;

impl Authorize for Signature {
    fn authorize<'a>(&'a self, request: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            let signature = request.uri().path().len() + request.body().length().unwrap() as usize;
            request.headers_mut().insert("x-signature", signature.into());
            Ok(())
        })
    }
}

/// Credentials that are not to be had.
struct Expired;

impl Authorize for Expired {
    fn authorize<'a>(&'a self, _: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(async { Err("the session has ended".into()) })
    }
}

#[tokio::test]
async fn credentials_may_be_anything() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    list(&builder(&server).credentials(Signature).build().unwrap()).await.unwrap();
    assert_eq!(server.only().header("x-signature"), Some("5"));
}

#[tokio::test]
async fn without_the_credentials_it_should_have_a_request_is_not_sent() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let error = list(&builder(&server).credentials(Expired).build().unwrap()).await.unwrap_err();
    assert!(error.is_credentials());
    assert_eq!(error.to_string(), "GET /pets: no credentials");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the session has ended");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn the_last_credentials_count() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    list(&builder(&server).bearer_token("").credentials(Signature).bearer_token("b").build().unwrap())
        .await
        .unwrap();
    assert_eq!(server.only().header("authorization"), Some("Bearer b"));
    assert_eq!(server.only().header("x-signature"), None);
}

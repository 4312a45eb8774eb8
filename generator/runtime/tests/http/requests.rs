//! What a request looks like on the wire.

use runtime::Request;

use crate::server::{Reply, Server};
use crate::{API, CREATE_PET, GET_PET, LIST_PETS, TOKEN, client};

#[tokio::test]
async fn get() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let request = Request::new(&client(&server), &GET_PET).path("owner", &"ann").path("pet", &7);
    request.send().await.unwrap();
    let received = server.only();
    assert_eq!(received.line, "GET /owners/ann/pets/7");
    assert_eq!(received.header("accept"), Some("application/json"));
    assert_eq!(received.header("user-agent"), Some(API.user_agent));
    assert_eq!(received.header("authorization"), Some(&*format!("Bearer {TOKEN}")));
    assert_eq!(received.header("content-type"), None);
    assert_eq!(received.header("content-length"), None);
}

#[tokio::test]
async fn post_with_a_body() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let pet = serde_json::json!({ "name": "Rex" });
    Request::new(&client(&server), &CREATE_PET).json(&pet).send().await.unwrap();
    let received = server.only();
    assert_eq!(received.line, "POST /pets");
    assert_eq!(received.header("content-type"), Some("application/json"));
    assert_eq!(received.body, r#"{"name":"Rex"}"#);
}

#[tokio::test]
async fn post_without_a_body() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    Request::new(&client(&server), &CREATE_PET).send().await.unwrap();
    let received = server.only();
    assert_eq!(received.header("content-type"), None);
    assert_eq!(received.header("content-length"), Some("0"));
}

#[tokio::test]
async fn a_body_that_cannot_be_encoded_is_not_sent() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let unspeakable = std::collections::HashMap::from([((1, 2), 3)]);
    let error = Request::new(&client(&server), &CREATE_PET).json(&unspeakable).send().await.unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(error.to_string(), "POST /pets: the body cannot be encoded");
    assert!(std::error::Error::source(&error).is_some());
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_clone_is_sent_on_its_own() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let all = Request::new(&client(&server), &LIST_PETS);
    let some = all.clone().query("page_size", &10);
    all.send().await.unwrap();
    some.send().await.unwrap();
    let lines: Vec<_> = server.received().into_iter().map(|received| received.line).collect();
    assert_eq!(lines, ["GET /pets", "GET /pets?page_size=10"]);
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_awaited() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    drop(Request::new(&client(&server), &LIST_PETS).send());
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    assert!(server.received().is_empty());
}

#[test]
fn what_is_shared_between_threads_can_be() {
    fn shared<T: Send + Sync + 'static>() {}
    fn sent<T: Send + Unpin + 'static>() {}
    shared::<runtime::Client>();
    shared::<runtime::Request>();
    shared::<runtime::Response>();
    shared::<runtime::Error>();
    sent::<runtime::ClientBuilder>();
    sent::<runtime::ResponseFuture<std::cell::Cell<u8>>>();
    sent::<runtime::Body>();
}

//! The `Transport` trait, without a network.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use runtime::testing::{MockResponse, TestTransport};
use runtime::{
    Attempt, Body, BoxFuture, ClientBuilder, Method, Request, ReqwestTransport, Transport, TransportError,
    wire,
};
use serde::{Deserialize, Deserializer};

use crate::server::{Reply, Server};
use crate::{API, LIST_PETS, TOKEN, list};

/// A transport that records requests, and responds with the last of its responses, or with `{}`.
#[derive(Clone, Default)]
pub struct Recorder {
    pub requests: Arc<Mutex<Vec<http::Request<Body>>>>,
    deadlines: Arc<Mutex<Vec<Option<Instant>>>>,
    pub responses: Arc<Mutex<Vec<http::Response<Body>>>>,
}

impl Recorder {
    pub fn uris(&self) -> Vec<String> {
        self.requests.lock().unwrap().iter().map(|request| request.uri().to_string()).collect()
    }
}

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<Body>,
        deadline: Option<Instant>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.requests.lock().unwrap().push(request);
        self.deadlines.lock().unwrap().push(deadline);
        let response = self.responses.lock().unwrap().pop();
        Box::pin(async { Ok(response.unwrap_or_else(|| http::Response::new(Body::from("{}")))) })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

#[tokio::test]
async fn transports_get_the_attempt_and_the_deadline() {
    let recorder = Recorder::default();
    let builder = ClientBuilder::new(&API).base_url("https://pets.test").transport(recorder.clone());
    let client = builder.bearer_token(TOKEN).timeout(Duration::from_secs(30)).build().unwrap();
    list(&client).await.unwrap();
    let requests = recorder.requests.lock().unwrap();
    let request = &requests[0];
    assert_eq!(request.extensions().get::<Attempt>().unwrap().operation().id(), "pets.list");
    let at = recorder.deadlines.lock().unwrap()[0];
    assert_eq!(request.extensions().get::<Attempt>().unwrap().deadline(), at);
    let remaining = at.unwrap().saturating_duration_since(Instant::now());
    assert!(remaining > Duration::from_secs(20) && remaining <= Duration::from_secs(30));
    assert!(request.headers()["authorization"].is_sensitive());
    assert!(!format!("{request:?}").contains(TOKEN));
}

#[tokio::test]
async fn there_is_no_deadline_without_a_timeout() {
    let recorder = Recorder::default();
    let builder = ClientBuilder::new(&API).base_url("https://pets.test").transport(recorder.clone());
    list(&builder.timeout(None).build().unwrap()).await.unwrap();
    assert_eq!(*recorder.deadlines.lock().unwrap(), [None]);
}

#[tokio::test]
async fn responses_of_custom_transports_are_decoded() {
    let recorder = Recorder::default();
    let response = http::Response::builder().status(404).header("x-request-id", "r1");
    recorder.responses.lock().unwrap().push(response.body(Body::from(r#"{"code":5}"#)).unwrap());
    let client = ClientBuilder::new(&API).base_url("https://pets.test").transport(recorder).build().unwrap();
    let error = Request::new(&client, &LIST_PETS).send().await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.code(), Some("5"));
    assert_eq!(error.request_id(), Some("r1"));
}

#[tokio::test]
async fn a_transport_can_be_shared_between_servers() {
    let one = Server::with(|| Reply::json("200 OK", "{}")).await;
    let other = Server::with(|| Reply::json("200 OK", "{}")).await;
    let transport = ReqwestTransport::new().unwrap();
    for (server, kind) in [(&one, "cat"), (&one, "a/b"), (&other, "cat"), (&one, "cat")] {
        let builder = ClientBuilder::new(&API).base_url(server.url()).transport(transport.clone());
        let client = builder.build().unwrap();
        client.request(Method::GET, "/kinds/{kind}").path("kind", &kind).query("all", &true).await.unwrap();
        list(&client).await.unwrap();
    }
    let lines =
        |server: &Server| server.received().into_iter().map(|request| request.line).collect::<Vec<_>>();
    let (cat, slash) = ("GET /kinds/cat?all=true", "GET /kinds/a%2Fb?all=true");
    assert_eq!(lines(&one), [cat, "GET /pets", slash, "GET /pets", cat, "GET /pets"]);
    assert_eq!(lines(&other), [cat, "GET /pets"]);
}

#[cfg(feature = "reqwest")]
#[tokio::test]
async fn tls_works_without_setup() {
    // The server does not speak TLS. The client should return a connection error, and not panic.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        std::io::Write::write_all(&mut connection, b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
    });
    let error = list(&ClientBuilder::new(&API).base_url(url).build().unwrap()).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    server.join().unwrap();
}

/// An object whose read-only `id` is required in responses only.
#[derive(Default)]
struct Pet {
    id: String,
}

impl wire::Struct for Pet {
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        _: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        input.required(&mut self.id)
    }
}

impl<'de> Deserialize<'de> for Pet {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct_by_direction(input, "Pet", &["id"], &[], &[0])
    }
}

#[tokio::test]
async fn test_transports_decode_bodies_as_requests() {
    let transport = TestTransport::new(|_| MockResponse::json(200, &serde_json::json!({})));
    let builder = ClientBuilder::new(&API).base_url("https://pets.test").transport(transport.clone());
    let client = builder.build().unwrap();
    client.request(Method::POST, "/pets").json(&serde_json::json!({})).await.unwrap();
    let pet: Pet = transport.requests()[0].json().unwrap();
    assert_eq!(pet.id, "");
}

//! Transports, middleware and credentials in an `Arc` or a `Box<dyn _>`.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use runtime::testing::{MockResponse, TestTransport};
use runtime::{
    Api, Authorize, Body, BoxError, BoxFuture, ClientBuilder, Middleware, MiddlewareFuture, Next, SchemeKind,
    SecurityScheme, Token, TokenProvider, Transport,
};

use crate::{API, list};

static GUARDED: Api = Api {
    schemes: &[SecurityScheme { name: "oauth", kind: SchemeKind::Bearer }],
    security: &[&["oauth"]],
    server: Some("https://pets.test"),
    variables: &[],
    ..API
};

/// Counts how often it is called, as any of the traits.
#[derive(Default)]
struct Counter(AtomicUsize);

impl Counter {
    fn count(&self) -> usize {
        self.0.fetch_add(1, Ordering::SeqCst) + 1
    }
}

impl Middleware for Counter {
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> MiddlewareFuture<'a> {
        self.count();
        next.run(request)
    }
}

impl Authorize for Counter {
    fn authorize<'a>(&'a self, request: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>> {
        request.headers_mut().insert("x-signature", self.count().into());
        Box::pin(std::future::ready(Ok(())))
    }
}

impl TokenProvider for Counter {
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(std::future::ready(Ok(Token::new(format!("t{}", self.count())))))
    }
}

fn transport() -> TestTransport {
    TestTransport::new(|_| MockResponse::json(200, &serde_json::json!({})))
}

#[tokio::test]
async fn accepts_shared_and_boxed_transports() {
    let network = transport();
    let builder = || ClientBuilder::new(&GUARDED);
    let shared: Arc<dyn Transport> = Arc::new(network.clone());
    for builder in [
        builder().transport(Arc::new(network.clone())),
        builder().transport(shared),
        builder().transport(Box::new(network.clone()) as Box<dyn Transport>),
    ] {
        list(&builder.build().unwrap()).await.unwrap();
    }
    assert_eq!(network.requests().len(), 3);
}

#[tokio::test]
async fn accepts_shared_and_boxed_middleware() {
    let counter = Arc::new(Counter::default());
    let boxed: Vec<Box<dyn Middleware>> = vec![Box::new(counter.clone()), Box::new(counter.clone())];
    let builder = ClientBuilder::new(&GUARDED).transport(transport()).middleware(counter.clone());
    let client = boxed.into_iter().fold(builder, ClientBuilder::middleware).build().unwrap();
    list(&client).await.unwrap();
    assert_eq!(counter.0.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn accepts_shared_and_boxed_credentials() {
    let (network, counter) = (transport(), Arc::new(Counter::default()));
    let builder = || ClientBuilder::new(&GUARDED).transport(network.clone());
    let boxed_provider: Box<dyn TokenProvider> = Box::new(counter.clone());
    let boxed: Box<dyn Authorize> = Box::new(counter.clone());
    let shared: Arc<dyn TokenProvider> = counter.clone();
    for builder in [
        builder().token_provider(counter.clone()),
        builder().token_provider(shared),
        builder().token_provider(boxed_provider),
        builder().credentials(counter.clone()),
        builder().credentials(boxed),
    ] {
        list(&builder.build().unwrap()).await.unwrap();
    }
    let sent = network.requests();
    let sent: Vec<_> =
        sent.iter().map(|it| it.header("authorization").or(it.header("x-signature")).unwrap()).collect();
    assert_eq!(sent, ["Bearer t1", "Bearer t2", "Bearer t3", "4", "5"]);
}

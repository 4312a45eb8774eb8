//! What a program hands to a client may be shared with the rest of it, or be chosen while it runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use runtime::testing::{Reply, TestTransport};
use runtime::{
    Answered, Api, Authorize, Body, BoxError, BoxFuture, ClientBuilder, Middleware, Next, Place,
    SecurityScheme, Token, TokenProvider, Transport,
};

use crate::{API, list};

static GUARDED: Api = Api {
    schemes: &[SecurityScheme { name: "oauth", place: Place::Bearer }],
    security: &[&["oauth"]],
    server: Some("https://pets.test"),
    variables: &[],
    ..API
};

/// Counts how often it is asked, whatever for.
#[derive(Default)]
struct Counted(AtomicUsize);

impl Counted {
    fn count(&self) -> usize {
        self.0.fetch_add(1, Ordering::SeqCst) + 1
    }
}

impl Middleware for Counted {
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> Answered<'a> {
        self.count();
        next.run(request)
    }
}

impl Authorize for Counted {
    fn authorize<'a>(&'a self, request: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>> {
        request.headers_mut().insert("x-signature", self.count().into());
        Box::pin(std::future::ready(Ok(())))
    }
}

impl TokenProvider for Counted {
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(std::future::ready(Ok(Token::new(format!("t{}", self.count())))))
    }
}

fn transport() -> TestTransport {
    TestTransport::new(|_| Reply::json(200, &serde_json::json!({})))
}

#[tokio::test]
async fn transports() {
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
async fn middleware() {
    let seen = Arc::new(Counted::default());
    let chosen: Vec<Box<dyn Middleware>> = vec![Box::new(seen.clone()), Box::new(seen.clone())];
    let builder = ClientBuilder::new(&GUARDED).transport(transport()).middleware(seen.clone());
    let client = chosen.into_iter().fold(builder, ClientBuilder::middleware).build().unwrap();
    list(&client).await.unwrap();
    assert_eq!(seen.0.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn credentials() {
    let (network, counted) = (transport(), Arc::new(Counted::default()));
    let builder = || ClientBuilder::new(&GUARDED).transport(network.clone());
    let boxed_provider: Box<dyn TokenProvider> = Box::new(counted.clone());
    let boxed: Box<dyn Authorize> = Box::new(counted.clone());
    let shared: Arc<dyn TokenProvider> = counted.clone();
    for builder in [
        builder().token_provider(counted.clone()),
        builder().token_provider(shared),
        builder().token_provider(boxed_provider),
        builder().credentials(counted.clone()),
        builder().credentials(boxed),
    ] {
        list(&builder.build().unwrap()).await.unwrap();
    }
    let sent = network.requests();
    let sent: Vec<_> =
        sent.iter().map(|it| it.header("authorization").or(it.header("x-signature")).unwrap()).collect();
    assert_eq!(sent, ["Bearer t1", "Bearer t2", "Bearer t3", "4", "5"]);
}

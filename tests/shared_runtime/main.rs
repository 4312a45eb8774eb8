//! Uses two clients that share a runtime, each with the mock server of its document.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use pets::runtime::{self, Body, Method, Middleware, MiddlewareFuture, Next};
use pets::types::PetOwner;
use pets::{Error, RetryPolicy};

/// Counts the requests of all clients.
#[derive(Clone, Default)]
struct Counter(Arc<AtomicUsize>);

impl Middleware for Counter {
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> MiddlewareFuture<'a> {
        self.0.fetch_add(1, Ordering::Relaxed);
        next.run(request)
    }
}

/// Sends a request that no document describes, with any client.
async fn status_of(client: &runtime::Client, path: &str) -> Option<u16> {
    let response = client.request(Method::GET, path).await;
    response.err().and_then(|error| error.status()).map(|status| status.as_u16())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let counter = Counter::default();
    let of_pets = pets::mock::MockServer::start()?;
    let of_toys = toys::mock::MockServer::start()?;
    let pets = of_pets.builder().middleware(counter.clone()).retry(RetryPolicy::none()).build()?;
    let toys = of_toys.builder().middleware(counter.clone()).retry(RetryPolicy::none()).build()?;

    // Each client has its own operations, types and constraints.
    of_pets.on().pets().get_pet().respond_with_status(
        200,
        &serde_json::json!({ "name": "Rex", "color": "black", "owner": { "kind": "shelter", "city": "Bonn" } }),
    );
    let pet = pets.pets().get_pet("rex").await?;
    assert!(matches!(pet.owner, Some(PetOwner::Shelter(shelter)) if shelter.city.as_deref() == Some("Bonn")));
    let pages =
        [r#"{ "items": [{ "name": "A" }], "next_cursor": "2" }"#, r#"{ "items": [{ "name": "B" }] }"#];
    let pages: Vec<_> =
        pages.into_iter().map(|page| pets::wire::from_slice(page.as_bytes())).collect::<Result<_, _>>()?;
    of_pets.on().pets().list_pets().respond_pages(&pages);
    let mut items = pets.pets().list_pets().items();
    let mut names = Vec::new();
    while let Some(pet) = items.next().await {
        names.push(pet?.name);
    }
    assert_eq!(names, ["A", "B"]);
    let rejected = pets.pets().get_pet("REX").await.expect_err("the pattern has no capitals");
    assert_eq!(rejected.status().map(|status| status.as_u16()), Some(400));
    of_toys.on().toys().get_manual().respond("Press the button.");
    assert_eq!(toys.toys().get_manual(7).await?, "Press the button.");

    // The errors of both have one type, and each body decodes as a type of the document that describes it.
    of_pets.on().pets().get_pet().respond_with_status(404, &serde_json::json!({ "reason": "gone" }));
    of_toys.on().toys().get_toy().respond_with_status(404, &serde_json::json!({ "code": 7 }));
    let errors: [Error; 2] =
        [pets.pets().get_pet("rex").await.expect_err("404"), toys.toys().get_toy(7).await.expect_err("404")];
    let described = errors.map(|error| match (error.decoded(), error.decoded()) {
        (Some(Ok(pets::ErrorBody::Problem(problem))), None) => problem.reason,
        (None, Some(Ok(toys::ErrorBody::Problem(problem)))) => problem.code.to_string(),
        other => panic!("{other:?}"),
    });
    assert_eq!(described, ["gone", "7"]);

    // A function can accept any of the clients.
    assert_eq!(status_of(&pets, "/unknown").await, Some(404));
    assert_eq!(status_of(&toys, "/unknown").await, Some(404));
    assert_eq!(counter.0.load(Ordering::Relaxed), 9);

    // A client has the environment variables and the server variables of its own document.
    let missing = toys::Client::from_env().expect_err("the environment has no credentials");
    assert!(missing.to_string().contains("TOYS_KEY"), "{missing}");
    let client = toys::Client::builder().api_key("secret").region("us").build()?;
    assert_eq!(format!("{client:?}"), "Client { base_url: \"https://us.toys.example.com\", .. }");
    let builder = toys::Client::builder().api_key("secret");
    assert!(!format!("{builder:?}").contains("secret"), "{builder:?}");
    Ok(())
}

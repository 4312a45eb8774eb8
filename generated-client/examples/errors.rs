// @generated from the OpenAPI document. Change the document, and generate again.

//! Handles an error that the mock server responds with.
//!
//! `cargo run --example errors --features mock`

use std::error::Error;

use conductorone::mock::{MockResponse, MockServer};
use conductorone::{ErrorBody, types};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mock = MockServer::start()?;
    mock.on()
        .app_entitlements()
        .get()
        .respond_with(MockResponse::json(404, &types::Status::default()));
    let client = mock.client()?;

    let result = client.app_entitlements().get("app_id", "id").await;

    match result {
        Ok(response) => println!("{response:#?}"),
        Err(error) if error.is_not_found() => {
            // One line for a log: method, path, status, and the server's message.
            println!("{error}");
            if let Some(Ok(ErrorBody::Status(body))) = error.decoded() {
                println!("{body:?}");
            }
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

// @generated from the OpenAPI document. Change the document, and generate again.

//! Calls an operation of the mock server, which responds with an example.
//!
//! The README shows how to build a client for the API itself.
//!
//! `cargo run --example first_call --features mock`

use std::error::Error;

use conductorone::mock::MockServer;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mock = MockServer::start()?;
    let client = mock.client()?;

    let response = client.app_entitlements().get("app_id", "id").await?;
    println!("{response:#?}");
    Ok(())
}

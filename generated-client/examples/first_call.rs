// @generated from the OpenAPI document: change that, and generate again.

//! Calls an operation, of a server on loopback that answers with what the document gives.
//!
//! For the API itself, a client is built from credentials: see the README.
//!
//! `cargo run --example first_call --features mock`

use std::error::Error;

use conductorone::mock::Mock;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mock = Mock::start()?;
    let client = mock.client()?;

    let answer = client
        .app_entitlements()
        .get("app_id", "id")
        .await?;

    println!("{answer:?}");
    Ok(())
}

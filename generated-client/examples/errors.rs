// @generated from the OpenAPI document: change that, and generate again.

//! Looks at an error, which the server is told to answer with.
//!
//! `cargo run --example errors --features mock`

use std::error::Error;

use conductorone::mock::{Mock, Reply};
use conductorone::types;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mock = Mock::start()?;
    mock.on().app_entitlements().get().replies(Reply::json(404, &types::Status::default()));
    let client = mock.client()?;

    let answer = client
        .app_entitlements()
        .get("app_id", "id")
        .await;

    match answer {
        Ok(answer) => println!("{answer:?}"),
        Err(error) if error.is_not_found() => {
            // One line for a log: the method, the path, the status, what the server says.
            println!("{error}");
            if let Some(Ok(body)) = error.decode::<types::Status>() {
                println!("{body:?}");
            }
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

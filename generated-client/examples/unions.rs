// @generated from the OpenAPI document: change that, and generate again.

//! Matches a union: what the document describes as one of several things is an enum.
//!
//! `cargo run --example unions --features mock`

use std::error::Error;

use conductorone::types::ProvisionPolicy;
use conductorone::wire;

fn main() -> Result<(), Box<dyn Error>> {
    let known = r#"{"unconfigured":{}}"#;
    let newer = r#"{"addedLater":{}}"#;
    for json in [known, newer] {
        match wire::from_slice::<ProvisionPolicy>(json.as_bytes())? {
            ProvisionPolicy::Unconfigured(it) => println!("{it:?}"),
            // Nothing of it is lost: it is sent back as it came.
            ProvisionPolicy::Unknown(object) => println!("newer than this client: {object:?}"),
            other => println!("something else: {other:?}"),
        }
    }
    Ok(())
}

// @generated from the OpenAPI document. Change the document, and generate again.

//! Decodes a union, which is an enum, and matches its variants.
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
            ProvisionPolicy::Unconfigured(value) => println!("Unconfigured: {value:?}"),
            // The value is preserved, and sent back unchanged.
            ProvisionPolicy::Unknown(value) => println!("unknown: {value:?}"),
            other => println!("another variant: {other:?}"),
        }
    }
    Ok(())
}

//! What test programs of several packages share: bodies of the reference API, and servers on loopback.

pub mod server;
pub mod tls;

/// The folder of our own bodies of the reference API.
pub const BODIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/bodies");

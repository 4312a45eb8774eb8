//! Shared helpers for the tests of several packages: bodies of the reference API, servers on loopback, recorded calls, and
//! the style of findings.

pub mod calls;
pub mod findings;
pub mod server;
pub mod tls;

/// The folder with bodies of the reference API.
pub const BODIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/bodies");

//! The hand-written half of every generated client.
pub mod wire;

// @generated from the OpenAPI document. Change the document, and generate again.

//! Codecs of string formats whose Rust types are in other crates: dates, times, durations and UUIDs.
//!
//! All libraries share the same parser and formatter. A generated crate has only the libraries that its
//! document needs.

mod chrono;
mod date_time;
mod seconds;

pub use date_time::{FullDate, Rfc3339};
pub use seconds::Seconds;

// @generated from the OpenAPI document: change that, and generate again.

//! Formats of text that have types of their own, in other crates.

mod chrono;
mod date_time;
mod seconds;

pub use date_time::{FullDate, Rfc3339};
pub use seconds::Seconds;

// @generated from the OpenAPI document. Change the document, and generate again.

//! String formats with types of other crates.

mod chrono;
mod date_time;
mod seconds;

pub use date_time::{FullDate, Rfc3339};
pub use seconds::Seconds;

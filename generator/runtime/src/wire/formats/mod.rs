//! Codecs of string formats whose Rust types are in other crates: dates, times, durations and UUIDs.
//!
//! All libraries share the same parser and formatter. A generated crate has only the libraries that its
//! document needs.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod date_time;
#[cfg(feature = "jiff")]
mod jiff;
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod seconds;
#[cfg(feature = "time")]
mod time;
#[cfg(feature = "uuid")]
mod uuid;

#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
pub use date_time::{FullDate, Rfc3339};
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
pub use seconds::Seconds;
#[cfg(feature = "uuid")]
pub use uuid::Hyphenated;

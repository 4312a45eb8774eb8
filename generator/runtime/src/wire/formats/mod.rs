//! Formats of text that have types of their own, in other crates: dates, times, spans of time, ids.
//!
//! How the text is read and written stands here once, so that every library reads and writes the same. A generated
//! crate has the libraries that it needs, and no others.

mod chrono;
mod date_time;
mod jiff;
mod seconds;
mod time;
mod uuid;

pub use date_time::{FullDate, Rfc3339};
pub use seconds::Seconds;
pub use uuid::Hyphenated;

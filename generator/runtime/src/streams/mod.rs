//! Answers that go on and on, one item after the other: server-sent events, and JSON texts in a row.
//!
//! An answer has no end to wait for, so items are given as they arrive, and only the one under way is held in memory.

mod event_parser;
mod events;
mod json_lines;
mod splitter;

pub use events::{Event, EventStream};
pub use json_lines::JsonLines;

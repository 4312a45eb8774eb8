//! Streamed responses: server-sent events and JSON Lines.
//!
//! Items are returned as they arrive, and only the incomplete item is held in memory.

mod event_parser;
mod events;
mod json_lines;
mod splitter;

pub use events::{Event, EventStream};
pub use json_lines::JsonLines;

//! Streamed responses: server-sent events and JSON Lines.
//!
//! Items are returned as they arrive, and only the incomplete item is held in memory.
//!
//! This room may import `call`, `error`, `net`, `rules` and `wire`.

mod event;
mod event_parser;
mod events;
mod json_lines;
mod splitter;

pub use event::Event;
pub use events::EventStream;
pub use json_lines::JsonLines;

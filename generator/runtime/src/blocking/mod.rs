//! Blocking calls, for programs that are not `async`.
//!
//! A future is polled on the thread that waits for it, so a call can borrow from that thread. Connections and
//! timers live in a `tokio` runtime of this crate. Its thread starts with the first blocking call and runs
//! until the process ends.
//!
//! This room may import `call`, `error`, `pages` and `stream`.

#[cfg(any(feature = "pages", feature = "streams"))]
pub(super) mod iterator;
#[cfg(feature = "downloads")]
pub(super) mod reader;
mod run;
pub(super) mod wait;

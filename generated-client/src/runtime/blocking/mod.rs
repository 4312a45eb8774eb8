// @generated from the OpenAPI document. Change the document, and generate again.

//! Blocking calls, for programs that are not `async`.
//!
//! A future is polled on the thread that waits for it, so a call can borrow from that thread. Connections and
//! timers live in a `tokio` runtime of this crate. Its thread starts with the first blocking call and runs
//! until the process ends.
//!
//! This room may import `call`, `error`, `pages` and `stream`.

mod run;
pub(super) mod wait;

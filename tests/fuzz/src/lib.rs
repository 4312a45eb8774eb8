//! Makes random OpenAPI documents by mutating others, for `cargo xtask fuzz`.
//!
//! [`Seeds::document`] takes a seed document, cuts a large one down, and changes a few of its values.
//! [`order::shuffled`] changes the order of a document where order is insignificant, and [`minimize()`] removes
//! everything that a failure does not need.
//!
//! The library does not access files, the clock or the environment. Document number `i` of seed `s` is the same on every
//! machine, because its random numbers depend on `s` and `i` only.

mod cut;
mod minimize;
mod mutate;
pub mod order;
mod random;
mod role;
mod seeds;
mod text;
mod words;

pub use minimize::minimize;
pub use random::Random;
pub use seeds::Seeds;
pub use text::{json, with_wide_numbers};

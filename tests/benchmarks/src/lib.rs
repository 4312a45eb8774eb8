//! Shared code of the benchmarks: [`by_hand`] has hand-written types, [`local_server`] and [`flaky_server`] are the
//! servers that are called, [`throttles`] has other rules for retries, and [`side_by_side`] measures.
//!
//! `cargo bench -p benches` runs all benchmarks, and fails if one misses its target:
//!
//! - `json`: decoding and encoding, compared with structs that derive serde's traits, and with `serde_json::Value`
//! - `calls`: calls over loopback, compared with `reqwest` alone
//! - `retries`: calls to a server that fails, with the retry budget of the client and with the rules of other libraries
//! - `size`: the size of a program that makes one call, compared with `reqwest` alone

pub mod by_hand;
pub mod flaky_server;
pub mod local_server;
pub mod side_by_side;
pub mod throttles;

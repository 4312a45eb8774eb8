//! What the benchmarks share: [`by_hand`], which the generated types are compared with, [`local_server`], which is called,
//! and [`side_by_side`], which measures.
//!
//! `cargo bench -p benches` runs all of them, and fails where one misses its target:
//!
//! - `json`: decoding and encoding, against structs with serde's derive, and against `serde_json::Value`;
//! - `calls`: calls over loopback, against `reqwest` alone;
//! - `size`: a program that makes one call, against one by `reqwest` alone.

pub mod by_hand;
pub mod local_server;
pub mod side_by_side;

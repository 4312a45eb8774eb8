//! Reads an OpenAPI document and writes a Rust client crate.
//!
//! The library is pure: it takes text and gives back a [`FileTree`]; files, clock, environment and network are the
//! caller's.

pub mod diagnostics;
mod file_tree;

pub use file_tree::FileTree;

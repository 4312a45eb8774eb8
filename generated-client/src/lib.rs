// @generated from the OpenAPI document: change that, and generate again.

#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![allow(deprecated, reason = "the crate itself handles what the document deprecates")]
mod client;

pub mod resources;
pub mod runtime;
pub mod types;

pub use self::runtime::{Client, ClientBuilder, Error, ErrorKind, wire};

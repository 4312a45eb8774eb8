// @generated from the OpenAPI document. Change the document, and generate again.

#![cfg_attr(not(doctest), doc = include_str!("../README.md"))]
#![forbid(unsafe_code)]
#![allow(deprecated, reason = "the crate itself uses deprecated items")]
#![allow(clippy::large_enum_variant, reason = "only recursive variants are boxed")]
#![allow(clippy::type_complexity, reason = "types nest as in the document")]

mod client;
mod errors;

#[cfg(all(feature = "mock", not(target_os = "unknown")))]
pub mod mock;
pub mod resources;
pub mod runtime;
pub mod types;

pub use chrono;
pub use self::errors::ErrorBody;
#[cfg(all(feature = "blocking", not(target_os = "unknown")))]
pub use self::runtime::Wait;
pub use self::runtime::{
    Client, ClientBuilder, Error, ErrorKind, RequestExt, RetryPolicy, wire,
};

#[cfg(all(doctest, feature = "all-resources", feature = "blocking", feature = "mock"))]
#[doc = include_str!("../README.md")]
struct ReadmeDoctests;

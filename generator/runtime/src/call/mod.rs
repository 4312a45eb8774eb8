//! A single call, from its parameters to its decoded value.
//!
//! - [`request`]: the data of a request. [`request_ext`]: the settings of a single call.
//! - [`exchange`], [`redirect`], [`trace`]: the attempts of a call. [`send`] starts them.
//! - [`decode`], [`response_future`], [`download`]: the response, as a value or in chunks.
//! - [`typed_call`]: the request type of operations without optional parameters.
//!
//! This room may import `api`, `auth`, `client`, `codec`, `error`, `net`, `rules` and `wire`.

mod decode;
#[cfg(feature = "downloads")]
pub(super) mod download;
mod exchange;
#[cfg(feature = "multipart")]
mod multipart;
mod redirect;
pub(super) mod request;
pub(super) mod request_ext;
pub(super) mod response_future;
mod send;
mod trace;
pub(super) mod typed_call;

// @generated from the OpenAPI document. Change the document, and generate again.

//! Access to the network: what is sent and received, and the transport that does it.
//!
//! - Bodies: [`body`], and [`payload`] for bodies that a request keeps.
//! - The seam to the network: [`transport`], [`transport_error`] with [`failure_reason`], [`middleware`], and the
//!   default transports.
//! - The time limits of a transport: [`idle`], [`time`].
//! - Headers: [`headers`] of a request, its [`secrets`], and [`retry_hint`] of a response.
//! - URLs: [`origin`], [`mod@reference`].
//! - [`response`]: the data of a response.
//!
//! This room may import `api` and `rules`.

pub(super) mod body;
pub(super) mod failure_reason;
#[cfg(all(feature = "reqwest", target_os = "unknown"))]
pub(super) mod fetch_transport;
pub(super) mod headers;
pub(super) mod idle;
pub(super) mod middleware;
pub(super) mod origin;
pub(super) mod payload;
pub(super) mod random;
pub(super) mod reference;
#[cfg(all(feature = "reqwest", not(target_os = "unknown")))]
pub(super) mod reqwest_transport;
pub(super) mod response;
pub(super) mod retry_hint;
pub(super) mod secrets;
pub(super) mod time;
pub(super) mod transport;
pub(super) mod transport_error;

/// The default transport of a client.
#[cfg(all(feature = "reqwest", target_os = "unknown"))]
pub(super) use fetch_transport as default_transport;
#[cfg(all(feature = "reqwest", not(target_os = "unknown")))]
pub(super) use reqwest_transport as default_transport;

// @generated from the OpenAPI document. Change the document, and generate again.

//! The hand-written half of every generated client.
//!
//! Generated code contains what differs from document to document: resources, operations and types.
//! Everything that is the same for all clients is here:
//!
//! - Configuration, from the constants of an [`Api`] and the settings of the user: [`Client`],
//!   [`ClientBuilder`].
//! - A single call, from its parameters to its decoded value: [`Operation`], [`Request`], [`Call`],
//!   [`RequestExt`], [`ResponseFuture`].
//! - Pagination: [`Pages`], [`Items`].
//! - Streams, as server-sent events or JSON Lines: [`EventStream`], [`JsonLines`].
//! - Blocking calls, with the feature `blocking`: `Wait`, `Blocking`.
//! - The encoding of parameters and forms: [`Parameter`], [`Style`], [`Multipart`].
//! - Credentials: [`Credential`], [`TokenProvider`], [`Authorize`], [`Secret`], [`Transient`].
//! - Retries: [`RetryPolicy`].
//! - Access to the network: [`Middleware`], [`Transport`], [`Body`], and [`testing`] for tests without a
//!   network.
//! - A mock server of the document, with the feature `mock`: `mock`.
//! - Errors: [`Error`].
//! - JSON: [`wire`].
//!
//! Only the encoding of a request body and the decoding of a response are generic over types of the document.
//! The rest of a call is compiled once, for any number of operations.
//!
//! This folder is a crate of its own where it is developed and tested, and a module of the generated crate.
//! Its files therefore refer to one another by `super` only.

mod api;
mod auth;
mod base_url;
#[cfg(all(feature = "blocking", not(target_os = "unknown")))]
mod blocking;
mod body;
mod call;
mod client;
mod download;
mod environment;
mod error;
mod exchange;
#[cfg(all(feature = "reqwest", target_os = "unknown"))]
mod fetch_transport;
mod header;
mod idle;
mod middleware;
#[cfg(all(feature = "mock", not(target_os = "unknown")))]
pub mod mock;
mod multipart;
pub mod oauth;
mod operation;
mod pages;
mod parameter;
mod payload;
mod random;
mod redirect;
mod reference;
mod request;
mod request_ext;
#[cfg(all(feature = "reqwest", not(target_os = "unknown")))]
mod reqwest_transport;
mod response;
mod response_header;
mod retry;
mod secrets;
mod streams;
mod style;
pub mod testing;
mod time;
mod trace;
mod transport;
pub mod wire;

pub use api::{Api, ServerVariable};
pub use auth::{
    Audience, Authorize, ClientAuthentication, Clock, Credential, Grant, GrantContext, Nonce, OAuth,
    Requirement, SchemeKind, Secret, SecurityScheme, Token, TokenProvider, TokenUrls, Transient,
};
#[cfg(all(feature = "blocking", not(target_os = "unknown")))]
pub use blocking::{Blocking, Reader, Wait};
pub use body::{Body, BodyStream, CollectError};
pub use call::{Call, NoBody};
pub use client::{Client, ClientBuilder};
pub use download::Download;
pub use environment::{EnvCredential, Environment};
pub use error::{Error, ErrorKind};
#[cfg(all(feature = "reqwest", target_os = "unknown"))]
pub use fetch_transport::FetchTransport;
pub use middleware::{Attempt, Middleware, MiddlewareFuture, Next};
pub use multipart::{File, Multipart, TextOrFile};
pub use operation::{Operation, operation};
pub use pages::{Items, PageParam, Pages, Pagination};
pub use parameter::{Parameter, WithCodec};
pub use request::Request;
pub use request_ext::RequestExt;
#[cfg(all(feature = "reqwest", not(target_os = "unknown")))]
pub use reqwest_transport::ReqwestTransport;
pub use response::{Response, ResponseFuture, WithResponse};
pub use retry::RetryPolicy;
pub use streams::{Event, EventStream, JsonLines};
pub use style::Style;
pub use time::Instant;
pub use transport::{BoxError, BoxFuture, Transport, TransportError};

/// The default transport of a client.
#[cfg(all(feature = "reqwest", target_os = "unknown"))]
use fetch_transport as default_transport;
#[cfg(all(feature = "reqwest", not(target_os = "unknown")))]
use reqwest_transport as default_transport;

// Re-exported so that generated code and its users need no dependency on these crates.
pub use bytes::Bytes;
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

/// The path under which macros find their items, the same here as in a generated crate.
#[doc(hidden)]
#[allow(clippy::module_inception, reason = "this file is the module `runtime` of a generated crate")]
pub mod runtime {
    pub use super::wire;
}

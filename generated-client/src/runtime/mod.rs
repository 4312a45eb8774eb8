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
//! - Blocking calls, with the feature `blocking`: `Wait`, `Blocking`.
//! - The encoding of parameters and forms: [`Parameter`], [`Style`].
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
//! Each room, a folder or a file, says in its header which other rooms it may import. From the rooms that import no other
//! to those that no other imports:
//!
//! - `rules`, `api`: rules about text, and the constants of generated code.
//! - `wire`, `net`, `codec`: JSON, the network, and the encoding of parameters.
//! - `auth`, `error`, `client`: credentials, errors, and the settings that calls share.
//! - `call`, `pages`, `stream`: calls, and responses in several parts.
//! - `oauth`, `blocking`, `testing`, `mock`: parts that a program can do without.
//!
//! The runtime is a module of a generated crate, or a crate of its own that several clients share. Its files therefore
//! refer to one another by `super` only.

mod api;
mod auth;
#[cfg(all(feature = "blocking", not(target_os = "unknown")))]
mod blocking;
mod call;
mod client;
mod codec;
mod error;
#[cfg(all(feature = "mock", not(target_os = "unknown")))]
pub mod mock;
mod net;
pub mod oauth;
mod rules;
pub mod testing;
pub mod wire;

pub use api::oauth::{Audience, ClientAuthentication, Nonce, OAuth, TokenUrls};
pub use api::operation::{Operation, operation};
pub use api::scheme::{Requirement, SchemeKind, SecurityScheme};
pub use api::{Api, ServerVariable};
pub use auth::{Authorize, Clock, Credential, Grant, GrantContext, Secret, Token, TokenProvider, Transient};
#[cfg(all(feature = "blocking", not(target_os = "unknown")))]
pub use blocking::wait::Wait;
pub use call::request::Request;
pub use call::request_ext::RequestExt;
pub use call::response_future::{ResponseFuture, WithResponse};
pub use call::typed_call::{Call, NoBody};
pub use client::Client;
pub use client::builder::ClientBuilder;
pub use client::environment::{EnvCredential, Environment};
pub use client::retry::RetryPolicy;
pub use codec::parameter::{Parameter, WithCodec};
pub use codec::style::Style;
pub use error::{Error, ErrorKind};
pub use net::body::{Body, BodyStream, CollectError};
#[cfg(all(feature = "reqwest", target_os = "unknown"))]
pub use net::fetch_transport::FetchTransport;
pub use net::middleware::{Attempt, Middleware, MiddlewareFuture, Next};
#[cfg(all(feature = "reqwest", not(target_os = "unknown")))]
pub use net::reqwest_transport::ReqwestTransport;
pub use net::response::Response;
pub use net::time::Instant;
pub use net::transport::{BoxFuture, Transport};
pub use net::transport_error::{BoxError, TransportError};

// Re-exported so that generated code and its users need no dependency on these crates.
pub use bytes::Bytes;
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

/// The path under which macros find their items, the same here as in a generated crate.
#[doc(hidden)]
#[allow(clippy::module_inception, reason = "this file is the module `runtime` of a generated crate")]
pub mod runtime {
    pub use super::wire;
}

// @generated from the OpenAPI document: change that, and generate again.

//! The hand-written half of every generated client.
//!
//! Generated code says what a document says: resources, operations, types. How a request travels is told here, once:
//!
//! - configuration, from an [`Api`]'s constants and the user's choices: [`Client`], [`ClientBuilder`];
//! - one call, from its parameters to its value: [`Operation`], [`Request`], [`Call`], [`RequestExt`],
//!   [`ResponseFuture`];
//! - answers in pages: [`Pages`], [`Items`];
//! - answers that go on and on: [`EventStream`], [`JsonLines`];
//! - all of that for programs that are not `async`: `Wait` and `Blocking`, with the feature `blocking`;
//! - how parameters and forms are spelled: [`Parameter`], [`Style`], [`Multipart`];
//! - credentials: [`Credential`], [`TokenProvider`], [`Authorize`], [`Secret`], [`Transient`];
//! - when a call is tried again: [`RetryPolicy`];
//! - the seam to the network: [`Middleware`], [`Transport`], [`Body`], and [`testing`] in place of it;
//! - a server that knows the document, for tests: `mock`;
//! - all that can go wrong: [`Error`];
//! - JSON: [`wire`].
//!
//! Of a call, only the encoding of its body and the decoding of its answer are generic over types of the document:
//! the rest is compiled once, however many operations there are.
//!
//! This folder is an ordinary crate where it is written and tested, and a module where it is used, so its files refer
//! to one another by `super` only.

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
    Audience, Authorize, ClientAuthentication, Clock, Credential, Grant, Nonce, OAuth, Place, Requirement,
    Secret, SecurityScheme, Surroundings, Token, TokenProvider, TokenUrls, Transient,
};
#[cfg(all(feature = "blocking", not(target_os = "unknown")))]
pub use blocking::{Blocking, Reader, Wait};
pub use body::{Body, BodyStream, CollectError};
pub use call::{Call, NoBody};
pub use client::{Client, ClientBuilder};
pub use download::Download;
pub use environment::{Environment, Way};
pub use error::{Error, ErrorKind};
#[cfg(all(feature = "reqwest", target_os = "unknown"))]
pub use fetch_transport::FetchTransport;
pub use middleware::{Answered, Attempt, Middleware, Next};
pub use multipart::{File, Multipart, TextOrFile};
pub use operation::{Operation, operation};
pub use pages::{Ask, Items, Pages, Paging};
pub use parameter::{Coded, Parameter};
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

/// The transport of a client that is given none.
#[cfg(all(feature = "reqwest", target_os = "unknown"))]
use fetch_transport as usual_transport;
#[cfg(all(feature = "reqwest", not(target_os = "unknown")))]
use reqwest_transport as usual_transport;

// The vocabulary of HTTP, so that generated code and its users need no dependency of their own for it.
pub use bytes::Bytes;
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

/// Macros name what they need by its path in a generated crate.
#[doc(hidden)]
#[allow(clippy::module_inception, reason = "it is one only where this file is the module `runtime`")]
pub mod runtime {
    pub use super::wire;
}

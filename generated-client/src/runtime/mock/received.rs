// @generated from the OpenAPI document: change that, and generate again.

//! Requests as the server got them.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, Uri};
use serde::de::DeserializeOwned;

use super::super::operation::Operation;
use super::super::wire;
use super::form;
use super::rejection::Rejection;

/// A request as a [`Mock`](super::Mock) got it, credentials included.
#[derive(Clone)]
pub struct Received {
    pub(super) operation: Option<&'static Operation>,
    pub(super) parameters: Vec<(String, String)>,
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) rejection: Option<Rejection>,
}

impl Received {
    /// The id of its operation. None if the document has none for its method and path.
    pub fn operation_id(&self) -> Option<&'static str> {
        self.operation.map(Operation::id)
    }

    /// Its method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path of its URL, with parameters encoded.
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The query of its URL, with parameters encoded; empty if there is none.
    pub fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// A parameter of its path, decoded, by the name that it has in the document.
    pub fn path_parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    /// A parameter of its query, decoded; the first of this name.
    pub fn query_parameter(&self, name: &str) -> Option<String> {
        form::pairs(self.query()).find(|(of, _)| of == name).map(|(_, value)| value)
    }

    /// Its headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// One of its headers, if it is there and is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Its body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Its body, decoded from JSON.
    ///
    /// # Errors
    ///
    /// If it is none, or not that of a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, wire::DecodeError> {
        wire::request_from_slice(&self.body)
    }

    /// Why it was refused, if it was.
    pub fn rejection(&self) -> Option<&Rejection> {
        self.rejection.as_ref()
    }
}

/// Shows neither the body nor the query nor what headers say.
impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("operation_id", &self.operation_id())
            .field("method", &self.method)
            .field("path", &self.path())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("rejection", &self.rejection)
            .finish_non_exhaustive()
    }
}

//! [`ReceivedRequest`], a request that the mock server has received.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, Uri};
use serde::de::DeserializeOwned;

use super::super::api::operation::Operation;
use super::super::wire;
use super::form;
use super::rejection::Rejection;

/// A request that a [`MockServer`](super::MockServer) has received, including its credentials.
#[derive(Clone)]
pub struct ReceivedRequest {
    pub(super) operation: Option<&'static Operation>,
    pub(super) parameters: Vec<(String, String)>,
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) rejection: Option<Rejection>,
}

impl ReceivedRequest {
    /// Returns the id of the operation, or `None` if the document has no operation for the method and path.
    pub fn operation_id(&self) -> Option<&'static str> {
        self.operation.map(Operation::id)
    }

    /// Returns the method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the path of the URL, with its parameters percent-encoded.
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// Returns the query of the URL, with its parameters percent-encoded, or an empty string if there is none.
    pub fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// Returns a decoded path parameter by its name in the document.
    pub fn path_parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Returns the first decoded query parameter with this name.
    pub fn query_parameter(&self, name: &str) -> Option<String> {
        form::pairs(self.query()).find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the value of a header, or `None` if it is absent or not text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Decodes the body from JSON.
    ///
    /// # Errors
    ///
    /// If the body is not valid JSON, or not a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, wire::DecodeError> {
        wire::request_from_slice(&self.body)
    }

    /// Returns the reason why the request was rejected, or `None` if it was accepted.
    pub fn rejection(&self) -> Option<&Rejection> {
        self.rejection.as_ref()
    }
}

/// Omits the query, the body and the values of headers, which can contain secrets.
impl fmt::Debug for ReceivedRequest {
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

//! [`ReceivedRequest`], a request that the mock server has received.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde::de::DeserializeOwned;

use super::super::api::operation::Operation;
use super::super::net::recorded_request::RecordedRequest;
use super::super::wire;
use super::form;
use super::rejection::Rejection;

/// A request that a [`MockServer`](super::MockServer) has received, including its credentials.
#[derive(Clone)]
pub struct ReceivedRequest {
    pub(super) operation: Option<&'static Operation>,
    pub(super) parameters: Vec<(String, String)>,
    pub(super) recorded: RecordedRequest,
    pub(super) rejection: Option<Rejection>,
}

impl ReceivedRequest {
    /// Returns the id of the operation, or `None` if the document has no operation for the method and path.
    pub fn operation_id(&self) -> Option<&'static str> {
        self.operation.map(Operation::id)
    }

    /// Returns the method.
    pub fn method(&self) -> &Method {
        &self.recorded.method
    }

    /// Returns the path of the URL, with its parameters percent-encoded.
    pub fn path(&self) -> &str {
        self.recorded.path()
    }

    /// Returns the query of the URL, with its parameters percent-encoded, or an empty string if there is none.
    pub fn query(&self) -> &str {
        self.recorded.query()
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
        &self.recorded.headers
    }

    /// Returns the value of a header, or `None` if it is absent or not text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.recorded.header(name)
    }

    /// Returns the body.
    pub fn body(&self) -> &Bytes {
        &self.recorded.body
    }

    /// Decodes the body from JSON.
    ///
    /// # Errors
    ///
    /// If the body is not valid JSON, or not a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, wire::DecodeError> {
        wire::request_from_slice(&self.recorded.body)
    }

    /// Returns the reason why the request was rejected, or `None` if it was accepted.
    pub fn rejection(&self) -> Option<&Rejection> {
        self.rejection.as_ref()
    }
}

/// Omits the query, the body and the values of headers, which can contain secrets.
impl fmt::Debug for ReceivedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("ReceivedRequest");
        debug.field("operation_id", &self.operation_id());
        self.recorded.show(&mut debug);
        debug.field("rejection", &self.rejection).finish_non_exhaustive()
    }
}

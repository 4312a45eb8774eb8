// @generated from the OpenAPI document. Change the document, and generate again.

//! [`Response`], the data of a response.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, StatusCode};

use super::super::api::operation::{Operation, OperationRef};
use super::secrets::Secrets;

/// A complete response.
#[derive(Clone)]
pub struct Response(Box<Parts>);

/// Boxed, since a response is moved often.
#[derive(Clone)]
struct Parts {
    operation: OperationRef,
    status: StatusCode,
    headers: HeaderMap,
    request_id_header: Option<HeaderName>,
    attempts: u32,
    /// The secrets of the request, which must not be shown.
    secrets: Secrets,
    body: Bytes,
}

impl Response {
    /// Creates a response whose body has not arrived yet.
    pub(in super::super) fn head(
        operation: OperationRef,
        response: http::response::Parts,
        request_id_header: Option<&HeaderName>,
        secrets: Secrets,
    ) -> Self {
        Self(Box::new(Parts {
            operation,
            status: response.status,
            headers: response.headers,
            request_id_header: request_id_header.cloned(),
            attempts: 1,
            secrets,
            body: Bytes::new(),
        }))
    }

    pub(in super::super) fn with_body(mut self, body: Bytes) -> Self {
        self.0.body = body;
        self
    }

    /// Sets the number of attempts of the call.
    pub(in super::super) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Returns the operation that was called.
    pub fn operation(&self) -> &Operation {
        &self.0.operation
    }

    pub(in super::super) fn operation_ref(&self) -> OperationRef {
        self.0.operation.clone()
    }

    pub(in super::super) fn secrets(&self) -> &Secrets {
        &self.0.secrets
    }

    /// Returns the number of attempts that the call has made: 1 if it was not retried.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Returns the request ID of the server, if the response has one.
    pub fn request_id(&self) -> Option<&str> {
        let header = self.0.request_id_header.as_ref()?;
        self.0.headers.get(header)?.to_str().ok()
    }

    /// Takes the body out of the response.
    pub(in super::super) fn take_body(&mut self) -> Bytes {
        std::mem::take(&mut self.0.body)
    }

    /// Returns the body as received.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }
}

/// Shows the length of the body and the names of headers only.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("operation", self.operation())
            .field("status", &self.0.status.as_u16())
            .field("headers", &self.0.headers.keys().collect::<Vec<_>>())
            .field("request_id", &self.request_id())
            .field("body", &format_args!("{} bytes", self.0.body.len()))
            .finish()
    }
}

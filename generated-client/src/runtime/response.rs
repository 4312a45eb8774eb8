// @generated from the OpenAPI document: change that, and generate again.

//! The answer to a call: the whole response first, and the value that it is awaited for.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::de::DeserializeOwned;

use super::error::Error;
use super::operation::Operation;
use super::request::Request;
use super::transport::BoxFuture;
use super::wire;

/// A response, complete.
#[derive(Clone)]
pub struct Response {
    operation: &'static Operation,
    status: StatusCode,
    headers: HeaderMap,
    request_id: Option<HeaderValue>,
    body: Bytes,
}

impl Response {
    /// A response whose body has not arrived.
    pub(super) fn head(
        operation: &'static Operation,
        response: http::response::Parts,
        request_id_header: Option<&HeaderName>,
    ) -> Self {
        let request_id = request_id_header.and_then(|name| response.headers.get(name)).cloned();
        Self { operation, status: response.status, headers: response.headers, request_id, body: Bytes::new() }
    }

    pub(super) fn with_body(self, body: Bytes) -> Self {
        Self { body, ..self }
    }

    /// The operation that it answers.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Its status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Its headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The id under which the server knows the request, if it told.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_ref()?.to_str().ok()
    }

    /// Its body as it came.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Its body, decoded from JSON.
    ///
    /// # Errors
    ///
    /// If the body is not what the document says: [`Error::is_decode`].
    pub fn json<T: DeserializeOwned>(self) -> Result<T, Error> {
        wire::from_slice(&self.body).map_err(|error| Error::decode(self, error))
    }
}

/// Shows the body by its length only, and of headers the names.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("operation", &self.operation)
            .field("status", &self.status.as_u16())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("request_id", &self.request_id())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

/// The answer to a call, to be awaited. Nothing is sent before that; dropping it gives the call up.
#[must_use = "a request is sent when it is awaited"]
pub struct ResponseFuture<T> {
    response: BoxFuture<'static, Result<Response, Error>>,
    decode: fn(Response) -> Result<T, Error>,
}

impl<T: DeserializeOwned> ResponseFuture<T> {
    /// An answer in JSON.
    pub fn json(request: Request) -> Self {
        Self { response: request.send(), decode: Response::json }
    }
}

impl ResponseFuture<()> {
    /// An answer whose body, if it has one, means nothing.
    pub fn empty(request: Request) -> Self {
        Self { response: request.send(), decode: |_| Ok(()) }
    }
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let response = ready!(self.response.as_mut().poll(context))?;
        Poll::Ready((self.decode)(response))
    }
}

impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}

// @generated from the OpenAPI document. Change the document, and generate again.

//! The futures of a call, which decode its response.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use serde::de::DeserializeOwned;

use super::super::error::Error;
use super::super::net::response::Response;
use super::super::net::transport::BoxFuture;
use super::request::Request;

/// The future of a call, which decodes its response. The request is sent when the future is first polled.
/// Dropping the future cancels the call.
#[must_use = "a request does nothing until it is awaited"]
pub struct ResponseFuture<T> {
    response: BoxFuture<'static, Result<Response, Error>>,
    decode: fn(Response) -> Result<T, Error>,
}

impl<T> ResponseFuture<T> {
    /// Creates a future that decodes the response with `decode`.
    pub fn new(request: Request, decode: fn(Response) -> Result<T, Error>) -> Self {
        Self { response: request.send(), decode }
    }

    /// Also returns the response from which the value was decoded, for its status and headers.
    ///
    /// [`RequestExt::with_response`](super::super::RequestExt::with_response) is a shortcut.
    pub fn with_response(self) -> WithResponse<T> {
        WithResponse(self)
    }
}

impl<T: DeserializeOwned> ResponseFuture<T> {
    /// Creates a future that decodes the response body from JSON.
    pub fn json(request: Request) -> Self {
        Self::new(request, Response::json)
    }
}

impl ResponseFuture<()> {
    /// Creates a future that ignores the response body.
    pub fn empty(request: Request) -> Self {
        Self::new(request, |_| Ok(()))
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

/// The future of a call that returns the decoded value and its [`Response`].
#[must_use = "a request does nothing until it is awaited"]
pub struct WithResponse<T>(ResponseFuture<T>);

impl<T> Future for WithResponse<T> {
    type Output = Result<(T, Response), Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let response = ready!(self.0.response.as_mut().poll(context))?;
        let value = (self.0.decode)(response.clone())?;
        Poll::Ready(Ok((value, response)))
    }
}

impl<T> fmt::Debug for WithResponse<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WithResponse").finish_non_exhaustive()
    }
}

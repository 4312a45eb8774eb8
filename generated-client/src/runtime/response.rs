// @generated from the OpenAPI document. Change the document, and generate again.

//! Responses, and the futures that decode them.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::de::{Deserialize, DeserializeOwned, Deserializer};

use super::error::Error;
use super::operation::{Operation, OperationRef};
use super::request::Request;
use super::response_header::{self, HeaderDecodeError, HeaderText};
use super::secrets::Secrets;
use super::transport::BoxFuture;
use super::wire;

/// A complete response.
#[derive(Clone)]
pub struct Response(Box<Parts>);

/// Boxed, since a response is moved often.
#[derive(Clone)]
struct Parts {
    operation: OperationRef,
    status: StatusCode,
    headers: HeaderMap,
    request_id: Option<HeaderValue>,
    attempts: u32,
    /// The secrets of the request, which must not be shown.
    secrets: Secrets,
    body: Bytes,
}

impl Response {
    /// Creates a response whose body has not arrived yet.
    pub(super) fn head(
        operation: OperationRef,
        response: http::response::Parts,
        request_id_header: Option<&HeaderName>,
        secrets: Secrets,
    ) -> Self {
        let request_id = request_id_header.and_then(|name| response.headers.get(name)).cloned();
        Self(Box::new(Parts {
            operation,
            status: response.status,
            headers: response.headers,
            request_id,
            attempts: 1,
            secrets,
            body: Bytes::new(),
        }))
    }

    pub(super) fn with_body(mut self, body: Bytes) -> Self {
        self.0.body = body;
        self
    }

    /// Sets the number of attempts of the call.
    pub(super) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Returns the operation that was called.
    pub fn operation(&self) -> &Operation {
        &self.0.operation
    }

    pub(super) fn operation_ref(&self) -> OperationRef {
        self.0.operation.clone()
    }

    pub(super) fn secrets(&self) -> &Secrets {
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
        self.0.request_id.as_ref()?.to_str().ok()
    }

    /// Decodes the value of a header: a scalar from its text, a list from text separated by commas. Returns
    /// `None` if the response does not have the header.
    ///
    /// Several headers with the same name are one list. For `set-cookie`, each header is one item; if `T` is
    /// not a list, the first is used.
    ///
    /// ```
    /// # use conductorone::runtime::{Error, Response};
    /// fn left(response: &Response) -> Result<Option<u32>, Error> {
    ///     response.header("x-ratelimit-remaining")
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_decode`] if the value is not a valid `T`. The error does not contain the value.
    pub fn header<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Error> {
        self.read_header(name, T::deserialize)
    }

    /// Returns the body as received.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// Decodes the body from JSON.
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_decode`] if the body is not a valid `T`.
    pub fn json<T: DeserializeOwned>(mut self) -> Result<T, Error> {
        let body = std::mem::take(&mut self.0.body);
        wire::from_slice_or(&body, |error| Error::undecodable(self.with_body(body.clone()), error))
    }
}

/// Headers, for generated code.
impl Response {
    /// Decodes the value of a header with a codec. Returns `None` if the response does not have the header.
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_decode`] if the value is not valid.
    pub fn header_as<C: wire::Codec<T>, T>(&self, name: &str) -> Result<Option<T>, Error> {
        self.read_header(name, C::decode)
    }

    fn read_header<'r, T>(
        &'r self,
        name: &str,
        read: impl FnOnce(HeaderText<'r>) -> Result<T, HeaderDecodeError>,
    ) -> Result<Option<T>, Error> {
        let value = response_header::value(&self.0.headers, name);
        let value = value.and_then(|value| value.map(read).transpose());
        value.map_err(|header_error| Error::undecodable_header(self.clone(), name, &header_error.to_string()))
    }
}

/// Bodies, for generated code.
impl Response {
    /// Decodes the body from JSON with a codec.
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_decode`] if the body is not valid.
    pub fn json_as<C: wire::Codec<T>, T>(self) -> Result<T, Error> {
        self.json::<ViaCodec<C, T>>().map(|decoded| decoded.0)
    }

    /// Decodes the body from JSON. Returns `None` if the body is empty or null.
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_decode`] if the body is not a valid `T`.
    pub fn json_or_none<T: DeserializeOwned>(self) -> Result<Option<T>, Error> {
        if self.0.body.is_empty() { Ok(None) } else { self.json() }
    }

    /// Decodes the body from JSON with a codec. Returns `None` if the body is empty or null.
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_decode`] if the body is not valid.
    pub fn json_or_none_as<C: wire::Codec<T>, T>(self) -> Result<Option<T>, Error> {
        if self.0.body.is_empty() { Ok(None) } else { self.json_as::<wire::Nullable<C>, _>() }
    }

    /// Returns the body as text. It is decoded from JSON if its `content-type` is JSON.
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_decode`] if the body is not valid UTF-8, or if it is JSON and not a string.
    pub fn text_or_json(self) -> Result<String, Error> {
        let media_type = self.0.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if media_type.is_some_and(is_json) { self.json() } else { self.text() }
    }

    /// Returns the body as text.
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_decode`] if the body is not valid UTF-8.
    pub fn text(self) -> Result<String, Error> {
        match std::str::from_utf8(&self.0.body) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(Error::not_utf8(self, error)),
        }
    }

    /// Returns the body as received.
    ///
    /// # Errors
    ///
    /// Never. The return type matches the other methods that decode a body.
    pub fn bytes(self) -> Result<Bytes, Error> {
        Ok(self.0.body)
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
    /// [`RequestExt::with_response`](super::RequestExt::with_response) is a shortcut.
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

/// Returns true for a JSON media type (RFC 6839, section 3.1).
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(essence.as_str(), "application/json" | "text/json") || essence.ends_with("+json")
}

/// A value that is decoded with a codec.
struct ViaCodec<C, T>(T, PhantomData<C>);

impl<'de, C: wire::Codec<T>, T> Deserialize<'de> for ViaCodec<C, T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        C::decode(input).map(|value| Self(value, PhantomData))
    }
}

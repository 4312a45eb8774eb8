//! The answer to a call: the whole response first, and the value that it is awaited for.

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
use super::response_header::{self, Misfit, Value};
use super::secrets::Secrets;
use super::transport::BoxFuture;
use super::wire;

/// A response, complete.
#[derive(Clone)]
pub struct Response(Box<Parts>);

/// In a box, as it passes through many hands.
#[derive(Clone)]
struct Parts {
    operation: OperationRef,
    status: StatusCode,
    headers: HeaderMap,
    request_id: Option<HeaderValue>,
    attempts: u32,
    /// What the request carried that is not to be shown.
    secrets: Secrets,
    body: Bytes,
}

impl Response {
    /// A response whose body has not arrived.
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

    /// The same response, to a call that has taken so many attempts.
    pub(super) fn after(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// The operation that it answers.
    pub fn operation(&self) -> &Operation {
        &self.0.operation
    }

    pub(super) fn operation_ref(&self) -> OperationRef {
        self.0.operation.clone()
    }

    pub(super) fn secrets(&self) -> &Secrets {
        &self.0.secrets
    }

    /// How often the call was tried until this came: 1 unless it was tried again.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Its status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// Its headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The id under which the server knows the request, if it told.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_ref()?.to_str().ok()
    }

    /// The value of a header: a scalar from its text, a list from what stands between commas.
    ///
    /// Several headers of one name are one list; `set-cookie` is one each, and the first where `T` is no list. None
    /// where the response has no such header.
    ///
    /// ```
    /// # use runtime::{Error, Response};
    /// fn left(response: &Response) -> Result<Option<u32>, Error> {
    ///     response.header("x-ratelimit-remaining")
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// If the header is there and no `T`: [`Error::is_decode`]. The error does not show it.
    pub fn header<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Error> {
        self.read_header(name, T::deserialize)
    }

    /// Its body as it came.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// Its body, decoded from JSON.
    ///
    /// # Errors
    ///
    /// If the body is not what the document says: [`Error::is_decode`].
    pub fn json<T: DeserializeOwned>(mut self) -> Result<T, Error> {
        let body = std::mem::take(&mut self.0.body);
        wire::from_slice_or(&body, |error| Error::undecodable(self.with_body(body.clone()), error))
    }
}

/// What generated code makes of headers.
impl Response {
    /// The value of a header, by way of a codec.
    ///
    /// # Errors
    ///
    /// If the header is there, and not what the document says: [`Error::is_decode`].
    pub fn header_as<C: wire::Codec<T>, T>(&self, name: &str) -> Result<Option<T>, Error> {
        self.read_header(name, C::decode)
    }

    fn read_header<'r, T>(
        &'r self,
        name: &str,
        read: impl FnOnce(Value<'r>) -> Result<T, Misfit>,
    ) -> Result<Option<T>, Error> {
        let value = response_header::value(&self.0.headers, name);
        let value = value.and_then(|value| value.map(read).transpose());
        value.map_err(|misfit| Error::undecodable_header(self.clone(), name, &misfit.to_string()))
    }
}

/// What generated code makes of a body.
impl Response {
    /// Its body, decoded from JSON by way of a codec.
    ///
    /// # Errors
    ///
    /// If the body is not what the document says: [`Error::is_decode`].
    pub fn json_as<C: wire::Codec<T>, T>(self) -> Result<T, Error> {
        self.json::<Decoded<C, T>>().map(|decoded| decoded.0)
    }

    /// Its body, decoded from JSON, if there is one that is not null.
    ///
    /// # Errors
    ///
    /// If there is a body, and it is not what the document says: [`Error::is_decode`].
    pub fn json_or_none<T: DeserializeOwned>(self) -> Result<Option<T>, Error> {
        if self.0.body.is_empty() { Ok(None) } else { self.json() }
    }

    /// [`json_or_none`](Self::json_or_none), by way of a codec.
    ///
    /// # Errors
    ///
    /// If there is a body, and it is not what the document says: [`Error::is_decode`].
    pub fn json_or_none_as<C: wire::Codec<T>, T>(self) -> Result<Option<T>, Error> {
        if self.0.body.is_empty() { Ok(None) } else { self.json_as::<wire::Nullable<C>, _>() }
    }

    /// Its body as text: decoded from JSON where `content-type` says that it is JSON, and else as it came.
    ///
    /// # Errors
    ///
    /// If the body is not in UTF-8, or said to be JSON and no text: [`Error::is_decode`].
    pub fn text_or_json(self) -> Result<String, Error> {
        let media_type = self.0.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if media_type.is_some_and(is_json) { self.json() } else { self.text() }
    }

    /// Its body as text.
    ///
    /// # Errors
    ///
    /// If the body is not in UTF-8: [`Error::is_decode`].
    pub fn text(self) -> Result<String, Error> {
        match std::str::from_utf8(&self.0.body) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(Error::not_text(self, error)),
        }
    }

    /// Its body as it came.
    ///
    /// # Errors
    ///
    /// None: whatever came is a body.
    pub fn bytes(self) -> Result<Bytes, Error> {
        Ok(self.0.body)
    }
}

/// Shows the body by its length only, and of headers the names.
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

/// The answer to a call, to be awaited. Nothing is sent before that; dropping it gives the call up.
#[must_use = "a request is sent when it is awaited"]
pub struct ResponseFuture<T> {
    response: BoxFuture<'static, Result<Response, Error>>,
    decode: fn(Response) -> Result<T, Error>,
}

impl<T> ResponseFuture<T> {
    /// An answer that `decode` makes of the response.
    pub fn new(request: Request, decode: fn(Response) -> Result<T, Error>) -> Self {
        Self { response: request.send(), decode }
    }

    /// The same answer, with the response that it was decoded from: its status and its headers.
    ///
    /// [`RequestExt::with_response`](super::RequestExt::with_response) is the short way to it.
    pub fn with_response(self) -> WithResponse<T> {
        WithResponse(self)
    }
}

impl<T: DeserializeOwned> ResponseFuture<T> {
    /// An answer in JSON.
    pub fn json(request: Request) -> Self {
        Self::new(request, Response::json)
    }
}

impl ResponseFuture<()> {
    /// An answer whose body, if it has one, means nothing.
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

/// The answer to a call and the response that it was decoded from, to be awaited.
#[must_use = "a request is sent when it is awaited"]
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

/// Whether bodies of a media type are JSON (RFC 6839, section 3.1).
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(essence.as_str(), "application/json" | "text/json") || essence.ends_with("+json")
}

/// A value that travels in another shape than its own.
struct Decoded<C, T>(T, PhantomData<C>);

impl<'de, C: wire::Codec<T>, T> Deserialize<'de> for Decoded<C, T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        C::decode(input).map(|value| Self(value, PhantomData))
    }
}

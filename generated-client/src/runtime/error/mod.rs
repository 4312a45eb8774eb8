// @generated from the OpenAPI document: change that, and generate again.

//! All that can go wrong with a call, as one type.

mod causes;
mod line;
mod questions;
mod said;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::operation::{Operation, OperationRef};
use super::response::Response;
use super::retry;
use super::transport::BoxError;
use super::wire;
pub(super) use line::Line;
use said::Said;

/// What went wrong with a call, or with building a client.
///
/// [`kind`](Self::kind) says at which step. If the server has answered, the answer is in here too: status, headers,
/// the id it gave to the request, and the body as it came, which [`body`](Self::body) decodes.
///
/// `Display` is one line for a log, without secrets and without anything of the body but the server's own message.
/// Causes are in [`source`](StdError::source). A clone is the same error.
#[derive(Clone)]
pub struct Error(Arc<Inner>);

struct Inner {
    kind: ErrorKind,
    operation: Option<OperationRef>,
    /// What we have to say about it.
    summary: Cow<'static, str>,
    /// What the server has.
    said: Said,
    response: Option<Response>,
    /// How often the call was tried; 0 if it never came to that.
    attempts: u32,
    source: Option<BoxError>,
}

/// The step at which something went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client could not be built.
    Configuration,
    /// The request cannot be sent as it is: a parameter would make it another one, or the body cannot be encoded.
    InvalidRequest,
    /// Middleware kept the request from being sent.
    Refused,
    /// There are no credentials to send with the request.
    Credentials,
    /// There is no connection, so the server has not seen the request.
    Connect,
    /// The time for the call was up. Whether the server has seen the request is unknown.
    Timeout,
    /// The connection broke. Whether the server has seen the request is unknown.
    Transport,
    /// The body of the response is longer than the client takes.
    ResponseLimit,
    /// The server answered with a redirect that is not followed.
    Redirect,
    /// The server answered with a status that is no success.
    Status,
    /// The server answered with success, and a body that is not what the document says.
    Decode,
}

/// What is known.
impl Error {
    /// At which step it went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The operation that was called. None if no client could be built.
    pub fn operation(&self) -> Option<&Operation> {
        self.0.operation.as_deref()
    }

    /// How often the call was tried. 0 if nothing could be sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.response.as_ref().map(Response::status)
    }

    /// The headers of the response, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.response.as_ref().map(Response::headers)
    }

    /// The id under which the server knows the request, if it told.
    pub fn request_id(&self) -> Option<&str> {
        self.0.response.as_ref().and_then(Response::request_id)
    }

    /// How long the server asks to be left alone: `retry-after`
    /// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3), section 10.2.3), in seconds or as a date,
    /// counted from when it answered.
    pub fn retry_after(&self) -> Option<Duration> {
        retry::retry_after(self.headers()?)
    }

    /// The body of the response as it came, if all of it came.
    pub fn raw_body(&self) -> Option<&Bytes> {
        let is_whole = matches!(self.kind(), ErrorKind::Redirect | ErrorKind::Status | ErrorKind::Decode);
        self.0.response.as_ref().filter(|_| is_whole).map(Response::body)
    }

    /// The body of the response as the document describes it, if there was one and it does.
    pub fn body<T: DeserializeOwned>(&self) -> Option<T> {
        wire::from_slice(self.raw_body()?).ok()
    }

    /// The member `code` of an error's body, if it is an object with one.
    pub fn code(&self) -> Option<&str> {
        self.0.said.code.as_deref()
    }

    /// The member `message` of an error's body, if it is an object with one.
    pub fn message(&self) -> Option<&str> {
        self.0.said.message.as_deref()
    }

    /// Where in the body decoding came to an end: `$.owners[3].id`.
    pub fn json_path(&self) -> Option<&str> {
        Some(self.0.source.as_ref()?.downcast_ref::<wire::DecodeError>()?.path())
    }
}

impl From<Inner> for Error {
    fn from(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// `GET /apps/{app_id}: 503 Service Unavailable (request id 6f1c2d9e, 4 attempts): no such app`
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.operation() {
            Some(operation) => write!(f, "{operation}")?,
            None => f.write_str("the client cannot be built")?,
        }
        if let Some(status) = self.status() {
            write!(f, ": {status}")?;
        }
        match (self.request_id(), self.attempts()) {
            (Some(id), 0 | 1) => write!(f, " (request id {})", Line(id))?,
            (Some(id), attempts) => write!(f, " (request id {}, {attempts} attempts)", Line(id))?,
            (None, 0 | 1) => {}
            (None, attempts) => write!(f, " ({attempts} attempts)")?,
        }
        for text in [&self.0.summary, self.message().unwrap_or_default()] {
            if !text.is_empty() {
                write!(f, ": {}", Line(text))?;
            }
        }
        Ok(())
    }
}

/// Shows the body by its length only, and no headers.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Error");
        debug.field("kind", &self.kind());
        if let Some(operation) = self.operation() {
            debug.field("operation", operation);
            debug.field("attempts", &self.attempts());
        }
        if let Some(response) = &self.0.response {
            debug.field("status", &response.status().as_u16());
            debug.field("request_id", &response.request_id());
            debug.field("code", &self.code());
            debug.field("message", &self.message());
            debug.field("body", &format_args!("{} bytes", response.body().len()));
        }
        if !self.0.summary.is_empty() {
            debug.field("summary", &self.0.summary);
        }
        if let Some(source) = &self.0.source {
            debug.field("source", source);
        }
        debug.finish()
    }
}

//! All that can go wrong with a call, as one type.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt::{self, Write as _};
use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::body::CollectError;
use super::error_body::ErrorBody;
use super::operation::Operation;
use super::response::Response;
use super::transport::{BoxError, Failure, TransportError};
use super::wire;

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
    operation: Option<&'static Operation>,
    /// What we have to say about it.
    summary: Cow<'static, str>,
    /// What the server has.
    said: ErrorBody,
    response: Option<Response>,
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
    /// There are no credentials to send with the request.
    Credentials,
    /// There is no connection, so the server has not seen the request.
    Connect,
    /// Time was up. Whether the server has seen the request is unknown.
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
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
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

    /// The body of the response as it came, if all of it came.
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.0.response.as_ref().map(Response::body)
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

/// Questions that callers ask.
impl Error {
    /// The client could not be built.
    pub fn is_configuration(&self) -> bool {
        self.kind() == ErrorKind::Configuration
    }

    /// The request could not be sent as it was. Nothing was.
    pub fn is_invalid_request(&self) -> bool {
        self.kind() == ErrorKind::InvalidRequest
    }

    /// There were no credentials to send with the request.
    pub fn is_credentials(&self) -> bool {
        self.kind() == ErrorKind::Credentials
    }

    /// There was no connection.
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Connect
    }

    /// Time was up, at whichever step.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// The network failed: there was no connection, or it broke.
    pub fn is_transport(&self) -> bool {
        matches!(self.kind(), ErrorKind::Connect | ErrorKind::Transport)
    }

    /// The body of the response was longer than the client takes.
    pub fn is_response_limit(&self) -> bool {
        self.kind() == ErrorKind::ResponseLimit
    }

    /// The server answered with a redirect that is not followed.
    pub fn is_redirect(&self) -> bool {
        self.kind() == ErrorKind::Redirect
    }

    /// The server answered with success, and a body that is not what the document says.
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// 400: the server does not take the request.
    pub fn is_bad_request(&self) -> bool {
        self.status() == Some(StatusCode::BAD_REQUEST)
    }

    /// 401: the credentials are missing or not valid.
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(StatusCode::UNAUTHORIZED)
    }

    /// 403: the credentials do not allow it.
    pub fn is_forbidden(&self) -> bool {
        self.status() == Some(StatusCode::FORBIDDEN)
    }

    /// 404: there is no such thing.
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// 409: it does not go with what is there.
    pub fn is_conflict(&self) -> bool {
        self.status() == Some(StatusCode::CONFLICT)
    }

    /// 429: too many requests.
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// 5xx: the server's fault.
    pub fn is_server_error(&self) -> bool {
        self.status().is_some_and(|status| status.is_server_error())
    }
}

/// How errors come about, step by step.
impl Error {
    pub(super) fn configuration(summary: impl Into<Cow<'static, str>>) -> Self {
        Inner::new(ErrorKind::Configuration, None, summary).into()
    }

    #[cfg(feature = "reqwest")]
    pub(super) fn transport_setup(source: impl Into<BoxError>) -> Self {
        let inner = Inner::new(ErrorKind::Configuration, None, "the transport cannot be set up");
        Inner { source: Some(source.into()), ..inner }.into()
    }

    pub(super) fn invalid_request(operation: &'static Operation, summary: String) -> Self {
        Inner::new(ErrorKind::InvalidRequest, Some(operation), summary).into()
    }

    pub(super) fn encode(operation: &'static Operation, source: wire::EncodeError) -> Self {
        let inner = Inner::new(ErrorKind::InvalidRequest, Some(operation), "the body cannot be encoded");
        Inner { source: Some(source.into()), ..inner }.into()
    }

    pub(super) fn credentials(operation: &'static Operation, source: BoxError) -> Self {
        let inner = Inner::new(ErrorKind::Credentials, Some(operation), "no credentials");
        Inner { source: Some(source), ..inner }.into()
    }

    pub(super) fn transport(operation: &'static Operation, error: TransportError) -> Self {
        let summary = error.to_string();
        let kind = match error.failure {
            Failure::Connect => ErrorKind::Connect,
            Failure::Timeout => ErrorKind::Timeout,
            Failure::Broken => ErrorKind::Transport,
        };
        Inner { source: Some(error.source), ..Inner::new(kind, Some(operation), summary) }.into()
    }

    /// The head of a response came, its body did not.
    pub(super) fn no_body(head: Response, error: CollectError) -> Self {
        let inner = match error {
            CollectError::TooLong => {
                Inner::new(ErrorKind::ResponseLimit, None, "the body is longer than the client takes")
            }
            CollectError::Transport(error) => {
                let kind = match error.failure {
                    Failure::Timeout => ErrorKind::Timeout,
                    Failure::Connect | Failure::Broken => ErrorKind::Transport,
                };
                let summary = format!("{error} before the end of the body");
                Inner { source: Some(error.source), ..Inner::new(kind, None, summary) }
            }
        };
        inner.about(head)
    }

    pub(super) fn redirect(response: Response, location: &str) -> Self {
        let summary = format!("redirects to {location}, which is not followed");
        Inner::new(ErrorKind::Redirect, None, summary).about(response)
    }

    pub(super) fn status_of(response: Response) -> Self {
        let said = ErrorBody::read(response.body());
        Inner { said, ..Inner::new(ErrorKind::Status, None, "") }.about(response)
    }

    pub(super) fn decode(response: Response, error: wire::DecodeError) -> Self {
        // What was met instead of the value is left to the source: it is part of the body.
        let summary =
            match response.headers().get(CONTENT_TYPE).map(|kind| kind.to_str().unwrap_or("not text")) {
                _ if response.body().is_empty() => "the body is empty".to_owned(),
                Some(kind) if !is_json(kind) => format!("the body is {kind}, not JSON"),
                _ => format!("the body does not decode at {}", error.path()),
            };
        Inner { source: Some(error.into()), ..Inner::new(ErrorKind::Decode, None, summary) }.about(response)
    }
}

impl Inner {
    fn new(
        kind: ErrorKind,
        operation: Option<&'static Operation>,
        summary: impl Into<Cow<'static, str>>,
    ) -> Self {
        let said = ErrorBody::default();
        Self { kind, operation, summary: summary.into(), said, response: None, source: None }
    }

    fn about(self, response: Response) -> Error {
        Self { operation: Some(response.operation()), response: Some(response), ..self }.into()
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

/// `GET /apps/{app_id}: 404 Not Found (request id 6f1c2d9e): no such app`
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.operation() {
            Some(operation) => write!(f, "{operation}")?,
            None => f.write_str("the client cannot be built")?,
        }
        if let Some(status) = self.status() {
            write!(f, ": {status}")?;
        }
        if let Some(id) = self.request_id() {
            write!(f, " (request id {})", OneLine(id))?;
        }
        for text in [&self.0.summary, self.message().unwrap_or_default()] {
            if !text.is_empty() {
                write!(f, ": {}", OneLine(text))?;
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

/// Text of the server's in a line of ours: not too much of it, and nothing that ends the line or turns it around.
struct OneLine<'a>(&'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, c) in self.0.chars().enumerate() {
            if index == 300 {
                return f.write_str("...");
            }
            let is_layout =
                matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
            if c.is_control() || is_layout {
                write!(f, "{}", c.escape_default())?;
            } else {
                f.write_char(c)?;
            }
        }
        Ok(())
    }
}

/// Whether a content type is JSON or made of it: `application/json; charset=utf-8`, `application/problem+json`.
fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

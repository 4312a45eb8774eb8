//! The error type of the client.
//!
//! This room may import `api`, `auth`, `net`, `rules` and `wire`.

mod body;
mod display;
pub(super) mod limited;
pub(super) mod new_error;
mod node;
mod predicates;
mod problems;
pub(super) mod sanitize;
mod server_message;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::api::operation::{Operation, OperationRef};
use super::auth::Transient;
use super::net::response::Response;
use super::net::retry_hint::retry_after;
use super::net::transport_error::BoxError;
use super::wire;
#[cfg(feature = "shared")]
pub use body::DocumentedBody;
use server_message::ServerMessage;

/// The error of a call, or of building a client.
///
/// [`kind`](Self::kind) returns the step that failed. If there was a response, the error has its status,
/// headers, request id and body, which [`decode`](Self::decode) decodes.
///
/// `Display` is one line for logs: the method and the path of the operation, what failed and why, the request
/// id, and the number of attempts. It shows no secrets of the request, even if the server repeats one, and no
/// query strings. The original causes are in [`source`](StdError::source). Cloning is cheap.
///
/// ```
/// # use runtime::Error;
/// # #[derive(Debug)]
/// # struct Problem(serde_json::Value);
/// # impl<'de> serde::Deserialize<'de> for Problem {
/// #     fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
/// #         serde_json::Value::deserialize(input).map(Self)
/// #     }
/// # }
/// fn print(result: Result<String, Error>) -> Result<(), Error> {
///     match result {
///         Ok(pet) => println!("{pet}"),
///         Err(error) if error.is_not_found() => println!("the pet does not exist"),
///         Err(error) => match error.decode::<Problem>() {
///             Some(Ok(problem)) => println!("{problem:?}"),
///             _ => return Err(error),
///         },
///     }
///     Ok(())
/// }
/// ```
#[derive(Clone)]
pub struct Error(Arc<Inner>);

struct Inner {
    kind: ErrorKind,
    operation: Option<OperationRef>,
    /// The message of the client.
    summary: Cow<'static, str>,
    /// The message of the server.
    server_message: ServerMessage,
    response: Option<Response>,
    /// The number of attempts, or 0 if there was none.
    attempts: u32,
    /// The timeout that elapsed, if it is known.
    timeout: Option<Duration>,
    source: Option<BoxError>,
}

/// The step of a call that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client could not be built.
    Configuration,
    /// The request is not valid: a parameter cannot be part of the URL, or the body cannot be encoded.
    InvalidRequest,
    /// Middleware refused to send the request.
    Refused,
    /// The credentials for the request could not be obtained. Nothing was sent.
    Credentials,
    /// No connection could be opened, or it was closed before the request was sent. Nothing was sent.
    Connect,
    /// A timeout elapsed. The server may have received the request.
    Timeout,
    /// The connection broke. The server may have received the request.
    Transport,
    /// The response body exceeds the response limit.
    ResponseLimit,
    /// The response is a redirect that the client does not follow.
    Redirect,
    /// The status of the response is not a success.
    Status,
    /// The response is a success, but its body or one of its headers does not match the document.
    Decode,
    /// The response is a success without content, but the method returns a value. The server has handled the request.
    NoContent,
    /// A listing has ended although it may not be complete. `Pages` lists the causes.
    Pages,
    /// A blocking call was made on a thread that runs asynchronous tasks.
    Blocking,
}

/// Details of the error.
impl Error {
    /// Returns the step that failed.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the operation that was called, or `None` if there was no call.
    pub fn operation(&self) -> Option<&Operation> {
        self.0.operation.as_deref()
    }

    /// Returns the number of attempts, or 0 if nothing could be sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.response.as_ref().map(Response::status)
    }

    /// Returns the headers of the response, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.response.as_ref().map(Response::headers)
    }

    /// Returns the request id that the server assigned, if there was one.
    pub fn request_id(&self) -> Option<&str> {
        self.0.response.as_ref().and_then(Response::request_id)
    }

    /// Returns how long the server asks the client to wait before a retry, counted from the response: the
    /// header `retry-after` ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3), section
    /// 10.2.3), in seconds or as a date. If the credentials could not be obtained, this is the wait that
    /// their source asks for.
    pub fn retry_after(&self) -> Option<Duration> {
        match self.headers() {
            Some(headers) => retry_after(headers),
            None => self.transient()?.retry_after(),
        }
    }

    /// Returns the transient failure that kept the credentials from being obtained, if it was one.
    pub(super) fn transient(&self) -> Option<&Transient> {
        self.0.source.as_ref()?.downcast_ref()
    }

    /// Returns the JSON path at which the response body does not match the document: `$.owners[3].id`.
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

// @generated from the OpenAPI document: change that, and generate again.

//! All that can go wrong with a call, as one type.

mod body;
mod causes;
pub(super) mod line;
mod questions;
mod said;
mod show;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::auth::Transient;
use super::operation::{Operation, OperationRef};
use super::response::Response;
use super::retry;
use super::transport::BoxError;
use super::wire;
use said::Said;

/// What went wrong with a call, or with building a client.
///
/// [`kind`](Self::kind) says at which step. If the server has answered, the answer is in here too: status, headers,
/// the id it gave to the request, and the body as it came, which [`decode`](Self::decode) decodes.
///
/// `Display` is one line for a log: the method, the path of the operation, the status, the request's id, how often it was
/// tried, and the server's own message. It has nothing else of the body, and no secret that the request was sent with,
/// also where the message repeats one. Causes are in [`source`](StdError::source). A clone is the same error.
///
/// ```
/// # use conductorone::runtime::Error;
/// # #[derive(Debug)]
/// # struct Problem(serde_json::Value);
/// # impl<'de> serde::Deserialize<'de> for Problem {
/// #     fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
/// #         serde_json::Value::deserialize(input).map(Self)
/// #     }
/// # }
/// fn tell(answer: Result<String, Error>) -> Result<(), Error> {
///     match answer {
///         Ok(pet) => println!("{pet}"),
///         Err(error) if error.is_not_found() => println!("no such pet"),
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
    /// There are no credentials to send with the request, so nothing of it has been sent.
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
    /// The server answered with success, and a body or a header that is not what the document says.
    Decode,
    /// The server answered with a page, and with a next one that is not asked for: it has been there already, or is on
    /// another server, or a thousand pages in a row have had no items.
    Pages,
    /// The thread cannot wait for the answer: it runs asynchronous tasks. Only calls that block fail like that.
    Blocking,
}

/// What is known.
impl Error {
    /// At which step it went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The operation that was called. None if no client could be built, or the thread could not wait.
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
    /// counted from when it answered. If there were no credentials, how long who hands them out asks to be left alone.
    pub fn retry_after(&self) -> Option<Duration> {
        match self.headers() {
            Some(headers) => retry::retry_after(headers),
            None => self.transient()?.retry_after(),
        }
    }

    /// Why there are no credentials, if there may be some in a moment.
    pub(super) fn transient(&self) -> Option<&Transient> {
        self.0.source.as_ref()?.downcast_ref()
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

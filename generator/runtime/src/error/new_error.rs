//! Constructors of [`Error`], in the order in which a call can reach them.
//!
//! They are cold, so that the compiler keeps them away from the code of successful calls.

use std::borrow::Cow;
use std::str::Utf8Error;
use std::sync::Arc;
use std::time::Duration;

use http::Uri;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};

use super::super::api::operation::OperationRef;
use super::super::net::body::CollectError;
use super::super::net::failure_reason;
use super::super::net::response::Response;
use super::super::net::secrets::Secrets;
#[cfg(feature = "reqwest")]
use super::super::net::transport_error::BoxError;
use super::super::net::transport_error::{Failure, TransportError};
use super::super::rules::media_type;
use super::super::wire;
use super::server_message::ServerMessage;
use super::{Error, ErrorKind, Inner};

pub(in super::super) fn configuration(summary: impl Into<Cow<'static, str>>) -> Error {
    Inner::new(ErrorKind::Configuration, None, summary).into()
}

#[cfg(feature = "reqwest")]
pub(in super::super) fn transport_setup(source: impl Into<BoxError>) -> Error {
    let source = source.into();
    let summary = format!("the transport cannot be set up: {}", failure_reason::last_cause(&*source));
    let inner = Inner::new(ErrorKind::Configuration, None, summary);
    Inner { source: Some(source), ..inner }.into()
}

#[cfg(all(feature = "blocking", not(target_os = "unknown")))]
pub(in super::super) fn blocking(summary: impl Into<Cow<'static, str>>) -> Error {
    Inner::new(ErrorKind::Blocking, None, summary).into()
}

#[cold]
pub(in super::super) fn invalid_request(operation: OperationRef, summary: String) -> Error {
    Inner::new(ErrorKind::InvalidRequest, Some(operation), summary).into()
}

#[cold]
pub(in super::super) fn body_already_sent(operation: OperationRef) -> Error {
    let summary = "the request body is a stream and was already sent";
    Inner::new(ErrorKind::InvalidRequest, Some(operation), summary).into()
}

#[cold]
pub(in super::super) fn encode(operation: OperationRef, source: wire::EncodeError) -> Error {
    let summary = format!("the request body cannot be encoded: {source}");
    let inner = Inner::new(ErrorKind::InvalidRequest, Some(operation), summary);
    Inner { source: Some(source.into()), ..inner }.into()
}

/// A request to `uri` got no response. `secrets` are those that it was sent with.
#[cold]
pub(in super::super) fn transport(
    operation: OperationRef,
    uri: &Uri,
    secrets: Option<&Secrets>,
    error: TransportError,
) -> Error {
    let kind = match error.failure {
        Failure::Connect => ErrorKind::Connect,
        Failure::Timeout => ErrorKind::Timeout,
        Failure::Broken => ErrorKind::Transport,
        Failure::Refused => ErrorKind::Refused,
        Failure::Credentials => ErrorKind::Credentials,
    };
    let summary = match kind {
        ErrorKind::Connect | ErrorKind::Transport => {
            format!("{error} ({})", failure_reason::host(uri, &*error.source))
        }
        // `Display` adds the timeout.
        ErrorKind::Timeout => String::new(),
        _ => error.to_string(),
    };
    let summary = match secrets {
        Some(secrets) => secrets.redact(&summary).into_owned(),
        None => summary,
    };
    let timeout = error.timeout;
    Inner { source: Some(error.source), timeout, ..Inner::new(kind, Some(operation), summary) }.into()
}

/// The head of a response arrived, but not its whole body.
#[cold]
pub(in super::super) fn incomplete_body(head: Response, error: CollectError) -> Error {
    let inner = match error {
        CollectError::TooLong => {
            Inner::new(ErrorKind::ResponseLimit, None, "the response body exceeds the response limit")
        }
        CollectError::Transport(error) => {
            let (kind, summary) = match error.failure {
                Failure::Timeout => (ErrorKind::Timeout, String::new()),
                _ => (ErrorKind::Transport, format!("{error} while reading the response body")),
            };
            let timeout = error.timeout;
            Inner { source: Some(error.source), timeout, ..Inner::new(kind, None, summary) }
        }
    };
    inner.with_response(head)
}

#[cold]
pub(in super::super) fn redirect(response: Response, location: &str) -> Error {
    let summary = format!("the redirect to {location} is not followed");
    Inner::new(ErrorKind::Redirect, None, summary).with_response(response)
}

#[cold]
pub(in super::super) fn unsuccessful(response: Response) -> Error {
    let server_message = ServerMessage::read(response.body(), response.secrets());
    Inner { server_message, ..Inner::new(ErrorKind::Status, None, "") }.with_response(response)
}

#[cold]
pub(in super::super) fn not_text(response: Response, problem: String, source: Option<Utf8Error>) -> Error {
    let inner = Inner::new(ErrorKind::Decode, None, problem);
    Inner { source: source.map(Into::into), ..inner }.with_response(response)
}

#[cold]
pub(in super::super) fn undecodable(response: Response, error: wire::DecodeError) -> Error {
    if response.body().is_empty() {
        let summary = "the request succeeded, but the response has no content";
        let inner = Inner::new(ErrorKind::NoContent, None, summary);
        return Inner { source: Some(error.into()), ..inner }.with_response(response);
    }
    let header = |name| response.headers().get(name).map(|value| value.to_str().unwrap_or("not text"));
    let summary = match (header(CONTENT_ENCODING), header(CONTENT_TYPE)) {
        // The client does not ask for compression: decompressing could use any amount of memory.
        (Some(coding), _) if !coding.eq_ignore_ascii_case("identity") => {
            Some(format!("the response body is compressed ({coding})"))
        }
        (_, Some(kind)) if !media_type::is_json(kind) => {
            Some(format!("the response body is {kind}, not JSON"))
        }
        _ => None,
    };
    Inner::undecodable(response, error, |error| {
        summary.unwrap_or_else(|| format!("response body at {error}"))
    })
}

/// A header does not match the document. Its value may be a secret, so it is not in the error.
#[cold]
pub(in super::super) fn undecodable_header(response: Response, name: &str, problem: &str) -> Error {
    let summary = format!("the response header `{name}` {problem}");
    Inner::new(ErrorKind::Decode, None, summary).with_response(response)
}

/// An item of a stream does not match the document. The body of the response is the item.
#[cfg(feature = "streams")]
#[cold]
pub(in super::super) fn undecodable_item(response: Response, item: u64, error: wire::DecodeError) -> Error {
    Inner::undecodable(response, error, |error| format!("item {item} of the stream at {error}"))
}

#[cfg(feature = "streams")]
#[cold]
pub(in super::super) fn item_too_long(head: Response, item: u64) -> Error {
    let summary = format!("item {item} of the stream exceeds the response limit");
    Inner::new(ErrorKind::ResponseLimit, None, summary).with_response(head)
}

/// The media type of the response is not a stream that the client can read.
#[cfg(feature = "streams")]
#[cold]
pub(in super::super) fn not_a_stream(head: Response, summary: String) -> Error {
    Inner::new(ErrorKind::Decode, None, summary).with_response(head)
}

/// The next page is not requested.
#[cfg(feature = "pages")]
#[cold]
pub(in super::super) fn pages(response: Response, summary: String) -> Error {
    Inner::new(ErrorKind::Pages, None, summary).with_response(response)
}

/// The server refuses a page that it announced.
#[cfg(feature = "pages")]
#[cold]
pub(in super::super) fn refused_page(refusal: &Error, summary: String) -> Error {
    let inner = Inner::new(ErrorKind::Pages, None, summary);
    match &refusal.0.response {
        Some(response) => inner.with_response(response.clone()),
        None => refusal.clone(),
    }
}

impl Error {
    /// Returns the error of a call that ended with this attempt, and with this timeout if it timed out.
    #[cold]
    pub(in super::super) fn with_attempts(mut self, attempts: u32, timeout: Option<Duration>) -> Self {
        // Always `Some`: the error is not shared yet.
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.attempts = attempts;
            inner.timeout = inner.timeout.or(timeout);
        }
        self
    }
}

impl Inner {
    fn new(kind: ErrorKind, operation: Option<OperationRef>, summary: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind,
            operation,
            summary: summary.into(),
            server_message: ServerMessage::default(),
            response: None,
            attempts: 0,
            timeout: None,
            source: None,
        }
    }

    /// Hides the secrets of the request in the error. It does so before the error is shown: then values are
    /// cut, and part of a secret could not be recognized.
    fn undecodable(
        response: Response,
        error: wire::DecodeError,
        summary: impl FnOnce(&wire::DecodeError) -> String,
    ) -> Error {
        let problem = error.raw_problem();
        let (path, problem) = (response.secrets().redact(error.path()), response.secrets().redact(&problem));
        let error = match (&path, &problem) {
            (Cow::Borrowed(_), Cow::Borrowed(_)) => error,
            _ => wire::DecodeError::at(path.into_owned(), problem.into_owned()),
        };
        let error = error.bounded();
        let inner = Self::new(ErrorKind::Decode, None, summary(&error));
        Self { source: Some(error.into()), ..inner }.with_response(response)
    }

    fn with_response(self, response: Response) -> Error {
        let (operation, attempts) = (Some(response.operation_ref()), response.attempts());
        Self { operation, attempts, response: Some(response), ..self }.into()
    }
}

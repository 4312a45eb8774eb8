// @generated from the OpenAPI document. Change the document, and generate again.

//! `Display` and `Debug` of errors, and their names in metrics.

use std::borrow::Cow;
use std::fmt;

use http::StatusCode;

use super::super::net::failure_reason;
use super::super::net::response::Response;
use super::limited::Limited;
use super::sanitize::Sanitized;
use super::{Error, ErrorKind};

impl Error {
    /// Replaces the secrets of the request in a text.
    fn redact<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.0.response.as_ref().map(Response::secrets) {
            Some(secrets) => secrets.redact(text),
            None => Cow::Borrowed(text),
        }
    }

    /// Returns the value of `error.type` in traces: the status, or the name of the error kind.
    #[cfg(feature = "tracing")]
    pub(in super::super) fn type_name(&self) -> Cow<'static, str> {
        match (self.kind(), self.status()) {
            (ErrorKind::Status, Some(status)) => status.as_u16().to_string().into(),
            (kind, _) => kind.as_str().into(),
        }
    }
}

impl ErrorKind {
    /// Returns the name of the kind for logs and metrics: `connect`, `response_limit`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::InvalidRequest => "invalid_request",
            Self::Refused => "refused",
            Self::Credentials => "credentials",
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Transport => "transport",
            Self::ResponseLimit => "response_limit",
            Self::Redirect => "redirect",
            Self::Status => "status",
            Self::Decode => "decode",
            Self::NoContent => "no_content",
            Self::Pages => "pages",
            Self::Blocking => "blocking",
        }
    }
}

/// `GET /apps/{app_id}: 503 Service Unavailable (request id 6f1c2d9e, 4 attempts): the database is down`
///
/// `GET /apps/{app_id}: connection refused (127.0.0.1:8080), after 4 attempts`
///
/// `GET /apps/{app_id}: response body at $.items[0].id: expected a UUID, got "42"`
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.operation() {
            Some(operation) => write!(f, "{operation}")?,
            None if self.kind() == ErrorKind::Blocking => f.write_str("the call cannot block")?,
            None => f.write_str("the client cannot be built")?,
        }
        match self.status() {
            // Every response that does not decode has a success status.
            Some(StatusCode::OK) if self.kind() == ErrorKind::Decode => {}
            Some(status) => write!(f, ": {status}")?,
            None => {}
        }
        let has_response = self.0.response.is_some();
        let id = self.request_id().map(|id| self.redact(id));
        match (&id, self.attempts()) {
            (Some(id), 0 | 1) => write!(f, " (request id {})", Sanitized(id))?,
            (Some(id), attempts) => write!(f, " (request id {}, {attempts} attempts)", Sanitized(id))?,
            (None, attempts) if has_response && attempts > 1 => write!(f, " ({attempts} attempts)")?,
            (None, _) => {}
        }
        if self.kind() == ErrorKind::Timeout {
            write!(f, ": {}", failure_reason::timed_out(self.0.timeout))?;
            if has_response {
                f.write_str(" while reading the response body")?;
            }
        }
        // Some servers repeat the phrase of the status.
        let phrase = self.status().and_then(|status| status.canonical_reason());
        for text in [&self.0.summary, self.message().unwrap_or_default()] {
            if !text.is_empty() && Some(text) != phrase {
                write!(f, ": {}", Sanitized(&self.redact(text)))?;
            }
        }
        if !has_response && self.attempts() > 1 {
            write!(f, ", after {} attempts", self.attempts())?;
        }
        Ok(())
    }
}

/// The number of characters of a text that are shown.
const MAX_TEXT: usize = 300;
/// The number of characters of the source that are shown.
const MAX_SOURCE: usize = 2_000;

/// Shows the length of the body, not its content, and no headers. Long texts are cut.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Error");
        debug.field("kind", &self.kind());
        if let Some(operation) = self.operation() {
            debug.field("operation", operation);
            debug.field("attempts", &self.attempts());
        }
        if let Some(timeout) = &self.0.timeout {
            debug.field("timeout", timeout);
        }
        if let Some(response) = &self.0.response {
            debug.field("status", &response.status().as_u16());
            debug.field("request_id", &Limited(response.request_id().map(|id| self.redact(id)), MAX_TEXT));
            debug.field("code", &Limited(self.code(), MAX_TEXT));
            debug.field("message", &Limited(self.message(), MAX_TEXT));
            debug.field("body", &format_args!("{} bytes", response.body().len()));
        }
        if !self.0.summary.is_empty() {
            debug.field("summary", &Limited(self.redact(&self.0.summary), MAX_TEXT));
        }
        if let Some(source) = &self.0.source {
            debug.field("source", &Limited(source, MAX_SOURCE));
        }
        debug.finish()
    }
}

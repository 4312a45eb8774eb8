// @generated from the OpenAPI document: change that, and generate again.

//! What an error looks like: to people, to programmers, and to what counts errors.

use std::borrow::Cow;
use std::fmt;

use super::super::response::Response;
use super::line::Line;
use super::{Error, ErrorKind};

impl Error {
    /// The text without the secrets that the request was sent with.
    fn hide<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.0.response.as_ref().map(Response::secrets) {
            Some(secrets) => secrets.hide(text),
            None => Cow::Borrowed(text),
        }
    }

    /// What tells it from others, for those that count: the status, or the step at which it went wrong.
    #[cfg(feature = "tracing")]
    pub(in super::super) fn type_name(&self) -> Cow<'static, str> {
        match (self.kind(), self.status()) {
            (ErrorKind::Status, Some(status)) => status.as_u16().to_string().into(),
            (kind, _) => kind.as_str().into(),
        }
    }
}

impl ErrorKind {
    /// Its name, for logs and metrics: `connect`, `response_limit`.
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
            Self::Pages => "pages",
            Self::Blocking => "blocking",
        }
    }
}

/// `GET /apps/{app_id}: 503 Service Unavailable (request id 6f1c2d9e, 4 attempts): no such app`
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.operation() {
            Some(operation) => write!(f, "{operation}")?,
            None if self.kind() == ErrorKind::Blocking => f.write_str("the call cannot block")?,
            None => f.write_str("the client cannot be built")?,
        }
        if let Some(status) = self.status() {
            write!(f, ": {status}")?;
        }
        let id = self.request_id().map(|id| self.hide(id));
        match (&id, self.attempts()) {
            (Some(id), 0 | 1) => write!(f, " (request id {})", Line(id))?,
            (Some(id), attempts) => write!(f, " (request id {}, {attempts} attempts)", Line(id))?,
            (None, 0 | 1) => {}
            (None, attempts) => write!(f, " ({attempts} attempts)")?,
        }
        for text in [&self.0.summary, self.message().unwrap_or_default()] {
            if !text.is_empty() {
                write!(f, ": {}", Line(&self.hide(text)))?;
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
            debug.field("request_id", &response.request_id().map(|id| self.hide(id)));
            debug.field("code", &self.code());
            debug.field("message", &self.message());
            debug.field("body", &format_args!("{} bytes", response.body().len()));
        }
        if !self.0.summary.is_empty() {
            debug.field("summary", &self.hide(&self.0.summary));
        }
        if let Some(source) = &self.0.source {
            debug.field("source", source);
        }
        debug.finish()
    }
}

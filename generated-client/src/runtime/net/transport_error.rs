// @generated from the OpenAPI document. Change the document, and generate again.

//! [`TransportError`], the reason that a response was not received.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::failure_reason;

/// Any error.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// The reason that a response was not received, or only partly.
#[derive(Debug)]
pub struct TransportError {
    pub(in super::super) failure: Failure,
    pub(in super::super) source: BoxError,
    /// The timeout that elapsed, if it is known.
    pub(in super::super) timeout: Option<Duration>,
}

/// The kind of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Failure {
    Connect,
    Timeout,
    Broken,
    Refused,
    Credentials,
}

impl TransportError {
    /// No connection could be opened. Nothing was sent.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self::new(Failure::Connect, source.into())
    }

    /// A timeout elapsed. The server may have received the request.
    pub fn timeout(source: impl Into<BoxError>) -> Self {
        Self::new(Failure::Timeout, source.into())
    }

    /// The connection broke, or another failure occurred. The server may have received the request.
    pub fn broken(source: impl Into<BoxError>) -> Self {
        Self::new(Failure::Broken, source.into())
    }

    fn new(failure: Failure, source: BoxError) -> Self {
        Self { failure, source, timeout: None }
    }

    /// Names the timeout that elapsed.
    pub(in super::super) fn after(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
    }
}

/// Failures before the request reaches the network.
impl TransportError {
    /// Middleware or the transport refuses to send the request. It is not retried.
    pub fn refused(source: impl Into<BoxError>) -> Self {
        Self::new(Failure::Refused, source.into())
    }

    pub(in super::super) fn credentials(source: BoxError) -> Self {
        Self::new(Failure::Credentials, source)
    }

    /// Returns true if the network failed, so a retry can succeed.
    #[allow(dead_code, reason = "only used by crates that request tokens")]
    pub(in super::super) fn is_transient(&self) -> bool {
        matches!(self.failure, Failure::Connect | Failure::Timeout | Failure::Broken)
    }
}

/// Predicates for middleware.
impl TransportError {
    /// Returns true if no connection could be opened. Nothing was sent.
    pub fn is_connect(&self) -> bool {
        self.failure == Failure::Connect
    }

    /// Returns true if a timeout elapsed.
    pub fn is_timeout(&self) -> bool {
        self.failure == Failure::Timeout
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = &*self.source;
        let network_reason = |general: &str| {
            failure_reason::reason(source)
                .unwrap_or_else(|| format!("{general}: {}", failure_reason::last_cause(source)))
        };
        f.write_str(&match self.failure {
            Failure::Connect => network_reason("cannot connect"),
            Failure::Timeout => failure_reason::timed_out(self.timeout),
            Failure::Broken => network_reason("connection failed"),
            Failure::Refused => {
                format!("not sent: {}", failure_reason::without_credentials(&source.to_string()))
            }
            Failure::Credentials => {
                format!("no credentials: {}", failure_reason::without_credentials(&source.to_string()))
            }
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

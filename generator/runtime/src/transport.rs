//! The interface to the network: one request in, one response out.
//!
//! An HTTP library, a mock for tests or a wrapper around another transport implements [`Transport`]. The
//! client itself adds credentials, follows redirects, enforces limits and makes errors, so these are the same
//! over every transport.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::body::Body;
use super::error::network;
use super::time::Instant;

/// A boxed future.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Any error.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Sends requests.
///
/// A transport sends each request once and unchanged: it adds no credentials, follows no redirects and makes
/// no retries. It returns the response when its head has arrived; the body is received while it is read.
///
/// A body whose [length](Body::length) is known is sent with that length.
///
/// A request fails at its deadline, also while a body is sent or received. The extensions of a request hold the
/// [`Attempt`](super::Attempt) that it belongs to. Token requests have none.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request. It fails with [`TransportError::timeout`] at the deadline.
    fn send(
        &self,
        request: http::Request<Body>,
        deadline: Option<Instant>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;

    /// Waits, with the timer of the async runtime. Dropping the future cancels the timer.
    ///
    /// The client calls this between attempts. A transport for tests can return at once.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;

    /// Waits for a time limit to elapse while something else is pending, such as credentials or the next
    /// chunk of a body.
    ///
    /// If [`sleep`](Self::sleep) returns at once, as in tests, return a future here that never completes.
    fn limit(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.sleep(duration)
    }
}

/// The reason that a response was not received, or only partly.
#[derive(Debug)]
pub struct TransportError {
    pub(super) failure: Failure,
    pub(super) source: BoxError,
    /// The timeout that elapsed, if it is known.
    pub(super) timeout: Option<Duration>,
}

/// The kind of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
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
    pub(super) fn after(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
    }
}

/// Failures before the request reaches the network.
impl TransportError {
    /// Middleware or the transport refuses to send the request. It is not retried.
    pub fn refused(source: impl Into<BoxError>) -> Self {
        Self::new(Failure::Refused, source.into())
    }

    pub(super) fn credentials(source: BoxError) -> Self {
        Self::new(Failure::Credentials, source)
    }

    /// Returns true if the network failed, so a retry can succeed.
    #[allow(dead_code, reason = "only used by crates that request tokens")]
    pub(super) fn is_transient(&self) -> bool {
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
            network::reason(source).unwrap_or_else(|| format!("{general}: {}", network::last_cause(source)))
        };
        f.write_str(&match self.failure {
            Failure::Connect => network_reason("cannot connect"),
            Failure::Timeout => network::timed_out(self.timeout),
            Failure::Broken => network_reason("connection failed"),
            Failure::Refused => format!("not sent: {}", network::without_credentials(&source.to_string())),
            Failure::Credentials => {
                format!("no credentials: {}", network::without_credentials(&source.to_string()))
            }
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

macro_rules! delegate_through_pointer {
    ($($pointer:ident)+) => {$(
        /// Sends requests with the transport that the pointer owns.
        impl<T: Transport + ?Sized> Transport for $pointer<T> {
            fn send(
                &self,
                request: http::Request<Body>,
                deadline: Option<Instant>,
            ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
                (**self).send(request, deadline)
            }

            fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
                (**self).sleep(duration)
            }

            fn limit(&self, duration: Duration) -> BoxFuture<'_, ()> {
                (**self).limit(duration)
            }
        }
    )+};
}

delegate_through_pointer! { Arc Box }

// @generated from the OpenAPI document: change that, and generate again.

//! The seam to the network: one request in, one response out.
//!
//! Whatever sits between a client and its server plugs in here: an HTTP library, a recording for tests, something that
//! wraps another transport to look at what passes. What has to be the same over each of them stays above the seam:
//! credentials, redirects, limits, errors.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::body::Body;
use super::time::Instant;

/// A boxed future.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Any error.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Sends requests.
///
/// A transport sends what it is given as it is given, once: it adds no credentials, follows no redirect and does not
/// try again. It answers as soon as the head of the response is there; the body follows while it is read.
///
/// A body whose [length](Body::length) is known is sent with that length.
///
/// It gives up when the deadline passes, also in the middle of a body. The extensions of a request that belongs to a call
/// hold the [`Attempt`](super::Attempt); one for a token belongs to no call.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request, which has taken too long at the deadline.
    fn send(
        &self,
        request: http::Request<Body>,
        deadline: Option<Instant>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;

    /// Waits for so long, by the timer of whatever runtime the transport runs in. Waiting ends when the future is
    /// dropped.
    ///
    /// A client waits here before it tries again, so a transport for tests need not wait.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;

    /// Waits likewise while something else is under way that is not to take longer: credentials are fetched, say, or the
    /// next piece of a body is to come.
    ///
    /// A transport for tests whose [`sleep`](Self::sleep) does not wait has one here that does not end.
    fn limit(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.sleep(duration)
    }
}

/// No response, or only part of one.
#[derive(Debug)]
pub struct TransportError {
    pub(super) failure: Failure,
    pub(super) source: BoxError,
}

/// How far a transport came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    Connect,
    Timeout,
    Broken,
    Refused,
    Credentials,
}

impl TransportError {
    /// There was no connection, so nothing has been sent.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self { failure: Failure::Connect, source: source.into() }
    }

    /// Time was up. Whether the server has seen the request is unknown.
    pub fn timeout(source: impl Into<BoxError>) -> Self {
        Self { failure: Failure::Timeout, source: source.into() }
    }

    /// Anything else, a connection that broke first of all. Whether the server has seen the request is unknown.
    pub fn broken(source: impl Into<BoxError>) -> Self {
        Self { failure: Failure::Broken, source: source.into() }
    }
}

/// What becomes of a request before it comes to the network.
impl TransportError {
    /// Something before the network, middleware say, keeps the request from being sent. It is not tried again.
    pub fn refused(source: impl Into<BoxError>) -> Self {
        Self { failure: Failure::Refused, source: source.into() }
    }

    pub(super) fn credentials(source: BoxError) -> Self {
        Self { failure: Failure::Credentials, source }
    }

    /// Whether the network failed, which may go better another time.
    #[allow(dead_code, reason = "a crate asks for tokens where its document says of whom")]
    pub(super) fn may_pass(&self) -> bool {
        matches!(self.failure, Failure::Connect | Failure::Timeout | Failure::Broken)
    }
}

/// What middleware may want to know.
impl TransportError {
    /// Whether there was no connection, so that nothing has been sent.
    pub fn is_connect(&self) -> bool {
        self.failure == Failure::Connect
    }

    /// Whether time was up.
    pub fn is_timeout(&self) -> bool {
        self.failure == Failure::Timeout
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.failure {
            Failure::Connect => "no connection",
            Failure::Timeout => "timed out",
            Failure::Broken => "the connection failed",
            Failure::Refused => "not sent",
            Failure::Credentials => "no credentials",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

macro_rules! by_pointer {
    ($($pointer:ident)+) => {$(
        /// What is shared or boxed sends requests as what is in it does.
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

by_pointer! { Arc Box }

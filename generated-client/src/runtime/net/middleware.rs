// @generated from the OpenAPI document. Change the document, and generate again.

//! Middleware: code of the user around every request, to observe, change or reject it.

use std::fmt;
use std::sync::Arc;

use super::super::api::operation::{Operation, OperationRef};
use super::body::Body;
use super::time::Instant;
use super::transport::BoxFuture;
use super::transport_error::TransportError;

/// Code that runs between a client and its transport, around every attempt.
///
/// Middleware receives a request and passes it on with [`Next::run`], unchanged or changed. It can also
/// return a response of its own without calling `run`. It receives the response before its status is checked,
/// and can read or replace its body.
///
/// Middleware runs in the order in which it was added to the builder: the first one sees a request first and
/// its response last. It runs again for each retry and for each redirect that is followed. [`Attempt`] in the
/// extensions of the request identifies the attempt.
///
/// Credentials are added after the last middleware, so middleware that logs requests cannot log a token. If
/// middleware changes the scheme, host or port of a request with credentials, the request is not sent and the
/// call fails with [`Error::is_refused`](super::super::Error::is_refused). To sign complete requests, implement
/// [`Authorize`](super::super::Authorize) instead.
///
/// ```
/// # use conductorone::runtime::{Body, Middleware, MiddlewareFuture, Next};
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// struct Counter(AtomicU64);
///
/// impl Middleware for Counter {
///     fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> MiddlewareFuture<'a> {
///         self.0.fetch_add(1, Ordering::Relaxed);
///         next.run(request)
///     }
/// }
/// ```
pub trait Middleware: Send + Sync + 'static {
    /// Handles a request and returns its response.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Next::run`]. To reject a request, return [`TransportError::refused`].
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> MiddlewareFuture<'a>;
}

/// The future that [`Middleware::handle`] returns.
pub type MiddlewareFuture<'a> = BoxFuture<'a, Result<http::Response<Body>, TransportError>>;

/// The remaining middleware and the transport.
pub struct Next<'a> {
    pub(in super::super) rest: &'a [Box<dyn Middleware>],
    pub(in super::super) network: &'a dyn Network,
}

/// The steps after the last middleware.
pub(in super::super) trait Network: Sync {
    /// Adds credentials to a request and sends it.
    fn send(&self, request: http::Request<Body>) -> MiddlewareFuture<'_>;
}

impl<'a> Next<'a> {
    /// Passes a request on to the next middleware, or to the transport after the last one.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no response. A response is not an error, whatever its status is.
    pub fn run(self, request: http::Request<Body>) -> MiddlewareFuture<'a> {
        match self.rest.split_first() {
            Some((first, rest)) => first.handle(request, Self { rest, ..self }),
            None => self.network.send(request),
        }
    }
}

impl fmt::Debug for Next<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next").field("middleware", &self.rest.len()).finish_non_exhaustive()
    }
}

/// The attempt and the operation to which a request belongs. [`Middleware`] and
/// [`Transport`](super::super::Transport) find it in the extensions of the request.
#[derive(Clone)]
pub struct Attempt {
    pub(in super::super) operation: OperationRef,
    pub(in super::super) number: u32,
    pub(in super::super) deadline: Option<Instant>,
}

impl Attempt {
    /// Returns the operation of the request.
    pub fn operation(&self) -> &Operation {
        &self.operation
    }

    /// Returns the number of the attempt, starting at 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the deadline of the attempt, if it has one.
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt").field("operation", self.operation()).field("number", &self.number).finish()
    }
}

/// Delegates to the shared value.
impl<T: Middleware + ?Sized> Middleware for Arc<T> {
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> MiddlewareFuture<'a> {
        (**self).handle(request, next)
    }
}

/// Delegates to the boxed value.
impl<T: Middleware + ?Sized> Middleware for Box<T> {
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> MiddlewareFuture<'a> {
        (**self).handle(request, next)
    }
}

// @generated from the OpenAPI document: change that, and generate again.

//! Middleware: what a user wants to see, count, change or prevent, around every attempt.

use std::fmt;
use std::sync::Arc;

use super::body::Body;
use super::operation::{Operation, OperationRef};
use super::time::Instant;
use super::transport::{BoxFuture, TransportError};

/// Stands between a client and its network, around each attempt of each call.
///
/// It sees the request, and hands it on by [`Next::run`]: as it came or changed, or not at all, if it answers by
/// itself. It sees the response likewise, before anybody has looked at its status, and its body if it reads it.
///
/// Middleware stands in the order in which the builder got it: the first sees requests first, and responses last. An
/// attempt that is tried again passes all of it again, and so does a redirect that is followed; [`Attempt`], among the
/// extensions of the request, says which one it is.
///
/// Credentials are added behind the last middleware. So none sees them, and what logs requests cannot log a token; and
/// a request with credentials that has been turned to another scheme, host or port is not sent, but is an error. What
/// has to see a request with all that is in it, to sign it say, is [`Authorize`](super::Authorize).
///
/// ```
/// # use conductorone::runtime::{Answered, Body, Middleware, Next};
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// struct Counted(AtomicU64);
///
/// impl Middleware for Counted {
///     fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> Answered<'a> {
///         self.0.fetch_add(1, Ordering::Relaxed);
///         next.run(request)
///     }
/// }
/// ```
pub trait Middleware: Send + Sync + 'static {
    /// Takes a request to its response.
    ///
    /// # Errors
    ///
    /// Those of [`Next::run`], or [`TransportError::refused`] for one of its own.
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> Answered<'a>;
}

/// What comes of an attempt.
pub type Answered<'a> = BoxFuture<'a, Result<http::Response<Body>, TransportError>>;

/// What stands between a middleware and the network.
pub struct Next<'a> {
    pub(super) rest: &'a [Box<dyn Middleware>],
    pub(super) network: &'a dyn Network,
}

/// What stands behind the last middleware.
pub(super) trait Network: Sync {
    /// Adds credentials to a request, and sends it.
    fn send(&self, request: http::Request<Body>) -> Answered<'_>;
}

impl<'a> Next<'a> {
    /// Hands a request on.
    ///
    /// # Errors
    ///
    /// If there is no response. A response is none, whatever its status.
    pub fn run(self, request: http::Request<Body>) -> Answered<'a> {
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

/// Which attempt of which operation a request is: an extension of the request that a [`Middleware`] and a
/// [`Transport`](super::Transport) are given.
#[derive(Clone)]
pub struct Attempt {
    pub(super) operation: OperationRef,
    pub(super) number: u32,
    pub(super) deadline: Option<Instant>,
}

impl Attempt {
    /// The operation that is called.
    pub fn operation(&self) -> &Operation {
        &self.operation
    }

    /// 1 for the first attempt.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// When it has taken too long, if it ever does.
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt").field("operation", self.operation()).field("number", &self.number).finish()
    }
}

/// What is shared does what is in it.
impl<T: Middleware + ?Sized> Middleware for Arc<T> {
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> Answered<'a> {
        (**self).handle(request, next)
    }
}

/// What is boxed does what is in it.
impl<T: Middleware + ?Sized> Middleware for Box<T> {
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> Answered<'a> {
        (**self).handle(request, next)
    }
}

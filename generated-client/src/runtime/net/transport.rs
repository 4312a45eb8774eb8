// @generated from the OpenAPI document. Change the document, and generate again.

//! The interface to the network: one request in, one response out.
//!
//! An HTTP library, a mock for tests or a wrapper around another transport implements [`Transport`]. The
//! client itself adds credentials, follows redirects, enforces limits and makes errors, so these are the same
//! over every transport.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::body::Body;
use super::time::Instant;
use super::transport_error::TransportError;

/// A boxed future.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests.
///
/// A transport sends each request once and unchanged: it adds no credentials, follows no redirects and makes
/// no retries. It returns the response when its head has arrived; the body is received while it is read.
///
/// A body whose [length](Body::length) is known is sent with that length.
///
/// A request fails at its deadline, also while a body is sent or received. The extensions of a request hold the
/// [`Attempt`](super::super::Attempt) that it belongs to. Token requests have none.
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

// @generated from the OpenAPI document. Change the document, and generate again.

//! User-defined credentials.

use std::sync::Arc;

use super::super::net::body::Body;
use super::super::net::transport::BoxFuture;
use super::super::net::transport_error::BoxError;

/// Adds credentials to requests in a way that the document does not describe, such as a signature of the
/// whole request.
///
/// It is called before each request, which is complete except for its credentials. Redirects to another URL
/// are not followed, so credentials are only sent to the server of the client. Mark header values with
/// secrets as [sensitive](http::HeaderValue::set_sensitive).
pub trait Authorize: Send + Sync + 'static {
    /// Adds credentials to a request, after fetching them if necessary.
    ///
    /// # Errors
    ///
    /// The call fails with [`Error::is_credentials`](super::super::Error::is_credentials). It is retried
    /// first if the error is a [`Transient`](super::Transient).
    fn authorize<'a>(&'a self, request: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>>;
}

/// Delegates to the shared value.
impl<T: Authorize + ?Sized> Authorize for Arc<T> {
    fn authorize<'a>(&'a self, request: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>> {
        (**self).authorize(request)
    }
}

/// Delegates to the boxed value.
impl<T: Authorize + ?Sized> Authorize for Box<T> {
    fn authorize<'a>(&'a self, request: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>> {
        (**self).authorize(request)
    }
}

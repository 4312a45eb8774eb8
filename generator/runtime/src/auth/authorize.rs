//! Credentials of the user's own making.

use std::sync::Arc;

use super::super::body::Body;
use super::super::transport::{BoxError, BoxFuture};

/// Adds credentials to requests, in a way that the document does not describe: a signature over the whole request, say.
///
/// It is asked before each request, which is complete but for them and goes to the server that the client was built
/// for: responses that redirect elsewhere are not followed. A header value that holds a secret should be
/// [sensitive](http::HeaderValue::set_sensitive).
pub trait Authorize: Send + Sync + 'static {
    /// Adds credentials to a request, fetching them first if need be.
    fn authorize<'a>(&'a self, request: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>>;
}

/// What is shared adds the credentials of what is in it.
impl<T: Authorize + ?Sized> Authorize for Arc<T> {
    fn authorize<'a>(&'a self, request: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>> {
        (**self).authorize(request)
    }
}

/// Likewise.
impl<T: Authorize + ?Sized> Authorize for Box<T> {
    fn authorize<'a>(&'a self, request: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>> {
        (**self).authorize(request)
    }
}

// @generated from the OpenAPI document: change that, and generate again.

//! Credentials: what makes a request that of somebody.

use http::HeaderValue;
use http::header::AUTHORIZATION;

use super::body::Body;
use super::secret::Secret;
use super::transport::{BoxError, BoxFuture};

/// Adds credentials to requests.
///
/// It is asked before each request, which is complete but for them and goes to the server that the client was built
/// for: responses that redirect elsewhere are not followed. A header value that holds a secret should be
/// [sensitive](HeaderValue::set_sensitive).
pub trait Authorize: Send + Sync + 'static {
    /// Adds credentials to a request, fetching them first if need be.
    fn authorize<'a>(&'a self, request: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>>;
}

/// A token that is sent as it is: `authorization: Bearer <token>`.
#[derive(Clone, Debug)]
pub struct BearerToken(HeaderValue);

impl BearerToken {
    /// Credentials that are this token.
    ///
    /// # Errors
    ///
    /// If the token is empty or holds anything but visible ASCII characters. The error does not show it.
    pub fn new(token: &Secret) -> Result<Self, BoxError> {
        let token = token.expose();
        if token.is_empty() {
            return Err("the bearer token is empty".into());
        }
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(
                "the bearer token holds a space, a line break or another character that no token has".into(),
            );
        }
        let mut value = HeaderValue::try_from(format!("Bearer {token}"))?;
        value.set_sensitive(true);
        Ok(Self(value))
    }
}

impl Authorize for BearerToken {
    fn authorize<'a>(&'a self, request: &'a mut http::Request<Body>) -> BoxFuture<'a, Result<(), BoxError>> {
        request.headers_mut().insert(AUTHORIZATION, self.0.clone());
        Box::pin(std::future::ready(Ok(())))
    }
}

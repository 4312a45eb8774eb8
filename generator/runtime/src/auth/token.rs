//! Bearer tokens and their sources.

use std::sync::Arc;
use std::time::Duration;

use super::super::net::transport::BoxFuture;
use super::super::net::transport_error::BoxError;
use super::secret::Secret;

/// A bearer token.
#[derive(Clone, Debug)]
pub struct Token {
    pub(super) value: Secret,
    pub(super) lifetime: Option<Duration>,
}

impl Token {
    /// Creates a token that is not cached. The provider is called again for the next request, unless
    /// [`expires_in`](Self::expires_in) is set.
    pub fn new(value: impl Into<Secret>) -> Self {
        Self { value: value.into(), lifetime: None }
    }

    /// Sets the lifetime of the token, counted from now. It is cached until one minute before its expiry, or
    /// for half of its lifetime if that is longer.
    pub fn expires_in(self, lifetime: Duration) -> Self {
        Self { lifetime: Some(lifetime), ..self }
    }

    /// Returns the token as text.
    pub fn value(&self) -> &Secret {
        &self.value
    }
}

/// A source of bearer tokens, such as a vault, a file, or a protocol that this crate does not implement.
///
/// It is called before a request if no valid token is cached, once for all requests that wait for it. It is
/// called again if the server rejects a token with 401. If it fails, the previous token is sent until it
/// expires. Without a previous token, the calls that wait fail; they are retried if the error is a
/// [`Transient`](super::Transient).
///
/// Closures implement this trait:
///
/// ```
/// # use runtime::{BoxError, Token, TokenProvider};
/// # fn check(_: impl TokenProvider) {}
/// let from_file = || async {
///     let token = std::fs::read_to_string("/run/secrets/token")?;
///     Ok::<_, BoxError>(Token::new(token.trim()))
/// };
/// # check(from_file);
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// Returns a token that is valid now.
    ///
    /// # Errors
    ///
    /// Calls that wait for the token fail with
    /// [`Error::is_credentials`](super::super::Error::is_credentials).
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>>;
}

impl<F, A> TokenProvider for F
where
    F: Fn() -> A + Send + Sync + 'static,
    A: Future<Output = Result<Token, BoxError>> + Send + 'static,
{
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(self())
    }
}

/// Delegates to the shared value.
impl<T: TokenProvider + ?Sized> TokenProvider for Arc<T> {
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        (**self).token()
    }
}

/// Delegates to the boxed value.
impl TokenProvider for Box<dyn TokenProvider> {
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        (**self).token()
    }
}

// @generated from the OpenAPI document: change that, and generate again.

//! Bearer tokens, and where they come from.

use std::sync::Arc;
use std::time::Duration;

use super::super::transport::{BoxError, BoxFuture};
use super::secret::Secret;

/// A bearer token.
#[derive(Clone, Debug)]
pub struct Token {
    pub(super) value: Secret,
    pub(super) lifetime: Option<Duration>,
}

impl Token {
    /// A token for the request that is about to be sent. It is not kept: the provider is asked again before the next.
    pub fn new(value: impl Into<Secret>) -> Self {
        Self { value: value.into(), lifetime: None }
    }

    /// The same token, to be kept for this long from now, less a minute or, if that is less, half of its time.
    pub fn expires_in(self, lifetime: Duration) -> Self {
        Self { lifetime: Some(lifetime), ..self }
    }

    /// The token itself.
    pub fn value(&self) -> &Secret {
        &self.value
    }
}

/// Says which bearer token to send: a vault, a file that somebody else renews, a protocol that is not known here.
///
/// It is asked before a request if there is no token that is good for another minute, once however many requests wait
/// for it, and once more if the server answers 401. If it fails, the token that there is goes on to be sent, for as long as
/// it lasts; and if there is none, the calls that wait fail, unless the error is a [`Transient`](super::Transient) one,
/// after which they are tried again. A closure is one too:
///
/// ```
/// # use conductorone::runtime::{BoxError, Token, TokenProvider};
/// # fn check(_: impl TokenProvider) {}
/// let from_file = || async {
///     let token = std::fs::read_to_string("/run/secrets/token")?;
///     Ok::<_, BoxError>(Token::new(token.trim()))
/// };
/// # check(from_file);
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// A token that is good now.
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

/// What is shared hands out what is in it.
impl<T: TokenProvider + ?Sized> TokenProvider for Arc<T> {
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        (**self).token()
    }
}

/// Likewise; a closure in a box is a closure.
impl TokenProvider for Box<dyn TokenProvider> {
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        (**self).token()
    }
}

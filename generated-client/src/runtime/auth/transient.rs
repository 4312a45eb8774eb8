// @generated from the OpenAPI document: change that, and generate again.

//! Why there are no credentials, where there may be some in a moment.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::super::transport::BoxError;

/// An error that may pass: what has no credentials now may have some in a moment.
///
/// A call whose [`TokenProvider`](super::TokenProvider) or [`Authorize`](super::Authorize) fails with one is tried again,
/// as its [`RetryPolicy`](super::super::RetryPolicy) says; with any other error it fails at once. The request has not been
/// sent, so it makes no difference which one it is. It looks like the error in it, and takes its place among causes.
///
/// ```
/// # use conductorone::runtime::{BoxError, Token, TokenProvider, Transient};
/// # fn check(_: impl TokenProvider) {}
/// # async fn ask_the_vault() -> std::io::Result<String> { Ok("t".into()) }
/// let from_vault = || async {
///     match ask_the_vault().await {
///         Ok(token) => Ok(Token::new(token)),
///         Err(error) if error.kind() == std::io::ErrorKind::TimedOut => Err(Transient::new(error).into()),
///         Err(error) => Err(BoxError::from(error)),
///     }
/// };
/// # check(from_vault);
/// ```
pub struct Transient {
    error: BoxError,
    retry_after: Option<Duration>,
}

impl Transient {
    /// An error that may pass.
    pub fn new(error: impl Into<BoxError>) -> Self {
        Self { error: error.into(), retry_after: None }
    }

    /// The same, which will not pass before this time, counted from now.
    pub fn with_retry_after(self, time: impl Into<Option<Duration>>) -> Self {
        Self { retry_after: time.into(), ..self }
    }

    /// How long it takes at least to pass, if that is known.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// The error in it.
    pub fn get_ref(&self) -> &(dyn StdError + Send + Sync + 'static) {
        &*self.error
    }

    pub(super) fn into_inner(self) -> BoxError {
        self.error
    }
}

impl fmt::Debug for Transient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.error, f)
    }
}

impl fmt::Display for Transient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.error, f)
    }
}

impl StdError for Transient {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error.source()
    }
}

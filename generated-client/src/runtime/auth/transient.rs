// @generated from the OpenAPI document. Change the document, and generate again.

//! Transient failures to get credentials.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::super::net::transport_error::BoxError;

/// An error that marks a failure to get credentials as transient.
///
/// A call whose [`TokenProvider`](super::TokenProvider) or [`Authorize`](super::Authorize) fails with this
/// error is retried, as its [`RetryPolicy`](super::super::RetryPolicy) allows. With any other error it fails
/// at once. The method of the operation does not matter, since the request has not been sent. `Debug`,
/// `Display` and `source` delegate to the inner error.
///
/// ```
/// # use conductorone::runtime::{BoxError, Token, TokenProvider, Transient};
/// # fn check(_: impl TokenProvider) {}
/// # async fn ask_vault() -> std::io::Result<String> { Ok("t".into()) }
/// let from_vault = || async {
///     match ask_vault().await {
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
    /// Marks an error as transient.
    pub fn new(error: impl Into<BoxError>) -> Self {
        Self { error: error.into(), retry_after: None }
    }

    /// Sets the time, counted from now, before which a retry cannot succeed.
    pub fn with_retry_after(self, time: impl Into<Option<Duration>>) -> Self {
        Self { retry_after: time.into(), ..self }
    }

    /// Returns the minimum wait before a retry, if it is known.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// Returns a reference to the inner error.
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

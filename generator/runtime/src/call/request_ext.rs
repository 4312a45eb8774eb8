//! Settings of a single call.

use std::time::Duration;

use http::HeaderValue;

use super::super::client::retry::RetryPolicy;
use super::super::codec::parameter::Parameter;
use super::request::Request;
use super::response_future::{ResponseFuture, WithResponse};

/// Settings of a single call, available on every request when this trait is in scope.
///
/// They override the settings of the client. If a parameter of the document has the name of one of these
/// methods, its setter is prefixed with `set_`.
///
/// ```
/// # use std::time::Duration;
/// # use runtime::{Call, Error, RequestExt, RetryPolicy};
/// async fn count(list_pets: Call<Vec<String>>) -> Result<usize, Error> {
///     let request = list_pets.with_header("x-tenant", "acme").with_timeout(Duration::from_secs(5));
///     let pets = request.with_retry(RetryPolicy::none()).await?;
///     Ok(pets.len())
/// }
/// ```
pub trait RequestExt: Sized {
    /// Returns the underlying request.
    #[doc(hidden)]
    fn request_mut(&mut self) -> &mut Request;

    /// Sets a header. It replaces an earlier value of the same header, but not credentials.
    ///
    /// `Debug` does not show the value. If the server repeats the value in an error message, the message is
    /// shown as received, unless the value is marked as [sensitive](HeaderValue::set_sensitive) or the header
    /// has a name like `x-api-key` or `x-session-token`.
    ///
    /// The call fails if the name or the value contains a character that is not allowed in headers, or if the
    /// header belongs to the connection ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1),
    /// section 7.6.1) or frames the body.
    #[must_use = "a request does nothing until it is awaited"]
    fn with_header(mut self, name: &str, value: impl TryInto<HeaderValue>) -> Self {
        self.request_mut().set_header(name, value.try_into().ok());
        self
    }

    /// Sets a query parameter. It replaces an earlier value of the same parameter. A list becomes one pair
    /// per item.
    #[must_use = "a request does nothing until it is awaited"]
    fn with_query(mut self, name: &str, value: &dyn Parameter) -> Self {
        self.request_mut().set_query(name, value);
        self
    }

    /// Sets the timeout of this call, with all its attempts and the waits between them; unlimited if `None`.
    /// For a stream, it limits the whole stream.
    #[must_use = "a request does nothing until it is awaited"]
    fn with_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.request_mut().0.options.timeout = Some(timeout.into());
        self
    }

    /// Sets the timeout of a single attempt; `None` leaves only the timeout of the whole call. If the body
    /// is read in chunks, or as a stream, it limits the time until the response starts and the time between
    /// two chunks.
    #[must_use = "a request does nothing until it is awaited"]
    fn with_attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.request_mut().0.options.attempt_timeout = Some(timeout.into());
        self
    }

    /// Sets how often this call is retried, and how long it waits between attempts.
    #[must_use = "a request does nothing until it is awaited"]
    fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.request_mut().0.options.retry = Some(policy);
        self
    }

    /// Returns the decoded value together with its [`Response`](super::super::Response), for the status, headers and
    /// request ID.
    ///
    /// ```
    /// # use runtime::{Call, Error, RequestExt};
    /// async fn count(list_pets: Call<Vec<String>>) -> Result<usize, Error> {
    ///     let (pets, response) = list_pets.with_response().await?;
    ///     println!("{} pets in response {:?}", pets.len(), response.request_id());
    ///     Ok(pets.len())
    /// }
    /// ```
    fn with_response<T>(self) -> WithResponse<T>
    where
        Self: IntoFuture<IntoFuture = ResponseFuture<T>>,
    {
        self.into_future().with_response()
    }
}

impl RequestExt for Request {
    fn request_mut(&mut self) -> &mut Request {
        self
    }
}

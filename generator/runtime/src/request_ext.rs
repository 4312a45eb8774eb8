//! Settings of a single call, which every request has.

use std::time::Duration;

use http::HeaderValue;

use super::parameter::Parameter;
use super::request::Request;
use super::response::{ResponseFuture, WithResponse};
use super::retry::RetryPolicy;

/// Settings of a single call: what it sends beside its parameters, and what it does otherwise than its client.
///
/// Every request has them, once this trait is in scope. A parameter of the document's that is called like one of these
/// methods is set by `set_` and its name.
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
    /// The request within.
    #[doc(hidden)]
    fn request_mut(&mut self) -> &mut Request;

    /// Sends this header, in place of any of that name but those of credentials.
    ///
    /// The value is not shown by `Debug`. Where a server repeats it, so does the error, unless the value is marked as
    /// [sensitive](HeaderValue::set_sensitive) or the header is called like a secret: `x-api-key`, `x-session-token`.
    ///
    /// What cannot be sent is the error of the call: a name or a value with a
    /// character that headers cannot have, and a name that belongs to the connection and not to the request
    /// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1), section 7.6.1) or frames its body.
    #[must_use = "a request is sent when it is awaited"]
    fn with_header(mut self, name: &str, value: impl TryInto<HeaderValue>) -> Self {
        self.request_mut().set_header(name, value.try_into().ok());
        self
    }

    /// Sends this parameter in the query, in place of any of that name. A list becomes one pair an item.
    #[must_use = "a request is sent when it is awaited"]
    fn with_query(mut self, name: &str, value: &dyn Parameter) -> Self {
        self.request_mut().set_query(name, value);
        self
    }

    /// Sets how long this call may take, with all its attempts and the waits between them; for ever if `None`.
    #[must_use = "a request is sent when it is awaited"]
    fn with_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.request_mut().0.options.timeout = Some(timeout.into());
        self
    }

    /// Sets how long each attempt of this call may take; as long as the call if `None`. Where the body is read piece by
    /// piece, this is how long the response may take to begin, and how long nothing of it may come.
    #[must_use = "a request is sent when it is awaited"]
    fn with_attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.request_mut().0.options.attempt_timeout = Some(timeout.into());
        self
    }

    /// Sets how often this call is tried, and how long it waits in between.
    #[must_use = "a request is sent when it is awaited"]
    fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.request_mut().0.options.retry = Some(policy);
        self
    }

    /// The answer together with the response that it was decoded from: its status, its headers, its request id.
    ///
    /// ```
    /// # use runtime::{Call, Error, RequestExt};
    /// async fn count(list_pets: Call<Vec<String>>) -> Result<usize, Error> {
    ///     let (pets, response) = list_pets.with_response().await?;
    ///     println!("{} pets in answer to {:?}", pets.len(), response.request_id());
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

// @generated from the OpenAPI document. Change the document, and generate again.

//! Retries: after which errors, after which wait, and how many.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use http::StatusCode;

use super::super::error::{Error, ErrorKind};
use super::super::net::random::random;
use super::super::net::retry_hint::is_transient_status;

/// The rules for retries: which failures are retried, how often, and after which wait.
///
/// A failed attempt is retried in these cases:
///
/// - The status is 429, for any method, as the server has not processed the request.
/// - The status is 408, 500, 502, 503 or 504, the connection broke, or the attempt timed out, and repeating
///   the request does no harm: the method is idempotent
///   ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2), section 9.2.2), the request has an
///   `idempotency-key` header, or the settings of the generator declare the operation repeatable.
/// - The connection could not be established, or was closed before the request was sent, for any method, as
///   nothing was sent.
/// - The credentials could not be fetched because of a transient failure, for any method, as nothing was
///   sent: the token endpoint could not be reached, timed out, or responded with 408, 429, 500, 502, 503 or
///   504, or a user-defined provider returned a [`Transient`](super::super::Transient) error. If the previous token
///   is still valid, it is used instead and the call does not fail.
///
/// The wait before a retry is random. Its upper limit starts at the [base delay](Self::with_base_delay),
/// doubles with each retry, and never exceeds the [maximum delay](Self::with_max_delay). If the server sends
/// `retry-after` ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3), section 10.2.3), the
/// wait is at least that long. If this exceeds the maximum delay or the timeout of the call, the call fails
/// at once, and [`Error::retry_after`] returns the time.
///
/// A client and its clones share a retry budget of 50 failed retries. Two calls that succeed, or that the server
/// rejects (for example with 404), refill it by one. A retry that succeeds costs nothing. So if up to half of all
/// requests fail, nearly all calls succeed, however many run at once, while a server that is down gets about one
/// request per call. A retry after 429 with `retry-after` does not use the budget.
///
/// A request with a streamed body is not retried, since the stream can be read only once.
///
/// ```
/// # use conductorone::runtime::{ClientBuilder, RetryPolicy};
/// use std::time::Duration;
///
/// fn persistent(builder: ClientBuilder) -> ClientBuilder {
///     builder.retry(RetryPolicy::default().with_max_attempts(8).with_max_delay(Duration::from_secs(120)))
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
}

impl RetryPolicy {
    /// Returns a policy without retries.
    pub const fn none() -> Self {
        Self { max_attempts: 1, ..Self::standard() }
    }

    const fn standard() -> Self {
        Self { max_attempts: 4, base_delay: Duration::from_millis(500), max_delay: Duration::from_secs(30) }
    }

    /// Sets the maximum number of attempts, including the first: 4 by default. 0 counts as 1.
    #[must_use]
    pub const fn with_max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the maximum wait before the second attempt: 500 ms by default. It doubles for each further
    /// attempt.
    #[must_use]
    pub const fn with_base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the maximum wait before any attempt: 30 seconds by default. If the server requests a longer wait,
    /// the call fails instead.
    #[must_use]
    pub const fn with_max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Returns the wait before the next attempt, or `None` if the error is final. `attempts` have been made
    /// so far.
    pub(in super::super) fn delay(
        &self,
        error: &Error,
        attempts: u32,
        is_repeatable: bool,
    ) -> Option<Duration> {
        if attempts >= self.max_attempts || !is_retryable(error, is_repeatable) {
            return None;
        }
        let doubled = self.base_delay.saturating_mul(2_u32.saturating_pow(attempts - 1));
        let delay = jittered(doubled.min(self.max_delay));
        match error.retry_after() {
            Some(requested) if requested > self.max_delay => None,
            Some(requested) => Some(delay.max(requested)),
            None => Some(delay),
        }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::standard()
    }
}

/// Returns true if another attempt is safe and can succeed.
fn is_retryable(error: &Error, is_repeatable: bool) -> bool {
    match error.kind() {
        ErrorKind::Connect => true,
        ErrorKind::Timeout | ErrorKind::Transport => is_repeatable,
        ErrorKind::Status => match error.status().map(|status| status.as_u16()) {
            Some(429) => true,
            Some(status) => is_repeatable && is_transient_status(status),
            None => false,
        },
        // Nothing was sent, so any method can be repeated.
        ErrorKind::Credentials => error.transient().is_some(),
        _ => false,
    }
}

/// Returns a random part of a duration ("full jitter"), so that clients that failed together do not retry
/// together.
fn jittered(time: Duration) -> Duration {
    // The upper 32 bits, as a fraction of their maximum.
    let fraction = (random() >> 32) as f64 / f64::from(u32::MAX);
    time.mul_f64(fraction)
}

/// The retry budget of a client, in halves of a failed retry. It keeps clients from multiplying the load during
/// an outage.
///
/// A retry is charged when it fails, not when it is sent: a retry that succeeds is not wasted load. So while most
/// retries succeed, calls are retried whatever the number of concurrent calls.
#[derive(Debug)]
pub(in super::super) struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 100;
    const FAILED_RETRY: u32 = 2;

    pub(in super::super) fn full() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }

    /// Records a successful call.
    pub(in super::super) fn record_success(&self) {
        // The budget is usually full, and a load is cheaper than an update.
        if self.0.load(Ordering::Relaxed) < Self::FULL {
            let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                (left < Self::FULL).then_some(left + 1)
            });
        }
    }

    /// Records an attempt that failed with this error.
    pub(in super::super) fn record_failure(&self, error: &Error, attempt: u32) {
        if is_retryable(error, true) {
            if attempt > 1 && !is_requested(error) {
                let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                    Some(left.saturating_sub(Self::FAILED_RETRY))
                });
            }
        } else if error.kind() == ErrorKind::Status {
            // The server works: it handled the request, and rejected it.
            self.record_success();
        }
    }

    /// Returns true if a call that failed with this error may be retried.
    pub(in super::super) fn allows_retry(&self, error: &Error) -> bool {
        is_requested(error) || self.0.load(Ordering::Relaxed) >= Self::FAILED_RETRY
    }
}

/// Returns true if the server says when to retry.
fn is_requested(error: &Error) -> bool {
    error.status() == Some(StatusCode::TOO_MANY_REQUESTS) && error.retry_after().is_some()
}

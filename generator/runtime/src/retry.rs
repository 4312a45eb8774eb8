//! Trying again: after which failures, how long to wait before, and how often at most.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};

use super::error::{Error, ErrorKind};
use super::random::random;
use super::time::now;

/// How often a call is tried, and how long it waits in between.
///
/// A call is tried again
///
/// - after 429, whatever the method: the server has not acted on the request;
/// - after 408, 500, 502, 503 and 504, after a broken connection, and after an attempt that took too long, where
///   repeating does no harm: the method is idempotent
///   ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2), section 9.2.2), the request has an
///   `idempotency-key`, or the settings that the client was generated with say so of the operation;
/// - if there was no connection, as nothing has been sent;
/// - if there were no credentials, and there may be some in a moment, as nothing has been sent either: the server that
///   hands out tokens could not be reached, took too long or answered 408, 429, 500, 502, 503 or 504, or what the program
///   has in its place failed with a [`Transient`](super::Transient) error. A token that has not come to its end is sent
///   meanwhile, and the call goes on without failing at all.
///
/// Before each further attempt it waits for a random time, of at most the [base delay](Self::with_base_delay) at
/// first, and of at most twice as long each time after that. Where the server says in `retry-after` how long to wait
/// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3), section 10.2.3), it waits for no less. A wait
/// that is longer than [allowed](Self::with_max_delay), or would outlast the call's timeout, is not begun: the error
/// is returned at once, and has [`Error::retry_after`].
///
/// A client and its clones share a budget: 50 further attempts at once, and one more for every ten calls that succeed.
/// So a server that is down is asked once a call, and not several times. What waits for a `retry-after` of a 429 takes
/// nothing from it.
///
/// A body that is a stream exists only once, so a request with one is not repeated.
///
/// ```
/// # use runtime::{ClientBuilder, RetryPolicy};
/// use std::time::Duration;
///
/// fn patient(builder: ClientBuilder) -> ClientBuilder {
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
    /// One attempt, and no other.
    pub const fn none() -> Self {
        Self { max_attempts: 1, ..Self::standard() }
    }

    const fn standard() -> Self {
        Self { max_attempts: 4, base_delay: Duration::from_millis(500), max_delay: Duration::from_secs(30) }
    }

    /// The same policy with this many attempts in all: 4 unless set. None at all counts as one.
    #[must_use]
    pub const fn with_max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The same policy with at most this wait before the second attempt: half a second unless set.
    #[must_use]
    pub const fn with_base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The same policy with at most this wait before any attempt, also where the server asks for more: 30 seconds
    /// unless set.
    #[must_use]
    pub const fn with_max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// How long to wait before trying again after this failure of so many attempts; none where it is final.
    pub(super) fn delay(&self, error: &Error, attempts: u32, is_repeatable: bool) -> Option<Duration> {
        if attempts >= self.max_attempts || !may_pass(error, is_repeatable) {
            return None;
        }
        let doubled = self.base_delay.saturating_mul(2_u32.saturating_pow(attempts - 1));
        let delay = part_of(doubled.min(self.max_delay));
        match error.retry_after() {
            Some(told) if told > self.max_delay => None,
            Some(told) => Some(delay.max(told)),
            None => Some(delay),
        }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::standard()
    }
}

/// Whether another attempt may end otherwise than this one did, and may be made.
fn may_pass(error: &Error, is_repeatable: bool) -> bool {
    match error.kind() {
        ErrorKind::Connect => true,
        ErrorKind::Timeout | ErrorKind::Transport => is_repeatable,
        ErrorKind::Status => match error.status().map(|status| status.as_u16()) {
            Some(429) => true,
            Some(status) => is_repeatable && is_passing(status),
            None => false,
        },
        // Nothing has been sent.
        ErrorKind::Credentials => error.transient().is_some(),
        _ => false,
    }
}

/// Whether a server that answers with this status may answer otherwise in a moment.
pub(super) fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
}

/// Some part of a time, each as likely as any other ("full jitter"): clients that failed together come back one by one.
fn part_of(time: Duration) -> Duration {
    // The upper half of the bits, as a fraction of what they could be.
    let fraction = (random() >> 32) as f64 / f64::from(u32::MAX);
    time.mul_f64(fraction)
}

/// How long the server asks to be left alone.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More than fits is for ever.
        return Some(text.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    // By the server's clock, if it tells: ours may be wrong.
    let date = headers.get(DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    Some(until.duration_since(date.unwrap_or_else(now)).unwrap_or_default())
}

/// What a client may spend on further attempts, so that an outage is not multiplied by everybody who meets it. In
/// tenths of an attempt.
#[derive(Debug)]
pub(super) struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 500;
    const ATTEMPT: u32 = 10;

    pub(super) fn full() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }

    /// A call has succeeded.
    pub(super) fn earn(&self) {
        // Most of the time nothing is missing, and a look is cheaper than a change.
        if self.0.load(Ordering::Relaxed) < Self::FULL {
            let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                (left < Self::FULL).then_some(left + 1)
            });
        }
    }

    /// Pays for another attempt after this failure, if there is enough.
    pub(super) fn pay(&self, error: &Error) -> bool {
        let is_asked_for =
            error.status() == Some(StatusCode::TOO_MANY_REQUESTS) && error.retry_after().is_some();
        let pay = |left: u32| left.checked_sub(Self::ATTEMPT);
        is_asked_for || self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay).is_ok()
    }
}

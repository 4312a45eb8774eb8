//! Signs in a response that another attempt can succeed: its status, and `retry-after`.

use std::time::Duration;

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

use super::time::now;

/// Returns true for the status of a transient failure.
pub(in super::super) fn is_transient_status(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
}

/// Returns the wait that the server requests in `retry-after`.
pub(in super::super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    // HTTP has whole seconds only, but some servers send fractions, which are rounded up.
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number(whole) && is_number(fraction) {
        let rest = u64::from(fraction.bytes().any(|digit| digit != b'0'));
        let seconds = whole.parse().ok().and_then(|seconds: u64| seconds.checked_add(rest));
        // A number that overflows is treated as infinite.
        return Some(seconds.map_or(Duration::MAX, Duration::from_secs));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    // Use the clock of the server if it sends a date, as the local clock can be wrong.
    let date = headers.get(DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    Some(until.duration_since(date.unwrap_or_else(now)).unwrap_or_default())
}

//! String formats, as a client decodes them: the client's own parsers of dates and durations are compiled here, too.

#[allow(dead_code, unreachable_pub, reason = "a client also encodes")]
#[path = "../../runtime/src/wire/formats/date_time.rs"]
mod date_time;
#[allow(dead_code, unreachable_pub, reason = "a client also encodes")]
#[path = "../../runtime/src/wire/formats/seconds.rs"]
mod seconds;

use self::date_time::{Day, Moment};
use self::seconds::Span;

/// The maximum length of a duration of protobuf in seconds, about 10,000 years.
const MAX_DURATION: u64 = 315_576_000_000;

/// The year whose last days jiff cannot represent as points in time.
const LAST_YEAR: i32 = 9999;

/// Returns true for a `date-time` of RFC 3339, section 5.6, that a client can represent with any library.
pub(super) fn is_date_time(text: &str) -> bool {
    Moment::parse(text).is_some_and(|moment| moment.day.year < LAST_YEAR)
}

/// Returns true for a `full-date` of RFC 3339, section 5.6.
pub(super) fn is_date(text: &str) -> bool {
    Day::parse(text).is_some()
}

/// Returns true for a duration in protobuf's JSON format, such as `1.500s`.
pub(super) fn is_duration(text: &str) -> bool {
    Span::parse(text).is_some_and(|span| span.seconds <= MAX_DURATION)
}

/// Returns true for a UUID in the format of RFC 9562, section 4. A client also accepts other spellings.
pub(super) fn is_uuid(text: &str) -> bool {
    const FORM: &[u8] = b"xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    text.len() == FORM.len()
        && text.bytes().zip(FORM).all(|(byte, form)| match form {
            b'-' => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

// @generated from the OpenAPI document. Change the document, and generate again.

//! Dates and date-times of [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339).
//!
//! A date-time is encoded with 0, 3, 6 or 9 decimals, as many as it needs, and with `Z` if its offset is
//! zero. A round trip preserves the point in time and the offset, but not always the digits:
//! `12:00:00.50+00:00` becomes `12:00:00.500Z`.
//!
//! Unambiguous deviations from RFC 3339 are accepted: a space instead of `T`, lower case letters, and offsets
//! without a colon or without minutes. A date-time without an offset is rejected, because it does not define
//! a point in time.

use std::ops::Deref;

/// A date-time, such as `2024-05-01T12:00:00Z`.
#[derive(Debug)]
pub struct Rfc3339;

/// A date, such as `2024-05-01`.
#[derive(Debug)]
pub struct FullDate;

impl Rfc3339 {
    pub(super) const EXPECTED: &str = "a date-time (RFC 3339) such as \"2024-05-01T12:00:00Z\"";
}

impl FullDate {
    pub(super) const EXPECTED: &str = "a date such as \"2024-05-01\"";
}

/// A date of the calendar.
#[derive(Clone, Copy)]
pub(super) struct Day {
    pub(super) year: i32,
    pub(super) month: u8,
    pub(super) day: u8,
}

/// A date-time. Its hours, minutes and seconds are in range.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    pub(super) day: Day,
    pub(super) hour: u8,
    pub(super) minute: u8,
    /// 60 in a leap second.
    pub(super) second: u8,
    pub(super) nanosecond: u32,
    /// The offset from UTC in seconds.
    pub(super) offset: i32,
}

impl Day {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut text = Text(text.as_bytes());
        let day = text.day()?;
        text.0.is_empty().then_some(day)
    }

    pub(super) fn text(self) -> Written {
        let mut text = Written::new();
        text.day(self);
        text
    }
}

impl Moment {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut text = Text(text.as_bytes());
        let day = text.day()?;
        text.take_byte(b"Tt ")?;
        let hour = text.number(2)?;
        text.take_byte(b":")?;
        let minute = text.number(2)?;
        text.take_byte(b":")?;
        let second = text.number(2)?;
        let nanosecond = text.fraction()?;
        let offset = text.offset()?;
        // A leap second can follow any minute, as only an announcement says which one (section 5.7).
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let moment = Self {
            day,
            hour: hour.try_into().ok()?,
            minute: minute.try_into().ok()?,
            second: second.try_into().ok()?,
            nanosecond,
            offset,
        };
        text.0.is_empty().then_some(moment)
    }

    pub(super) fn text(&self) -> Written {
        let mut text = Written::new();
        text.moment(self);
        text
    }

    /// Returns the second and the nanosecond for libraries without leap seconds: the last nanosecond before a
    /// leap second.
    #[allow(dead_code, reason = "not used with chrono, which supports leap seconds")]
    pub(super) fn without_leap_second(&self) -> (u8, u32) {
        if self.second == 60 { (59, 999_999_999) } else { (self.second, self.nanosecond) }
    }
}

/// The rest of a text that is parsed.
struct Text<'a>(&'a [u8]);

impl Text<'_> {
    fn day(&mut self) -> Option<Day> {
        let year = self.number(4)?;
        self.take_byte(b"-")?;
        let month = self.number(2)?;
        self.take_byte(b"-")?;
        let day = self.number(2)?;
        if day == 0 || day > days_in(year, month) {
            return None;
        }
        Some(Day { year: year.try_into().ok()?, month: month.try_into().ok()?, day: day.try_into().ok()? })
    }

    /// Parses a number of this many digits.
    fn number(&mut self, digits: usize) -> Option<u32> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        number.iter().try_fold(0, |number, byte| Some(number * 10 + digit(*byte)?))
    }

    fn take_byte(&mut self, expected: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        expected.contains(first).then_some(*first)
    }

    /// Parses the decimals of a second as nanoseconds. Further digits are ignored.
    fn fraction(&mut self) -> Option<u32> {
        if self.0.first() != Some(&b'.') {
            return Some(0);
        }
        let digits = &self.0[1..];
        let end = digits.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
        self.0 = &digits[end..];
        if end == 0 { None } else { Some(nanoseconds(&digits[..end])) }
    }

    fn offset(&mut self) -> Option<i32> {
        let sign = match self.take_byte(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hours = self.number(2)?;
        let colon = self.0.first() == Some(&b':');
        self.0 = &self.0[usize::from(colon)..];
        let minutes = if self.0.is_empty() && !colon { 0 } else { self.number(2)? };
        if hours > 23 || minutes > 59 {
            return None;
        }
        i32::try_from(hours * 3600 + minutes * 60).ok().map(|seconds| sign * seconds)
    }
}

/// Returns the number of days in a month (RFC 3339, section 5.7), or 0 if there is no such month.
fn days_in(year: u32, month: u32) -> u32 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

fn digit(byte: u8) -> Option<u32> {
    char::from(byte).to_digit(10)
}

/// Converts decimals to billionths. Digits after the ninth are ignored.
pub(super) fn nanoseconds(digits: &[u8]) -> u32 {
    let digits = digits.iter().map(|byte| digit(*byte).unwrap_or_default());
    digits.chain(std::iter::repeat(0)).take(9).fold(0, |number, digit| number * 10 + digit)
}

/// A text that is formatted on the stack. Its buffer is long enough for any date-time.
pub(super) struct Written {
    bytes: [u8; 48],
    length: usize,
}

impl Written {
    fn new() -> Self {
        Self { bytes: [0; 48], length: 0 }
    }

    fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.length) {
            *place = byte;
            self.length += 1;
        }
    }

    /// Appends a number with at least this many digits.
    fn number(&mut self, number: u32, digits: u32) {
        let mut power = 10_u32.pow(number.checked_ilog10().unwrap_or_default().max(digits - 1));
        while power > 0 {
            self.push(b'0' + (number / power % 10) as u8);
            power /= 10;
        }
    }

    fn day(&mut self, day: Day) {
        if day.year < 0 {
            self.push(b'-');
        }
        self.number(day.year.unsigned_abs(), 4);
        self.push(b'-');
        self.number(day.month.into(), 2);
        self.push(b'-');
        self.number(day.day.into(), 2);
    }

    fn moment(&mut self, moment: &Moment) {
        self.day(moment.day);
        for (before, number) in [(b'T', moment.hour), (b':', moment.minute), (b':', moment.second)] {
            self.push(before);
            self.number(number.into(), 2);
        }
        if moment.nanosecond > 0 {
            self.push(b'.');
            match moment.nanosecond {
                n if n % 1_000_000 == 0 => self.number(n / 1_000_000, 3),
                n if n % 1_000 == 0 => self.number(n / 1_000, 6),
                n => self.number(n, 9),
            }
        }
        if moment.offset == 0 {
            return self.push(b'Z');
        }
        let minutes = moment.offset.unsigned_abs() / 60;
        self.push(if moment.offset < 0 { b'-' } else { b'+' });
        self.number(minutes / 60, 2);
        self.push(b':');
        self.number(minutes % 60, 2);
    }
}

impl Deref for Written {
    type Target = str;

    fn deref(&self) -> &str {
        // Always ASCII.
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

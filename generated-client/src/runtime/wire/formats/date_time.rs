// @generated from the OpenAPI document: change that, and generate again.

//! Points in time and days as [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339) writes them.
//!
//! A point in time is written with as many decimals as it needs, 0, 3, 6 or 9, and with `Z` where its offset is zero.
//! What it is written for is the same point at the same offset as it was read from, if not always in the same digits:
//! `12:00:00.50+00:00` comes back as `12:00:00.500Z`.
//!
//! Beyond RFC 3339 is read what can mean but one thing: a space for the `T`, small letters, and offsets without a colon
//! or without minutes. What has no offset at all is refused: it is a different point in time for every reader.

use std::ops::Deref;

/// A point in time, such as `2024-05-01T12:00:00Z`.
#[derive(Debug)]
pub struct Rfc3339;

/// A day, such as `2024-05-01`.
#[derive(Debug)]
pub struct FullDate;

impl Rfc3339 {
    pub(super) const EXPECTED: &str = "a date and a time with its offset, such as \"2024-05-01T12:00:00Z\" or \"2024-05-01T14:00:00+02:00\"";
}

impl FullDate {
    pub(super) const EXPECTED: &str = "a date such as \"2024-05-01\"";
}

/// A day of the calendar; that there is such a day is for a library to say.
#[derive(Clone, Copy)]
pub(super) struct Day {
    pub(super) year: i32,
    pub(super) month: u8,
    pub(super) day: u8,
}

/// What the calendar and the clock show somewhere.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    pub(super) day: Day,
    pub(super) hour: u8,
    pub(super) minute: u8,
    /// Also 60.
    pub(super) second: u8,
    pub(super) nanosecond: u32,
    /// How many seconds the clock is ahead of UTC: whole minutes.
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
        text.one_of(b"Tt ")?;
        let hour = text.number(2)?;
        text.one_of(b":")?;
        let minute = text.number(2)?;
        text.one_of(b":")?;
        let second = text.number(2)?;
        let nanosecond = text.fraction()?;
        let offset = text.offset()?;
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

    /// The second and the nanosecond, for a library that knows no leap seconds: the last moment before one.
    #[allow(dead_code, reason = "not for chrono, which knows them")]
    pub(super) fn without_leap_second(&self) -> (u8, u32) {
        if self.second == 60 { (59, 999_999_999) } else { (self.second, self.nanosecond) }
    }
}

/// What is left of a text that is being read.
struct Text<'a>(&'a [u8]);

impl Text<'_> {
    fn day(&mut self) -> Option<Day> {
        let year = self.number(4)?;
        self.one_of(b"-")?;
        let month = self.number(2)?;
        self.one_of(b"-")?;
        let day = self.number(2)?;
        Some(Day { year: year.try_into().ok()?, month: month.try_into().ok()?, day: day.try_into().ok()? })
    }

    /// As many digits.
    fn number(&mut self, digits: usize) -> Option<u32> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        number.iter().try_fold(0, |number, byte| Some(number * 10 + digit(*byte)?))
    }

    fn one_of(&mut self, expected: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        expected.contains(first).then_some(*first)
    }

    /// Nanoseconds; what is finer is cut off.
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
        let sign = match self.one_of(b"Zz+-")? {
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

fn digit(byte: u8) -> Option<u32> {
    char::from(byte).to_digit(10)
}

/// The digits behind the point, as billionths; those behind the ninth are cut off.
pub(super) fn nanoseconds(digits: &[u8]) -> u32 {
    let digits = digits.iter().map(|byte| digit(*byte).unwrap_or_default());
    digits.chain(std::iter::repeat(0)).take(9).fold(0, |number, digit| number * 10 + digit)
}

/// A text that is being written: as long as any point in time may be, and on the stack, since lists of objects are full of
/// them.
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

    /// A number of at least so many digits.
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
        // It is ASCII.
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

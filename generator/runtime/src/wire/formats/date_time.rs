//! Points in time and days as [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339) writes them.
//!
//! A point in time is written with as many decimals as it needs, 0, 3, 6 or 9, and with `Z` where its offset is zero.
//! What it is written for is the same point at the same offset as it was read from, if not always in the same digits:
//! `12:00:00.50+00:00` comes back as `12:00:00.500Z`.
//!
//! Beyond RFC 3339 is read what can mean but one thing: a space for the `T`, small letters, and offsets without a colon
//! or without minutes. What has no offset at all is refused: it is a different point in time for every reader.

use std::fmt::{self, Display};

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
        let mut text = Text(text);
        let day = text.day()?;
        text.0.is_empty().then_some(day)
    }
}

impl Moment {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut text = Text(text);
        let day = text.day()?;
        text.one_of(&['T', 't', ' '])?;
        let hour = text.number(2)?;
        text.one_of(&[':'])?;
        let minute = text.number(2)?;
        text.one_of(&[':'])?;
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

    /// The second and the nanosecond, for a library that knows no leap seconds: the last moment before one.
    #[allow(dead_code, reason = "not for chrono, which knows them")]
    pub(super) fn without_leap_second(&self) -> (u8, u32) {
        if self.second == 60 { (59, 999_999_999) } else { (self.second, self.nanosecond) }
    }
}

/// What is left of a text that is being read.
struct Text<'a>(&'a str);

impl Text<'_> {
    fn day(&mut self) -> Option<Day> {
        let year = self.number(4)?;
        self.one_of(&['-'])?;
        let month = self.number(2)?;
        self.one_of(&['-'])?;
        let day = self.number(2)?;
        Some(Day { year: year.try_into().ok()?, month: month.try_into().ok()?, day: day.try_into().ok()? })
    }

    /// As many digits.
    fn number(&mut self, digits: usize) -> Option<u32> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.parse().ok())?
    }

    fn one_of(&mut self, expected: &[char]) -> Option<char> {
        let found = self.0.chars().next().filter(|found| expected.contains(found))?;
        self.0 = &self.0[found.len_utf8()..];
        Some(found)
    }

    /// Nanoseconds; what is finer is cut off.
    fn fraction(&mut self) -> Option<u32> {
        if self.one_of(&['.']).is_none() {
            return Some(0);
        }
        let end = self.0.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.0.len());
        let (digits, rest) = self.0.split_at(end);
        self.0 = rest;
        if digits.is_empty() {
            return None;
        }
        format!("{:0<9}", &digits[..digits.len().min(9)]).parse().ok()
    }

    fn offset(&mut self) -> Option<i32> {
        let sign = match self.one_of(&['Z', 'z', '+', '-'])? {
            '+' => 1,
            '-' => -1,
            _ => return Some(0),
        };
        let hours = self.number(2)?;
        let colon = self.one_of(&[':']);
        let minutes = if self.0.is_empty() && colon.is_none() { 0 } else { self.number(2)? };
        if hours > 23 || minutes > 59 {
            return None;
        }
        i32::try_from(hours * 3600 + minutes * 60).ok().map(|seconds| sign * seconds)
    }
}

impl Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = self;
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { day, hour, minute, second, nanosecond, offset } = self;
        write!(f, "{day}T{hour:02}:{minute:02}:{second:02}")?;
        match nanosecond {
            0 => {}
            n if n % 1_000_000 == 0 => write!(f, ".{:03}", n / 1_000_000)?,
            n if n % 1_000 == 0 => write!(f, ".{:06}", n / 1_000)?,
            n => write!(f, ".{n:09}")?,
        }
        if *offset == 0 {
            return f.write_str("Z");
        }
        let (sign, minutes) = (if *offset < 0 { '-' } else { '+' }, offset.unsigned_abs() / 60);
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

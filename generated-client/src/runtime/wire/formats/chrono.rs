// @generated from the OpenAPI document. Change the document, and generate again.

//! The types of [chrono](https://docs.rs/chrono).

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Timelike, Utc};
use serde::{Deserializer, Serializer};

use super::super::codec::{Codec, read_text};
use super::date_time::{Day, FullDate, Moment, Rfc3339};
use super::seconds::{Seconds, Span};

impl Codec<DateTime<FixedOffset>> for Rfc3339 {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<DateTime<FixedOffset>, D::Error> {
        read_text(input, Self::EXPECTED, |text| point(&Moment::parse(text)?))
    }

    fn encode<S: Serializer>(value: &DateTime<FixedOffset>, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(&moment(value).text())
    }
}

impl Codec<DateTime<Utc>> for Rfc3339 {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<DateTime<Utc>, D::Error> {
        read_text(input, Self::EXPECTED, |text| Some(point(&Moment::parse(text)?)?.to_utc()))
    }

    fn encode<S: Serializer>(value: &DateTime<Utc>, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(&moment(&value.fixed_offset()).text())
    }
}

impl Codec<NaiveDate> for FullDate {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<NaiveDate, D::Error> {
        read_text(input, Self::EXPECTED, |text| date(Day::parse(text)?))
    }

    fn encode<S: Serializer>(value: &NaiveDate, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(&day(*value).text())
    }
}

impl Codec<TimeDelta> for Seconds {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<TimeDelta, D::Error> {
        read_text(input, Self::EXPECTED, |text| {
            let span = Span::parse(text)?;
            let length = TimeDelta::new(span.seconds.try_into().ok()?, span.nanoseconds)?;
            Some(if span.is_negative { -length } else { length })
        })
    }

    fn encode<S: Serializer>(value: &TimeDelta, output: S) -> Result<S::Ok, S::Error> {
        let span = Span {
            is_negative: *value < TimeDelta::zero(),
            seconds: value.num_seconds().unsigned_abs(),
            nanoseconds: value.subsec_nanos().unsigned_abs(),
        };
        output.serialize_str(&span.text())
    }
}

fn date(day: Day) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(day.year, day.month.into(), day.day.into())
}

fn day(date: NaiveDate) -> Day {
    let (month, day) = (as_u8(date.month()), as_u8(date.day()));
    Day { year: date.year(), month, day }
}

fn point(moment: &Moment) -> Option<DateTime<FixedOffset>> {
    // chrono represents a leap second as a second 59 with more than a billion nanoseconds.
    let (second, nanosecond) = match moment.second {
        60 => (59, 1_000_000_000 + moment.nanosecond),
        second => (second, moment.nanosecond),
    };
    let local: NaiveDateTime = date(moment.day)?.and_hms_nano_opt(
        moment.hour.into(),
        moment.minute.into(),
        second.into(),
        nanosecond,
    )?;
    FixedOffset::east_opt(moment.offset)?.from_local_datetime(&local).single()
}

fn moment(point: &DateTime<FixedOffset>) -> Moment {
    let offset = point.offset().local_minus_utc();
    if offset % 60 != 0 {
        // RFC 3339 has no offsets with seconds.
        return moment(&point.to_utc().fixed_offset());
    }
    let local = point.naive_local();
    let leap = u32::from(local.nanosecond() >= 1_000_000_000);
    Moment {
        day: day(local.date()),
        hour: as_u8(local.hour()),
        minute: as_u8(local.minute()),
        second: as_u8(local.second() + leap),
        nanosecond: local.nanosecond() % 1_000_000_000,
        offset,
    }
}

/// Converts a part of a date or time, which always fits.
fn as_u8(number: u32) -> u8 {
    number.try_into().unwrap_or(u8::MAX)
}

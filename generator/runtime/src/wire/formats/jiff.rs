//! The types of [jiff](https://docs.rs/jiff).

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, Zoned};
use serde::{Deserializer, Serializer};

use super::super::codec::{Codec, read_text};
use super::date_time::{Day, FullDate, Moment, Rfc3339};
use super::seconds::{Seconds, Span};

/// Decodes into a time zone with a fixed offset.
impl Codec<Zoned> for Rfc3339 {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<Zoned, D::Error> {
        read_text(input, Self::EXPECTED, |text| {
            let (point, offset) = point(&Moment::parse(text)?)?;
            Some(point.to_zoned(TimeZone::fixed(offset)))
        })
    }

    fn encode<S: Serializer>(value: &Zoned, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(&moment(value.timestamp(), value.offset()).text())
    }
}

impl Codec<Timestamp> for Rfc3339 {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<Timestamp, D::Error> {
        read_text(input, Self::EXPECTED, |text| point(&Moment::parse(text)?).map(|(point, _)| point))
    }

    fn encode<S: Serializer>(value: &Timestamp, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(&moment(*value, Offset::UTC).text())
    }
}

impl Codec<Date> for FullDate {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<Date, D::Error> {
        read_text(input, Self::EXPECTED, |text| date(Day::parse(text)?))
    }

    fn encode<S: Serializer>(value: &Date, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(&day(*value).text())
    }
}

impl Codec<SignedDuration> for Seconds {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<SignedDuration, D::Error> {
        read_text(input, Self::EXPECTED, |text| {
            let span = Span::parse(text)?;
            let length =
                SignedDuration::new(span.seconds.try_into().ok()?, span.nanoseconds.try_into().ok()?);
            Some(if span.is_negative { -length } else { length })
        })
    }

    fn encode<S: Serializer>(value: &SignedDuration, output: S) -> Result<S::Ok, S::Error> {
        let span = Span {
            is_negative: value.is_negative(),
            seconds: value.as_secs().unsigned_abs(),
            nanoseconds: value.subsec_nanos().unsigned_abs(),
        };
        output.serialize_str(&span.text())
    }
}

fn date(day: Day) -> Option<Date> {
    Date::new(day.year.try_into().ok()?, day.month.try_into().ok()?, day.day.try_into().ok()?).ok()
}

fn day(date: Date) -> Day {
    Day { year: date.year().into(), month: date.month().unsigned_abs(), day: date.day().unsigned_abs() }
}

fn point(moment: &Moment) -> Option<(Timestamp, Offset)> {
    let (second, nanosecond) = moment.without_leap_second();
    let clock = jiff::civil::Time::new(
        moment.hour.try_into().ok()?,
        moment.minute.try_into().ok()?,
        second.try_into().ok()?,
        nanosecond.try_into().ok()?,
    );
    let local = DateTime::from_parts(date(moment.day)?, clock.ok()?);
    let offset = Offset::from_seconds(moment.offset).ok()?;
    Some((offset.to_timestamp(local).ok()?, offset))
}

fn moment(point: Timestamp, offset: Offset) -> Moment {
    // RFC 3339 has no offsets with seconds, but time zones had them in earlier centuries.
    let offset = if offset.seconds() % 60 == 0 { offset } else { Offset::UTC };
    let local = offset.to_datetime(point);
    Moment {
        day: day(local.date()),
        hour: local.hour().unsigned_abs(),
        minute: local.minute().unsigned_abs(),
        second: local.second().unsigned_abs(),
        nanosecond: local.subsec_nanosecond().unsigned_abs(),
        offset: offset.seconds(),
    }
}

//! The types of [time](https://docs.rs/time).

use serde::{Deserializer, Serializer};
use time::{Date, Duration, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

use super::super::codec::{Codec, read_text};
use super::date_time::{Day, FullDate, Moment, Rfc3339};
use super::seconds::{Seconds, Span};

impl Codec<OffsetDateTime> for Rfc3339 {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<OffsetDateTime, D::Error> {
        read_text(input, Self::EXPECTED, |text| point(&Moment::parse(text)?))
    }

    fn encode<S: Serializer>(value: &OffsetDateTime, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(&moment(*value).text())
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

impl Codec<Duration> for Seconds {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<Duration, D::Error> {
        read_text(input, Self::EXPECTED, |text| {
            let span = Span::parse(text)?;
            let length = Duration::new(span.seconds.try_into().ok()?, span.nanoseconds.try_into().ok()?);
            Some(if span.is_negative { -length } else { length })
        })
    }

    fn encode<S: Serializer>(value: &Duration, output: S) -> Result<S::Ok, S::Error> {
        let span = Span {
            is_negative: value.is_negative(),
            seconds: value.whole_seconds().unsigned_abs(),
            nanoseconds: value.subsec_nanoseconds().unsigned_abs(),
        };
        output.serialize_str(&span.text())
    }
}

fn date(day: Day) -> Option<Date> {
    Date::from_calendar_date(day.year, Month::try_from(day.month).ok()?, day.day).ok()
}

fn day(date: Date) -> Day {
    Day { year: date.year(), month: date.month().into(), day: date.day() }
}

fn point(moment: &Moment) -> Option<OffsetDateTime> {
    let (second, nanosecond) = moment.without_leap_second();
    let clock = Time::from_hms_nano(moment.hour, moment.minute, second, nanosecond).ok()?;
    let offset = UtcOffset::from_whole_seconds(moment.offset).ok()?;
    Some(PrimitiveDateTime::new(date(moment.day)?, clock).assume_offset(offset))
}

fn moment(point: OffsetDateTime) -> Moment {
    // RFC 3339 has no offsets with seconds.
    let has_seconds = point.offset().seconds_past_minute() != 0;
    let point = if has_seconds { point.to_offset(UtcOffset::UTC) } else { point };
    Moment {
        day: day(point.date()),
        hour: point.hour(),
        minute: point.minute(),
        second: point.second(),
        nanosecond: point.nanosecond(),
        offset: point.offset().whole_seconds(),
    }
}

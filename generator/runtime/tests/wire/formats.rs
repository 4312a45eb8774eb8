//! String formats with their own types: every library decodes and encodes them in the same way.

use std::fmt::Debug;

use runtime::wire::{Codec, FullDate, Hyphenated, Rfc3339, Seconds};
use runtime::{Parameter, WithCodec};

use crate::codecs::{Coded, check_codec};
use crate::{check_rejected, decode, encode};

/// Checks that each text in `read` decodes to a value that encodes to the second item, and that the texts in `rejected`
/// do not decode.
#[track_caller]
fn check_texts<C: Codec<T>, T: PartialEq + Debug>(read: &[(&str, &str)], rejected: &[&str]) {
    for (text, written) in read {
        let value: Coded<C, T> = decode(format!("{text:?}")).unwrap();
        assert_eq!(encode(&value), format!("{written:?}"), "{text}");
        let again: Coded<C, T> = decode(format!("{written:?}")).unwrap();
        assert_eq!(again, value, "{text}");
    }
    for text in rejected {
        check_rejected::<Coded<C, T>>(&format!("{text:?}"), "$");
    }
    for json in ["null", "5", "[]", "{}"] {
        check_rejected::<Coded<C, T>>(json, "$");
    }
}

/// Date-times that encode to the same text.
const UNCHANGED: &[&str] = &[
    "2012-12-12T10:53:43-08:00",
    "2022-01-01T00:00:00Z",
    "2021-04-26T08:12:13.982Z",
    "2021-04-26T08:12:13.982001+05:45",
    "2021-04-26T08:12:13.000000001-00:30",
    "0001-01-01T00:00:00Z",
    "9999-12-30T21:59:59.999Z",
    "2024-02-29T23:59:59+14:00",
];

/// Date-times that encode to another text with the same instant and offset.
const NORMALIZED: &[(&str, &str)] = &[
    ("2022-01-01T00:00:00+00:00", "2022-01-01T00:00:00Z"),
    ("2022-01-01T00:00:00-00:00", "2022-01-01T00:00:00Z"),
    ("2022-01-01T00:00:00.000Z", "2022-01-01T00:00:00Z"),
    ("2022-01-01T00:00:00.5Z", "2022-01-01T00:00:00.500Z"),
    ("2022-01-01T00:00:00.1234567Z", "2022-01-01T00:00:00.123456700Z"),
    ("2022-01-01T00:00:00.123456789123Z", "2022-01-01T00:00:00.123456789Z"),
    ("2022-01-01t00:00:00z", "2022-01-01T00:00:00Z"),
    ("2022-01-01 12:00:00+02:00", "2022-01-01T12:00:00+02:00"),
    ("2022-01-01T12:00:00+0200", "2022-01-01T12:00:00+02:00"),
    ("2022-01-01T12:00:00-03", "2022-01-01T12:00:00-03:00"),
];

/// Texts that are not date-times, or that not all libraries accept.
const INVALID_DATE_TIMES: &[&str] = &[
    "",
    "2022-01-01",
    "2022-01-01T00:00:00",
    "2022-01-01 00:00:00",
    "2022-01-01T00:00Z",
    "2022-02-30T00:00:00Z",
    "2022-13-01T00:00:00Z",
    "2022-01-01T24:00:00Z",
    "2022-01-01T00:60:00Z",
    "2022-01-01T00:00:61Z",
    "2022-01-01T00:00:00.Z",
    "2022-01-01T00:00:00Z ",
    "2022-01-01T00:00:00+24:00",
    "2022-01-01T00:00:00+02:60",
    "2022-01-01T00:00:00+02:",
    "2022-01-01T00:00:00+2:00",
    "22-01-01T00:00:00Z",
    "2022-1-1T00:00:00Z",
    "2022-01-01T00:00:00é",
    "２022-01-01T00:00:00Z",
    "1641000000",
    "tomorrow",
];

fn date_times() -> Vec<(&'static str, &'static str)> {
    UNCHANGED.iter().map(|text| (*text, *text)).chain(NORMALIZED.iter().copied()).collect()
}

#[test]
fn date_times_with_offset() {
    check_texts::<Rfc3339, chrono::DateTime<chrono::FixedOffset>>(&date_times(), INVALID_DATE_TIMES);
    check_texts::<Rfc3339, jiff::Zoned>(&date_times(), INVALID_DATE_TIMES);
    check_texts::<Rfc3339, time::OffsetDateTime>(&date_times(), INVALID_DATE_TIMES);
}

/// The maximum date-time of jiff is a day earlier than the maximum of the others, to leave room for every offset.
#[test]
fn the_maximum_date_time() {
    let last = [("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z")];
    check_texts::<Rfc3339, chrono::DateTime<chrono::FixedOffset>>(&last, &[]);
    check_texts::<Rfc3339, time::OffsetDateTime>(&last, &[]);
    check_texts::<Rfc3339, jiff::Zoned>(&[], &[last[0].0]);
}

/// Types without an offset encode as UTC.
#[test]
fn date_times_in_utc() {
    let texts = [
        ("2012-12-12T10:53:43.5-08:00", "2012-12-12T18:53:43.500Z"),
        ("2012-12-12T10:53:43Z", "2012-12-12T10:53:43Z"),
    ];
    check_texts::<Rfc3339, chrono::DateTime<chrono::Utc>>(&texts, INVALID_DATE_TIMES);
    check_texts::<Rfc3339, jiff::Timestamp>(&texts, INVALID_DATE_TIMES);
}

/// Not every library supports leap seconds.
#[test]
fn leap_seconds() {
    let text = "1990-12-31T15:59:60.5-08:00";
    check_texts::<Rfc3339, chrono::DateTime<chrono::FixedOffset>>(
        &[(text, "1990-12-31T15:59:60.500-08:00")],
        &[],
    );
    let before = [(text, "1990-12-31T15:59:59.999999999-08:00")];
    check_texts::<Rfc3339, jiff::Zoned>(&before, &[]);
    check_texts::<Rfc3339, time::OffsetDateTime>(&before, &[]);
}

/// RFC 3339 has offsets of whole minutes only, so these are encoded as UTC.
#[test]
fn offsets_with_seconds() {
    let text = "1880-01-01T00:00:00Z";
    let chrono = chrono::DateTime::parse_from_rfc3339(text).unwrap();
    let chrono = chrono.with_timezone(&chrono::FixedOffset::west_opt(17_762).unwrap());
    assert_eq!(parameter::<Rfc3339, _>(&chrono), text);
    let jiff: jiff::Timestamp = text.parse().unwrap();
    let offset = jiff::tz::Offset::from_seconds(-17_762).unwrap();
    assert_eq!(parameter::<Rfc3339, _>(&jiff.to_zoned(jiff::tz::TimeZone::fixed(offset))), text);
    let time = time::OffsetDateTime::from_unix_timestamp(jiff.as_second()).unwrap();
    assert_eq!(
        parameter::<Rfc3339, _>(&time.to_offset(time::UtcOffset::from_whole_seconds(-17_762).unwrap())),
        text
    );
}

#[test]
fn dates() {
    let dates = ["2024-02-29", "0001-01-01", "9999-12-31"].map(|text| (text, text));
    let rejected =
        ["", "2023-02-29", "2024-2-29", "2024-02-29T00:00:00Z", "2024-02-29 ", "24-02-29", "2024-00-01"];
    check_texts::<FullDate, chrono::NaiveDate>(&dates, &rejected);
    check_texts::<FullDate, jiff::civil::Date>(&dates, &rejected);
    check_texts::<FullDate, time::Date>(&dates, &rejected);
}

#[test]
fn durations() {
    let spans = [
        ("3600s", "3600s"),
        ("0s", "0s"),
        ("-0s", "0s"),
        ("1.5s", "1.500s"),
        ("1.500s", "1.500s"),
        ("0.000001s", "0.000001s"),
        ("1.000000001s", "1.000000001s"),
        ("-1.5s", "-1.500s"),
        ("-0.000000001s", "-0.000000001s"),
        ("315576000000s", "315576000000s"),
        ("9223372036854775.807s", "9223372036854775.807s"),
        ("-9223372036854775.807s", "-9223372036854775.807s"),
    ];
    let rejected = [
        "",
        "s",
        "-s",
        ".5s",
        "3600",
        "+1s",
        "--1s",
        "1.-5s",
        "1 s",
        "1h",
        "1.0000000001s",
        "9223372036854775808s",
    ];
    check_texts::<Seconds, chrono::TimeDelta>(&spans, &rejected);
    check_rejected::<Coded<Seconds, chrono::TimeDelta>>(r#""9223372036854775.808s""#, "$");
    check_texts::<Seconds, jiff::SignedDuration>(&spans, &rejected);
    check_texts::<Seconds, time::Duration>(&spans, &rejected);
}

/// Texts decode to the right values. A round trip alone does not show that.
#[test]
fn decoded_values() {
    let at = "2012-12-12T10:53:43.5-08:00";
    let second = 1_355_338_423;
    let chrono: Coded<Rfc3339, chrono::DateTime<chrono::FixedOffset>> = decode(format!("{at:?}")).unwrap();
    assert_eq!((chrono.0.timestamp(), chrono.0.timestamp_subsec_millis()), (second, 500));
    let jiff: Coded<Rfc3339, jiff::Zoned> = decode(format!("{at:?}")).unwrap();
    assert_eq!((jiff.0.timestamp().as_second(), jiff.0.subsec_nanosecond()), (second, 500_000_000));
    let time: Coded<Rfc3339, time::OffsetDateTime> = decode(format!("{at:?}")).unwrap();
    assert_eq!((time.0.unix_timestamp(), time.0.millisecond()), (second, 500));
    check_codec::<FullDate, _>(
        &[(r#""2024-02-29""#, chrono::NaiveDate::from_ymd_opt(2024, 2, 29).unwrap(), r#""2024-02-29""#)],
        &[],
    );
    check_codec::<FullDate, _>(
        &[(r#""2024-02-29""#, jiff::civil::date(2024, 2, 29), r#""2024-02-29""#)],
        &[],
    );
    let date = time::Date::from_calendar_date(2024, time::Month::February, 29).unwrap();
    check_codec::<FullDate, _>(&[(r#""2024-02-29""#, date, r#""2024-02-29""#)], &[]);
    let span = r#""-1.500s""#;
    check_codec::<Seconds, _>(&[(span, chrono::TimeDelta::milliseconds(-1500), span)], &[]);
    check_codec::<Seconds, _>(&[(span, jiff::SignedDuration::from_millis(-1500), span)], &[]);
    check_codec::<Seconds, _>(&[(span, time::Duration::milliseconds(-1500), span)], &[]);
}

#[test]
fn uuids() {
    let text = "67e55044-10b1-426f-9247-bb680e5fe0c8";
    check_texts::<Hyphenated, uuid::Uuid>(
        &[
            (text, text),
            ("67E55044-10B1-426F-9247-BB680E5FE0C8", text),
            ("67e5504410b1426f9247bb680e5fe0c8", text),
            ("00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000"),
        ],
        &["", "67e55044", "67e55044-10b1-426f-9247-bb680e5fe0cg"],
    );
    assert_eq!(parameter::<Hyphenated, _>(&uuid::Uuid::try_parse(text).unwrap()), text);
}

#[test]
fn parameter_values() {
    let at: Coded<Rfc3339, chrono::DateTime<chrono::FixedOffset>> =
        decode(r#""2012-12-12T10:53:43-08:00""#).unwrap();
    assert_eq!(parameter::<Rfc3339, _>(&at.0), "2012-12-12T10:53:43-08:00");
    assert_eq!(parameter::<Rfc3339, _>(&at.0.to_utc()), "2012-12-12T18:53:43Z");
    assert_eq!(parameter::<FullDate, _>(&at.0.date_naive()), "2012-12-12");
    let at: Coded<Rfc3339, jiff::Zoned> = decode(r#""2012-12-12T10:53:43-08:00""#).unwrap();
    assert_eq!(parameter::<Rfc3339, _>(&at.0), "2012-12-12T10:53:43-08:00");
    assert_eq!(parameter::<Rfc3339, _>(&at.0.timestamp()), "2012-12-12T18:53:43Z");
    assert_eq!(parameter::<FullDate, _>(&at.0.date()), "2012-12-12");
    let at: Coded<Rfc3339, time::OffsetDateTime> = decode(r#""2012-12-12T10:53:43-08:00""#).unwrap();
    assert_eq!(parameter::<Rfc3339, _>(&at.0), "2012-12-12T10:53:43-08:00");
    assert_eq!(parameter::<FullDate, _>(&at.0.date()), "2012-12-12");
}

/// An error has the expected format and the text.
#[test]
fn errors_describe_the_expected_format() {
    let error = decode::<Vec<Coded<Rfc3339, jiff::Zoned>>>(r#"["2022-01-01T00:00:00"]"#).unwrap_err();
    let expected = "a date-time (RFC 3339) such as \"2024-05-01T12:00:00Z\"";
    assert_eq!(error, format!("$: expected {expected}, got \"2022-01-01T00:00:00\""));
}

fn parameter<C: Codec<T>, T>(value: &T) -> String {
    let json = WithCodec::<C, T>::new(value).to_json().unwrap();
    serde_json::from_slice(&json).unwrap()
}

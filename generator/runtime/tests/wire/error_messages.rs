//! Messages of decode errors: what was expected, and what was found.

use std::collections::BTreeMap;
use std::fmt::Debug;

use runtime::wire::{Base64, Float, FullDate, Hyphenated, List, Map, Own, Quoted, Rfc3339, Seconds};
use runtime::{Bytes, wire};
use serde::de::DeserializeOwned;

use crate::codecs::Coded;
use crate::decode;
use crate::types::{Home, Mood, Pet};

#[track_caller]
fn check<T: DeserializeOwned + Debug>(json: &str, message: &str) {
    assert_eq!(decode::<T>(json).unwrap_err(), message, "{json}");
}

#[test]
fn name_the_expected_type() {
    check::<String>("5", "$: expected a string, got 5");
    check::<bool>("5", "$: expected a boolean, got 5");
    check::<u8>("300", "$: expected an integer between 0 and 255, got 300");
    check::<i8>(r#""5""#, r#"$: expected an integer between -128 and 127, got "5""#);
    check::<u16>("-1", "$: expected an integer between 0 and 65535, got -1");
    check::<i16>("1.5", "$: expected an integer between -32768 and 32767, got 1.5");
    check::<u32>("[]", "$: expected an integer between 0 and 4294967295, got an array");
    check::<i32>("{}", "$: expected an integer between -2147483648 and 2147483647, got an object");
    check::<u64>("-1", "$: expected a non-negative 64-bit integer, got -1");
    check::<i64>("9223372036854775808", "$: expected a 64-bit integer, got 9223372036854775808");
    check::<f64>("true", "$: expected a number, got true");
    check::<Vec<u8>>("null", "$: expected an array, got null");
    check::<BTreeMap<String, u8>>("[1]", "$: expected an object, got an array");
    check::<Pet>("[]", "$: expected an object, got an array");
    check::<Home>("5", "$: expected an object, got 5");
    check::<Mood>("{}", "$: expected a string, got an object");
    check::<Mood>("9223372036854775808", "$: expected a 64-bit integer, got 9223372036854775808");
}

#[test]
fn name_the_expected_format() {
    const DATE_TIME: &str = r#"a date-time (RFC 3339) such as "2024-05-01T12:00:00Z""#;
    const DURATION: &str = r#"a duration such as "3600s" or "1.500s""#;
    let cases = [
        (decode::<Coded<Hyphenated, uuid::Uuid>>(r#""42""#).map(drop), r#"a UUID, got "42""#.to_owned()),
        (decode::<Coded<Rfc3339, jiff::Timestamp>>("null").map(drop), format!("{DATE_TIME}, got null")),
        (
            decode::<Coded<FullDate, jiff::civil::Date>>(r#""2024-02-30""#).map(drop),
            r#"a date such as "2024-05-01", got "2024-02-30""#.to_owned(),
        ),
        (decode::<Coded<Seconds, jiff::SignedDuration>>("1").map(drop), format!("{DURATION}, got 1")),
        (decode::<Coded<Base64, Bytes>>(r#""!""#).map(drop), r#"base64, got "!""#.to_owned()),
        (
            decode::<Coded<Quoted, i32>>(r#""x""#).map(drop),
            r#"an integer between -2147483648 and 2147483647, got "x""#.to_owned(),
        ),
        (decode::<Coded<Float, f64>>(r#""x""#).map(drop), r#"a number, got "x""#.to_owned()),
        (decode::<Coded<List, Vec<u8>>>("{}").map(drop), "an array, got an object".to_owned()),
        (decode::<Coded<Map, BTreeMap<String, u8>>>("[]").map(drop), "an object, got an array".to_owned()),
        (decode::<Coded<(Own, Own), (u8, u8)>>("[1]").map(drop), "an array of 2 items, got 1".to_owned()),
    ];
    for (decoded, message) in cases {
        assert_eq!(decoded.unwrap_err(), format!("$: expected {message}"));
    }
}

/// A type of codegen.toml, which refuses every value.
#[derive(Debug)]
struct Refusing;

impl<'de> serde::Deserialize<'de> for Refusing {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?;
        Err(serde::de::Error::custom("expected a price"))
    }
}

#[test]
fn show_the_message_of_another_type_without_its_position() {
    check::<Refusing>(r#""x""#, "$: expected a price");
    check::<Vec<Refusing>>("[\n\"x\"]", "$: expected a price");
}

#[test]
fn name_missing_properties_and_invalid_json() {
    check::<Pet>("{}", "$.id: required property `id` is missing");
    check::<Pet>(r#"{"id":null}"#, "$.id: expected a string, got null");
    check::<Pet>("", "$: the JSON ends too early (line 1 column 0)");
    check::<Pet>("{", "$: the JSON ends too early (line 1 column 1)");
    check::<Pet>("<html>", "$: invalid JSON: expected value (line 1 column 1)");
    check::<bool>("true false", "$: invalid JSON: trailing characters (line 1 column 6)");
}

#[test]
fn show_values_short_and_in_one_line() {
    check::<u64>(
        r#""a\n\u001b[31m\u202e\"""#,
        r#"$: expected a non-negative 64-bit integer, got "a\n\u{1b}[31m\u{202e}\"""#,
    );
    let expected = "$: expected a boolean, got";
    for (text, shown) in [
        ("a".repeat(40), format!("\"{}\"", "a".repeat(40))),
        ("a".repeat(41), format!("\"{}...\"", "a".repeat(40))),
        ("é".repeat(100), format!("\"{}...\"", "é".repeat(40))),
        ("\n".repeat(100), format!("\"{}...\"", r"\n".repeat(40))),
        ("\u{202e}".repeat(100), format!("\"{}...\"", r"\u{202e}".repeat(40))),
        ("x, expected y".to_owned(), r#""x, expected y""#.to_owned()),
        (String::new(), r#""""#.to_owned()),
    ] {
        check::<bool>(&serde_json::to_string(&text).unwrap(), &format!("{expected} {shown}"));
    }
}

#[test]
fn hide_values_of_secret_properties() {
    for (name, value, shown) in [
        ("name", r#""s3cr3t""#, r#""s3cr3t""#),
        ("password", r#""s3cr3t""#, "a string"),
        ("clientSecret", r#""s3cr3t""#, "a string"),
        ("api_key", r#""s3cr3t""#, "a string"),
        ("privateKey", r#""s3cr3t""#, "a string"),
        ("pin", "1234.5", "a number"),
        ("pin", "{}", "an object"),
        ("idempotencyKey", r#""s3cr3t""#, r#""s3cr3t""#),
    ] {
        let json = format!(r#"{{"{name}":{value}}}"#);
        let error = wire::from_slice::<Coded<Map, BTreeMap<String, bool>>>(json.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), format!("$.{name}: expected a boolean, got {shown}"));
        assert_eq!(format!("{error:?}").contains("s3cr3t"), shown.contains("s3cr3t"), "{error:?}");
    }
    let json = br#"{"tokens":["s3cr3t"]}"#;
    let error = wire::from_slice::<Coded<Map<List>, BTreeMap<String, Vec<bool>>>>(json).unwrap_err();
    assert_eq!(error.to_string(), "$.tokens[0]: expected a boolean, got a string");
}

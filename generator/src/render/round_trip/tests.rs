//! Which values are equal.

use serde_json::Value;

use super::compare::{Rules, difference};

fn found(before: &str, after: &str, protojson: bool) -> Option<String> {
    let parse = |text: &str| -> Value {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    };
    difference(&parse(before), &parse(after), Rules { protojson })
}

#[test]
fn the_same_value_may_be_written_in_several_ways() {
    for (before, after) in [
        ("{\"a\": 1, \"b\": [true, null]}", "{\"b\": [true, null], \"a\": 1.0}"),
        ("{\"a\": null}", "{}"),
        ("{}", "{\"a\": null}"),
        ("0.1", "0.10000000000000002"),
        ("\"2020-02-29T23:30:00.500Z\"", "\"2020-03-01T01:00:00.5+01:30\""),
        ("\"1999-12-31 23:59:59Z\"", "\"1999-12-31T23:59:59+00:00\""),
        ("\"2000-01-01T00:00:00-00:30\"", "\"2000-01-01T00:30:00.000Z\""),
    ] {
        assert_eq!(found(before, after, false), None, "{before} {after}");
        assert_eq!(found(before, after, true), None, "{before} {after}");
    }
}

#[test]
fn a_difference_is_told_with_its_path() {
    for (before, after, difference) in [
        ("{\"a\": {\"b\": [1, 2]}}", "{\"a\": {\"b\": [1, 3]}}", "$.a.b[1]: 2 became 3"),
        ("{\"a\": \"x\"}", "{}", "$.a: \"x\" is missing"),
        ("{}", "{\"a\": false}", "$.a: false was added"),
        ("[1]", "[1, 2]", "$: [1] became [1,2]"),
        ("\"1\"", "1", "$: \"1\" became 1"),
        ("9007199254740993", "9007199254740000", "$: 9007199254740993 became 9007199254740000"),
        (
            "\"2020-01-01T00:00:00Z\"",
            "\"2020-01-01T00:00:00.1Z\"",
            "$: \"2020-01-01T00:00:00Z\" became \"2020-01-01T00:00:00.1Z\"",
        ),
        ("\"2020-01-01\"", "\"2020-01-02\"", "$: \"2020-01-01\" became \"2020-01-02\""),
        ("\"été 12:00 à Paris\"", "\"x\"", "$: \"été 12:00 à Paris\" became \"x\""),
    ] {
        assert_eq!(found(before, after, false).as_deref(), Some(difference));
    }
}

#[test]
fn protobuf_does_not_tell_empty_from_absent_nor_a_number_from_its_text() {
    for (before, after) in [
        ("{\"a\": 0, \"b\": \"\", \"c\": [], \"d\": false}", "{}"),
        ("{}", "{\"a\": \"0\"}"),
        ("{\"a\": 12}", "{\"a\": \"12\"}"),
    ] {
        assert_eq!(found(before, after, true), None);
        assert!(found(before, after, false).is_some());
    }
    assert!(found("{\"a\": 1}", "{}", true).is_some());
}

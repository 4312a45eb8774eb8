//! Malicious or broken input: an error, never a panic or a stack overflow.

use runtime::wire::{Any, Value, from_slice};

use crate::types::{Home, Pet};

const LEVELS: usize = 100_000;

#[test]
fn rejects_excessive_nesting() {
    let nested = |open: &str, middle: &str, close: &str| {
        format!("{}{middle}{}", open.repeat(LEVELS), close.repeat(LEVELS))
    };
    let pets = [
        // In a recursive type.
        nested(r#"{"id":"a","friends":["#, "", "]}"),
        nested(r#"{"id":"a","kennel":"#, r#"{"id":"b"}"#, "}"),
        // In a property of any JSON type.
        format!(r#"{{"id":"a","street":{}}}"#, nested(r#"{"a":"#, "1", "}")),
        // In the second key of a union.
        format!(r#"{{"id":"a","flat":1,"street":{}}}"#, nested(r#"{"a":"#, "1", "}")),
        // In an unknown property.
        format!(r#"{{"id":"a","later":{}}}"#, nested("[", "", "]")),
        // In a property of another type.
        format!(r#"{{"id":"a","name":{}}}"#, nested("[", "", "]")),
        nested("[", "", "]"),
    ];
    for json in pets {
        assert!(from_slice::<Pet>(json.as_bytes()).is_err(), "{}", &json[..60]);
    }
    let homes = [nested(r#"{"kennel":{"id":"a","kennel":"#, "1", "}}"), nested(r#"{"tent":"#, "1", "}")];
    for json in homes {
        assert!(from_slice::<Home>(json.as_bytes()).is_err(), "{}", &json[..60]);
    }
    let message = nested(r#"{"@type":"a","b":"#, "1", "}");
    assert!(from_slice::<Any>(message.as_bytes()).is_err());
    assert!(from_slice::<Value>(message.as_bytes()).is_err());
    // Nesting that is never closed.
    assert!(from_slice::<Pet>(r#"{"id":"a","friends":["#.repeat(LEVELS).as_bytes()).is_err());
}

#[test]
fn accepts_moderate_nesting() {
    // Each level is an object and an array, so 50 levels are 100 levels of JSON.
    let json = format!("{}{}", r#"{"id":"a","friends":["#.repeat(50), "]}".repeat(50));
    let mut pet: Pet = from_slice(json.as_bytes()).unwrap();
    let mut depth = 1;
    while let Some(friend) = pet.friends.pop() {
        (pet, depth) = (friend, depth + 1);
    }
    assert_eq!(depth, 50);
}

#[test]
fn rejects_invalid_utf_8_and_escapes() {
    for (json, path) in [
        (&b"{\"id\":\"\xff\"}"[..], "$.id"),
        (b"{\"id\":\"a\",\"tags\":{\"\xc3\":1}}", "$.tags"),
        (b"{\"id\":\"a\",\"\xff\":1}", "$"),
        (b"{\"id\":\"a\",\"later\":\"\xed\xa0\x80\"}", "$"),
        (b"{\"id\":\"\\ud800\"}", "$.id"),
        (b"{\"id\":\"a\nb\"}", "$.id"),
        (b"\xef\xbb\xbf\xef\xbb\xbf{\"id\":\"a\"}", "$"),
        (b"\xff\xfe{\0}\0", "$"),
    ] {
        let error = from_slice::<Pet>(json).unwrap_err();
        assert_eq!(error.path(), path, "{}: {error}", json.escape_ascii());
    }
}

#[test]
fn rejects_numbers_out_of_range() {
    for number in
        ["1e400", "-1e400", "9223372036854775808", "1e18446744073709551616", "NaN", "0x1", "01", "+1", "1."]
    {
        let json = format!(r#"{{"id":"a","age":{number}}}"#);
        assert!(from_slice::<Pet>(json.as_bytes()).is_err(), "{json}");
    }
    // In an unknown property, numbers are rejected only if `Value` cannot represent them.
    assert!(from_slice::<Pet>(br#"{"id":"a","later":18446744073709551616}"#).is_ok());
    let is_value = from_slice::<Value>(b"1e400").is_ok();
    assert_eq!(from_slice::<Pet>(br#"{"id":"a","later":1e400}"#).is_ok(), is_value);
}

#[test]
fn rejects_every_truncated_body() {
    let json = concat!(
        r#"{"id":"a","name":"\u00e9\"","age":"-7","mood":3,"friends":[{"id":"b"}],"#,
        r#""tags":{"x":1},"flat":1,"street":{"a":[1.5,true,null]},"later":{"b":[]}}"#
    );
    assert!(from_slice::<Pet>(json.as_bytes()).is_ok());
    for end in 0..json.len() {
        let prefix = &json.as_bytes()[..end];
        assert!(from_slice::<Pet>(prefix).is_err(), "{}", prefix.escape_ascii());
    }
}

#[test]
fn rejects_trailing_characters() {
    assert!(from_slice::<Pet>(b" {\"id\":\"a\"} \r\n").is_ok());
    for rest in ["{}", "x", "]", "\0"] {
        assert!(from_slice::<Pet>(format!(r#"{{"id":"a"}}{rest}"#).as_bytes()).is_err(), "{rest}");
    }
}

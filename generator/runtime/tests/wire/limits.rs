//! Malicious or broken input: an error, never a panic or a stack overflow.

use runtime::wire::{Any, Value, from_slice};

use crate::types::{Home, Pet};
use crate::{check_rejected, decode, encode};

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
        // In a property of another type.
        format!(r#"{{"id":"a","name":{}}}"#, nested("[", "", "]")),
        nested("[", "", "]"),
    ];
    for json in pets {
        assert!(from_slice::<Pet>(json.as_bytes()).is_err(), "{}", &json[..60]);
    }
    let home = nested(r#"{"kennel":{"id":"a","kennel":"#, "1", "}}");
    assert!(from_slice::<Home>(home.as_bytes()).is_err());
    assert!(from_slice::<Value>(nested("[", "", "]").as_bytes()).is_err());
    // Where the type is unknown, the value is cut off.
    assert!(from_slice::<Home>(nested(r#"{"tent":"#, "1", "}").as_bytes()).is_ok());
    assert!(from_slice::<Any>(nested(r#"{"@type":"a","b":"#, "1", "}").as_bytes()).is_ok());
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
}

/// Values that are valid JSON. Most of them cannot be represented as a [`Value`].
fn extreme_values() -> Vec<String> {
    let mut values =
        ["1e400", "-1e-400", r#""\ud800""#, r#"[1, {"\udfff": "\ud800\u0041"}]"#, "1.000", r#""\/""#]
            .map(str::to_owned)
            .to_vec();
    values.push("7".repeat(400));
    values.push(format!("{}{}", "[".repeat(LEVELS), "]".repeat(LEVELS)));
    values.push(format!("{}1{}", r#"{"a":"#.repeat(LEVELS), "}".repeat(LEVELS)));
    values
}

#[test]
fn preserves_unknown_properties_whatever_they_hold() {
    for value in extreme_values() {
        let json = format!(r#"{{"id":"a","later":{value}}}"#);
        let pet: Pet = decode(&json).unwrap();
        assert_eq!(pet.unknown_fields.text("later"), Some(&*value));
        assert_eq!(encode(&pet), json);
        assert_eq!(decode(&json), Ok(pet));
        // The same in a nested object.
        let json = format!(r#"{{"id":"a","friends":[{json}],"kennel":{json}}}"#);
        assert_eq!(encode(&decode::<Pet>(&json).unwrap()), json);
    }
}

#[test]
fn unknown_properties_have_no_line_breaks() {
    let pet: Pet = decode("{\"id\":\"a\",\"later\": {\n  \"b c\": \"\\\" d\"\r\n}}").unwrap();
    assert_eq!(pet.unknown_fields.text("later"), Some(r#"{"b c":"\" d"}"#));
}

#[test]
fn the_private_name_of_serde_json_is_rejected() {
    for name in ["$serde_json::private::RawValue", r"\u0024serde_json::private::RawValue"] {
        check_rejected::<serde_json::Value>(&format!(r#"{{"labels":{{"{name}":"[1,2]"}}}}"#), "$");
        check_rejected::<Pet>(&format!(r#"{{"id":"a","later":{{"{name}":"x"}}}}"#), "$");
        assert!(decode::<serde_json::Value>(&format!(r#"{{"labels":["{name}"]}}"#)).is_ok());
    }
}

#[test]
fn the_private_name_of_numbers_is_rejected() {
    for name in ["$serde_json::private::Number", r"\u0024serde_json::private::Number"] {
        check_rejected::<serde_json::Value>(&format!(r#"{{"size":{{"{name}":"12"}}}}"#), "$");
        check_rejected::<Pet>(&format!(r#"{{"id":"a","age":{{"{name}":"12"}}}}"#), "$");
        assert!(decode::<serde_json::Value>(&format!(r#"{{"sizes":["{name}"]}}"#)).is_ok());
    }
}

#[test]
fn ignores_properties_whose_names_are_not_unicode() {
    for json in [
        r#"{"\ud800":{"a":[1e400]},"id":"a"}"#,
        r#"{"id":"a","\udc00\ud800x":"\ud800"}"#,
        r#"{"id":"a","\uDBFF":1}"#,
    ] {
        assert_eq!(decode::<Pet>(json), Ok(Pet::with_id("a")), "{json}");
    }
    assert_eq!(decode::<Home>(r#"{"\ud800":1,"flat":3}"#), Ok(Home::Flat(3)));
    assert_eq!(decode::<Any>(r#"{"\ud800":1,"@type":"a"}"#).map(|any| any.type_url), Ok("a".to_owned()));
    // A pair of surrogates is a character.
    let pet: Pet = decode(r#"{"id":"a","\ud83d\ude00":1}"#).unwrap();
    assert_eq!(pet.unknown_fields.text("\u{1f600}"), Some("1"));
    // In a map, the name is data.
    check_rejected::<Pet>(r#"{"id":"a","tags":{"\ud800":1}}"#, "$.tags");
}

#[test]
fn scalars_in_the_deepest_lists_are_kept() {
    let deep = format!("{}1{}", "[".repeat(126), "]".repeat(126));
    let message: Any = decode(format!(r#"{{"@type":"a","far":"\ud800","near":{deep}}}"#)).unwrap();
    let near: serde_json::Value = serde_json::from_str(&deep).unwrap();
    assert_eq!(serde_json::Value::from(message.fields), serde_json::json!({ "near": near }));
}

#[test]
fn unknown_values_of_unions_omit_what_cannot_be_represented() {
    // With the feature `arbitrary_precision` of serde_json, all numbers can be represented.
    let number = Some("1e400").filter(|number| serde_json::from_str::<serde_json::Value>(number).is_err());
    for far in [r#""\ud800""#].into_iter().chain(number) {
        let value = format!(r#"{{"tent":{{"poles":2,"far":{far}}},"boat":"\ud800"}}"#);
        let known = serde_json::json!({ "tent": { "poles": 2 } });
        assert_eq!(decode::<Home>(&value), Ok(Home::Unknown(known.as_object().unwrap().clone())));
        // The second key of a union.
        let two = decode::<Home>(&format!(r#"{{"flat":1,"street":{{"a":{far},"b":1}}}}"#));
        let known = serde_json::json!({ "flat": "1", "street": { "b": 1 } });
        assert_eq!(two, Ok(Home::Unknown(known.as_object().unwrap().clone())));
        let list = format!(r#"[{{"far":{far},"b":"\n"}},{{}}]"#);
        let message: Any =
            decode(format!(r#"{{"@type":"a","far":{far},"near":{list},"b":[1,{far}]}}"#)).unwrap();
        assert_eq!(
            serde_json::Value::from(message.fields),
            serde_json::json!({ "near": [{ "b": "\n" }, {}] })
        );
    }
}

#[test]
fn errors_in_known_properties_have_a_path() {
    check_rejected::<Pet>(r#"{"id":"\ud800"}"#, "$.id");
    check_rejected::<Pet>(r#"{"id":"a","friends":[{"id":"b","age":1e400}]}"#, "$.friends[0].age");
    check_rejected::<Pet>(r#"{"id":"a","street":{"a":"\ud800"}}"#, "$.street");
    check_rejected::<Pet>(&format!(r#"{{"id":"a","age":{}}}"#, "7".repeat(400)), "$.age");
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

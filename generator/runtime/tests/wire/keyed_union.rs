//! Unions distinguished by which one key is set: as objects of their own, and flattened into a struct.

use runtime::wire::Object;
use serde_json::{Value, json};

use crate::types::{Home, Pet};
use crate::{check, check_rejected, decode, encode};

fn unknown(value: Value) -> Home {
    match value {
        Value::Object(object) => Home::Unknown(object),
        other => panic!("not an object: {other}"),
    }
}

/// Asserts that a union preserves `json` as `Unknown`, and encodes it unchanged.
#[track_caller]
fn check_preserved(json: Value) {
    let text = json.to_string();
    assert_eq!(decode::<Home>(&text), Ok(unknown(json.clone())), "{text}");
    assert_eq!(serde_json::to_value(unknown(json.clone())).unwrap(), json);
}

#[test]
fn one_known_key() {
    check(r#"{"flat":"3"}"#, Home::Flat(3), r#"{"flat":"3"}"#);
    check(r#"{"flat":3}"#, Home::Flat(3), r#"{"flat":"3"}"#);
    check(r#"{"street":{}}"#, Home::Street(Object::new()), r#"{"street":{}}"#);
    let kennel = Home::Kennel(Box::new(Pet::with_id("a")));
    check(r#"{"kennel":{"id":"a"}}"#, kennel, r#"{"kennel":{"id":"a"}}"#);
    // A key with an empty value counts as set.
    check(r#"{"flat":0}"#, Home::Flat(0), r#"{"flat":"0"}"#);
}

#[test]
fn null_counts_as_absent() {
    check(r#"{"kennel":null,"flat":"3","street":null}"#, Home::Flat(3), r#"{"flat":"3"}"#);
    check(r#"{"kennel":null}"#, Home::Unknown(Object::new()), "{}");
    check(r#"{"flat":null,"street":null}"#, Home::Unknown(Object::new()), "{}");
    check(r#"{"flat":3,"flat":null}"#, Home::Flat(3), r#"{"flat":"3"}"#);
}

#[test]
fn preserves_objects_without_a_known_key() {
    check_preserved(json!({}));
    check_preserved(json!({ "tent": { "poles": [1, null, 2.5] } }));
    check_preserved(json!({ "tent": 1, "boat": null }));
    // A known key that is null is dropped.
    assert_eq!(decode(r#"{"flat":null,"tent":1}"#), Ok(unknown(json!({ "tent": 1 }))));
}

#[test]
fn preserves_objects_with_several_known_keys() {
    check_preserved(json!({ "flat": "3", "street": { "name": "Elm" } }));
    check_preserved(json!({ "kennel": { "id": "a", "later": 1 }, "flat": "3", "street": {} }));
    // The first value has been decoded and is encoded again; the others are preserved as received.
    let mixed = decode(r#"{"flat":3,"kennel":{"id":"a","name":null},"street":null}"#);
    assert_eq!(mixed, Ok(unknown(json!({ "flat": "3", "kennel": { "id": "a", "name": null } }))));
}

#[test]
fn preserves_several_known_keys_and_unknown_keys() {
    check_preserved(json!({ "tent": 1, "flat": "3", "street": {}, "boat": [] }));
    check_preserved(json!({ "flat": "3", "street": {}, "tent": { "poles": 2 } }));
}

#[test]
fn one_known_key_wins_over_unknown_keys() {
    assert_eq!(decode(r#"{"flat":3,"tent":1}"#), Ok(Home::Flat(3)));
    assert_eq!(decode(r#"{"tent":1,"flat":3}"#), Ok(Home::Flat(3)));
}

#[test]
fn a_duplicate_key_counts_once() {
    check(r#"{"flat":3,"flat":4}"#, Home::Flat(4), r#"{"flat":"4"}"#);
    check(r#"{"flat":3,"street":null,"flat":4,"flat":5}"#, Home::Flat(5), r#"{"flat":"5"}"#);
    assert_eq!(
        decode(r#"{"flat":3,"street":{},"street":{"a":1}}"#),
        Ok(unknown(json!({ "flat": "3", "street": { "a": 1 } })))
    );
    let pet = Pet { home: Some(Home::Flat(4)), ..Pet::with_id("a") };
    check(r#"{"id":"a","flat":3,"flat":4}"#, pet, r#"{"id":"a","flat":"4"}"#);
    check_rejected::<Home>(r#"{"kennel":{"id":"a"},"kennel":{"id":5}}"#, "$.kennel.id");
}

/// A text of this crate's own type can hold what a [`Value`] cannot.
#[test]
fn no_known_key_is_lost_because_it_cannot_be_represented() {
    // The same key again, although its first value has no `Value`.
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let first = format!(r#"{{"id":"a","later":{deep}}}"#);
    let kennel = |pet| Ok(Home::Kennel(Box::new(pet)));
    assert_eq!(decode(format!(r#"{{"kennel":{first},"kennel":{{"id":"b"}}}}"#)), kennel(Pet::with_id("b")));
    // Two keys, one of which a `Value` would not have.
    for far in [r#""\ud800""#, &deep] {
        check_rejected::<Home>(&format!(r#"{{"flat":3,"street":{far}}}"#), "$.street");
        check_rejected::<Home>(&format!(r#"{{"flat":3,"street":{{}},"street":{far}}}"#), "$.street");
        check_rejected::<Home>(&format!(r#"{{"flat":3,"street":{{}},"kennel":{far}}}"#), "$.kennel");
    }
}

#[test]
fn decodes_many_duplicates_in_linear_time() {
    // Copying the object for each of the 50,000 duplicates would copy a megabyte each time.
    let (long, repeated) = ("x".repeat(1024 * 1024), r#","flat":1"#.repeat(50_000));
    let home = format!(r#""flat":3,"street":{{"name":"{long}"}}{repeated}"#);
    let expected = unknown(json!({ "flat": 1, "street": { "name": long } }));
    assert_eq!(decode::<Home>(format!("{{{home}}}")).as_ref(), Ok(&expected));
    assert_eq!(decode::<Pet>(format!(r#"{{"id":"a",{home}}}"#)).map(|pet| pet.home), Ok(Some(expected)));
}

#[test]
fn the_text_of_nested_duplicates_is_limited() {
    // Each level is read as text, and again by the next one.
    let kennels = |levels: usize, length: usize| {
        let (open, text) = (r#"{"id":"a","kennel":{"id":"b"},"kennel":"#, "x".repeat(length));
        format!(r#"{}{{"id":"c","name":"{text}"}}{}"#, open.repeat(levels), "}".repeat(levels))
    };
    for (levels, length) in [(120, 256 << 10), (20, 2 << 20)] {
        assert!(decode::<Pet>(kennels(levels, length)).is_ok(), "{levels} levels around {length} bytes");
    }
    let error = decode::<Pet>(kennels(120, 1 << 20)).unwrap_err();
    assert!(error.contains("more than 64 MiB and 32 times its size would be read"), "{error}");
}

#[test]
fn flattened_into_a_struct() {
    let with = |home| Pet { home, ..Pet::with_id("a") };
    check(r#"{"id":"a"}"#, with(None), r#"{"id":"a"}"#);
    check(r#"{"flat":null,"id":"a","kennel":null}"#, with(None), r#"{"id":"a"}"#);
    check(r#"{"flat":"3","id":"a"}"#, with(Some(Home::Flat(3))), r#"{"id":"a","flat":"3"}"#);
    check(r#"{"kennel":null,"id":"a","flat":3}"#, with(Some(Home::Flat(3))), r#"{"id":"a","flat":"3"}"#);
    // All keys of the union in the object belong to the union. Other properties are unknown fields of the struct.
    let pet: Pet = decode(r#"{"street":{},"tent":1,"id":"a","flat":"3"}"#).unwrap();
    assert_eq!(pet.home, Some(unknown(json!({ "street": {}, "flat": "3" }))));
    assert_eq!(pet.unknown_fields.get("tent"), Some(json!(1)));
    assert_eq!(decode(encode(&pet)), Ok(pet));
}

#[test]
fn rejects_other_values() {
    for json in ["null", "[]", "3", r#""flat""#] {
        check_rejected::<Home>(json, "$");
    }
    check_rejected::<Home>(r#"{"flat":"three"}"#, "$.flat");
    check_rejected::<Home>(r#"{"kennel":{"id":"a","home":1,"flat":{}}}"#, "$.kennel.flat");
    check_rejected::<Pet>(
        r#"{"id":"a","kennel":{"id":"b","friends":[{"id":"c"},{"id":"d","street":5}]}}"#,
        "$.kennel.friends[1].street",
    );
}

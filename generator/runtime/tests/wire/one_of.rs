//! Unions told apart by which one member is set: objects of their own, and members among the fields of a struct.

use runtime::wire::Object;
use serde_json::{Value, json};

use crate::types::{Home, Pet};
use crate::{check, check_refused, decode, encode};

fn unknown(value: Value) -> Home {
    match value {
        Value::Object(object) => Home::Unknown(object),
        other => panic!("no object: {other}"),
    }
}

/// Asserts that `json` is kept as it is, by a union of its own and by one among the fields of a struct.
#[track_caller]
fn check_kept(json: Value) {
    let text = json.to_string();
    assert_eq!(decode::<Home>(&text), Ok(unknown(json.clone())), "{text}");
    assert_eq!(serde_json::to_value(unknown(json.clone())).unwrap(), json);
}

#[test]
fn one_member() {
    check(r#"{"flat":"3"}"#, Home::Flat(3), r#"{"flat":"3"}"#);
    check(r#"{"flat":3}"#, Home::Flat(3), r#"{"flat":"3"}"#);
    check(r#"{"street":{}}"#, Home::Street(Object::new()), r#"{"street":{}}"#);
    let kennel = Home::Kennel(Box::new(Pet::called("a")));
    check(r#"{"kennel":{"id":"a"}}"#, kennel, r#"{"kennel":{"id":"a"}}"#);
    // A member that is set is set, however empty its value.
    check(r#"{"flat":0}"#, Home::Flat(0), r#"{"flat":"0"}"#);
}

#[test]
fn null_is_absence() {
    check(r#"{"kennel":null,"flat":"3","street":null}"#, Home::Flat(3), r#"{"flat":"3"}"#);
    check(r#"{"kennel":null}"#, Home::Unknown(Object::new()), "{}");
    check(r#"{"flat":null,"street":null}"#, Home::Unknown(Object::new()), "{}");
    check(r#"{"flat":3,"flat":null}"#, Home::Flat(3), r#"{"flat":"3"}"#);
}

#[test]
fn no_known_member() {
    check_kept(json!({}));
    check_kept(json!({ "tent": { "poles": [1, null, 2.5] } }));
    check_kept(json!({ "tent": 1, "boat": null }));
    // Null for one that is known is still nothing.
    assert_eq!(decode(r#"{"flat":null,"tent":1}"#), Ok(unknown(json!({ "tent": 1 }))));
}

#[test]
fn several_members() {
    check_kept(json!({ "flat": "3", "street": { "name": "Elm" } }));
    check_kept(json!({ "kennel": { "id": "a", "later": 1 }, "flat": "3", "street": {} }));
    // Of the first the type has been read, and says the same in its own way; the others are as they came.
    let mixed = decode(r#"{"flat":3,"kennel":{"id":"a","name":null},"street":null}"#);
    assert_eq!(mixed, Ok(unknown(json!({ "flat": "3", "kennel": { "id": "a", "name": null } }))));
}

#[test]
fn several_members_and_others_that_nobody_knows() {
    check_kept(json!({ "tent": 1, "flat": "3", "street": {}, "boat": [] }));
    check_kept(json!({ "flat": "3", "street": {}, "tent": { "poles": 2 } }));
}

#[test]
fn a_known_member_decides_whatever_stands_beside_it() {
    assert_eq!(decode(r#"{"flat":3,"tent":1}"#), Ok(Home::Flat(3)));
    assert_eq!(decode(r#"{"tent":1,"flat":3}"#), Ok(Home::Flat(3)));
}

#[test]
fn the_same_member_twice_is_no_second_one() {
    check(r#"{"flat":3,"flat":4}"#, Home::Flat(4), r#"{"flat":"4"}"#);
    check(r#"{"flat":3,"street":null,"flat":4,"flat":5}"#, Home::Flat(5), r#"{"flat":"5"}"#);
    assert_eq!(
        decode(r#"{"flat":3,"street":{},"street":{"a":1}}"#),
        Ok(unknown(json!({ "flat": "3", "street": { "a": 1 } })))
    );
    let pet = Pet { home: Some(Home::Flat(4)), ..Pet::called("a") };
    check(r#"{"id":"a","flat":3,"flat":4}"#, pet, r#"{"id":"a","flat":"4"}"#);
    check_refused::<Home>(r#"{"kennel":{"id":"a"},"kennel":{"id":5}}"#, "$.kennel.id");
}

#[test]
fn what_is_repeated_for_ever_is_read_once() {
    // Each copy of what stands before would be a megabyte more to copy, of 50,000.
    let (long, again) = ("x".repeat(1024 * 1024), r#","flat":1"#.repeat(50_000));
    let home = format!(r#""flat":3,"street":{{"name":"{long}"}}{again}"#);
    let expected = unknown(json!({ "flat": 1, "street": { "name": long } }));
    assert_eq!(decode::<Home>(format!("{{{home}}}")).as_ref(), Ok(&expected));
    assert_eq!(decode::<Pet>(format!(r#"{{"id":"a",{home}}}"#)).map(|pet| pet.home), Ok(Some(expected)));
}

#[test]
fn among_the_fields_of_a_struct() {
    let with = |home| Pet { home, ..Pet::called("a") };
    check(r#"{"id":"a"}"#, with(None), r#"{"id":"a"}"#);
    check(r#"{"flat":null,"id":"a","kennel":null}"#, with(None), r#"{"id":"a"}"#);
    check(r#"{"flat":"3","id":"a"}"#, with(Some(Home::Flat(3))), r#"{"id":"a","flat":"3"}"#);
    check(r#"{"kennel":null,"id":"a","flat":3}"#, with(Some(Home::Flat(3))), r#"{"id":"a","flat":"3"}"#);
    // Members from all over the object are one union, and what is none of them is a field of the object.
    let pet: Pet = decode(r#"{"street":{},"tent":1,"id":"a","flat":"3"}"#).unwrap();
    assert_eq!(pet.home, Some(unknown(json!({ "street": {}, "flat": "3" }))));
    assert_eq!(pet.unknown_fields.get("tent"), Some(&json!(1)));
    assert_eq!(decode(encode(&pet)), Ok(pet));
}

#[test]
fn what_does_not_fit() {
    for json in ["null", "[]", "3", r#""flat""#] {
        check_refused::<Home>(json, "$");
    }
    check_refused::<Home>(r#"{"flat":"three"}"#, "$.flat");
    check_refused::<Home>(r#"{"kennel":{"id":"a","home":1,"flat":{}}}"#, "$.kennel.flat");
    check_refused::<Pet>(
        r#"{"id":"a","kennel":{"id":"b","friends":[{"id":"c"},{"id":"d","street":5}]}}"#,
        "$.kennel.friends[1].street",
    );
}

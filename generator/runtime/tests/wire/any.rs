//! Protobuf `Any` messages.

use runtime::wire::{Any, Value, from_slice};
use serde_json::json;

use crate::types::{Home, Pet};
use crate::{check, check_rejected, decode, encode};

const DOG: &str = r#"{"@type":"type.googleapis.com/pets.v1.Dog","id":"a"}"#;

#[test]
fn decodes_the_type_and_the_properties() {
    let any: Any = decode(DOG).unwrap();
    assert_eq!(any.type_url, "type.googleapis.com/pets.v1.Dog");
    assert_eq!(any.type_name(), "pets.v1.Dog");
    assert_eq!(any.fields.get("id"), Some(&json!("a")));
    assert_eq!(any.fields.len(), 1);
    check(DOG, any.clone(), DOG);
    // `@type` does not need to come first.
    check(r#"{"id":"a","@type":"type.googleapis.com/pets.v1.Dog"}"#, any, DOG);
}

#[test]
fn accepts_type_names_without_a_host_or_no_name() {
    for (json, name) in [
        (r#"{"@type":"pets.v1.Dog"}"#, "pets.v1.Dog"),
        (r#"{"@type":"a/b/pets.v1.Dog"}"#, "pets.v1.Dog"),
        (r#"{"@type":"a/"}"#, ""),
        (r#"{"@type":null}"#, ""),
        ("{}", ""),
    ] {
        let any: Any = decode(json).unwrap();
        assert_eq!(any.type_name(), name, "{json}");
        assert_eq!(decode(encode(&any)), Ok(any), "{json}");
    }
}

#[test]
fn decodes_a_message_as_its_type() {
    let any: Any = decode(r#"{"@type":"type.test/pets.v1.Pet","id":"a"}"#).unwrap();
    assert!(any.is::<Pet>());
    assert_eq!(any.decode::<Pet>().unwrap(), Pet::with_id("a"));
    let any: Any = decode(r#"{"@type":"pets.v1.Pet","id":"a","friends":[{"id":"b"},{"id":7}]}"#).unwrap();
    assert_eq!(any.decode::<Pet>().unwrap_err().path(), "$.friends[1].id");
}

#[test]
fn does_not_decode_a_message_as_another_type() {
    let dog: Any = decode(DOG).unwrap();
    let error = dog.decode::<Pet>().unwrap_err();
    assert_eq!(
        error.to_string(),
        r#"$["@type"]: expected a message of type "pets.v1.Pet", got one of type "pets.v1.Dog""#
    );
    assert_eq!(dog.decode_as::<Pet>().unwrap(), Pet::with_id("a"));
    // The whole name is compared, not only its end.
    assert!(!decode::<Any>(r#"{"@type":"other.pets.v1.Pet"}"#).unwrap().is::<Pet>());
}

#[test]
fn gets_the_type_name_from_serde() {
    #[derive(Debug, serde::Deserialize)]
    #[serde(rename = "pets.v1.Dog")]
    struct Dog {
        id: String,
    }
    let dog: Any = decode(DOG).unwrap();
    assert_eq!(dog.decode::<Dog>().unwrap().id, "a");
    assert!(dog.is::<Box<Dog>>());
    let home: Any = decode(r#"{"@type":"pets.v1.Home","kennel":5}"#).unwrap();
    assert!(home.is::<Home>());
    // A type without a name is not a message.
    assert!(!dog.is::<Value>() && !dog.is::<Option<Dog>>() && !dog.is::<Vec<Dog>>());
    assert_eq!(
        dog.decode::<Value>().unwrap_err().to_string(),
        r#"$["@type"]: expected a message without a type name, got one of type "pets.v1.Dog""#
    );
}

#[test]
fn decodes_one_of_several_known_messages() {
    runtime::known_messages! {
        enum Expanded {
            Pet(Pet),
        }
    }
    let known = |json: &str| decode::<Any>(json).unwrap().decode_known::<Expanded>();
    assert_eq!(known(r#"{"@type":"x/pets.v1.Pet","id":"a"}"#).unwrap(), Expanded::Pet(Pet::with_id("a")));
    assert_eq!(known(DOG).unwrap(), Expanded::Unknown(decode(DOG).unwrap()));
    assert_eq!(known(r#"{"@type":"x/pets.v1.Pet","id":7}"#).unwrap_err().path(), "$.id");
}

#[test]
fn finds_messages_by_path() {
    let list: Vec<Any> = decode(r#"[{"@type":"a"},{"@type":"b"}]"#).unwrap();
    let at = |path: &str| Any::at_path(&list, path).map(Any::type_name);
    assert_eq!(at("$.expanded[0]"), Some("a"));
    assert_eq!(at("$.expanded[1]"), Some("b"));
    assert_eq!(at("$['expanded'][1]"), Some("b"));
    for path in
        ["", "$", "$.expanded", "$.expanded[2]", "$.expanded[-1]", "$.expanded[+1]", "$.expanded[0].id"]
    {
        assert_eq!(at(path), None, "{path}");
    }
    for path in ["expanded[0]", "$[0]", "$.expanded[]", "$.expanded[99999999999999999999]", "$.expanded[*]"] {
        assert_eq!(at(path), None, "{path}");
    }
}

#[test]
fn rejects_values_that_are_not_messages() {
    let mut twice: Any = decode(r#"{"@type":"pets.v1.Dog"}"#).unwrap();
    twice.fields.insert("@type".to_owned(), "pets.v1.Cat".into());
    serde_json::to_vec(&twice).unwrap_err();
    for json in ["null", "[]", r#""pets.v1.Dog""#] {
        check_rejected::<Any>(json, "$");
    }
    check_rejected::<Any>(r#"{"id":"a","@type":5}"#, r#"$["@type"]"#);
    assert!(from_slice::<Any>(b"{").is_err());
}

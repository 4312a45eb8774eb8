//! Messages that say what they are.

use runtime::wire::{Any, from_slice};
use serde_json::json;

use crate::types::Pet;
use crate::{check, check_refused, decode, encode};

const DOG: &str = r#"{"@type":"type.googleapis.com/pets.v1.Dog","id":"a"}"#;

#[test]
fn a_type_and_its_members() {
    let any: Any = decode(DOG).unwrap();
    assert_eq!(any.type_url, "type.googleapis.com/pets.v1.Dog");
    assert_eq!(any.type_name(), "pets.v1.Dog");
    assert_eq!(any.fields.get("id"), Some(&json!("a")));
    assert_eq!(any.fields.len(), 1);
    check(DOG, any.clone(), DOG);
    // The type need not come first.
    check(r#"{"id":"a","@type":"type.googleapis.com/pets.v1.Dog"}"#, any, DOG);
}

#[test]
fn names_without_a_host_or_none_at_all() {
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
fn a_message_decodes_as_a_type() {
    let any: Any = decode(DOG).unwrap();
    assert_eq!(any.decode::<Pet>().unwrap(), Pet::called("a"));
    let any: Any = decode(r#"{"@type":"x","id":"a","friends":[{"id":"b"},{"id":7}]}"#).unwrap();
    assert_eq!(any.decode::<Pet>().unwrap_err().path(), "$.friends[1].id");
}

#[test]
fn what_is_no_message() {
    for json in ["null", "[]", r#""pets.v1.Dog""#] {
        check_refused::<Any>(json, "$");
    }
    check_refused::<Any>(r#"{"id":"a","@type":5}"#, r#"$["@type"]"#);
    assert!(from_slice::<Any>(b"{").is_err());
}

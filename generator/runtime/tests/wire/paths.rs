//! The JSON paths in errors.

use std::error::Error as _;

use runtime::wire::from_slice;

use crate::check_rejected;
use crate::types::{Home, Pet};

#[test]
fn paths_have_every_kind_of_segment() {
    for (json, path) in [
        (r#"{"id":5}"#, "$.id"),
        (r#"{"id":"a","age":"old"}"#, "$.age"),
        (r#"{"id":"a","mood":{}}"#, "$.mood"),
        (r#"{"id":"a","friends":{}}"#, "$.friends"),
        (r#"{"id":"a","friends":[5]}"#, "$.friends[0]"),
        (r#"{"id":"a","friends":[{"id":"b"},{"id":"c"},{"id":null}]}"#, "$.friends[2].id"),
        (r#"{"id":"a","friends":[{"id":"b"},{}]}"#, "$.friends[1].id"),
        (r#"{"id":"a","tags":{"x":1,"y":"z"}}"#, "$.tags.y"),
        (r#"{"id":"a","flat":"x"}"#, "$.flat"),
        (r#"{"id":"a","kennel":{"id":"b","tags":{"x":{}}}}"#, "$.kennel.tags.x"),
        ("[]", "$"),
        ("", "$"),
    ] {
        check_rejected::<Pet>(json, path);
    }
    check_rejected::<Home>(
        r#"{"kennel":{"id":"b","friends":[{"id":"a","flat":[]}]}}"#,
        "$.kennel.friends[0].flat",
    );
}

#[test]
fn ignores_a_byte_order_mark() {
    let pet = from_slice::<Pet>("\u{feff}{\"id\":\"a\"}".as_bytes()).unwrap();
    assert_eq!(pet.id, "a");
}

#[test]
fn quotes_names_that_are_not_identifiers() {
    for (name, segment) in [
        ("under_score9", ".under_score9"),
        ("", r#"[""]"#),
        ("a.b", r#"["a.b"]"#),
        ("a b", r#"["a b"]"#),
        ("[0]", r#"["[0]"]"#),
        ("é", r#"["é"]"#),
        ("a\"\n", r#"["a\"\n"]"#),
    ] {
        let json = serde_json::json!({ "id": "a", "tags": { name: "x" } }).to_string();
        check_rejected::<Pet>(&json, &format!("$.tags{segment}"));
    }
}

#[test]
fn errors_contain_the_reason() {
    let error = from_slice::<Pet>(br#"{"id":"a","friends":[{"id":"b","age":"old"}]}"#).unwrap_err();
    assert_eq!(error.to_string(), "$.friends[0].age: expected a 64-bit integer, got \"old\"");
    assert!(error.source().unwrap().is::<serde_json::Error>());
}

#[test]
fn invalid_utf8_has_a_path() {
    let message = |json: &[u8]| from_slice::<Pet>(json).unwrap_err().to_string();
    let invalid_at_end = b"{\"id\":\"a\",\"friends\":[{\"id\":\"\xff\"}]}";
    assert_eq!(message(invalid_at_end), "$.friends[0].id: invalid UTF-8 (line 1 column 29)");
    let wrong_type_before_invalid = b"{\"id\":5,\"age\":\"\xff\"}";
    assert_eq!(message(wrong_type_before_invalid), "$.id: expected a string, got 5");
    assert!(message(b"{\"id\":\"a\"}\xff").starts_with("$: invalid UTF-8"));
}

#[test]
fn errors_do_not_affect_later_decoding() {
    check_rejected::<Pet>(r#"{"id":"a","friends":[5]}"#, "$.friends[0]");
    check_rejected::<Pet>("5", "$");
    assert!(from_slice::<Pet>(br#"{"id":"a"}"#).is_ok());
    check_rejected::<Pet>(r#"{"id":5}"#, "$.id");
}

#[test]
fn nested_decoding_has_its_own_paths() {
    /// A string that contains JSON, which does not decode.
    #[derive(Debug)]
    struct Nested;

    impl<'de> serde::Deserialize<'de> for Nested {
        fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
            let text = String::deserialize(input)?;
            let inner = from_slice::<Pet>(text.as_bytes()).unwrap_err();
            assert_eq!(inner.path(), "$.friends[0]");
            Err(serde::de::Error::custom("outer"))
        }
    }

    #[derive(Debug, Default)]
    struct Outer;

    impl runtime::wire::Struct for Outer {
        fn read<'de, D: runtime::wire::Deserializer<'de>>(
            &mut self,
            _: usize,
            input: runtime::wire::Input<'de, D>,
        ) -> Result<(), D::Error> {
            input.optional::<Nested>(&mut None)
        }
    }

    crate::types::serde_struct!(Outer, "Outer", &["nested"], &[], |_it, output| {});

    check_rejected::<Outer>(r#"{"nested":"{\"friends\":[5]}"}"#, "$.nested");
}

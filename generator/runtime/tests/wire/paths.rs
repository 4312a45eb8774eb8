//! The place that an error names.

use std::error::Error as _;

use runtime::wire::from_slice;

use crate::check_refused;
use crate::types::{Home, Pet};

#[test]
fn every_kind_of_step() {
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
        check_refused::<Pet>(json, path);
    }
    check_refused::<Home>(
        r#"{"kennel":{"id":"b","friends":[{"id":"a","flat":[]}]}}"#,
        "$.kennel.friends[0].flat",
    );
}

#[test]
fn names_that_are_no_identifiers() {
    for (name, step) in [
        ("under_score9", ".under_score9"),
        ("", r#"[""]"#),
        ("a.b", r#"["a.b"]"#),
        ("a b", r#"["a b"]"#),
        ("[0]", r#"["[0]"]"#),
        ("é", r#"["é"]"#),
        ("a\"\n", r#"["a\"\n"]"#),
    ] {
        let json = serde_json::json!({ "id": "a", "tags": { name: "x" } }).to_string();
        check_refused::<Pet>(&json, &format!("$.tags{step}"));
    }
}

#[test]
fn an_error_says_why_as_well() {
    let error = from_slice::<Pet>(br#"{"id":"a","friends":[{"id":"b","age":"old"}]}"#).unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with("$.friends[0].age: "), "{text}");
    assert!(text.contains("an integer in a string, or an integer"), "{text}");
    assert!(error.source().unwrap().is::<serde_json::Error>());
}

#[test]
fn a_body_that_is_not_in_utf8() {
    let message = |json: &[u8]| from_slice::<Pet>(json).unwrap_err().to_string();
    let ends = b"{\"id\":\"a\",\"friends\":[{\"id\":\"\xff\"}]}";
    assert_eq!(message(ends), "$.friends[0].id: invalid UTF-8 at line 1 column 29");
    let is_wrong_before = b"{\"id\":5,\"age\":\"\xff\"}";
    assert!(message(is_wrong_before).starts_with("$.id: invalid type: integer `5`"));
    assert!(message(b"{\"id\":\"a\"}\xff").starts_with("$: invalid UTF-8"));
}

#[test]
fn an_error_leaves_nothing_behind_for_the_next() {
    check_refused::<Pet>(r#"{"id":"a","friends":[5]}"#, "$.friends[0]");
    check_refused::<Pet>("5", "$");
    assert!(from_slice::<Pet>(br#"{"id":"a"}"#).is_ok());
    check_refused::<Pet>(r#"{"id":5}"#, "$.id");
}

#[test]
fn decoding_within_decoding_has_paths_of_its_own() {
    /// Reads a text that is JSON itself, and goes on if it is not.
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

    check_refused::<Outer>(r#"{"nested":"{\"friends\":[5]}"}"#, "$.nested");
}

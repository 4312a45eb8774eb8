//! Strict decoding: the mock server refuses values that the document does not list.

use std::fmt::Debug;

use runtime::mock::{decodes_request, decodes_response};
use runtime::wire::{List, Own};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::decode;
use crate::types::Pet;
use crate::union::{Any, Level};

/// Checks the values of a list: each decodes in a client, and strictly only if there is no message.
#[track_caller]
fn check<T: Serialize + DeserializeOwned + Debug>(values: &[(&str, &str)]) {
    for (value, message) in values {
        let json = format!("[{value}]");
        decode::<Vec<T>>(&json).unwrap();
        let found = [decodes_request::<Vec<T>, List>, decodes_response::<Vec<T>, List>]
            .map(|decodes| decodes(json.as_bytes()).err().map(|error| error.to_string()).unwrap_or_default());
        assert_eq!(found, [*message, *message], "{value}");
    }
}

#[test]
fn refuses_values_that_no_variant_matches() {
    check::<Any>(&[
        ("1", ""),
        ("[]", ""),
        ("null", "$[0]: expected a value of one of the variants of the union, got null"),
    ]);
}

#[test]
fn refuses_values_that_an_enum_does_not_list() {
    check::<Pet>(&[
        (r#"{"id":"a","mood":"CALM","later":1}"#, ""),
        (r#"{"id":"a","mood":"odd"}"#, r#"$[0].mood: expected one of `CALM`, `WILD`, got "odd""#),
        (r#"{"id":"a","mood":7}"#, "$[0].mood: expected one of `CALM`, `WILD`, got 7"),
    ]);
    check::<Level>(&[("-1", ""), ("5", "$[0]: expected one of `-1`, `1`, got 5")]);
}

#[test]
fn refuses_several_properties_of_a_union() {
    check::<Pet>(&[
        (r#"{"id":"a","flat":"1","street":null}"#, ""),
        (
            r#"{"id":"a","flat":"1","street":{}}"#,
            "$[0].street: expected one property of the union, got several",
        ),
    ]);
}

#[test]
fn clients_decode_leniently_afterwards() {
    decodes_request::<Any, Own>(b"null").unwrap_err();
    decode::<Any>("null").unwrap();
}

//! Fields of structs: absence and null, encoding, and unknown fields.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use runtime::wire::{self, Deserializer, Input, Output, Quoted, UnknownFields};
use serde_json::json;

use crate::types::{Mood, Pet, serde_struct};
use crate::{check, check_rejected, decode, encode};

/// A struct with a field of each kind, with and without a codec.
#[derive(Clone, Debug, Default, PartialEq)]
struct Kinds {
    required: i64,
    required_as: i64,
    plain: i64,
    plain_as: i64,
    optional: Option<i64>,
    optional_as: Option<i64>,
}

impl wire::Struct for Kinds {
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        field: usize,
        input: Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.required(&mut self.required),
            1 => input.required_as::<Quoted, _>(&mut self.required_as),
            2 => input.plain(&mut self.plain),
            3 => input.plain_as::<Quoted, _>(&mut self.plain_as),
            4 => input.optional(&mut self.optional),
            5 => input.optional_as::<Quoted, _>(&mut self.optional_as),
            _ => input.unknown(&mut UnknownFields::default()),
        }
    }
}

serde_struct!(
    Kinds,
    "Kinds",
    &["required", "requiredAs", "plain", "plainAs", "optional", "optionalAs"],
    &[0, 1],
    |it, output| {
        output.put("required", &it.required);
        output.put_as::<Quoted, _>("requiredAs", &it.required_as);
        output.put_set("plain", &it.plain);
        output.put_set_as::<Quoted, _>("plainAs", &it.plain_as);
        output.put_some("optional", &it.optional);
        output.put_some_as::<Quoted, _>("optionalAs", &it.optional_as);
    }
);

#[test]
fn round_trips_every_kind_of_field() {
    let all =
        Kinds { required: 1, required_as: 2, plain: 3, plain_as: 4, optional: Some(5), optional_as: Some(6) };
    let written = r#"{"required":1,"requiredAs":"2","plain":3,"plainAs":"4","optional":5,"optionalAs":"6"}"#;
    check(written, all.clone(), written);
    // In any order, with unknown properties.
    let mixed =
        r#"{"optionalAs":6,"new":[{}],"plain":3,"requiredAs":2,"optional":5,"plainAs":4,"required":1}"#;
    check(mixed, all, written);
    let zero = Kinds { optional: Some(0), optional_as: Some(0), ..Kinds::default() };
    let written = r#"{"required":0,"requiredAs":"0","optional":0,"optionalAs":"0"}"#;
    check(written, zero, written);
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Presence {
    present: bool,
}

impl wire::Struct for Presence {
    fn read<'de, D: Deserializer<'de>>(&mut self, _: usize, input: Input<'de, D>) -> Result<(), D::Error> {
        input.present(&mut self.present)
    }
}

serde_struct!(Presence, "Mark", &["present"], &[], |it, output| {
    output.put_present("present", it.present);
});

#[test]
fn presence_fields_are_null_or_absent() {
    check(r#"{"present":null}"#, Presence { present: true }, r#"{"present":null}"#);
    check("{}", Presence { present: false }, "{}");
}

#[test]
fn absent_and_null_fields() {
    let least = r#"{"required":0,"requiredAs":"0"}"#;
    check(least, Kinds::default(), least);
    let nulls =
        r#"{"required":0,"requiredAs":0,"plain":null,"plainAs":null,"optional":null,"optionalAs":null}"#;
    check(nulls, Kinds::default(), least);
    check_rejected::<Kinds>(r#"{"required":null,"requiredAs":0}"#, "$.required");
    check_rejected::<Kinds>(r#"{"required":0,"requiredAs":null}"#, "$.requiredAs");
}

#[test]
fn errors_name_the_missing_required_field() {
    for (json, name) in [
        ("{}", "required"),
        (r#"{"required":1}"#, "requiredAs"),
        (r#"{"requiredAs":1,"plain":1}"#, "required"),
    ] {
        let error = decode::<Kinds>(json).unwrap_err();
        assert_eq!(error, format!("$.{name}: required property `{name}` is missing"));
    }
}

/// A struct with required fields on both sides of multiples of 64.
#[derive(Debug, Default, PartialEq)]
struct Wide(usize);

static WIDE: &[&str] = &{
    let mut names = ["-"; 130];
    (names[0], names[63], names[64], names[129]) = ("a", "b", "c", "d");
    names
};

impl wire::Struct for Wide {
    fn read<'de, D: Deserializer<'de>>(&mut self, _: usize, input: Input<'de, D>) -> Result<(), D::Error> {
        self.0 += 1;
        input.plain(&mut false)
    }
}

serde_struct!(Wide, "Wide", WIDE, &[0, 63, 64, 129], |_it, output| {});

#[test]
fn finds_missing_required_fields_in_wide_objects() {
    assert_eq!(decode(r#"{"d":true,"c":true,"b":true,"a":true}"#), Ok(Wide(4)));
    for (json, missing) in [
        (r#"{"b":true,"c":true,"d":true}"#, "a"),
        (r#"{"a":true,"c":true,"d":true}"#, "b"),
        (r#"{"a":true,"b":true,"d":true}"#, "c"),
        (r#"{"a":true,"b":true,"c":true}"#, "d"),
        (r#"{"a":true,"b":true,"-":true}"#, "c"),
    ] {
        let error = decode::<Wide>(json).unwrap_err();
        assert!(error.contains(&format!("required property `{missing}` is missing")), "{json}: {error}");
    }
}

#[test]
fn the_last_duplicate_property_wins() {
    check(
        r#"{"id":"a","name":"x","id":"b","name":"y"}"#,
        Pet { name: "y".into(), ..Pet::with_id("b") },
        r#"{"id":"b","name":"y"}"#,
    );
    check(r#"{"id":"a","name":"x","name":null}"#, Pet::with_id("a"), r#"{"id":"a"}"#);
    check(r#"{"id":"a","friends":[{"id":"b"}],"friends":[]}"#, Pet::with_id("a"), r#"{"id":"a"}"#);
}

#[test]
fn unescapes_property_names() {
    check(r#"{"\u0069d":"a"}"#, Pet::with_id("a"), r#"{"id":"a"}"#);
    // Names are case-sensitive.
    check_rejected::<Pet>(r#"{"ID":"a"}"#, "$.id");
}

#[test]
fn additional_properties_cannot_have_the_name_of_a_field() {
    let written = |properties: &BTreeMap<String, i64>| {
        let [mut plain, mut coded] = [(); 2].map(|()| Output::object(serde_json::value::Serializer).unwrap());
        plain.additional::<Pet, _>(properties);
        coded.additional_as::<Pet, Quoted, _>(properties);
        (plain.end().ok(), coded.end().ok())
    };
    let mut properties = BTreeMap::from([("size".to_owned(), 1)]);
    assert_eq!(written(&properties), (Some(json!({ "size": 1 })), Some(json!({ "size": "1" }))));
    properties.insert("age".to_owned(), 2);
    assert_eq!(written(&properties), (None, None));
}

#[test]
fn equal_unknown_fields_have_the_same_hash() {
    let hash = |fields: &UnknownFields| BuildHasherDefault::<DefaultHasher>::default().hash_one(fields);
    let fields = |json: &str| decode::<Pet>(json).expect("the object decodes").unknown_fields;
    let one = fields(r#"{ "id": "1", "a": { "b": 1, "c": 2 }, "z": 1 }"#);
    let other = fields(r#"{ "z": 1, "id": "1", "a": {"c":2,"b":1} }"#);
    assert_eq!((&one, hash(&one)), (&other, hash(&other)));
    assert_ne!(hash(&one), hash(&fields(r#"{ "id": "1" }"#)));
}

#[test]
fn preserves_unknown_fields() {
    let mut pet = Pet::with_id("a");
    assert!(pet.unknown_fields.is_empty());
    assert_eq!(pet.unknown_fields.get("size"), None);
    pet.unknown_fields.insert("size", json!({ "cm": [40, null] }));
    pet.unknown_fields.insert("", 1.5);
    pet.unknown_fields.insert("nothing", ());
    let json = json!({ "size": { "cm": [40, null] }, "": 1.5, "id": "a", "nothing": null });
    assert_eq!(decode(json.to_string()), Ok(pet.clone()));
    assert_eq!(serde_json::to_value(&pet).unwrap(), json);
    assert!(!pet.unknown_fields.is_empty());
    assert_eq!(pet.unknown_fields.get("size"), Some(json!({ "cm": [40, null] })));
    assert_eq!(pet.unknown_fields.text("size"), Some(r#"{"cm":[40,null]}"#));
    assert_eq!(pet.unknown_fields.iter().count(), 3);
    assert!(format!("{pet:?}").contains(r#""size":{"cm":[40,null]}"#), "{pet:?}");
    assert!(format!("{:?}", Pet::default()).contains("unknown_fields: {}"));
    // An unknown field cannot have the name of a field, even if the field is not set.
    for name in ["id", "name", "street"] {
        let mut pet = Pet::with_id("a");
        pet.unknown_fields.insert("size", 1);
        pet.unknown_fields.insert(name, "b");
        let error = runtime::wire::to_vec(&pet).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("{name:?} is set as an unknown or additional property, but it is a field of the type")
        );
    }
    // Nested structs preserve unknown fields as well.
    let json = r#"{"id":"a","friends":[{"id":"b","size":1}]}"#;
    let pet: Pet = decode(json).unwrap();
    assert_eq!(pet.friends[0].unknown_fields.get("size"), Some(json!(1)));
    assert_eq!(encode(&pet), json);
}

#[test]
fn round_trips_a_struct() {
    let pet = Pet {
        name: "Rex".into(),
        age: 7,
        mood: Some(Mood::Wild),
        friends: vec![Pet::with_id("b"), Pet { age: -1, ..Pet::with_id("c") }],
        tags: BTreeMap::from([("x-1".to_owned(), 5)]),
        ..Pet::with_id("a")
    };
    let json = concat!(
        r#"{"id":"a","name":"Rex","age":"7","mood":"WILD","#,
        r#""friends":[{"id":"b"},{"id":"c","age":"-1"}],"tags":{"x-1":"5"}}"#
    );
    check(json, pet, json);
}

/// A struct with fields that encode `None` as null.
#[derive(Debug, Default, PartialEq)]
struct Nullable(Option<i64>, Option<i64>);

impl wire::Struct for Nullable {
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        field: usize,
        input: Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.optional(&mut self.0),
            _ => input.optional_as::<Quoted, _>(&mut self.1),
        }
    }
}

serde_struct!(Nullable, "Nullable", &["own", "quoted"], &[], |it, output| {
    output.put_nullable("own", &it.0);
    output.put_nullable_as::<Quoted, _>("quoted", &it.1);
});

#[test]
fn nullable_fields_encode_none_as_null() {
    check("{}", Nullable(None, None), r#"{"own":null,"quoted":null}"#);
    check(r#"{"own":1,"quoted":2}"#, Nullable(Some(1), Some(2)), r#"{"own":1,"quoted":"2"}"#);
}

/// A value that cannot be encoded.
struct NeverEncodes;

impl serde::Serialize for NeverEncodes {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("never"))
    }
}

struct FailsToEncode;

impl serde::Serialize for FailsToEncode {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = Output::object(output)?;
        output.put("before", &1);
        output.put("never", &NeverEncodes);
        output.put("after", &1);
        output.end()
    }
}

#[test]
fn an_encode_error_fails_the_whole_object() {
    assert_eq!(wire::to_vec(&FailsToEncode).unwrap_err().to_string(), "$.never: never");
}

//! The memory that decoding a body takes. This is a binary of its own, as its allocator counts all memory.

use std::fmt::Debug;
use std::sync::Mutex;

use peak_alloc::PeakAlloc;
use runtime::wire::{
    self, Any, Deserializer, Input, Json, List, Map, MatchRule, Object, Struct, Union, UnionInput,
    UnknownFields, Value, ValueError,
};
use serde::de::DeserializeOwned;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Only one test at a time.
static TURN: Mutex<()> = Mutex::new(());

/// The size of a hostile body.
const BODY: usize = 12 << 20;

/// The memory that decoding may take, as a multiple of the body: 16, 96 MiB, and the half of it again while a list
/// moves to a larger place.
const MULTIPLE: usize = 1 + 16 * 3 / 2 + (96 << 20) * 3 / 2 / BODY;

/// An object with fields of several kinds.
#[derive(Debug, Default)]
struct Pet {
    names: [String; 8],
    friends: Vec<Pet>,
    by_name: std::collections::BTreeMap<String, Pet>,
    toy: Option<Toy>,
    any: Option<Value>,
    extra: Object,
    unknown_fields: UnknownFields,
}

impl Struct for Pet {
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        field: usize,
        input: Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.plain(&mut self.names[0]),
            1 => input.plain_as::<List, _>(&mut self.friends),
            2 => input.plain_as::<Map, _>(&mut self.by_name),
            3 => input.optional(&mut self.toy),
            4 => input.optional_as::<Json, _>(&mut self.any),
            5 => input.required_as::<Json, _>(&mut self.extra),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for Pet {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(input, "Pet", &["name", "friends", "byName", "toy", "any", "extra"])
    }
}

impl serde::Serialize for Pet {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put_set("name", &self.names[0]);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}

/// A union with an object and a number.
#[derive(Debug)]
enum Toy {
    Ball(Box<Pet>),
    Number(f64),
    Unknown(Value),
}

impl Union for Toy {
    const MATCH_RULES: &'static [&'static [MatchRule]] = &[&[MatchRule::Object(&[])], &[MatchRule::Number]];

    fn read(variant: usize, input: UnionInput<'_, '_>) -> Result<Self, ValueError> {
        match variant {
            0 => input.variant(Self::Ball),
            _ => input.variant(Self::Number),
        }
    }

    fn write<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Ball(pet) => serde::Serialize::serialize(pet, output),
            Self::Number(number) => output.serialize_f64(*number),
            Self::Unknown(value) => serde::Serialize::serialize(value, output),
        }
    }

    fn unknown(value: Value) -> Self {
        Self::Unknown(value)
    }
}

impl<'de> serde::Deserialize<'de> for Toy {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_union(input)
    }
}

impl serde::Serialize for Toy {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        wire::serialize_union(self, output)
    }
}

/// Decodes a body, and returns the peak of the memory as a multiple of the body. The body itself does not count.
fn multiple<T: DeserializeOwned + Debug>(json: &str) -> (f64, Result<T, wire::DecodeError>) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let decoded = wire::from_slice::<T>(json.as_bytes());
    let peak = MEMORY.peak_usage() - before;
    (peak as f64 / json.len() as f64, decoded)
}

/// Returns `start`, many times `part`, and `end`.
fn body(start: &str, part: &str, end: &str) -> String {
    let last = part.trim_end_matches(',');
    [start, &part.repeat(BODY / part.len()), last, end].concat()
}

/// Asserts that decoding takes at most `limit` times the memory of the body, whether it succeeds or not.
#[track_caller]
fn check<T: DeserializeOwned + Debug>(json: &str, limit: usize, is_decoded: bool) {
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let (multiple, decoded) = multiple::<T>(json);
    assert!(multiple <= limit as f64, "{multiple} times the body {}", &json[..40]);
    assert_eq!(decoded.is_ok(), is_decoded, "{} {:?}", &json[..40], decoded.err());
}

#[test]
fn unknown_properties_take_the_memory_of_their_text() {
    for part in ["1,", "{},"] {
        check::<Pet>(&body(r#"{"later":["#, part, "]}"), 3, true);
        check::<Pet>(&body(r#"{"toy":{"later":["#, part, "]}}"), 3, true);
    }
    check::<Pet>(&body("{", r#""a":1,"#, "}"), 3, true);
    check::<Pet>(&body(r#"{"toy":{"#, r#""a":1,"#, "}}"), 3, true);
}

#[test]
fn lists_and_maps_of_empty_objects_are_limited() {
    check::<Pet>(&body(r#"{"friends":["#, "{},", "]}"), MULTIPLE, false);
    check::<Pet>(&body(r#"{"friends":["#, r#"{"friends":[{}]},"#, "]}"), MULTIPLE, false);
    check::<Pet>(&body(r#"{"toy":{"friends":["#, "{},", "]}}"), MULTIPLE, false);
    let mut entries = String::from(r#"{"byName":{"#);
    for index in 0..BODY / 12 {
        entries += &format!(r#""{index:x}":{{}},"#);
    }
    entries += r#""last":{}}}"#;
    check::<Pet>(&entries, MULTIPLE, false);
}

#[test]
fn trees_of_values_are_limited() {
    let part = r#"{"a":1},"#;
    // Known properties, and whole bodies.
    check::<Pet>(&body(r#"{"any":["#, part, "]}"), MULTIPLE, false);
    check::<Pet>(&body(r#"{"extra":{"a":["#, part, "]}}"), MULTIPLE, false);
    check::<Value>(&body("[", part, "]"), MULTIPLE, false);
    check::<Option<Value>>(&body("[", part, "]"), MULTIPLE, false);
    check::<Object>(&body(r#"{"a":["#, part, "]}"), MULTIPLE, false);
    // The value of an unknown variant, or a message.
    check::<Pet>(&body(r#"{"toy":["#, part, "]}"), MULTIPLE, false);
    check::<Any>(&body(r#"{"@type":"a","later":["#, part, "]}"), MULTIPLE, false);
    check::<Object>(r#"{"a":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]}"#, 40, true);
}

/// Trees of this size are decoded, so their memory is what was computed, and no more.
#[test]
fn the_memory_of_trees_is_not_underestimated() {
    let numbered = |count: usize| {
        let properties: Vec<String> = (0..count).map(|name| format!(r#""{name}":0"#)).collect();
        format!("{{{}}},", properties.join(","))
    };
    let long = "1234567890123456789012345678901234567,";
    let parts = ["1,", long, r#""a","#, r#"[{"a":{"b":[1]}}],"#].map(str::to_owned).into_iter();
    let parts = parts.chain([4, 12, 29].map(numbered));
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    for part in parts {
        // The first list that is short enough.
        let mut items = BODY / part.len();
        let (multiple, length) = loop {
            let json = format!("[{}1]", part.repeat(items));
            let (multiple, decoded) = multiple::<Value>(&json);
            if decoded.is_ok() {
                break (multiple, json.len());
            }
            items = items * 2 / 3;
        };
        let limit = 1.5 * (16.0 + ((96 << 20) as f64) / length as f64);
        assert!(multiple <= limit, "{multiple} times a body of {length} bytes, {part}");
    }
}

#[test]
fn ordinary_bodies_are_not_limited() {
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let pet = r#"{"name":"Rex","friends":[{"name":"Tom"}],"toy":1.5,"color":"brown","born":"2026-01-01"},"#;
    let json = body(r#"{"friends":["#, pet, "]}");
    let decoded: Pet = wire::from_slice(json.as_bytes()).unwrap();
    assert!(decoded.friends.len() > BODY / 100);
    let decoded: Value = wire::from_slice(json.as_bytes()).unwrap();
    assert!(decoded["friends"].as_array().is_some_and(|friends| friends.len() > BODY / 100));
    let names: Vec<String> = wire::from_slice(body("[", r#""","#, "]").as_bytes()).unwrap();
    assert!(names.len() > BODY / 4);
}

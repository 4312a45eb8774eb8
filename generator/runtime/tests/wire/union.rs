//! Unions with match rules, and integer enums.

use runtime::wire::{
    self, Constant, Input, Integer, List, MatchRule, Object, Own, Union, UnionInput, Value, ValueError,
    serialize_as, serialize_tagged,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::codecs::check_codec;
use crate::types::{Pet, serde_by};
use crate::{check, check_rejected};

/// A union with a match rule of every kind. Less specific rules come first.
#[derive(Debug, PartialEq)]
pub(crate) enum Any {
    Number(f64),
    Integer(i64),
    Open(Object),
    Pet(Box<Pet>),
    Cat(Object),
    Level(String),
    Text(String),
    Numbers(Vec<i64>),
    Texts(Vec<String>),
    Truth(bool),
    Unknown(Value),
}

impl Union for Any {
    const MATCH_RULES: &'static [&'static [MatchRule]] = &[
        &[MatchRule::Number],
        &[MatchRule::Integer],
        &[MatchRule::Object(&[])],
        &[MatchRule::Object(&["id"])],
        &[MatchRule::Tag("kind", &[Constant::Text("cat"), Constant::Integer(1), Constant::Boolean(true)])],
        &[MatchRule::Constants(&[Constant::Text("low"), Constant::Text("high")])],
        &[MatchRule::Text],
        &[MatchRule::List(&[MatchRule::Integer])],
        &[MatchRule::List(&[MatchRule::Text])],
        &[MatchRule::Boolean],
    ];

    fn read(variant: usize, input: UnionInput<'_, '_>) -> Result<Self, ValueError> {
        match variant {
            0 => input.variant(Self::Number),
            1 => input.variant(Self::Integer),
            2 => input.variant(Self::Open),
            3 => input.variant(Self::Pet),
            4 => input.variant(Self::Cat),
            5 => input.variant(Self::Level),
            6 => input.variant(Self::Text),
            7 => input.variant_as::<List, _, _>(Self::Numbers),
            8 => input.variant_as::<List, _, _>(Self::Texts),
            _ => input.variant(Self::Truth),
        }
    }

    fn write<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(value) => value.serialize(output),
            Self::Integer(value) => value.serialize(output),
            Self::Open(value) => value.serialize(output),
            Self::Pet(value) => value.serialize(output),
            Self::Cat(value) => serialize_tagged(value, "kind", Constant::Text("cat"), output),
            Self::Level(value) | Self::Text(value) => value.serialize(output),
            Self::Numbers(value) => serialize_as::<List, _, _>(value, output),
            Self::Texts(value) => serialize_as::<List, _, _>(value, output),
            Self::Truth(value) => value.serialize(output),
            Self::Unknown(value) => value.serialize(output),
        }
    }

    fn unknown(value: Value) -> Self {
        Self::Unknown(value)
    }
}

serde_by!(Any, serialize_union, deserialize_union);

#[track_caller]
fn check_unchanged(json: &str, value: Any) {
    check(json, value, json);
}

fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        other => panic!("{other}"),
    }
}

#[test]
fn selects_a_variant_by_each_match_rule() {
    check_unchanged("1", Any::Integer(1));
    check_unchanged("1.5", Any::Number(1.5));
    check_unchanged("true", Any::Truth(true));
    check_unchanged(r#""low""#, Any::Level("low".into()));
    check_unchanged(r#""middle""#, Any::Text("middle".into()));
    check_unchanged("[1,2]", Any::Numbers(vec![1, 2]));
    check_unchanged(r#"["a"]"#, Any::Texts(vec!["a".into()]));
    // An empty list matches both lists, so the first variant is used.
    check_unchanged("[]", Any::Numbers(vec![]));
    check_unchanged(r#"{"id":"a"}"#, Any::Pet(Box::new(Pet::with_id("a"))));
    check_unchanged(r#"{"size":1}"#, Any::Open(object(json!({ "size": 1 }))));
}

#[test]
fn prefers_the_more_specific_match_rule() {
    // A tag is more specific than required properties, and these are more specific than any object.
    check_unchanged(r#"{"id":"a","kind":"cat"}"#, Any::Cat(object(json!({ "id": "a", "kind": "cat" }))));
    check_unchanged(r#"{"kind":1}"#, Any::Cat(object(json!({ "kind": 1 }))));
    // The variant with the most matching properties.
    let pet = Pet { name: "b".into(), ..Pet::with_id("a") };
    check_unchanged(r#"{"id":"a","name":"b"}"#, Any::Pet(Box::new(pet)));
}

#[test]
fn preserves_values_that_match_no_rule() {
    check_unchanged("null", Any::Unknown(Value::Null));
    check_unchanged("[true]", Any::Unknown(json!([true])));
    // A property that is null counts as absent.
    check_unchanged(r#"{"id":null}"#, Any::Open(object(json!({ "id": null }))));
}

#[test]
fn uses_the_first_matching_variant_that_decodes() {
    // Not a pet, because the name of a pet is a string.
    check_unchanged(r#"{"id":"a","name":1}"#, Any::Open(object(json!({ "id": "a", "name": 1 }))));
}

/// A recursive union whose variants differ only in the type of the last property.
#[derive(Debug, PartialEq)]
enum Tree {
    Counted(Box<Node<i64>>),
    Marked(Box<Node<bool>>),
    Unknown(Value),
}

#[derive(Debug, Default, PartialEq)]
struct Node<T> {
    child: Option<Tree>,
    leaf: T,
}

impl Union for Tree {
    const MATCH_RULES: &'static [&'static [MatchRule]] =
        &[&[MatchRule::Object(&["end"])], &[MatchRule::Object(&["end"])]];

    fn read(variant: usize, input: UnionInput<'_, '_>) -> Result<Self, ValueError> {
        match variant {
            0 => input.variant(Self::Counted),
            _ => input.variant(Self::Marked),
        }
    }

    fn write<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Counted(node) => node.serialize(output),
            Self::Marked(node) => node.serialize(output),
            Self::Unknown(value) => value.serialize(output),
        }
    }

    fn unknown(value: Value) -> Self {
        Self::Unknown(value)
    }
}

serde_by!(Tree, serialize_union, deserialize_union);

impl<T: DeserializeOwned + Default> wire::Struct for Node<T> {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.optional(&mut self.child),
            1 => input.required(&mut self.leaf),
            _ => input.unknown(&mut wire::UnknownFields::default()),
        }
    }
}

impl<'de, T: DeserializeOwned + Default> serde::Deserialize<'de> for Node<T> {
    fn deserialize<D: wire::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(input, "Node", &["child", "end"])
    }
}

impl<T: Serialize> Serialize for Node<T> {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put_some("child", &self.child);
        output.put("end", &self.leaf);
        output.end()
    }
}

/// Returns the JSON of a tree with this number of levels, each with this leaf.
fn tree(levels: usize, leaf: &str) -> String {
    let (open, close) = (r#"{"child":"#, format!(r#","end":{leaf}}}"#));
    format!(r#"{}{{"end":{leaf}}}{}"#, open.repeat(levels - 1), close.repeat(levels - 1))
}

/// Returns the number of levels of a tree that are decoded as a known variant.
fn levels(mut tree: &Tree) -> usize {
    let mut levels = 0;
    loop {
        let child = match tree {
            Tree::Counted(node) => &node.child,
            Tree::Marked(node) => &node.child,
            Tree::Unknown(_) => return levels,
        };
        levels += 1;
        let Some(child) = child else { return levels };
        tree = child;
    }
}

#[test]
fn limits_nested_trial_decoding() {
    // Without a limit, the work would double with each level, and 100 levels would never end.
    for (count, leaf, read) in [(100, "1", 100), (8, "true", 8), (100, r#""none of them""#, 0)] {
        let json = tree(count, leaf);
        let from_wire: Tree = wire::from_slice(json.as_bytes()).unwrap();
        assert_eq!(levels(&from_wire), read, "{count} levels of {leaf}");
        let from_serde: Tree = serde_json::from_str(&json).unwrap();
        assert_eq!(from_serde, from_wire);
    }
    // Levels beyond the limit are preserved as `Unknown`.
    let json = tree(100, "true");
    let cut: Tree = wire::from_slice(json.as_bytes()).unwrap();
    assert_eq!(crate::encode(&cut), json);
    // The cost depends on the length: a number costs as much as a string.
    let digits = format!("0.{}", "3".repeat(1 << 17));
    let of_text = wire::from_slice(tree(8, &format!(r#"true,"far":"{digits}""#)).as_bytes()).unwrap();
    let of_number = wire::from_slice(tree(8, &format!(r#"true,"far":{digits}"#)).as_bytes()).unwrap();
    assert!(levels(&of_text) < 8);
    assert_eq!(levels(&of_number), levels(&of_text));
    // The limit applies to each body, and to each union that is decoded on its own.
    assert_eq!(levels(&wire::from_slice(tree(8, "true").as_bytes()).unwrap()), 8);
    assert_eq!(levels(&serde_json::from_str(&tree(8, "true")).unwrap()), 8);
}

#[test]
fn errors_come_from_the_matching_variant() {
    check_rejected::<Vec<Any>>(r#"[[1,"a"]]"#, "$[1]");
}

#[test]
fn encodes_a_missing_tag() {
    for (value, written) in [
        (json!({}), r#"{"kind":"cat"}"#),
        (json!({ "kind": null }), r#"{"kind":"cat"}"#),
        (json!({ "kind": "" }), r#"{"kind":"cat"}"#),
        (json!({ "kind": "lynx" }), r#"{"kind":"lynx"}"#),
        (json!({ "kind": 1 }), r#"{"kind":1}"#),
    ] {
        assert_eq!(crate::encode(&Any::Cat(object(value))), written);
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Level {
    Low,
    High,
    Unknown(i64),
}

impl Integer for Level {
    const VALUES: &'static [Self] = &[Self::Low, Self::High];

    fn get(&self) -> i64 {
        match self {
            Self::Low => -1,
            Self::High => 1,
            Self::Unknown(value) => *value,
        }
    }

    fn unknown(value: i64) -> Self {
        Self::Unknown(value)
    }
}

serde_by!(Level, serialize_integer, deserialize_integer);

#[test]
fn integer_enums() {
    check_codec::<Own, Level>(
        &[("-1", Level::Low, "-1"), ("1.0", Level::High, "1"), ("7", Level::Unknown(7), "7")],
        &["1.5", r#""1""#, "null", "18446744073709551615", "1e300", "{}"],
    );
    assert_eq!(<Level as wire::Integer>::from_number(1), Level::High);
}

/// A union whose alternatives have constants, with the rest behind them.
#[derive(Debug, PartialEq)]
enum Ranked {
    Cat(Object),
    Dog(Object),
    Other(Object),
    Unknown(Value),
}

impl Union for Ranked {
    const MATCH_RULES: &'static [&'static [MatchRule]] = &[
        &[MatchRule::All(&[MatchRule::Tag("kind", &[Constant::Text("cat")]), MatchRule::Object(&["id"])])],
        &[MatchRule::Property("of", &[MatchRule::Tag("kind", &[Constant::Text("dog")])])],
        &[MatchRule::Rest(1, &MatchRule::Object(&["name"]))],
    ];

    fn read(variant: usize, input: UnionInput<'_, '_>) -> Result<Self, ValueError> {
        match variant {
            0 => input.variant(Self::Cat),
            1 => input.variant(Self::Dog),
            _ => input.variant(Self::Other),
        }
    }

    fn write<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Cat(value) | Self::Dog(value) | Self::Other(value) => value.serialize(output),
            Self::Unknown(value) => value.serialize(output),
        }
    }

    fn unknown(value: Value) -> Self {
        Self::Unknown(value)
    }
}

serde_by!(Ranked, serialize_union, deserialize_union);

#[test]
fn variants_of_a_higher_rank_are_considered_last() {
    let check = |json: &str, variant: fn(Object) -> Ranked| {
        check(json, variant(object(serde_json::from_str(json).unwrap())), json);
    };
    check(r#"{"id":1,"kind":"cat","name":"a"}"#, Ranked::Cat);
    check(r#"{"name":"a","of":{"kind":"dog"}}"#, Ranked::Dog);
    check(r#"{"kind":"cow","name":"a"}"#, Ranked::Other);
    // All of the conditions have to hold.
    check(r#"{"kind":"cat","name":"a"}"#, Ranked::Other);
    let unknown = Ranked::Unknown(json!({ "kind": "cat" }));
    crate::check(r#"{"kind":"cat"}"#, unknown, r#"{"kind":"cat"}"#);
}

/// A union whose variants differ only at depth.
#[derive(Debug, PartialEq)]
enum Nested {
    Old(Outer<0>),
    New(Outer<1>),
    Unknown(Value),
}

/// An object with a property that is an object.
#[derive(Debug, Default, PartialEq)]
struct Outer<const AGE: usize>(Inner<AGE>);

#[derive(Debug, Default, PartialEq)]
struct Inner<const AGE: usize>(String);

const INNER: [&[&str]; 2] = [&["old"], &["fresh"]];

impl<const AGE: usize> wire::Struct for Outer<AGE> {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.required(&mut self.0),
            _ => input.unknown(&mut wire::UnknownFields::default()),
        }
    }
}

impl<const AGE: usize> wire::Struct for Inner<AGE> {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.required(&mut self.0),
            _ => input.unknown(&mut wire::UnknownFields::default()),
        }
    }
}

impl<'de, const AGE: usize> serde::Deserialize<'de> for Outer<AGE> {
    fn deserialize<D: wire::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(input, "Outer", &["attributes"])
    }
}

impl<'de, const AGE: usize> serde::Deserialize<'de> for Inner<AGE> {
    fn deserialize<D: wire::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(input, "Inner", INNER[AGE])
    }
}

impl Union for Nested {
    const MATCH_RULES: &'static [&'static [MatchRule]] =
        &[&[MatchRule::Object(&[])], &[MatchRule::Object(&[])]];

    fn read(variant: usize, input: UnionInput<'_, '_>) -> Result<Self, ValueError> {
        match variant {
            0 => input.variant(Self::Old),
            _ => input.variant(Self::New),
        }
    }

    fn write<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unknown(value) => value.serialize(output),
            _ => output.serialize_unit(),
        }
    }

    fn unknown(value: Value) -> Self {
        Self::Unknown(value)
    }
}

serde_by!(Nested, serialize_union, deserialize_union);

#[test]
fn the_variant_that_knows_the_most_properties_at_any_depth_is_used() {
    let decode = |json: &str| wire::from_slice::<Nested>(json.as_bytes()).unwrap();
    let new = |text: &str| Nested::New(Outer(Inner(text.to_owned())));
    assert_eq!(decode(r#"{"attributes":{"fresh":"a"}}"#), new("a"));
    assert_eq!(decode(r#"{"attributes":{"fresh":"a","other":1},"more":2}"#), new("a"));
    // Both fit alike, so the first variant is used.
    assert_eq!(decode(r#"{"attributes":{}}"#), Nested::Old(Outer::default()));
    // The old variant knows `old`, and does not decode.
    assert_eq!(decode(r#"{"attributes":{"old":1}}"#), new(""));
}

//! Unions told apart by looking at the value, and enums of integers.

use runtime::wire::{
    self, Constant, Input, Integer, List, Look, Object, Own, Union, Value, ValueError, serialize_as,
    serialize_tagged,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::codecs::check_codec;
use crate::types::{Pet, serde_by};
use crate::{check, check_refused};

/// One look of every kind, in an order in which a less particular one comes first.
#[derive(Debug, PartialEq)]
enum Any {
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
    const LOOKS: &'static [&'static [Look]] = &[
        &[Look::Number],
        &[Look::Integer],
        &[Look::Object(&[], &["size"])],
        &[Look::Object(&["id"], &["id", "name"])],
        &[Look::Tag("kind", &[Constant::Text("cat"), Constant::Integer(1), Constant::Boolean(true)])],
        &[Look::Constants(&[Constant::Text("low"), Constant::Text("high")])],
        &[Look::Text],
        &[Look::List(&[Look::Integer])],
        &[Look::List(&[Look::Text])],
        &[Look::Boolean],
    ];

    fn read(variant: usize, input: Input<'_, Value>) -> Result<Self, ValueError> {
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
fn same(json: &str, value: Any) {
    check(json, value, json);
}

fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        other => panic!("{other}"),
    }
}

#[test]
fn each_look() {
    same("1", Any::Integer(1));
    same("1.5", Any::Number(1.5));
    same("true", Any::Truth(true));
    same(r#""low""#, Any::Level("low".into()));
    same(r#""middle""#, Any::Text("middle".into()));
    same("[1,2]", Any::Numbers(vec![1, 2]));
    same(r#"["a"]"#, Any::Texts(vec!["a".into()]));
    // Nothing to look at: the first.
    same("[]", Any::Numbers(vec![]));
    same(r#"{"id":"a"}"#, Any::Pet(Box::new(Pet::called("a"))));
    same(r#"{"size":1}"#, Any::Open(object(json!({ "size": 1 }))));
}

#[test]
fn what_is_more_particular_is_tried_first() {
    // A tag before required members, and these before an object of anything.
    same(r#"{"id":"a","kind":"cat"}"#, Any::Cat(object(json!({ "id": "a", "kind": "cat" }))));
    same(r#"{"kind":1}"#, Any::Cat(object(json!({ "kind": 1 }))));
    // Whoever knows most of what is there.
    let pet = Pet { name: "b".into(), ..Pet::called("a") };
    same(r#"{"id":"a","name":"b"}"#, Any::Pet(Box::new(pet)));
}

#[test]
fn what_looks_like_nothing_is_kept() {
    same("null", Any::Unknown(Value::Null));
    same("[true]", Any::Unknown(json!([true])));
    // Null is as if the member were absent.
    same(r#"{"id":null}"#, Any::Open(object(json!({ "id": null }))));
}

#[test]
fn of_several_that_look_right_the_first_that_fits() {
    // It is no pet, whose name is text.
    same(r#"{"id":"a","name":1}"#, Any::Open(object(json!({ "id": "a", "name": 1 }))));
}

/// A union within itself, of which only the last member tells what it is.
#[derive(Debug, PartialEq)]
enum Tree {
    Counted(Box<Node<i64>>),
    Marked(Box<Node<bool>>),
    Unknown(Value),
}

#[derive(Debug, Default, PartialEq)]
struct Node<T> {
    child: Option<Tree>,
    end: T,
}

impl Union for Tree {
    const LOOKS: &'static [&'static [Look]] =
        &[&[Look::Object(&["end"], &["child", "end"])], &[Look::Object(&["end"], &["child", "end"])]];

    fn read(variant: usize, input: Input<'_, Value>) -> Result<Self, ValueError> {
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
            1 => input.required(&mut self.end),
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
        output.put("end", &self.end);
        output.end()
    }
}

/// A tree of so many levels, each with this at its end.
fn tree(levels: usize, end: &str) -> String {
    let (open, close) = (r#"{"child":"#, format!(r#","end":{end}}}"#));
    format!(r#"{}{{"end":{end}}}{}"#, open.repeat(levels - 1), close.repeat(levels - 1))
}

/// How many levels of a tree are read as what they are.
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
fn trials_within_trials_come_to_an_end() {
    // Twice as much with every level: of 100 levels nobody sees the end.
    for (count, end, read) in [(100, "1", 100), (8, "true", 8), (100, r#""none of them""#, 0)] {
        let json = tree(count, end);
        let by_us: Tree = wire::from_slice(json.as_bytes()).unwrap();
        assert_eq!(levels(&by_us), read, "{count} levels of {end}");
        let by_serde: Tree = serde_json::from_str(&json).unwrap();
        assert_eq!(by_serde, by_us);
    }
    // As far as it goes, and nothing is lost.
    let json = tree(100, "true");
    let cut: Tree = wire::from_slice(json.as_bytes()).unwrap();
    assert_eq!(crate::encode(&cut), json);
    // What takes as much room costs as much: a number that keeps its digits is like a text.
    let digits = format!("0.{}", "3".repeat(1 << 17));
    let of_text = wire::from_slice(tree(8, &format!(r#"true,"far":"{digits}""#)).as_bytes()).unwrap();
    let of_number = wire::from_slice(tree(8, &format!(r#"true,"far":{digits}"#)).as_bytes()).unwrap();
    let keeps_digits =
        wire::from_slice::<Value>(digits.as_bytes()).unwrap().to_string().len() == digits.len();
    assert!(levels(&of_text) < 8);
    assert_eq!(levels(&of_number), if keeps_digits { levels(&of_text) } else { 8 });
    // What one body has used up another one has again, and so does a union by itself.
    assert_eq!(levels(&wire::from_slice(tree(8, "true").as_bytes()).unwrap()), 8);
    assert_eq!(levels(&serde_json::from_str(&tree(8, "true")).unwrap()), 8);
}

#[test]
fn an_error_is_that_of_the_one_that_looks_right() {
    check_refused::<Vec<Any>>(r#"[[1,"a"]]"#, "$[1]");
}

#[test]
fn a_tag_is_written_where_there_is_none() {
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
enum Level {
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
fn integers() {
    check_codec::<Own, Level>(
        &[("-1", Level::Low, "-1"), ("1.0", Level::High, "1"), ("7", Level::Unknown(7), "7")],
        &["1.5", r#""1""#, "null", "18446744073709551615", "1e300", "{}"],
    );
    assert_eq!(<Level as wire::Integer>::from_number(1), Level::High);
}

//! The encoding of bodies, compared with serde_json, and its errors.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

use runtime::wire::{self, Constant, Float, List, Object, UnknownFields, serialize_as, serialize_tagged};
use serde::Serialize;
use serde_json::json;
use serde_json::value::RawValue;

use crate::types::{Pet, serde_struct};

/// Asserts that a value is encoded as serde_json encodes it.
#[track_caller]
fn check_same<T: Serialize + Debug>(value: T) {
    assert_eq!(crate::encode(&value), serde_json::to_string(&value).unwrap(), "{value:?}");
}

/// Asserts that a value is not encoded, with this error.
#[track_caller]
fn check_error<T: Serialize>(value: T, expected: &str) {
    for error in [wire::to_vec(&value), wire::request_to_vec(&value)].map(Result::unwrap_err) {
        assert_eq!(error.to_string(), expected);
    }
}

#[derive(Debug, Serialize)]
enum Derived {
    Unit,
    Newtype(u8),
    Tuple(u8, &'static str),
    Struct { a: Option<f32>, b: () },
}

#[derive(Debug, Serialize)]
struct Fields(u8, Empty, char);

#[derive(Debug, Serialize)]
struct Empty;

#[derive(Debug, Serialize)]
enum EmptyVariants {
    Tuple(),
    Struct {},
}

#[derive(Debug, Serialize)]
struct Newtype<T>(T);

#[derive(Debug)]
struct Bytes(&'static [u8]);

impl Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_bytes(self.0)
    }
}

/// A value that is written as it is displayed.
#[derive(Debug)]
struct Shown(&'static str);

impl Serialize for Shown {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.collect_str(&format_args!("{} {}", self.0, self.0))
    }
}

/// A map with one entry, whose key can have any type.
#[derive(Debug)]
struct Entry<K>(K);

impl<K: Serialize> Serialize for Entry<K> {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.collect_map([(&self.0, 1)])
    }
}

#[test]
fn rare_values_are_encoded_as_by_serde_json() {
    check_same([Bytes(b""), Bytes(b"a\0\xff")]);
    check_same([Shown(""), Shown("a\"\\/\n\u{1}\u{7f}\u{2028}\u{1f600}")]);
    check_same((EmptyVariants::Tuple(), EmptyVariants::Struct {}, Newtype(1), Newtype(Newtype([(); 0]))));
    check_same((u8::MAX, u16::MAX, u32::MAX, u64::MAX, u128::MAX, usize::MAX));
    check_same((i8::MAX, i16::MAX, i32::MAX, i64::MAX, i128::MAX));
}

#[test]
fn keys_are_encoded_as_by_serde_json() {
    check_same((Entry(0.1_f32), Entry(0.1_f64), Entry(-0.0), Entry(1e300), Entry(5e-324), Entry(1.0)));
    check_same((Entry(Derived::Unit), Entry(Newtype("a")), Entry(Newtype(1)), Entry(Some("a"))));
    check_same((Entry(Shown("a\"\\\n")), Entry('"'), Entry(true)));
    check_same((Entry(u8::MAX), Entry(u64::MAX), Entry(u128::MAX), Entry(i128::MIN)));
}

#[test]
fn keys_that_json_lacks_are_the_errors_of_serde_json() {
    #[track_caller]
    fn check<K: Serialize>(key: K) {
        let entry = Entry(key);
        check_error(&entry, &serde_json::to_string(&entry).unwrap_err().to_string());
    }
    check(f64::NAN);
    check(f32::INFINITY);
    check(None::<&str>);
    check(());
    check(Bytes(b"a"));
    check(["a"]);
    check(Entry("a"));
    check(Derived::Newtype(1));
    check(Derived::Tuple(1, "a"));
    check(Derived::Struct { a: None, b: () });
    check(EmptyVariants::Tuple());
    check(EmptyVariants::Struct {});
    check(Empty);
}

#[test]
fn values_are_encoded_as_by_serde_json() {
    let texts = ["", "a\"\\/\n\u{1}\u{7f}\u{2028}\u{1f600}"];
    check_same((texts, 'a', true, (), None::<u8>, Some(1)));
    check_same((i8::MIN, i16::MIN, i32::MIN, i64::MIN, i128::MIN, u64::MAX, u128::MAX));
    check_same((0.1_f32, 0.1_f64, -0.0, 1e300, 5e-324, 1.0));
    check_same((
        Vec::<u8>::new(),
        BTreeMap::<u8, u8>::new(),
        [[1], [2]],
        BTreeMap::from([("a", 1), ("b", 2)]),
    ));
    check_same((
        BTreeMap::from([(1, 'a'), (-2, 'b')]),
        BTreeMap::from([(true, 1)]),
        BTreeMap::from([('c', 1)]),
    ));
    check_same([
        Derived::Unit,
        Derived::Newtype(1),
        Derived::Tuple(1, "a"),
        Derived::Struct { a: Some(0.5), b: () },
    ]);
    check_same((Fields(1, Empty, 'b'), json!({ "a": [1.5, null, { "b": u64::MAX }], "c": {}, "d": [] })));
    check_same(serde_json::from_str::<&RawValue>(r#"{ "a":1.0e400, "b":["\ud800"] }"#).unwrap());
    check_same(serde_json::from_str::<serde_json::Value>("[1234567890123456789012, 1.50]").unwrap());
}

/// A struct in the form in which the generator renders them.
#[derive(Debug, Default)]
struct Order {
    price: f64,
    items: Vec<Order>,
    notes: Option<Cat>,
    unknown_fields: UnknownFields,
}

impl wire::Struct for Order {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.plain(&mut self.price),
            1 => input.plain_as::<List, _>(&mut self.items),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

serde_struct!(Order, "Order", &["price", "items", "notes"], &[], |it, output| {
    output.put_as::<List, _>("items", &it.items);
    output.put_some("notes", &it.notes);
    output.put("price", &it.price);
    output.put("never", &0);
    output.unknown::<Self>(&it.unknown_fields);
});

/// A variant with a tag, which is encoded as text first.
#[derive(Debug, Default)]
struct Cat(BTreeMap<String, Vec<f64>>);

impl Serialize for Cat {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        serialize_tagged(&self.0, "kind", Constant::Text("cat"), output)
    }
}

impl<'de> serde::Deserialize<'de> for Cat {
    fn deserialize<D: wire::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        BTreeMap::deserialize(input).map(Self)
    }
}

#[test]
fn numbers_that_json_lacks_are_errors_with_a_path() {
    check_error(f64::NAN, "JSON cannot represent NaN");
    check_error([1.0, f64::INFINITY], "$[1]: JSON cannot represent inf");
    check_error((0, [vec![], vec![f32::NEG_INFINITY]]), "$[1][1][0]: JSON cannot represent -inf");
    let order = |price| Order { price, ..Order::default() };
    check_error(order(f64::NAN), "$.price: JSON cannot represent NaN");
    let nested = Order { items: vec![order(1.0), order(f64::NAN)], ..order(2.0) };
    check_error(nested, "$.items[1].price: JSON cannot represent NaN");
    check_error(BTreeMap::from([("a \"b\"", f64::NAN)]), r#"$["a \"b\""]: JSON cannot represent NaN"#);
    check_error(HashMap::from([("a,{[", [Some(f64::NAN)])]), r#"$["a,{["][0]: JSON cannot represent NaN"#);
    // The codec of protobuf writes them as strings.
    struct Lenient(f64);
    impl Serialize for Lenient {
        fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
            serialize_as::<Float, _, _>(&self.0, output)
        }
    }
    assert_eq!(crate::encode(&Lenient(f64::NAN)), r#""NaN""#);
}

#[test]
fn errors_in_a_tagged_variant_have_the_whole_path() {
    let cat = |number| Cat(BTreeMap::from([("lives".to_owned(), vec![9.0, number])]));
    let order = |number| Order {
        items: vec![Order { notes: Some(cat(number)), ..Order::default() }],
        ..Order::default()
    };
    check_error(order(f64::NAN), "$.items[0].notes.lives[1]: JSON cannot represent NaN");
    let json = r#"{"items":[{"items":[],"notes":{"lives":[9.0,1.0],"kind":"cat"},"price":0.0,"never":0}],"price":0.0,"never":0}"#;
    assert_eq!(crate::encode(&order(1.0)), json);
}

#[test]
fn other_errors_have_a_path() {
    let mut pet = Pet::with_id("a");
    pet.unknown_fields.insert("name", 1);
    let expected =
        r#"$[1]: "name" is set as an unknown or additional property, but it is a field of the type"#;
    check_error([Pet::with_id("b"), pet], expected);
    check_error(BTreeMap::from([("a", BTreeMap::from([([1], 2)]))]), "$.a: key must be a string");
    assert_eq!(wire::to_vec(&[f64::NAN]).unwrap_err().path(), "$[0]");
    assert_eq!(crate::encode(&Object::new()), "{}");
}

//! Lists and maps from arrays, slices and iterators.

use std::collections::{BTreeMap, HashMap};

use runtime::wire::{self, Value};
use serde_json::json;

#[test]
fn lists_accept_items_and_references_to_them() {
    let vector = vec![1_i64, 2];
    assert_eq!(wire::list::<i64>([1, 2]), vector);
    assert_eq!(wire::list::<i64>(&[1, 2]), vector);
    assert_eq!(wire::list::<i64>(vector.as_slice()), vector);
    assert_eq!(wire::list::<i64>(&vector), vector);
    assert_eq!(wire::list::<i64>(1..3), vector);
    assert_eq!(wire::list::<i64>(vector.clone()), vector);
}

#[test]
fn lists_of_text_accept_every_kind_of_string() {
    let vector = vec!["a".to_owned(), "b".to_owned()];
    let borrowed: &[&str] = &["a", "b"];
    assert_eq!(wire::list_of_text(["a", "b"]), vector);
    assert_eq!(wire::list_of_text(borrowed), vector);
    assert_eq!(wire::list_of_text(&vector), vector);
    assert_eq!(wire::list_of_text("a b".split(' ')), vector);
    assert_eq!(wire::list_of_text(vector.clone()), vector);
}

#[test]
fn lists_of_json_accept_what_converts() {
    assert_eq!(wire::list_from::<Value>(["a", "b"]), [json!("a"), json!("b")]);
    assert_eq!(wire::list_from::<Value>([1, 2]), [json!(1), json!(2)]);
}

#[test]
fn maps_accept_arrays_and_maps() {
    let map = BTreeMap::from([("a".to_owned(), 1_i64), ("b".to_owned(), 2)]);
    assert_eq!(wire::map::<i64>([("a", 1), ("b", 2)]), map);
    assert_eq!(wire::map::<i64>(&map), map);
    assert_eq!(wire::map::<i64>(HashMap::from([("a", 1), ("b", 2)])), map);
    assert_eq!(wire::map_of_text([("a", "1")]), BTreeMap::from([("a".to_owned(), "1".to_owned())]));
    assert_eq!(wire::map_from::<Value>([("a", 1)]), BTreeMap::from([("a".to_owned(), json!(1))]));
}

#[test]
fn objects_accept_what_converts() {
    let object = wire::object([("a", json!([1])), ("b", json!("c"))]);
    assert_eq!(Value::from(object.clone()), json!({ "a": [1], "b": "c" }));
    assert_eq!(wire::object(object.clone()), object);
    assert_eq!(wire::object([("a", 1.5)]), wire::object([("a", json!(1.5))]));
}

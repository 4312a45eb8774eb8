//! Documents whose schemas refer to one another in large numbers, on a thread with a small stack.

use serde_json::{Map, Value, json};

use crate::config::Config;
use crate::diagnostics::{Diagnostics, Source};
use crate::document::Document;
use crate::lower::lower;

/// Lowers a document with these schemas on a thread with 1 MB of stack, and compares the number of named types.
#[track_caller]
fn check(schemas: impl Iterator<Item = (String, Value)>, expected: usize) {
    let schemas: Map<String, Value> = schemas.collect();
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Growth", "version": "1" },
        "paths": {},
        "components": { "schemas": schemas },
    });
    let text = document.to_string();
    let count = move || {
        let mut diagnostics = Diagnostics::new();
        let source = Source { name: "growth.json", text: &text };
        let document = Document::load(&source.into(), &[], &mut diagnostics).expect("the document is valid");
        lower(&document, &Config::default(), &mut diagnostics).api.types.len()
    };
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(count).expect("a thread starts");
    assert_eq!(thread.join().expect("the stack is large enough"), expected);
}

fn reference(name: impl std::fmt::Display) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// Returns `S0` to `S{count}`: each made of the next by `link`, and the last one an object.
fn chain(count: usize, link: fn(Value) -> Value) -> impl Iterator<Item = (String, Value)> {
    let links =
        (0..count).map(move |index| (format!("S{index}"), link(reference(format!("S{}", index + 1)))));
    links.chain([(format!("S{count}"), json!({ "properties": { "id": { "type": "string" } } }))])
}

#[test]
fn chains_of_any_length_are_lowered() {
    check(chain(3000, |next| json!({ "properties": { "next": next } })), 3001);
    check(chain(3000, |next| json!({ "type": "array", "items": next })), 1);
    check(chain(3000, |next| json!({ "anyOf": [next, { "type": "null" }] })), 1);
    check(chain(3000, |next| next), 1);
}

#[test]
fn a_part_that_is_reached_in_many_ways_counts_once() {
    // Two ways at each of 64 levels are more ways than anyone can follow.
    check(chain(64, |next| json!({ "allOf": [next, next, { "description": "x" }] })), 65);
}

#[test]
fn all_schemas_may_refer_to_all() {
    let all = |_: usize| (0..80).map(|other| (format!("p{other}"), reference(format!("S{other}"))));
    let schemas = (0..80).map(|index| {
        let properties: Map<String, Value> = all(index).collect();
        (format!("S{index}"), json!({ "properties": properties }))
    });
    check(schemas, 80);
}

#[test]
fn unions_may_list_all_unions() {
    let schemas = (0..30).map(|index| {
        let lists = (0..30).map(|other| json!({ "type": "array", "items": reference(format!("U{other}")) }));
        let alternatives: Vec<Value> = lists.chain([json!({ "type": "string" })]).collect();
        (format!("U{index}"), json!({ "oneOf": alternatives }))
    });
    check(schemas, 30);
}

#[test]
fn a_merged_property_that_contains_itself_in_a_union_ends() {
    let shape = json!({ "oneOf": [{}, { "properties": { "side": {} } }] });
    let around = json!({ "$ref": "#/components/schemas/Union", "properties": { "color": {} } });
    let union =
        json!({ "allOf": [{ "properties": { "shape": shape } }, { "properties": { "shape": around } }] });
    check([("Union".to_owned(), union)].into_iter(), 4);
}

#[test]
fn items_narrowed_to_the_list_around_them_end() {
    let to = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let items = json!({ "allOf": [to("Nested"), to("List")] });
    let list = || json!({ "type": "array", "items": items });
    let alternatives = json!([list(), { "items": items }, { "type": "array" }]);
    let unions = [
        json!({ "anyOf": alternatives }),
        // The union is one of several parts.
        json!({ "allOf": [{ "type": "array", "maxItems": 2 }], "anyOf": alternatives }),
    ];
    for union in unions {
        let schemas = [("Nested".to_owned(), union), ("List".to_owned(), json!({ "type": "array" }))];
        check(schemas.into_iter(), 1);
    }
}

//! `$ref` with siblings, and null among the alternatives of a union.

use serde_json::Value;

use super::types::{is_null_alone, only_null};
use super::{Dialect, Object, Spot};

/// The inner schemas of one schema that no longer stand where they were written.
#[derive(Default)]
pub(super) struct Moved(Vec<Move>);

struct Move {
    keyword: &'static str,
    index: usize,
    from: From,
}

/// Where an inner schema was written.
#[derive(Clone, Copy)]
enum From {
    /// It was the schema itself, or a part of it.
    Itself,
    /// It was another element.
    Element(&'static str, usize),
}

impl Moved {
    fn note(&mut self, keyword: &'static str, index: usize, from: From) {
        self.0.push(Move { keyword, index, from });
    }

    fn from(&self, keyword: &str, index: usize) -> Option<From> {
        self.0.iter().find(|moved| moved.keyword == keyword && moved.index == index).map(|moved| moved.from)
    }
}

impl Dialect<'_> {
    /// Rewrites what `schema` is put together from.
    pub(super) fn alternatives(&mut self, schema: &mut Object, split_by_type: bool) -> Moved {
        let mut moved = Moved::default();
        if let (true, Some(Value::Array(alternatives))) = (split_by_type, schema.get("oneOf")) {
            (0..alternatives.len()).for_each(|index| moved.note("oneOf", index, From::Itself));
        }
        for index in 0..schema.get("x-prefix-items").and_then(Value::as_array).map_or(0, Vec::len) {
            moved.note("x-prefix-items", index, From::Element("prefixItems", index));
        }
        if schema.len() > 1 && schema.contains_key("$ref") {
            if let Some(reference) = schema.shift_remove("$ref") {
                let target = Object::from_iter([("$ref".to_owned(), reference)]);
                let index = all_of(schema, Value::Object(target));
                moved.note("allOf", index, From::Itself);
            }
        }
        drop_null(schema, "oneOf", &mut moved);
        drop_null(schema, "anyOf", &mut moved);
        moved
    }

    /// Rewrites the element `index` of the list at `keyword`, noting where it was written.
    pub(super) fn element(
        &mut self,
        schema: &mut Value,
        (keyword, index): (&str, usize),
        outer: Spot<'_>,
        moved: &Moved,
    ) {
        let list = outer.at.key(keyword);
        let at = list.index(index);
        match moved.from(keyword, index) {
            None => {
                let list = outer.written.key(keyword);
                self.schema(schema, Spot { at: &at, written: &list.index(index), ..outer });
            }
            Some(From::Itself) => {
                self.moves.moved_tree(at.pointer(), outer.written.pointer());
                self.inside(schema, Spot { at: &at, written: outer.written, moved: true });
            }
            Some(From::Element(keyword, index)) => {
                let list = outer.written.key(keyword);
                let written = list.index(index);
                self.moves.moved_tree(at.pointer(), written.pointer());
                self.schema(schema, Spot { at: &at, written: &written, moved: true });
            }
        }
    }
}

/// Takes null from the alternatives of a union and says it by `nullable`.
fn drop_null(schema: &mut Object, keyword: &'static str, moved: &mut Moved) {
    let Some(Value::Array(alternatives)) = schema.get_mut(keyword) else { return };
    let is_null = |alternative: &Value| alternative.as_object().is_some_and(is_null_alone);
    if !alternatives.iter().any(is_null) {
        return;
    }
    let mut left: Vec<(usize, Value)> =
        std::mem::take(alternatives).into_iter().enumerate().filter(|(_, other)| !is_null(other)).collect();
    match left.len() {
        0 => return only_null(schema),
        1 => {
            schema.shift_remove(keyword);
            for (index, alternative) in left.drain(..) {
                let now = all_of(schema, alternative);
                moved.note("allOf", now, From::Element(keyword, index));
            }
        }
        _ => {
            for (now, (index, alternative)) in left.into_iter().enumerate() {
                if now != index {
                    moved.note(keyword, now, From::Element(keyword, index));
                }
                alternatives.push(alternative);
            }
        }
    }
    schema.insert("nullable".to_owned(), Value::Bool(true));
}

/// Adds a schema to `allOf` and says at which index.
fn all_of(schema: &mut Object, part: Value) -> usize {
    let list = schema.entry("allOf").or_insert_with(|| Value::Array(Vec::new()));
    match list {
        Value::Array(parts) => {
            parts.push(part);
            parts.len() - 1
        }
        // Whatever else was here has been reported as no list.
        _ => {
            *list = Value::Array(vec![part]);
            0
        }
    }
}

//! Rewrites every schema of a document, 3.1 or 3.0, into the one dialect that the rest of the generator reads: that of
//! 3.0, as `openapiv3` models it.
//!
//! What lowering may rely on afterwards:
//!
//! - `type` is one name, never a list and never `null`. A value that may be null says `nullable`.
//! - A schema that allows nothing but null is `{enum: [null], nullable: true}`; no other `enum` holds null.
//! - No alternative of a `oneOf` or `anyOf` is null alone. One that was left on its own stands in `allOf`.
//! - A `$ref` stands alone; what stood beside it is beside the `allOf` that holds it.
//! - There is no `const`; `exclusiveMinimum` is a flag; `true` is `{}` and `false` is `{not: {}}`, except that
//!   `additionalProperties` keeps its flags.
//! - There is no `itemSchema`: the `schema` of a stream is a list of its items, or what its data holds.
//! - Nothing is touched inside `example`, `examples`, `default`, the values of an `enum`, and `x-` members.
//!
//! Schemas that had to move keep a note of where their owner wrote them ([`Moves`]). Imports `diagnostics`, `grammar`,
//! `moves`, `place`, `references` and `version`.

mod alternatives;
mod item_schema;
mod keywords;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::grammar::{Kind, Shape, shape_at};
use super::moves::Moves;
use super::place::Place;
use super::references::References;
use super::version::is_3_0;
use crate::diagnostics::{Code, Diagnostics, Pointer};

pub(super) use self::keywords::TUPLE;

type Object = Map<String, Value>;

/// Rewrites the schemas of `document` in place.
pub(super) fn rewrite(document: &mut Value, references: &References, diagnostics: &mut Diagnostics) -> Moves {
    let is_3_0 = document.as_object().is_some_and(is_3_0);
    let (moves, foreign) = (Moves::default(), Foreign::default());
    // What events hold may be said elsewhere, and in the words of the document.
    let with_items = item_schema::is_in(document).then(|| document.clone());
    let mut dialect = Dialect { is_3_0, targets: &references.named, with_items, moves, foreign, diagnostics };
    dialect.find_schemas(document, Shape::Object(Kind::Document), &Place::root());
    // What is similar to something else has been rewritten as that.
    for (pointer, kind) in references.outside.iter().filter(|(pointer, _)| shape_at(pointer).is_none()) {
        let segments: Vec<String> = pointer.segments().collect();
        if let Some(value) = document.pointer_mut(pointer.as_str()) {
            Place::root().descend(&segments, |at| dialect.find_schemas(value, Shape::OrReference(*kind), at));
        }
    }
    dialect.report_foreign();
    dialect.moves
}

struct Dialect<'a> {
    is_3_0: bool,
    targets: &'a BTreeMap<Pointer, BTreeSet<Kind>>,
    /// The document as it is written, if it describes the items of streams.
    with_items: Option<Value>,
    moves: Moves,
    foreign: Foreign,
    diagnostics: &'a mut Diagnostics,
}

/// Keywords of the other version: how many, and where the first is.
#[derive(Default)]
struct Foreign {
    count: usize,
    first: Pointer,
}

/// Where a schema stands now, and where its owner wrote it.
#[derive(Clone, Copy)]
struct Spot<'a> {
    at: &'a Place<'a>,
    written: &'a Place<'a>,
    /// Whether the two differ.
    moved: bool,
}

/// The inner schemas of one schema that no longer stand where they were written, by keyword and index.
#[derive(Default)]
struct Moved(Vec<((&'static str, Option<usize>), Origin)>);

/// Where an inner schema was written.
enum Origin {
    /// It was the schema itself, or a part of it.
    Itself,
    /// It was an element of a list.
    Element(&'static str, usize),
    /// It was a member of a map.
    Member(&'static str, String),
}

impl Moved {
    fn note(&mut self, keyword: &'static str, index: Option<usize>, origin: Origin) {
        self.0.push(((keyword, index), origin));
    }

    fn origin(&self, place: (&str, Option<usize>)) -> Option<&Origin> {
        self.0.iter().find(|(moved, _)| *moved == place).map(|(_, origin)| origin)
    }
}

impl Dialect<'_> {
    fn find_schemas(&mut self, value: &mut Value, shape: Shape, at: &Place<'_>) {
        match (shape, value) {
            (Shape::OrReference(Kind::Schema), schema) => {
                self.schema(schema, Spot { at, written: at, moved: false });
            }
            (Shape::Object(kind) | Shape::OrReference(kind), Value::Object(members)) => {
                for (key, member) in members {
                    if let Some(shape) = kind.shape_of(key) {
                        self.find_schemas(member, shape, &at.key(key));
                    }
                }
            }
            (Shape::Map(shape), Value::Object(members)) => {
                for (key, member) in members {
                    if matches!(shape, Shape::Object(Kind::MediaType)) {
                        self.item_schema(key, member, &at.key(key));
                    }
                    self.find_schemas(member, *shape, &at.key(key));
                }
            }
            (Shape::List(shape), Value::Array(elements)) => {
                for (index, element) in elements.iter_mut().enumerate() {
                    self.find_schemas(element, *shape, &at.index(index));
                }
            }
            _ => {}
        }
    }

    fn schema(&mut self, schema: &mut Value, spot: Spot<'_>) {
        if spot.moved {
            let written = spot.written.pointer();
            if self.targets.contains_key(&written) {
                self.moves.moved_target(written, spot.at.pointer());
            }
        }
        self.inside(schema, spot);
    }

    /// Rewrites a schema, then what is inside it: from the outside in, so that an inner schema is visited once, in its
    /// final place.
    fn inside(&mut self, schema: &mut Value, spot: Spot<'_>) {
        match schema {
            Value::Bool(true) => *schema = Value::Object(Object::new()),
            Value::Bool(false) => *schema = keywords::never(),
            Value::Object(members) => {
                let mut moved = Moved::default();
                self.types(members, spot, &mut moved);
                self.keywords(members, spot, &mut moved);
                alternatives::rewrite(members, &mut moved);
                self.inner_schemas(members, spot, &moved);
            }
            // Whatever else was here has been reported as no schema.
            _ => {}
        }
    }

    fn inner_schemas(&mut self, members: &mut Object, spot: Spot<'_>, moved: &Moved) {
        for (keyword, value) in members {
            match (keyword.as_str(), value) {
                ("properties" | "$defs" | "definitions", Value::Object(schemas)) => {
                    let (at, written) = (&spot.at.key(keyword), &spot.written.key(keyword));
                    for (name, schema) in schemas {
                        self.schema(schema, Spot { at: &at.key(name), written: &written.key(name), ..spot });
                    }
                }
                ("allOf" | "oneOf" | "anyOf" | "x-prefix-items", Value::Array(schemas)) => {
                    for (index, schema) in schemas.iter_mut().enumerate() {
                        self.inner(schema, (keyword, Some(index)), spot, moved);
                    }
                }
                ("items", Value::Object(items)) if items.contains_key(TUPLE) => {
                    let (at, written) = (spot.at.key(keyword), spot.written.key("prefixItems"));
                    let places = items.get_mut("oneOf").and_then(Value::as_array_mut).into_iter().flatten();
                    for (index, place) in places.enumerate() {
                        self.moved(place, &at.key("oneOf").index(index), &written.index(index));
                    }
                }
                ("additionalProperties", Value::Bool(_)) => {}
                ("additionalProperties" | "items" | "not", schema) => {
                    self.inner(schema, (keyword, None), spot, moved);
                }
                _ => {}
            }
        }
    }

    /// Rewrites the schema at a keyword, or at an index of its list, noting where it was written.
    fn inner(&mut self, schema: &mut Value, place: (&str, Option<usize>), outer: Spot<'_>, moved: &Moved) {
        let (keyword, index) = place;
        let (holder, written_holder) = (outer.at.key(keyword), outer.written.key(keyword));
        let at = index.map_or(holder, |index| holder.index(index));
        match moved.origin(place) {
            None => {
                let written = index.map_or(written_holder, |index| written_holder.index(index));
                self.schema(schema, Spot { at: &at, written: &written, ..outer });
            }
            Some(Origin::Itself) => {
                self.moves.moved_tree(at.pointer(), outer.written.pointer());
                self.inside(schema, Spot { at: &at, written: outer.written, moved: true });
            }
            Some(Origin::Element(keyword, index)) => {
                let list = outer.written.key(keyword);
                self.moved(schema, &at, &list.index(*index));
            }
            Some(Origin::Member(keyword, key)) => {
                let map = outer.written.key(keyword);
                self.moved(schema, &at, &map.key(key));
            }
        }
    }

    fn moved(&mut self, schema: &mut Value, at: &Place<'_>, written: &Place<'_>) {
        self.moves.moved_tree(at.pointer(), written.pointer());
        self.schema(schema, Spot { at, written, moved: true });
    }

    fn foreign_keyword(&mut self, spot: Spot<'_>) {
        if self.foreign.count == 0 {
            self.foreign.first = spot.written.pointer();
        }
        self.foreign.count += 1;
    }

    /// Mixing the versions is common and harmless: one finding for the whole document.
    fn report_foreign(&mut self) {
        let Foreign { count, first } = &self.foreign;
        let times = if *count == 1 { "once".to_owned() } else { format!("{count} times") };
        let (message, remedy) = match (count, self.is_3_0) {
            (0, _) => return,
            (_, true) => (
                format!("the document says OpenAPI 3.0, but lists types or names null as 3.1 does: {times}"),
                "it is read as meant; write `nullable: true`, or declare version 3.1",
            ),
            (_, false) => (
                format!("the document says OpenAPI 3.1, but uses `nullable` as 3.0 does: {times}"),
                "it is read as meant; write `type: [T, \"null\"]`, or declare version 3.0",
            ),
        };
        self.diagnostics.report(Code::MixedVersions, first, message, remedy);
    }
}

#[cfg(test)]
mod tests;

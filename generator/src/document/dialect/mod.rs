//! Rewrites every schema of a document to the dialect of 3.0, which `openapiv3` models and later stages
//! expect.
//!
//! Afterwards, `lower` can rely on this:
//!
//! - `type` is one name, never an array and never `null`. A schema that allows null has `nullable`.
//! - A schema that allows only null is `{enum: [null], nullable: true}`. No other `enum` contains null.
//! - No alternative of `oneOf` or `anyOf` allows only null. If removing null leaves one alternative, it is in
//!   `allOf`.
//! - A `$ref` has no siblings. If it had some, the `$ref` is in an `allOf` next to them.
//! - There is no `const`. `exclusiveMinimum` is a boolean. `true` is `{}` and `false` is `{not: {}}`, except
//!   in `additionalProperties`, which keeps booleans.
//! - Nothing is changed inside `example`, `examples`, `default`, the values of `enum`, and `x-` extensions.
//!
//! The original locations of moved schemas are recorded in [`Moves`]. Imports `diagnostics`, `grammar`,
//! `moves`, `location`, `references` and `version`.

mod alternatives;
mod keywords;
mod types;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::grammar::{ObjectKind, Shape, shape_at};
use super::location::Location;
use super::moves::Moves;
use super::references::References;
use super::version;
use crate::diagnostics::{Code, Diagnostics, Pointer};

use self::keywords::POSITIONS;
pub(super) use self::keywords::{DEPENDENT_REQUIRED, TUPLE};

type Object = Map<String, Value>;

/// Rewrites the schemas of `document` in place.
pub(super) fn rewrite(document: &mut Value, references: &References, diagnostics: &mut Diagnostics) -> Moves {
    let minor = document.as_object().map(version::minor).unwrap_or_default();
    let (moves, foreign) = (Moves::default(), Foreign::default());
    let mut dialect = Dialect { minor, reference_targets: &references.targets, moves, foreign, diagnostics };
    dialect.find_schemas(document, Shape::Object(ObjectKind::Document), &Location::root());
    // A target of a similar kind has been rewritten as its own kind.
    for (pointer, kind) in references.outside.iter().filter(|(pointer, _)| shape_at(pointer).is_none()) {
        let segments: Vec<String> = pointer.segments().collect();
        if let Some(value) = document.pointer_mut(pointer.as_str()) {
            Location::root()
                .descend(&segments, |at| dialect.find_schemas(value, Shape::OrReference(*kind), at));
        }
    }
    dialect.report_foreign();
    dialect.moves
}

struct Dialect<'a> {
    /// The minor version that the document declares.
    minor: u32,
    reference_targets: &'a BTreeMap<Pointer, BTreeSet<ObjectKind>>,
    moves: Moves,
    foreign: Foreign,
    diagnostics: &'a mut Diagnostics,
}

/// The number of keywords of the other version, and the location of the first.
#[derive(Default)]
struct Foreign {
    count: usize,
    first: Pointer,
}

/// The current and the original location of a schema.
#[derive(Clone, Copy)]
struct SchemaLocation<'a> {
    at: &'a Location<'a>,
    original: &'a Location<'a>,
    /// True if the locations differ.
    moved: bool,
}

/// The subschemas of one schema that are no longer at their original location, by keyword and index.
#[derive(Default)]
struct Moved(HashMap<(&'static str, Option<usize>), Origin>);

/// The original location of a subschema, relative to its schema.
enum Origin {
    /// The schema itself, or some of its keywords.
    Itself,
    /// An element of an array.
    Element(&'static str, usize),
    /// An entry of a map.
    MapEntry(&'static str, String),
}

impl Moved {
    fn note(&mut self, keyword: &'static str, index: Option<usize>, origin: Origin) {
        self.0.entry((keyword, index)).or_insert(origin);
    }

    fn origin<'m>(&'m self, location: (&'m str, Option<usize>)) -> Option<&'m Origin> {
        self.0.get(&location)
    }
}

impl Dialect<'_> {
    fn find_schemas(&mut self, value: &mut Value, shape: Shape, at: &Location<'_>) {
        match (shape, value) {
            (Shape::OrReference(ObjectKind::Schema), schema) => {
                self.schema(schema, SchemaLocation { at, original: at, moved: false });
            }
            (Shape::Object(kind) | Shape::OrReference(kind), Value::Object(fields)) => {
                for (key, field) in fields {
                    if let Some(shape) = kind.shape_of(key) {
                        self.find_schemas(field, shape, &at.key(key));
                    }
                }
            }
            (Shape::Map(shape), Value::Object(fields)) => {
                for (key, field) in fields {
                    self.find_schemas(field, *shape, &at.key(key));
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

    fn schema(&mut self, schema: &mut Value, here: SchemaLocation<'_>) {
        if here.moved {
            let original = here.original.pointer();
            if self.reference_targets.contains_key(&original) {
                self.moves.moved_target(original, here.at.pointer());
            }
        }
        self.rewrite_schema(schema, here);
    }

    /// Rewrites a schema, then its subschemas. In this order, each subschema is visited once, at its final
    /// location.
    fn rewrite_schema(&mut self, schema: &mut Value, here: SchemaLocation<'_>) {
        match schema {
            Value::Bool(true) => *schema = Value::Object(Object::new()),
            Value::Bool(false) => *schema = keywords::never(),
            Value::Object(fields) => {
                let mut moved = Moved::default();
                self.types(fields, here, &mut moved);
                self.keywords(fields, here, &mut moved);
                alternatives::rewrite(fields, &mut moved);
                self.inner_schemas(fields, here, &moved);
            }
            // `conform` has reported any other value.
            _ => {}
        }
    }

    fn inner_schemas(&mut self, fields: &mut Object, here: SchemaLocation<'_>, moved: &Moved) {
        for (keyword, value) in fields {
            match (keyword.as_str(), value) {
                ("properties" | "$defs" | "definitions", Value::Object(schemas)) => {
                    let (at, original) = (&here.at.key(keyword), &here.original.key(keyword));
                    for (name, schema) in schemas {
                        self.schema(
                            schema,
                            SchemaLocation { at: &at.key(name), original: &original.key(name), ..here },
                        );
                    }
                }
                ("allOf" | "oneOf" | "anyOf" | "x-prefix-items", Value::Array(schemas)) => {
                    for (index, schema) in schemas.iter_mut().enumerate() {
                        self.inner(schema, (keyword, Some(index)), here, moved);
                    }
                }
                ("items", Value::Object(items)) if items.contains_key(TUPLE) => {
                    let (at, original) = (here.at.key(keyword), here.original.key("prefixItems"));
                    let elements = items.get_mut("oneOf").and_then(Value::as_array_mut).into_iter().flatten();
                    for (index, element) in elements.enumerate() {
                        self.moved(element, &at.key("oneOf").index(index), &original.index(index));
                    }
                }
                ("items", Value::Object(items)) if items.contains_key(POSITIONS) => {
                    let origins = items.get(POSITIONS).cloned().unwrap_or_default();
                    let elements = items.get_mut("anyOf").and_then(Value::as_array_mut).into_iter().flatten();
                    for (index, element) in elements.enumerate() {
                        let list = here.at.key(keyword);
                        let list = list.key("anyOf");
                        let prefix = here.original.key("prefixItems");
                        let origin = origins.get(index).and_then(Value::as_u64);
                        let original = match origin.and_then(|it| usize::try_from(it).ok()) {
                            Some(origin) => prefix.index(origin),
                            None => here.original.key(keyword),
                        };
                        self.moved(element, &list.index(index), &original);
                    }
                }
                ("additionalProperties", Value::Bool(_)) => {}
                ("additionalProperties" | "items" | "not", schema) => {
                    self.inner(schema, (keyword, None), here, moved);
                }
                _ => {}
            }
        }
    }

    /// Rewrites the subschema at a keyword, or at an index of its array, and records its original location.
    fn inner(
        &mut self,
        schema: &mut Value,
        location: (&str, Option<usize>),
        outer: SchemaLocation<'_>,
        moved: &Moved,
    ) {
        let (keyword, index) = location;
        let (holder, written_holder) = (outer.at.key(keyword), outer.original.key(keyword));
        let at = index.map_or(holder, |index| holder.index(index));
        match moved.origin(location) {
            None => {
                let original = index.map_or(written_holder, |index| written_holder.index(index));
                self.schema(schema, SchemaLocation { at: &at, original: &original, ..outer });
            }
            Some(Origin::Itself) => {
                self.moves.moved_tree(at.pointer(), outer.original.pointer());
                self.rewrite_schema(
                    schema,
                    SchemaLocation { at: &at, original: outer.original, moved: true },
                );
            }
            Some(Origin::Element(keyword, index)) => {
                let list = outer.original.key(keyword);
                self.moved(schema, &at, &list.index(*index));
            }
            Some(Origin::MapEntry(keyword, key)) => {
                let map = outer.original.key(keyword);
                self.moved(schema, &at, &map.key(key));
            }
        }
    }

    fn moved(&mut self, schema: &mut Value, at: &Location<'_>, original: &Location<'_>) {
        self.moves.moved_tree(at.pointer(), original.pointer());
        self.schema(schema, SchemaLocation { at, original, moved: true });
    }

    fn foreign_keyword(&mut self, keyword: &str, here: SchemaLocation<'_>) {
        if self.foreign.count == 0 {
            self.foreign.first = here.original.key(keyword).pointer();
        }
        self.foreign.count += 1;
    }

    /// Reports mixed versions once for the whole document, since they are common and harmless.
    fn report_foreign(&mut self) {
        let Foreign { count, first } = &self.foreign;
        let times = if *count == 1 { "once".to_owned() } else { format!("{count} times") };
        let (message, remedy) = match (count, self.minor) {
            (0, _) => return,
            (_, 0) => (
                format!("the document declares OpenAPI 3.0, but uses `type` as in 3.1 ({times})"),
                "write `nullable: true`, or declare version 3.1",
            ),
            (_, minor) => (
                format!("the document declares OpenAPI 3.{minor}, but uses `nullable` of 3.0 ({times})"),
                "write `type: [T, \"null\"]`, or declare version 3.0",
            ),
        };
        self.diagnostics.report(Code::MixedVersions, first, message, remedy);
    }
}

#[cfg(test)]
mod tests;

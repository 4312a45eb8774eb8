//! Where a document gives examples.
//!
//! Imports `document` and `diagnostics`.

use serde_json::{Map, Value};

use crate::diagnostics::Pointer;
use crate::document::{Kind, Shape};

/// An example as it stands in the document.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    /// Where it stands.
    pub(super) pointer: Pointer,
    /// The schema that it is an example of.
    pub(super) schema: Pointer,
    pub(super) value: Value,
}

/// Every example, in document order.
pub(super) fn examples(document: &Value) -> Vec<Found> {
    let mut walk = Walk { document, found: Vec::new() };
    walk.inside(document, Shape::Object(Kind::Document), &Pointer::root());
    walk.found
}

struct Walk<'a> {
    document: &'a Value,
    found: Vec<Found>,
}

impl Walk<'_> {
    fn inside(&mut self, value: &Value, shape: Shape, at: &Pointer) {
        match (shape, value) {
            (Shape::OrReference(_), Value::Object(members)) if members.contains_key("$ref") => {}
            (Shape::Object(kind) | Shape::OrReference(kind), Value::Object(members)) => {
                match kind {
                    Kind::Schema => self.of_schema(members, at),
                    Kind::MediaType | Kind::Parameter if members.contains_key("schema") => {
                        self.beside_schema(members, at);
                    }
                    _ => {}
                }
                for (key, member) in members {
                    if let Some(shape) = kind.shape_of(key) {
                        self.inside(member, shape, &at.child(key));
                    }
                }
            }
            (Shape::Map(shape), Value::Object(members)) => {
                members.iter().for_each(|(key, member)| self.inside(member, *shape, &at.child(key)));
            }
            (Shape::List(shape), Value::Array(elements)) => {
                elements
                    .iter()
                    .enumerate()
                    .for_each(|(i, element)| self.inside(element, *shape, &at.index(i)));
            }
            _ => {}
        }
    }

    fn of_schema(&mut self, members: &Map<String, Value>, at: &Pointer) {
        // What 3.1 lists as `examples` has been kept under this name, and the first of them is the example as well.
        if let Some(Value::Array(several)) = members.get("x-examples") {
            for (index, value) in several.iter().enumerate() {
                self.add(at.child("examples").index(index), at.clone(), value);
            }
        } else if let Some(value) = members.get("example") {
            self.add(at.child("example"), at.clone(), value);
        }
    }

    fn beside_schema(&mut self, members: &Map<String, Value>, at: &Pointer) {
        let schema = at.child("schema");
        if let Some(value) = members.get("example") {
            self.add(at.child("example"), schema.clone(), value);
        }
        let several = members.get("examples").and_then(Value::as_object);
        for (name, example) in several.into_iter().flatten() {
            if let Some(value) = followed(self.document, example).get("value") {
                self.add(at.child("examples").child(name), schema.clone(), value);
            }
        }
    }

    fn add(&mut self, pointer: Pointer, schema: Pointer, value: &Value) {
        self.found.push(Found { pointer, schema, value: value.clone() });
    }
}

/// What an example that is a reference stands for. One that goes round in a circle has been refused.
fn followed<'a>(document: &'a Value, example: &'a Value) -> &'a Value {
    let target =
        example.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
    match target.and_then(|pointer| document.pointer(pointer)) {
        Some(target) => followed(document, target),
        None => example,
    }
}

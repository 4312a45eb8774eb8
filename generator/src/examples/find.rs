//! Finds the examples of a document.
//!
//! Imports `document` and `diagnostics`.

use serde_json::{Map, Value};

use crate::diagnostics::Pointer;
use crate::document::{ObjectKind, Shape};

/// An example of the document.
#[derive(Debug, PartialEq)]
pub(super) struct FoundExample {
    /// Location.
    pub(super) pointer: Pointer,
    /// Location of its schema.
    pub(super) schema: Pointer,
    pub(super) value: Value,
}

/// Returns every example, in document order.
pub(super) fn examples(document: &Value) -> Vec<FoundExample> {
    let mut walk = Walk { document, found: Vec::new() };
    walk.walk(document, Shape::Object(ObjectKind::Document), &Pointer::root());
    walk.found
}

struct Walk<'a> {
    document: &'a Value,
    found: Vec<FoundExample>,
}

impl Walk<'_> {
    fn walk(&mut self, value: &Value, shape: Shape, at: &Pointer) {
        match (shape, value) {
            (Shape::OrReference(_), Value::Object(members)) if members.contains_key("$ref") => {}
            (Shape::Object(kind) | Shape::OrReference(kind), Value::Object(members)) => {
                match kind {
                    ObjectKind::Schema => self.add_schema_examples(members, at),
                    ObjectKind::MediaType | ObjectKind::Parameter if members.contains_key("schema") => {
                        self.add_media_type_examples(members, at);
                    }
                    _ => {}
                }
                for (key, member) in members {
                    if let Some(shape) = kind.shape_of(key) {
                        self.walk(member, shape, &at.child(key));
                    }
                }
            }
            (Shape::Map(shape), Value::Object(members)) => {
                members.iter().for_each(|(key, member)| self.walk(member, *shape, &at.child(key)));
            }
            (Shape::List(shape), Value::Array(elements)) => {
                elements.iter().enumerate().for_each(|(i, element)| self.walk(element, *shape, &at.index(i)));
            }
            _ => {}
        }
    }

    fn add_schema_examples(&mut self, members: &Map<String, Value>, at: &Pointer) {
        // The conversion to 3.0 keeps `examples` of 3.1 under this name, and copies the first one to `example`.
        if let Some(Value::Array(several)) = members.get("x-examples") {
            for (index, value) in several.iter().enumerate() {
                self.add(at.child("examples").index(index), at.clone(), value);
            }
        } else if let Some(value) = members.get("example") {
            self.add(at.child("example"), at.clone(), value);
        }
    }

    fn add_media_type_examples(&mut self, members: &Map<String, Value>, at: &Pointer) {
        let schema = at.child("schema");
        if let Some(value) = members.get("example") {
            self.add(at.child("example"), schema.clone(), value);
        }
        let several = members.get("examples").and_then(Value::as_object);
        for (name, example) in several.into_iter().flatten() {
            if let Some(value) = resolve(self.document, example).get("value") {
                self.add(at.child("examples").child(name), schema.clone(), value);
            }
        }
    }

    fn add(&mut self, pointer: Pointer, schema: Pointer, value: &Value) {
        self.found.push(FoundExample { pointer, schema, value: value.clone() });
    }
}

/// Resolves an example that is a reference. Documents with cyclic references have been rejected.
fn resolve<'a>(document: &'a Value, example: &'a Value) -> &'a Value {
    let target =
        example.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
    match target.and_then(|pointer| document.pointer(pointer)) {
        Some(target) => resolve(document, target),
        None => example,
    }
}

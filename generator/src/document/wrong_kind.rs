//! Reads references to a schema where OpenAPI expects an object that holds one: a response, a request body, a header or
//! a media type.
//!
//! The object is written around the reference, as JSON content. Imports `diagnostics`, `grammar`, `location`,
//! `reference` and `walk`.

use serde_json::{Map, Value, json};

use super::grammar::{ObjectKind, Shape, shape_at};
use super::location::Location;
use super::reference::Reference;
use super::walk::each_inside;
use crate::diagnostics::{Code, Diagnostics, Pointer};

/// Rewrites the references in place.
pub(super) fn rewrite(fields: &mut Map<String, Value>, diagnostics: &mut Diagnostics) {
    let mut document = Value::Object(std::mem::take(fields));
    let mut search = Search { document: &document, found: Vec::new() };
    search.walk(&document, Shape::Object(ObjectKind::Document), &Location::root());
    for (at, kind) in search.found {
        let Some(holder) = document.pointer_mut(at.as_str()) else { continue };
        let schema = holder.take();
        diagnostics.report(
            Code::ReinterpretedReference,
            &at.child("$ref"),
            format!("the reference leads to a schema, so it is read as {} with this schema", kind.name()),
            match kind {
                ObjectKind::Header | ObjectKind::MediaType => "write the reference under `schema`",
                _ => "write the reference under `content`, in the `schema` of its media type",
            },
        );
        *holder = around(schema, kind);
    }
    if let Value::Object(rewritten) = document {
        *fields = rewritten;
    }
}

/// Returns an object of a kind that holds a schema.
fn around(schema: Value, kind: ObjectKind) -> Value {
    let media_type = json!({ "schema": schema });
    match kind {
        ObjectKind::Response => json!({ "description": "", "content": { "application/json": media_type } }),
        ObjectKind::RequestBody => json!({ "content": { "application/json": media_type } }),
        _ => media_type,
    }
}

struct Search<'a> {
    document: &'a Value,
    /// The locations of references to a schema, and the kinds of object that OpenAPI expects there.
    found: Vec<(Pointer, ObjectKind)>,
}

impl Search<'_> {
    fn walk(&mut self, value: &Value, shape: Shape, at: &Location<'_>) {
        match shape {
            // No such reference is inside a schema.
            Shape::OrReference(ObjectKind::Schema) => {}
            Shape::Object(kind) | Shape::OrReference(kind) if holds_schema(kind) && self.is_schema(value) => {
                self.found.push((at.pointer(), kind));
            }
            _ => each_inside(value, shape, at, &mut |value, shape, at| self.walk(value, shape, at)),
        }
    }

    /// Returns true if a value is a reference to a schema.
    fn is_schema(&self, value: &Value) -> bool {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return false };
        let Reference::Local(target) = Reference::parse(reference) else { return false };
        shape_at(&target) == Some(Shape::OrReference(ObjectKind::Schema))
            && self.document.pointer(target.as_str()).is_some()
    }
}

fn holds_schema(kind: ObjectKind) -> bool {
    matches!(
        kind,
        ObjectKind::Response | ObjectKind::RequestBody | ObjectKind::Header | ObjectKind::MediaType
    )
}

//! One step of a walk over the untyped document, by its grammar, and the size of a value.
//!
//! Imports `grammar` and `location`.

use serde_json::Value;

use super::grammar::Shape;
use super::location::Location;

/// Visits a value with its shape and its location.
pub(super) type Visit<'f, 'v> = dyn FnMut(&'v Value, Shape, &Location<'_>) + 'f;

/// Visits the values directly inside a value of a shape, in document order. Fields that OpenAPI does not have are left out.
pub(super) fn each_inside<'v>(value: &'v Value, shape: Shape, at: &Location<'_>, visit: &mut Visit<'_, 'v>) {
    match (shape, value) {
        (Shape::Object(kind) | Shape::OrReference(kind), Value::Object(fields)) => {
            for (key, field) in fields {
                if let Some(shape) = kind.shape_of(key) {
                    visit(field, shape, &at.key(key));
                }
            }
        }
        (Shape::Map(shape), Value::Object(fields)) => {
            fields.iter().for_each(|(key, field)| visit(field, *shape, &at.key(key)));
        }
        (Shape::List(shape), Value::Array(elements)) => {
            let elements = elements.iter().enumerate();
            elements.for_each(|(index, element)| visit(element, *shape, &at.index(index)));
        }
        _ => {}
    }
}

/// Returns the number of values in a value.
pub(super) fn size(value: &Value) -> usize {
    match value {
        Value::Object(fields) => 1 + fields.values().map(size).sum::<usize>(),
        Value::Array(elements) => 1 + elements.iter().map(size).sum::<usize>(),
        _ => 1,
    }
}

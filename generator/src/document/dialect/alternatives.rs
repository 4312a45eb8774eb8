//! Rewrites `$ref` with siblings, and null among the alternatives of `oneOf` and `anyOf`.

use serde_json::Value;

use super::types::{is_null_alone, only_null};
use super::{Moved, Object, Origin};

/// Rewrites `$ref`, `oneOf` and `anyOf` of a schema.
pub(super) fn rewrite(schema: &mut Object, moved: &mut Moved) {
    if schema.len() > 1 && schema.contains_key("$ref") {
        if let Some(reference) = schema.shift_remove("$ref") {
            let target = Object::from_iter([("$ref".to_owned(), reference)]);
            let index = all_of(schema, Value::Object(target));
            moved.note("allOf", Some(index), Origin::Itself);
        }
    }
    drop_null(schema, "oneOf", moved);
    drop_null(schema, "anyOf", moved);
}

/// Replaces the alternatives that allow only null by `nullable`.
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
                moved.note("allOf", Some(now), Origin::Element(keyword, index));
            }
        }
        _ => {
            for (now, (index, alternative)) in left.into_iter().enumerate() {
                if now != index {
                    moved.note(keyword, Some(now), Origin::Element(keyword, index));
                }
                alternatives.push(alternative);
            }
        }
    }
    schema.insert("nullable".to_owned(), Value::Bool(true));
}

/// Adds a schema to `allOf`, and returns its index.
fn all_of(schema: &mut Object, part: Value) -> usize {
    let list = schema.entry("allOf").or_insert_with(|| Value::Array(Vec::new()));
    match list {
        Value::Array(parts) => {
            parts.push(part);
            parts.len() - 1
        }
        // `conform` has reported any other value.
        _ => {
            *list = Value::Array(vec![part]);
            0
        }
    }
}

//! Checks a document against the grammar. An invalid value is repaired if possible; otherwise it is removed
//! if it is optional, and an error if it is not.
//!
//! Afterwards every value has the shape that the grammar defines for its location, and later stages rely on
//! that. The requirements of single kinds of object are in `kinds`. Imports `diagnostics`, `grammar`,
//! `location` and `version`.

pub(super) mod kinds;
mod newer;
mod scalars;

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::grammar::{ObjectKind, Requirement, Shape};
use super::location::Location;
use super::moves::Moves;
use super::version;
use crate::diagnostics::{Code, Diagnostics, closest};

type Object = Map<String, Value>;

/// Checks and repairs a document. Returns the values that are no longer where they are written.
pub(super) fn conform(document: &mut Object, diagnostics: &mut Diagnostics) -> Moves {
    let mut conform = Conform { minor: version::minor(document), moves: Moves::default(), diagnostics };
    conform.fields(document, ObjectKind::Document, &Location::root());
    conform.moves
}

/// Checks and repairs an object at a location where the grammar expects none.
pub(super) fn conform_at(
    value: &mut Value,
    kind: ObjectKind,
    at: &Location<'_>,
    minor: u32,
    diagnostics: &mut Diagnostics,
) {
    let mut conform = Conform { minor, moves: Moves::default(), diagnostics };
    conform.value(value, Shape::OrReference(kind), at);
}

struct Conform<'a> {
    /// The minor version that the document declares.
    minor: u32,
    moves: Moves,
    diagnostics: &'a mut Diagnostics,
}

/// The result of checking a value: keep it, or remove it from the document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Keep,
    Remove,
}

impl Conform<'_> {
    fn value(&mut self, value: &mut Value, shape: Shape, at: &Location<'_>) -> Outcome {
        if let (Shape::OrReference(kind), Value::String(text)) = (shape, &*value) {
            // These strings can only mean a reference or a type.
            let meant = match text.as_str() {
                location if location.starts_with("#/") => Some("$ref"),
                "string" | "number" | "integer" | "boolean" | "object" if kind == ObjectKind::Schema => {
                    Some("type")
                }
                _ => None,
            };
            if let Some(key) = meant {
                let meant = format!("{key}: {}", in_yaml(text));
                let expected = expected(shape);
                let message =
                    format!("{} must be {expected}, not a string; it is read as `{meant}`", at.label());
                self.mistyped(at, message, format!("write `{meant}`"));
                *value = json!({ key: text });
            }
        }
        match shape {
            Shape::Anything => Outcome::Keep,
            Shape::List(element) => self.list(value, shape, *element, at),
            Shape::Map(of) => self.map(value, shape, *of, at),
            Shape::Object(kind) => self.object(value, shape, kind, at),
            Shape::OrReference(kind) => match value.get("$ref") {
                Some(Value::String(_)) if !matches!(kind, ObjectKind::Schema | ObjectKind::PathItem) => {
                    Outcome::Keep
                }
                Some(reference) if !reference.is_string() => {
                    let message = format!("`$ref` must be a string, not {}", found(reference));
                    let remedy = "write a reference such as `#/components/schemas/Pet`";
                    self.diagnostics.report(Code::InvalidValue, &at.key("$ref").pointer(), message, remedy);
                    Outcome::Remove
                }
                _ => self.object(value, shape, kind, at),
            },
            _ => self.scalar(value, shape, at),
        }
    }

    fn list(&mut self, value: &mut Value, shape: Shape, element: Shape, at: &Location<'_>) -> Outcome {
        let is_single = !value.is_array();
        if is_single {
            let could_be_element = match element {
                Shape::Anything => true,
                Shape::Text => value.is_string(),
                _ => value.is_object(),
            };
            if !could_be_element {
                return self.reject(value, shape, at);
            }
            let message =
                format!("{} must be an array, so it is read as an array of one element", at.label());
            self.mistyped(at, message, "write it as an array");
            *value = Value::Array(vec![value.take()]);
        }
        let Value::Array(elements) = value else { return Outcome::Keep };
        let (mut written, mut kept) = (0.., 0);
        elements.retain_mut(|value| {
            let written = written.next().filter(|_| !is_single);
            let at = at.moved_index(kept, written);
            if value.is_null() && element != Shape::Anything {
                self.mistyped(&at, "this element is null, so it is ignored".to_owned(), "remove it");
                return false;
            }
            let is_kept = self.value(value, element, &at) == Outcome::Keep;
            if is_kept && written != Some(kept) {
                self.moves.moved_tree(at.current(), at.pointer());
            }
            kept += usize::from(is_kept);
            is_kept
        });
        Outcome::Keep
    }

    fn map(&mut self, value: &mut Value, shape: Shape, of: Shape, at: &Location<'_>) -> Outcome {
        let Value::Object(fields) = value else { return self.reject(value, shape, at) };
        fields.retain(|key, value| {
            if value.is_null() {
                match of {
                    Shape::Object(_) | Shape::OrReference(_) => *value = Value::Object(Object::new()),
                    Shape::Anything => {}
                    _ => return false,
                }
            }
            self.value(value, of, &at.key(key)) == Outcome::Keep
        });
        Outcome::Keep
    }

    fn object(&mut self, value: &mut Value, shape: Shape, kind: ObjectKind, at: &Location<'_>) -> Outcome {
        let has_old_items = self.upgrade_old_syntax(value, kind, at);
        match value {
            Value::Object(fields) if fields.contains_key("$ref") && shape == Shape::Object(kind) => {
                let message = format!("{} cannot be a reference", kind.name());
                let remedy = "replace the reference by its target";
                let at = at.key("$ref");
                if kind.is_essential() {
                    self.diagnostics.report(Code::MismatchedReference, &at.pointer(), message, remedy);
                } else {
                    self.mistyped(&at, format!("{message}, so it is ignored"), remedy);
                }
                Outcome::Remove
            }
            Value::Object(fields) => {
                if has_old_items {
                    let at = at.renamed("prefixItems", "items");
                    self.moves.moved_tree(at.current(), at.pointer());
                }
                self.fields_of(fields, kind, at, has_old_items)
            }
            Value::Bool(_) if kind == ObjectKind::Schema => Outcome::Keep,
            other => self.reject(other, shape, at),
        }
    }

    fn fields(&mut self, fields: &mut Object, kind: ObjectKind, at: &Location<'_>) -> Outcome {
        self.fields_of(fields, kind, at, false)
    }

    /// Checks the fields of an object. With `has_old_items`, `prefixItems` is written as `items`.
    fn fields_of(
        &mut self,
        fields: &mut Object,
        kind: ObjectKind,
        at: &Location<'_>,
        has_old_items: bool,
    ) -> Outcome {
        fields.retain(|key, value| {
            let is_renamed = has_old_items && key == "prefixItems";
            let at = if is_renamed { at.renamed(key, "items") } else { at.key(key) };
            let Some(shape) = kind.shape_of(key) else {
                self.unknown_field(key, kind, &at);
                return true;
            };
            if value.is_null() && kind.fields().is_empty() && shape != Shape::Anything {
                // A key without a value, such as `404:`.
                *value = empty(shape);
            }
            // A field that is null counts as absent.
            let is_absent = value.is_null() && !matches!(shape, Shape::Anything | Shape::TypeNames);
            !is_absent && self.value(value, shape, &at) == Outcome::Keep
        });
        for field in kind.fields() {
            let is_needed = field.requirement != Requirement::Optional;
            if is_needed && !fields.contains_key(field.key) && !fields.contains_key("$ref") {
                match field.requirement {
                    Requirement::Required => return self.report_missing(kind, field.key, at),
                    Requirement::FormalIn30 if self.minor > 0 => {
                        fields.insert(field.key.to_owned(), empty(field.shape));
                    }
                    Requirement::FormalBefore32 if self.minor > 1 => {
                        fields.insert(field.key.to_owned(), empty(field.shape));
                    }
                    _ => self.add_empty(fields, kind, field.key, field.shape, at),
                }
            }
        }
        self.check_object(fields, kind, at)
    }

    /// Reports the absence of a field without which the object has no meaning.
    fn report_missing(&mut self, kind: ObjectKind, key: &str, at: &Location<'_>) -> Outcome {
        let message = format!("{} has no `{key}`", kind.this());
        if kind.is_essential() {
            self.diagnostics.report(Code::MissingField, &at.pointer(), message, format!("add `{key}`"));
        } else {
            self.mistyped(at, format!("{message}, so it is ignored"), format!("add `{key}`"));
        }
        Outcome::Remove
    }

    fn add_empty(
        &mut self,
        fields: &mut Object,
        kind: ObjectKind,
        key: &str,
        shape: Shape,
        at: &Location<'_>,
    ) {
        self.diagnostics.report(
            Code::OmittedField,
            &at.pointer(),
            format!("{} has no `{key}`, which OpenAPI requires; an empty one is assumed", kind.this()),
            format!("add `{key}`"),
        );
        fields.insert(key.to_owned(), empty(shape));
    }

    fn unknown_field(&mut self, key: &str, kind: ObjectKind, at: &Location<'_>) {
        let known = kind.fields().iter().map(|field| field.key);
        if let Some(meant) = closest(key, known) {
            self.diagnostics.report(
                Code::UnknownField,
                &at.pointer(),
                format!("`{key}` is not a field of {}, so it is ignored", kind.name()),
                format!("rename it to `{meant}`"),
            );
        }
    }

    /// Reports a value of the wrong shape that cannot be repaired, and removes it.
    fn reject(&mut self, value: &Value, shape: Shape, at: &Location<'_>) -> Outcome {
        let message = format!("{} must be {}, not {}", at.label(), expected(shape), found(value));
        let remedy = match (shape, value) {
            (Shape::List(Shape::Text), Value::Bool(_)) => {
                "list the property in `required` of the enclosing schema".to_owned()
            }
            _ => format!("write {}", expected(shape)),
        };
        if is_essential(shape) {
            self.diagnostics.report(Code::InvalidValue, &at.pointer(), message, remedy);
        } else {
            self.mistyped(at, format!("{message}; it is ignored"), remedy);
        }
        Outcome::Remove
    }

    fn mistyped(&mut self, at: &Location<'_>, message: String, remedy: impl Into<String>) {
        self.diagnostics.report(Code::MistypedValue, &at.pointer(), message, remedy);
    }
}

/// Quotes a string for YAML if it begins with `#`, which starts a comment.
fn in_yaml(text: &str) -> Cow<'_, str> {
    if text.starts_with('#') { Cow::Owned(format!("'{text}'")) } else { Cow::Borrowed(text) }
}

/// Returns an empty value of this shape.
fn empty(shape: Shape) -> Value {
    match shape {
        Shape::Text => Value::String(String::new()),
        Shape::List(_) => Value::Array(Vec::new()),
        Shape::Object(kind) => {
            let needed = kind.fields().iter().filter(|field| field.requirement != Requirement::Optional);
            Value::Object(needed.map(|field| (field.key.to_owned(), empty(field.shape))).collect())
        }
        _ => Value::Object(Object::new()),
    }
}

/// Returns true if a value of this shape affects the generated client, so that it must not be removed.
fn is_essential(shape: Shape) -> bool {
    match shape {
        Shape::Object(kind) | Shape::OrReference(kind) => kind.is_essential(),
        Shape::List(inner) | Shape::Map(inner) => is_essential(*inner),
        _ => false,
    }
}

fn expected(shape: Shape) -> &'static str {
    match shape {
        Shape::Anything => "anything",
        Shape::Text => "a string",
        Shape::Flag => "`true` or `false`",
        Shape::Number => "a number",
        Shape::Count => "a non-negative integer",
        Shape::Exclusive => "a number, or `true` or `false`",
        Shape::TypeNames => "a type name or an array of type names",
        Shape::Object(kind) if kind.name().starts_with("the ") => "an object",
        Shape::Object(kind) | Shape::OrReference(kind) => kind.name(),
        Shape::List(Shape::Text) => "an array of strings",
        Shape::List(_) => "an array",
        Shape::Map(_) => "an object",
    }
}

/// Describes a value: short ones in full, others by their type.
fn found(value: &Value) -> Cow<'static, str> {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => Cow::Owned(format!("`{value}`")),
        Value::String(_) => Cow::Borrowed("a string"),
        Value::Array(_) => Cow::Borrowed("an array"),
        Value::Object(_) => Cow::Borrowed("an object"),
    }
}

#[cfg(test)]
mod tests;

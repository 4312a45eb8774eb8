//! Holds a document against the grammar: what can be repaired is repaired, what is optional and wrong is left out, and
//! the rest is an error.
//!
//! Afterwards every value has the shape that the grammar gives its place, so later walks need not look. What only one
//! kind of object asks for is in `kinds`. Imports `diagnostics`, `grammar`, `place`, `suggest` and `version`.

mod kinds;
mod scalars;

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::grammar::{Kind, Need, Shape};
use super::place::Place;
use super::suggest::closest;
use super::version::is_3_0;
use crate::diagnostics::{Code, Diagnostics};

type Object = Map<String, Value>;

/// Checks and repairs a document.
pub(super) fn conform(document: &mut Object, diagnostics: &mut Diagnostics) {
    let mut conform = Conform { is_3_0: is_3_0(document), diagnostics };
    conform.members(document, Kind::Document, &Place::root());
}

/// Checks and repairs an object that stands where the grammar expects none.
pub(super) fn conform_at(value: &mut Value, kind: Kind, at: &Place<'_>, diagnostics: &mut Diagnostics) {
    let mut conform = Conform { is_3_0: false, diagnostics };
    conform.value(value, Shape::OrReference(kind), at);
}

struct Conform<'a> {
    is_3_0: bool,
    diagnostics: &'a mut Diagnostics,
}

/// What becomes of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Keep,
    LeaveOut,
}

impl Conform<'_> {
    fn value(&mut self, value: &mut Value, shape: Shape, at: &Place<'_>) -> Fate {
        if let (Shape::OrReference(kind), Value::String(text)) = (shape, &*value) {
            // What was meant leaves no doubt.
            let meant = match text.as_str() {
                place if place.starts_with("#/") => Some("$ref"),
                "string" | "number" | "integer" | "boolean" | "object" if kind == Kind::Schema => {
                    Some("type")
                }
                _ => None,
            };
            if let Some(key) = meant {
                let message = format!("{} should be {}, and is text", at.label(), expected(shape));
                self.mistyped(at, message, format!("write `{key}: {}`", in_yaml(text)));
                *value = json!({ key: text });
            }
        }
        match shape {
            Shape::Anything => Fate::Keep,
            Shape::List(element) => self.list(value, shape, *element, at),
            Shape::Map(of) => self.map(value, shape, *of, at),
            Shape::Object(kind) => self.object(value, shape, kind, at),
            Shape::OrReference(kind) => match value.get("$ref") {
                Some(Value::String(_)) if !matches!(kind, Kind::Schema | Kind::PathItem) => Fate::Keep,
                Some(reference) if !reference.is_string() => {
                    let message = format!("`$ref` should be text, and is {}", found(reference));
                    let remedy = "write the place that it names, such as `#/components/schemas/Pet`";
                    self.diagnostics.report(Code::InvalidValue, &at.key("$ref").pointer(), message, remedy);
                    Fate::LeaveOut
                }
                _ => self.object(value, shape, kind, at),
            },
            _ => self.scalar(value, shape, at),
        }
    }

    fn list(&mut self, value: &mut Value, shape: Shape, element: Shape, at: &Place<'_>) -> Fate {
        if !value.is_array() {
            let could_be_element = match element {
                Shape::Anything => true,
                Shape::Text => value.is_string(),
                _ => value.is_object(),
            };
            if !could_be_element {
                return self.wrong(value, shape, at);
            }
            self.mistyped(at, format!("{} should be a list", at.label()), "write it as a list of one");
            *value = Value::Array(vec![value.take()]);
        }
        let Value::Array(elements) = value else { return Fate::Keep };
        let mut indices = 0..;
        elements.retain_mut(|value| {
            let at = at.index(indices.next().unwrap_or_default());
            if value.is_null() && element != Shape::Anything {
                self.mistyped(&at, "this element is null, and is left out".to_owned(), "remove it");
                return false;
            }
            self.value(value, element, &at) == Fate::Keep
        });
        Fate::Keep
    }

    fn map(&mut self, value: &mut Value, shape: Shape, of: Shape, at: &Place<'_>) -> Fate {
        let Value::Object(members) = value else { return self.wrong(value, shape, at) };
        members.retain(|key, value| {
            if value.is_null() {
                match of {
                    Shape::Object(_) | Shape::OrReference(_) => *value = Value::Object(Object::new()),
                    Shape::Anything => {}
                    _ => return false,
                }
            }
            self.value(value, of, &at.key(key)) == Fate::Keep
        });
        Fate::Keep
    }

    fn object(&mut self, value: &mut Value, shape: Shape, kind: Kind, at: &Place<'_>) -> Fate {
        self.rewrite_older(value, kind, at);
        match value {
            Value::Object(members) if members.contains_key("$ref") && shape == Shape::Object(kind) => {
                let message = format!("{} cannot be a reference", kind.name());
                if kind.is_essential() {
                    let at = at.key("$ref").pointer();
                    self.diagnostics.report(Code::MisplacedReference, &at, message, "write it out here");
                } else {
                    self.mistyped(at, format!("{message}, and is left out"), "write it out here");
                }
                Fate::LeaveOut
            }
            Value::Object(members) => self.members(members, kind, at),
            Value::Bool(_) if kind == Kind::Schema => Fate::Keep,
            other => self.wrong(other, shape, at),
        }
    }

    fn members(&mut self, members: &mut Object, kind: Kind, at: &Place<'_>) -> Fate {
        members.retain(|key, value| {
            let at = at.key(key);
            let Some(shape) = kind.shape_of(key) else {
                self.unknown_member(key, kind, &at);
                return true;
            };
            if value.is_null() && kind.members().is_empty() && shape != Shape::Anything {
                // `404:` with nothing behind it.
                *value = empty(shape);
            }
            // An optional member that is null is one that is absent.
            let is_absent = value.is_null() && !matches!(shape, Shape::Anything | Shape::TypeNames);
            !is_absent && self.value(value, shape, &at) == Fate::Keep
        });
        for member in kind.members() {
            let is_needed = member.need != Need::Optional;
            if is_needed && !members.contains_key(member.key) && !members.contains_key("$ref") {
                match member.need {
                    Need::Required => return self.missing(kind, member.key, at),
                    Need::FormalIn30 if !self.is_3_0 => {
                        members.insert(member.key.to_owned(), empty(member.shape));
                    }
                    _ => self.add_empty(members, kind, member.key, member.shape, at),
                }
            }
        }
        self.settle(members, kind, at)
    }

    /// A member that is missing, without which the object means nothing.
    fn missing(&mut self, kind: Kind, key: &str, at: &Place<'_>) -> Fate {
        let message = format!("{} has no `{key}`", kind.name());
        if kind.is_essential() {
            self.diagnostics.report(Code::MissingMember, &at.pointer(), message, format!("add `{key}`"));
        } else {
            self.mistyped(at, format!("{message}, and is left out"), format!("add `{key}`"));
        }
        Fate::LeaveOut
    }

    fn add_empty(&mut self, members: &mut Object, kind: Kind, key: &str, shape: Shape, at: &Place<'_>) {
        self.diagnostics.report(
            Code::OmittedMember,
            &at.pointer(),
            format!("{} has no `{key}`, which OpenAPI requires", kind.name()),
            format!("add `{key}`, if only an empty one"),
        );
        members.insert(key.to_owned(), empty(shape));
    }

    fn unknown_member(&mut self, key: &str, kind: Kind, at: &Place<'_>) {
        let known = kind.members().iter().map(|member| member.key);
        if let Some(meant) = closest(key, known) {
            self.diagnostics.report(
                Code::UnknownMember,
                &at.pointer(),
                format!("{} has no member `{key}`, and it is ignored", kind.name()),
                format!("did you mean `{meant}`?"),
            );
        }
    }

    /// A value that cannot be what it should be.
    fn wrong(&mut self, value: &Value, shape: Shape, at: &Place<'_>) -> Fate {
        let message = format!("{} should be {}, and is {}", at.label(), expected(shape), found(value));
        let remedy = match (shape, value) {
            (Shape::List(Shape::Text), Value::Bool(_)) => {
                "list it in `required` of the schema that holds it".to_owned()
            }
            _ => format!("write {}", expected(shape)),
        };
        if is_essential(shape) {
            self.diagnostics.report(Code::InvalidValue, &at.pointer(), message, remedy);
        } else {
            self.mistyped(at, format!("{message}; it is left out"), remedy);
        }
        Fate::LeaveOut
    }

    fn mistyped(&mut self, at: &Place<'_>, message: String, remedy: impl Into<String>) {
        self.diagnostics.report(Code::MistypedValue, &at.pointer(), message, remedy);
    }
}

/// A text as YAML has it: a `#` begins a comment.
fn in_yaml(text: &str) -> Cow<'_, str> {
    if text.starts_with('#') { Cow::Owned(format!("'{text}'")) } else { Cow::Borrowed(text) }
}

/// The least that a value of this shape can be.
fn empty(shape: Shape) -> Value {
    match shape {
        Shape::Text => Value::String(String::new()),
        Shape::List(_) => Value::Array(Vec::new()),
        Shape::Object(kind) => {
            let needed = kind.members().iter().filter(|member| member.need != Need::Optional);
            Value::Object(needed.map(|member| (member.key.to_owned(), empty(member.shape))).collect())
        }
        _ => Value::Object(Object::new()),
    }
}

/// Whether a value of this shape can be left out without changing what the client does.
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
        Shape::Text => "text",
        Shape::Flag => "`true` or `false`",
        Shape::Number => "a number",
        Shape::Count => "a whole number from 0 on",
        Shape::Exclusive => "a number, or `true` or `false`",
        Shape::TypeNames => "the name of a type, or a list of them",
        Shape::Object(kind) if kind.name().starts_with("the ") => "an object",
        Shape::Object(kind) | Shape::OrReference(kind) => kind.name(),
        Shape::List(Shape::Text) => "a list of texts",
        Shape::List(_) => "a list",
        Shape::Map(_) => "an object",
    }
}

fn found(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a flag",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests;

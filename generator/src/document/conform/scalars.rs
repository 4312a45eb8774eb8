//! Texts, flags and numbers: in YAML a matter of quotes, and often the wrong ones.

use serde_json::{Number, Value};

use super::super::grammar::Shape;
use super::super::place::Place;
use super::super::suggest::closest;
use super::{Conform, Fate};
use crate::diagnostics::Code;

/// The types of JSON Schema.
const TYPES: &[&str] = &["string", "number", "integer", "boolean", "array", "object", "null"];

impl Conform<'_> {
    pub(super) fn scalar(&mut self, value: &mut Value, shape: Shape, at: &Place<'_>) -> Fate {
        if shape == Shape::TypeNames {
            return self.type_names(value, at);
        }
        if fits(value, shape) {
            return Fate::Keep;
        }
        match repaired(value, shape) {
            Some(Repair { value: repaired, is_silent }) => {
                if !is_silent {
                    self.mistyped(
                        at,
                        format!("{} is written as `{value}`, and read as `{repaired}`", at.label()),
                        format!("write `{repaired}`"),
                    );
                }
                *value = repaired;
                Fate::Keep
            }
            None => self.wrong(value, shape, at),
        }
    }

    fn type_names(&mut self, value: &mut Value, at: &Place<'_>) -> Fate {
        match value {
            // `type: null`, without quotes.
            Value::Null => {
                *value = Value::String("null".to_owned());
                Fate::Keep
            }
            Value::String(name) => self.type_name(name, at),
            Value::Array(names) => {
                let mut indices = 0..;
                names.retain_mut(|name| {
                    let at = at.index(indices.next().unwrap_or_default());
                    let is_name = name.is_string() || name.is_null();
                    let fate =
                        if is_name { self.type_names(name, &at) } else { self.wrong(name, Shape::Text, &at) };
                    fate == Fate::Keep
                });
                if names.is_empty() { Fate::LeaveOut } else { Fate::Keep }
            }
            other => self.wrong(other, Shape::TypeNames, at),
        }
    }

    fn type_name(&mut self, name: &mut String, at: &Place<'_>) -> Fate {
        if TYPES.contains(&name.as_str()) {
            return Fate::Keep;
        }
        if let Some(meant) = TYPES.iter().find(|known| known.eq_ignore_ascii_case(name)) {
            let message = format!("there is no type `{name}`, and it is read as `{meant}`");
            self.diagnostics.report(Code::UnknownType, &at.pointer(), message, format!("write `{meant}`"));
            *name = (*meant).to_owned();
            return Fate::Keep;
        }
        let remedy = match (closest(name, TYPES.iter().copied()), name.as_str()) {
            (Some(meant), _) => format!("did you mean `{meant}`?"),
            (None, "file") => "write `type: string` with `format: binary`".to_owned(),
            (None, "any") => "leave `type` out where any value will do".to_owned(),
            (None, _) => "write one of the types of JSON, and the rest as its `format`".to_owned(),
        };
        self.diagnostics.report(
            Code::UnknownType,
            &at.pointer(),
            format!("there is no type `{name}`, and it is ignored"),
            remedy,
        );
        Fate::LeaveOut
    }
}

struct Repair {
    value: Value,
    /// Whether it is but another spelling of the same value.
    is_silent: bool,
}

fn fits(value: &Value, shape: Shape) -> bool {
    match shape {
        Shape::Text => value.is_string(),
        Shape::Flag => value.is_boolean(),
        // Floats that are whole numbers are spelled as such.
        Shape::Number => value.is_i64() || value.is_u64(),
        Shape::Count => value.is_u64(),
        Shape::Exclusive => value.is_boolean() || fits(value, Shape::Number),
        _ => true,
    }
}

fn repaired(value: &Value, shape: Shape) -> Option<Repair> {
    let loud = |value| Some(Repair { value, is_silent: false });
    let silent = |value| Some(Repair { value, is_silent: true });
    match (shape, value) {
        (Shape::Text, Value::Number(_) | Value::Bool(_)) => loud(Value::String(value.to_string())),
        (Shape::Flag | Shape::Exclusive, Value::String(text)) if text == "true" || text == "false" => {
            loud(Value::Bool(text == "true"))
        }
        (Shape::Number | Shape::Exclusive, Value::Number(number)) => {
            silent(Value::Number(spelled_whole(number)))
        }
        (Shape::Count, Value::Number(number)) => {
            let whole = spelled_whole(number);
            if whole.is_u64() { silent(Value::Number(whole)) } else { None }
        }
        (Shape::Number | Shape::Exclusive | Shape::Count, Value::String(text)) => {
            let number: Number = text.trim().parse().ok()?;
            let Repair { value, .. } = match fits(&number.clone().into(), shape) {
                true => Repair { value: number.into(), is_silent: false },
                false => repaired(&number.into(), shape)?,
            };
            loud(value)
        }
        _ => None,
    }
}

/// `1.0` -> `1`; beyond 2^53 a float does not know which whole number it is.
fn spelled_whole(number: &Number) -> Number {
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 9_007_199_254_740_992.0 => {
            Number::from(float as i64)
        }
        _ => number.clone(),
    }
}

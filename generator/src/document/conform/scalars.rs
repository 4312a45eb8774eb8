//! Checks strings, booleans and numbers. In YAML, quotes decide which of them a value is, and are often
//! wrong.

use serde_json::{Number, Value};

use super::super::grammar::Shape;
use super::super::location::Location;
use super::{Conform, Outcome, expected, found};
use crate::diagnostics::{Code, closest};

/// The types of JSON Schema.
const TYPES: &[&str] = &["string", "number", "integer", "boolean", "array", "object", "null"];

impl Conform<'_> {
    pub(super) fn scalar(&mut self, value: &mut Value, shape: Shape, at: &Location<'_>) -> Outcome {
        if shape == Shape::TypeNames {
            return self.type_names(value, at);
        }
        if fits(value, shape) {
            return Outcome::Keep;
        }
        match repaired(value, shape) {
            Some(Repair { value: repaired, is_silent }) => {
                if !is_silent {
                    self.mistyped(
                        at,
                        format!(
                            "{} must be {}, not {}; it is read as `{repaired}`",
                            at.label(),
                            expected(shape),
                            found(value)
                        ),
                        format!("write `{repaired}`"),
                    );
                }
                *value = repaired;
                Outcome::Keep
            }
            None => self.reject(value, shape, at),
        }
    }

    fn type_names(&mut self, value: &mut Value, at: &Location<'_>) -> Outcome {
        match value {
            // `type: null` without quotes.
            Value::Null => {
                *value = Value::String("null".to_owned());
                Outcome::Keep
            }
            Value::String(name) => self.type_name(name, at),
            Value::Array(names) => {
                let mut indices = 0..;
                names.retain_mut(|name| {
                    let at = at.index(indices.next().unwrap_or_default());
                    let is_name = name.is_string() || name.is_null();
                    let outcome = if is_name {
                        self.type_names(name, &at)
                    } else {
                        self.reject(name, Shape::Text, &at)
                    };
                    outcome == Outcome::Keep
                });
                if names.is_empty() { Outcome::Remove } else { Outcome::Keep }
            }
            other => self.reject(other, Shape::TypeNames, at),
        }
    }

    fn type_name(&mut self, name: &mut String, at: &Location<'_>) -> Outcome {
        if TYPES.contains(&name.as_str()) {
            return Outcome::Keep;
        }
        if let Some(meant) = TYPES.iter().find(|known| known.eq_ignore_ascii_case(name)) {
            let message = format!("`{name}` is not a type, so it is read as `{meant}`");
            self.diagnostics.report(Code::UnknownType, &at.pointer(), message, format!("write `{meant}`"));
            *name = (*meant).to_owned();
            return Outcome::Keep;
        }
        let remedy = match (closest(name, TYPES.iter().copied()), name.as_str()) {
            (Some(meant), _) => format!("write `{meant}`"),
            (None, "file") => "write `type: string` with `format: binary`".to_owned(),
            (None, "any") => "remove `type` to accept any value".to_owned(),
            (None, _) => format!("write a type of JSON, and move `{name}` to `format`"),
        };
        self.diagnostics.report(
            Code::UnknownType,
            &at.pointer(),
            format!("`{name}` is not a type, so it is ignored"),
            remedy,
        );
        Outcome::Remove
    }
}

struct Repair {
    value: Value,
    /// True if only the notation changes, such as `1.0` to `1`, so that nothing is reported.
    is_silent: bool,
}

fn fits(value: &Value, shape: Shape) -> bool {
    match shape {
        Shape::Text => value.is_string(),
        Shape::Flag => value.is_boolean(),
        // A float may be an integer in another notation, which `repaired` normalizes.
        Shape::Number => value.is_i64() || value.is_u64(),
        Shape::Count => value.is_u64(),
        Shape::Exclusive => value.is_boolean() || fits(value, Shape::Number),
        _ => true,
    }
}

fn repaired(value: &Value, shape: Shape) -> Option<Repair> {
    let reported = |value| Some(Repair { value, is_silent: false });
    let unreported = |value| Some(Repair { value, is_silent: true });
    match (shape, value) {
        (Shape::Text, Value::Number(_) | Value::Bool(_)) => reported(Value::String(value.to_string())),
        (Shape::Flag | Shape::Exclusive, Value::String(text)) if text == "true" || text == "false" => {
            reported(Value::Bool(text == "true"))
        }
        (Shape::Number | Shape::Exclusive, Value::Number(number)) => {
            unreported(Value::Number(as_integer(number)))
        }
        (Shape::Count, Value::Number(number)) => {
            let whole = as_integer(number);
            if whole.is_u64() { unreported(Value::Number(whole)) } else { None }
        }
        (Shape::Number | Shape::Exclusive | Shape::Count, Value::String(text)) => {
            let number: Number = text.trim().parse().ok()?;
            let Repair { value, .. } = match fits(&number.clone().into(), shape) {
                true => Repair { value: number.into(), is_silent: false },
                false => repaired(&number.into(), shape)?,
            };
            reported(value)
        }
        _ => None,
    }
}

/// Converts `1.0` to `1`. From 2^53 on, a float does not represent integers exactly, so it stays.
fn as_integer(number: &Number) -> Number {
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 9_007_199_254_740_992.0 => {
            Number::from(float as i64)
        }
        _ => number.clone(),
    }
}

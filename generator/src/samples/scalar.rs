//! Strings and numbers within their constraints.

use serde_json::{Number, Value};

use super::pattern;
use crate::ir::{Constraint, CountRange, Integer, RangeEnd};

/// Makes a string. Returns `None` if its pattern is not supported.
pub(super) fn text(constraints: &[Constraint]) -> Option<String> {
    for constraint in constraints {
        match constraint {
            Constraint::Pattern(pattern) => return pattern::text(pattern, length(constraints)),
            Constraint::Format(format) => {
                if let Some(text) = format_example(format) {
                    return Some(text.to_owned());
                }
            }
            _ => {}
        }
    }
    Some(padded("text", length(constraints)))
}

/// Returns a fixed string, such as a date, unless it does not match a pattern of the document.
pub(super) fn fixed_text(text: &str, constraints: &[Constraint]) -> Option<Value> {
    let matches = |constraint: &Constraint| match constraint {
        Constraint::Pattern(pattern) => pattern::matches(pattern, text),
        _ => true,
    };
    constraints.iter().all(matches).then(|| Value::from(text))
}

/// Makes an integer.
pub(super) fn integer(width: Integer, constraints: &[Constraint]) -> i128 {
    let (from, to) = range(constraints);
    // A half-open range of integers is a closed one.
    let least =
        from.map(|(number, is_exclusive)| if is_exclusive { number.floor() + 1.0 } else { number.ceil() });
    let most =
        to.map(|(number, is_exclusive)| if is_exclusive { number.ceil() - 1.0 } else { number.floor() });
    let number = clamped(1.0, least, most);
    let number = rounded_to_multiple(number, most, constraints);
    (number as i128).clamp(width.least(), width.greatest())
}

/// Makes a number.
pub(super) fn float(constraints: &[Constraint]) -> Option<Value> {
    let (from, to) = range(constraints);
    let middle = match (from, to) {
        (Some((from, _)), Some((to, _))) => f64::midpoint(from, to),
        (Some((from, true)), None) => from + 1.0,
        (None, Some((to, true))) => to - 1.0,
        (from, to) => clamped(1.5, from.map(|(from, _)| from), to.map(|(to, _)| to)),
    };
    Number::from_f64(rounded_to_multiple(middle, to.map(|(to, _)| to), constraints)).map(Value::Number)
}

/// Makes `count` distinct scalars: consecutive integers, or strings of increasing length. Returns `None` if these would
/// not satisfy the constraints.
pub(super) fn distinct_values(first: Value, count: usize, constraints: &[Constraint]) -> Option<Vec<Value>> {
    let mut all = vec![first];
    let longest = length(constraints).at_most.unwrap_or(pattern::MAX_LEN);
    while all.len() < count {
        let next = match all.last()? {
            Value::Number(last) => Value::from(last.as_i64()?.checked_add(1)?),
            Value::String(last) => {
                let least = last.chars().count() + 1;
                let longer = CountRange {
                    at_least: Some(least).filter(|least| *least <= longest),
                    ..CountRange::default()
                };
                longer.at_least?;
                Value::String(distinct_text(longer, constraints)?)
            }
            _ => return None,
        };
        all.push(next);
    }
    Some(all)
}

/// Makes a string of a given length. Returns `None` if it has a format, as these have one example each.
fn distinct_text(length: CountRange, constraints: &[Constraint]) -> Option<String> {
    for constraint in constraints {
        match constraint {
            Constraint::Pattern(pattern) => return pattern::text(pattern, length),
            Constraint::Format(format) if format_example(format).is_some() => return None,
            _ => {}
        }
    }
    Some(padded("text", length))
}

/// Parses a number of the document.
pub(super) fn number(written: &str) -> Option<Value> {
    serde_json::from_str(written).ok().filter(Value::is_number)
}

fn clamped(number: f64, least: Option<f64>, most: Option<f64>) -> f64 {
    number.max(least.unwrap_or(f64::MIN)).min(most.unwrap_or(f64::MAX))
}

/// Rounds a number up to the next multiple that `multipleOf` requires, or down if that exceeds the maximum.
fn rounded_to_multiple(number: f64, most: Option<f64>, constraints: &[Constraint]) -> f64 {
    let step = constraints.iter().find_map(|constraint| match constraint {
        Constraint::MultipleOf(step) => step.parse::<f64>().ok().filter(|step| *step > 0.0),
        _ => None,
    });
    let Some(step) = step else { return number };
    let above = (number / step).ceil() * step;
    if most.is_some_and(|most| above > most) { (number / step).floor() * step } else { above }
}

/// An end of a range, with `true` if it is exclusive.
type Limit = Option<(f64, bool)>;

/// The ends of a range.
fn range(constraints: &[Constraint]) -> (Limit, Limit) {
    let end = |end: &Option<RangeEnd>| {
        let end = end.as_ref()?;
        Some((end.number.parse().ok()?, end.is_exclusive))
    };
    let range = constraints.iter().find_map(|constraint| match constraint {
        Constraint::Range { from, to } => Some((end(from), end(to))),
        _ => None,
    });
    range.unwrap_or_default()
}

fn length(constraints: &[Constraint]) -> CountRange {
    let count = constraints.iter().find_map(|constraint| match constraint {
        Constraint::Length(count) => Some(*count),
        _ => None,
    });
    count.unwrap_or_default()
}

/// Repeats or truncates a string to the required length.
fn padded(text: &str, length: CountRange) -> String {
    let target = text
        .len()
        .max(length.at_least.unwrap_or_default())
        .min(length.at_most.unwrap_or(usize::MAX))
        .min(pattern::MAX_LEN);
    text.chars().cycle().take(target).collect()
}

/// Returns a string in one of the formats of JSON Schema, or of OpenAPI's format registry.
fn format_example(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => "2024-01-02T03:04:05Z",
        "date" => "2024-01-02",
        "time" => "03:04:05Z",
        "duration" => "PT1H",
        "email" | "idn-email" => "someone@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" | "ip" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "uri" | "url" | "iri" => "https://example.com/",
        "uri-reference" | "iri-reference" => "/text",
        "uri-template" => "/text/{name}",
        "json-pointer" => "/text",
        "relative-json-pointer" => "0",
        "regex" => "text",
        "uuid" => "0b9f6d1e-3c1a-4f7e-9a55-2f0f3b1c7d42",
        "byte" | "base64url" => "c2FtcGxl",
        _ => return None,
    })
}

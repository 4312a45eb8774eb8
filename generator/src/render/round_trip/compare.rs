//! Compares a value with the result of decoding and encoding it.

use serde_json::Value;

/// The differences in JSON that mean nothing to an API.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// Protobuf's JSON: empty values may be absent, and numbers may be strings.
    pub protojson: bool,
}

/// Returns the path of the first difference and a description, or `None` if the values are equal.
///
/// Properties may be in any order, and may be absent instead of null. Numbers and timestamps are compared by value.
pub fn difference(before: &Value, after: &Value, rules: Rules) -> Option<String> {
    difference_at("$", before, after, rules)
}

fn difference_at(path: &str, before: &Value, after: &Value, rules: Rules) -> Option<String> {
    match (before, after) {
        (Value::Object(one), Value::Object(other)) => {
            let absent = |value: &Value| value.is_null() || (rules.protojson && is_empty(value));
            for (name, value) in one {
                match other.get(name) {
                    Some(again) => {
                        if let Some(found) = difference_at(&format!("{path}.{name}"), value, again, rules) {
                            return Some(found);
                        }
                    }
                    None if absent(value) => {}
                    None => return Some(format!("{path}.{name}: {value} is missing")),
                }
            }
            let added = other.iter().find(|(name, value)| !one.contains_key(*name) && !absent(value));
            added.map(|(name, value)| format!("{path}.{name}: {value} was added"))
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let mut pairs = one.iter().zip(other).enumerate();
            pairs.find_map(|(index, (one, other))| {
                difference_at(&format!("{path}[{index}]"), one, other, rules)
            })
        }
        _ if is_equal(before, after, rules) => None,
        _ => Some(format!("{path}: {before} became {after}")),
    }
}

fn is_equal(before: &Value, after: &Value, rules: Rules) -> bool {
    match (before, after) {
        (Value::Number(one), Value::Number(other)) => {
            let (one, other) = (one.as_f64().unwrap_or(f64::NAN), other.as_f64().unwrap_or(f64::NAN));
            // Parsing and printing may change the last digit.
            before == after || (one - other).abs() <= one.abs() * 4.0 * f64::EPSILON
        }
        (Value::String(one), Value::String(other)) => {
            one == other || instant(one).is_some_and(|instant_of_one| instant(other) == Some(instant_of_one))
        }
        (Value::String(text), Value::Number(number)) | (Value::Number(number), Value::String(text)) => {
            rules.protojson && number.to_string() == *text
        }
        _ => before == after,
    }
}

/// Returns true if protobuf does not distinguish the value from its absence.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::Number(value) => value.as_f64() == Some(0.0),
        Value::String(value) => value.is_empty() || value == "0",
        Value::Array(value) => value.is_empty(),
        Value::Object(value) => value.is_empty(),
    }
}

/// Parses a timestamp (RFC 3339) as seconds and the digits of their fraction.
fn instant(text: &str) -> Option<(i64, String)> {
    let (date, time) = (text.get(..10)?, text.get(11..)?);
    if !matches!(text.as_bytes()[10], b'T' | b't' | b' ') {
        return None;
    }
    let number = |text: &str, range: std::ops::Range<usize>| text.get(range)?.parse::<i64>().ok();
    let (year, month, day) = (number(date, 0..4)?, number(date, 5..7)?, number(date, 8..10)?);
    let (hour, minute, second) = (number(time, 0..2)?, number(time, 3..5)?, number(time, 6..8)?);
    let rest = time.get(8..)?;
    let zone = rest.find(['Z', 'z', '+', '-'])?;
    let (fraction, zone) = rest.split_at(zone);
    let offset = match zone.split_at(1) {
        ("Z" | "z", "") => 0,
        (sign, zone) => {
            let minutes = number(zone, 0..2)? * 60 + number(zone, 3..5)?;
            if sign == "-" { -minutes } else { minutes }
        }
    };
    // Counts days from March 1 of the year 0, so that a leap day is the last day of its year.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + day;
    let seconds = ((days * 24 + hour) * 60 + minute - offset) * 60 + second;
    Some((seconds, fraction.trim_start_matches('.').trim_end_matches('0').to_owned()))
}

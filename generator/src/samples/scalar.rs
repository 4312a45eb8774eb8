//! Texts and numbers within their limits.

use serde_json::{Number, Value};

use super::pattern;
use crate::ir::{Count, End, Expectation, Integer};

/// A text; none where a pattern is beyond us.
pub(super) fn text(expectations: &[Expectation]) -> Option<String> {
    for expectation in expectations {
        match expectation {
            Expectation::Pattern(pattern) => return pattern::text(pattern, length(expectations)),
            Expectation::Format(format) => {
                if let Some(text) = of_format(format) {
                    return Some(text.to_owned());
                }
            }
            _ => {}
        }
    }
    Some(padded("text", length(expectations)))
}

/// A text of a type that has one form, unless what the document asks for beside it is another.
pub(super) fn matching(text: &str, expectations: &[Expectation]) -> Option<Value> {
    let matches = |expectation: &Expectation| match expectation {
        Expectation::Pattern(pattern) => pattern::matches(pattern, text),
        _ => true,
    };
    expectations.iter().all(matches).then(|| Value::from(text))
}

/// An integer.
pub(super) fn integer(width: Integer, expectations: &[Expectation]) -> i128 {
    let (from, to) = range(expectations);
    // A half-open range of integers is a closed one.
    let least =
        from.map(|(number, is_exclusive)| if is_exclusive { number.floor() + 1.0 } else { number.ceil() });
    let most =
        to.map(|(number, is_exclusive)| if is_exclusive { number.ceil() - 1.0 } else { number.floor() });
    let number = within(1.0, least, most);
    let number = stepped(number, most, expectations);
    (number as i128).clamp(width.least(), width.greatest())
}

/// A number.
pub(super) fn float(expectations: &[Expectation]) -> Option<Value> {
    let (from, to) = range(expectations);
    let middle = match (from, to) {
        (Some((from, _)), Some((to, _))) => f64::midpoint(from, to),
        (Some((from, true)), None) => from + 1.0,
        (None, Some((to, true))) => to - 1.0,
        (from, to) => within(1.5, from.map(|(from, _)| from), to.map(|(to, _)| to)),
    };
    Number::from_f64(stepped(middle, to.map(|(to, _)| to), expectations)).map(Value::Number)
}

/// So many scalars that differ: numbers that follow one another, and texts that are longer each time. None where that is
/// not what is expected of each.
pub(super) fn different(first: Value, count: usize, expectations: &[Expectation]) -> Option<Vec<Value>> {
    let mut all = vec![first];
    let longest = length(expectations).at_most.unwrap_or(pattern::LIMIT);
    while all.len() < count {
        let next = match all.last()? {
            Value::Number(last) => Value::from(last.as_i64()?.checked_add(1)?),
            Value::String(last) => {
                let least = last.chars().count() + 1;
                let longer =
                    Count { at_least: Some(least).filter(|least| *least <= longest), ..Count::default() };
                longer.at_least?;
                Value::String(longer_text(longer, expectations)?)
            }
            _ => return None,
        };
        all.push(next);
    }
    Some(all)
}

/// A text of a length of its own, of no format.
fn longer_text(length: Count, expectations: &[Expectation]) -> Option<String> {
    for expectation in expectations {
        match expectation {
            Expectation::Pattern(pattern) => return pattern::text(pattern, length),
            Expectation::Format(format) if of_format(format).is_some() => return None,
            _ => {}
        }
    }
    Some(padded("text", length))
}

/// A number as it is written.
pub(super) fn number(written: &str) -> Option<Value> {
    serde_json::from_str(written).ok().filter(Value::is_number)
}

fn within(number: f64, least: Option<f64>, most: Option<f64>) -> f64 {
    number.max(least.unwrap_or(f64::MIN)).min(most.unwrap_or(f64::MAX))
}

/// The next multiple of what a number has to be a multiple of, or the one before if that is too much.
fn stepped(number: f64, most: Option<f64>, expectations: &[Expectation]) -> f64 {
    let step = expectations.iter().find_map(|expectation| match expectation {
        Expectation::MultipleOf(step) => step.parse::<f64>().ok().filter(|step| *step > 0.0),
        _ => None,
    });
    let Some(step) = step else { return number };
    let above = (number / step).ceil() * step;
    if most.is_some_and(|most| above > most) { (number / step).floor() * step } else { above }
}

/// An end of a range, if it has one, and whether that is outside of it.
type Limit = Option<(f64, bool)>;

/// The ends of a range.
fn range(expectations: &[Expectation]) -> (Limit, Limit) {
    let end = |end: &Option<End>| {
        let end = end.as_ref()?;
        Some((end.number.parse().ok()?, end.is_exclusive))
    };
    let range = expectations.iter().find_map(|expectation| match expectation {
        Expectation::Range { from, to } => Some((end(from), end(to))),
        _ => None,
    });
    range.unwrap_or_default()
}

fn length(expectations: &[Expectation]) -> Count {
    let count = expectations.iter().find_map(|expectation| match expectation {
        Expectation::Characters(count) => Some(*count),
        _ => None,
    });
    count.unwrap_or_default()
}

/// A text that is as long as it has to be, by repetition or by what is left out.
fn padded(text: &str, length: Count) -> String {
    let wanted = text
        .len()
        .max(length.at_least.unwrap_or_default())
        .min(length.at_most.unwrap_or(usize::MAX))
        .min(pattern::LIMIT);
    text.chars().cycle().take(wanted).collect()
}

/// A text of one of the formats that JSON Schema names.
fn of_format(format: &str) -> Option<&'static str> {
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

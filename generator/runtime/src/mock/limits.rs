//! The limits of one value: lengths, patterns, ranges and counts.
//!
//! The keywords have the meaning of JSON Schema. A value that may be valid is accepted, such as a number that a double
//! cannot represent exactly.

use std::cmp::Ordering;
use std::collections::HashSet;

use serde_json::{Map, Number, Value};

use super::formats;
#[cfg(feature = "patterns")]
use super::pattern;

/// Returns the first limit of a schema that a value violates. Does not look into the parts of the value, apart from
/// equal items.
pub(super) fn violated(schema: &Value, value: &Value) -> Option<String> {
    match value {
        Value::String(text) => text_limit(schema, text),
        Value::Number(number) => number_limit(schema, number),
        Value::Array(items) => list_limit(schema, items),
        Value::Object(members) => object_limit(schema, members),
        Value::Null | Value::Bool(_) => None,
    }
}

fn text_limit(schema: &Value, text: &str) -> Option<String> {
    if schema["quoted"] == true {
        return serde_json::from_str(text).ok().and_then(|number| number_limit(schema, &number));
    }
    let length = || text.chars().count();
    let problems = ["shorter than", "longer than"];
    let found = counted(schema, ["minLength", "maxLength"], length, problems, ["character", "characters"]);
    #[cfg(feature = "patterns")]
    let found = found.or_else(|| pattern::violated(schema, text));
    found.or_else(|| {
        let format = schema["format"].as_str()?;
        formats::is_violated(format, text).then(|| format!("not of the format `{format}`"))
    })
}

fn list_limit(schema: &Value, items: &[Value]) -> Option<String> {
    let problems = ["fewer than", "more than"];
    let found = counted(schema, ["minItems", "maxItems"], || items.len(), problems, ["item", "items"]);
    found.or_else(|| {
        let mut known = HashSet::new();
        let mut is_unique = || items.iter().all(|item| known.insert(item.to_string()));
        (schema["uniqueItems"] == true && !is_unique())
            .then(|| "two items are equal (`uniqueItems`)".to_owned())
    })
}

fn object_limit(schema: &Value, members: &Map<String, Value>) -> Option<String> {
    let keywords = ["minProperties", "maxProperties"];
    let problems = ["fewer than", "more than"];
    counted(schema, keywords, || members.len(), problems, ["property", "properties"])
}

/// Checks a count against two keywords: the least and the greatest.
fn counted(
    schema: &Value,
    [least, greatest]: [&str; 2],
    count: impl FnOnce() -> usize,
    [too_few, too_many]: [&str; 2],
    [one, several]: [&str; 2],
) -> Option<String> {
    let (from, to) = (schema[least].as_u64(), schema[greatest].as_u64());
    if from.is_none() && to.is_none() {
        return None;
    }
    let count = count() as u64;
    let problem = |limit: u64, is_wrong: &str, keyword: &str| {
        let unit = if limit == 1 { one } else { several };
        format!("{is_wrong} {limit} {unit} (`{keyword}`)")
    };
    let too_few = from.filter(|from| count < *from).map(|from| problem(from, too_few, least));
    too_few.or_else(|| to.filter(|to| count > *to).map(|to| problem(to, too_many, greatest)))
}

fn number_limit(schema: &Value, number: &Number) -> Option<String> {
    let is = |keyword: &str, forbidden: &[Ordering]| {
        let Value::Number(limit) = &schema[keyword] else { return None };
        compare(number, limit).filter(|order| forbidden.contains(order)).map(|_| limit)
    };
    let (less, equal, greater) = (Ordering::Less, Ordering::Equal, Ordering::Greater);
    if let Some(limit) = is("minimum", &[less]) {
        return Some(format!("less than {limit} (`minimum`)"));
    }
    if let Some(limit) = is("maximum", &[greater]) {
        return Some(format!("more than {limit} (`maximum`)"));
    }
    if let Some(limit) = is("exclusiveMinimum", &[less, equal]) {
        return Some(format!("not more than {limit} (`exclusiveMinimum`)"));
    }
    if let Some(limit) = is("exclusiveMaximum", &[greater, equal]) {
        return Some(format!("not less than {limit} (`exclusiveMaximum`)"));
    }
    let Value::Number(factor) = &schema["multipleOf"] else { return None };
    (!is_multiple(number, factor)).then(|| format!("not a multiple of {factor} (`multipleOf`)"))
}

fn whole(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

/// Compares numbers, whatever their form: `1.0` is `1`.
pub(super) fn compare(number: &Number, limit: &Number) -> Option<Ordering> {
    match (whole(number), whole(limit)) {
        (Some(number), Some(limit)) => Some(number.cmp(&limit)),
        _ => number.as_f64()?.partial_cmp(&limit.as_f64()?),
    }
}

/// Returns false if a number is certainly not a multiple of a factor.
fn is_multiple(number: &Number, factor: &Number) -> bool {
    /// Doubles of decimal fractions have errors: 0.3 / 0.1 is less than 3.
    const TOLERANCE: f64 = 1e-9;
    /// The fraction of a greater quotient is not significant.
    const MAX_QUOTIENT: f64 = 1e6;
    if let (Some(number), Some(factor)) = (whole(number), whole(factor)) {
        return factor == 0 || number % factor == 0;
    }
    let (Some(number), Some(factor)) = (number.as_f64(), factor.as_f64()) else { return true };
    let quotient = number / factor;
    let is_significant = quotient.is_finite() && quotient.abs() < MAX_QUOTIENT;
    !is_significant || (quotient - quotient.round()).abs() < TOLERANCE
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::violated;

    #[track_caller]
    fn check(schema: &Value, value: &Value, expected: &str) {
        assert_eq!(violated(schema, value).unwrap_or_default(), expected, "{value} by {schema}");
    }

    #[test]
    fn lengths_are_in_code_points() {
        let schema = json!({ "minLength": 1, "maxLength": 2 });
        check(&schema, &json!(""), "shorter than 1 character (`minLength`)");
        check(&schema, &json!("\u{1f436}\u{1f431}"), "");
        check(&schema, &json!("abc"), "longer than 2 characters (`maxLength`)");
        // Keywords of strings do not apply to other values.
        check(&schema, &json!(123), "");
        check(&schema, &json!(null), "");
    }

    #[test]
    fn formats_are_checked() {
        let schema = json!({ "format": "email", "maxLength": 5 });
        check(&schema, &json!("a"), "not of the format `email`");
        check(&schema, &json!("a@b"), "");
        check(&schema, &json!(1), "");
    }

    #[test]
    fn ranges_are_exact_for_integers() {
        let schema = json!({ "minimum": 1, "maximum": 9_007_199_254_740_993_u64 });
        check(&schema, &json!(0), "less than 1 (`minimum`)");
        check(&schema, &json!(0.5), "less than 1 (`minimum`)");
        check(&schema, &json!(1), "");
        check(&schema, &json!(9_007_199_254_740_993_u64), "");
        check(&schema, &json!(9_007_199_254_740_994_u64), "more than 9007199254740993 (`maximum`)");
        let schema = json!({ "exclusiveMinimum": 0, "exclusiveMaximum": 1.5 });
        check(&schema, &json!(0), "not more than 0 (`exclusiveMinimum`)");
        check(&schema, &json!(1), "");
        check(&schema, &json!(1.5), "not less than 1.5 (`exclusiveMaximum`)");
        // A 64-bit integer in a string, as in ProtoJSON.
        let schema = json!({ "quoted": true, "minimum": 1 });
        check(&schema, &json!("0"), "less than 1 (`minimum`)");
        check(&schema, &json!("2"), "");
        check(&schema, &json!("two"), "");
    }

    #[test]
    fn multiples_tolerate_the_errors_of_doubles() {
        let tenth = json!({ "multipleOf": 0.1 });
        check(&tenth, &json!(0.3), "");
        check(&tenth, &json!(0.35), "not a multiple of 0.1 (`multipleOf`)");
        check(&tenth, &json!(1e300), "");
        check(&json!({ "multipleOf": 5 }), &json!(15), "");
        check(&json!({ "multipleOf": 5 }), &json!(16), "not a multiple of 5 (`multipleOf`)");
        check(&json!({ "multipleOf": 0 }), &json!(16), "");
    }

    #[test]
    fn items_and_properties_are_counted() {
        let schema = json!({ "minItems": 1, "maxItems": 2, "uniqueItems": true });
        check(&schema, &json!([]), "fewer than 1 item (`minItems`)");
        check(&schema, &json!([1, { "a": 1 }]), "");
        check(&schema, &json!([{ "a": 1 }, { "a": 1 }]), "two items are equal (`uniqueItems`)");
        check(&schema, &json!([1, 2, 3]), "more than 2 items (`maxItems`)");
        let schema = json!({ "minProperties": 2, "maxProperties": 2 });
        check(&schema, &json!({ "a": 1 }), "fewer than 2 properties (`minProperties`)");
        check(&schema, &json!({ "a": 1, "b": 1 }), "");
        check(&schema, &json!({ "a": 1, "b": 1, "c": 1 }), "more than 2 properties (`maxProperties`)");
    }
}

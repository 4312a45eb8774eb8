//! Decides if a value is valid for a schema under `not`: certainly, certainly not, or neither (`None`).
//!
//! The schemas are JSON objects with the keywords of JSON Schema. `partial` marks a schema that has other keywords, for
//! which no value is certainly valid. Null is never decided, because clients send it in place of no value.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::limits;
#[cfg(feature = "patterns")]
use super::pattern;

/// Returns true or false if a value is certainly valid or invalid. `take_steps` returns false if no steps are left.
///
/// The generator limits the depth of the schema.
pub(super) fn is_valid(schema: &Value, value: &Value, take_steps: &dyn Fn(usize) -> bool) -> Option<bool> {
    let listed = list(&schema["enum"]);
    if value.is_null() || !take_steps(1 + listed.len()) {
        return None;
    }
    let inner = |schema: &Value, value: &Value| is_valid(schema, value, take_steps);
    let of_value = |schema: &Value| is_valid(schema, value, take_steps);
    let not = schema.get("not").map_or(Some(true), |not| of_value(not).map(|is_valid| !is_valid));
    all([
        (schema["partial"] != true).then_some(true),
        schema["type"].as_str().map_or(Some(true), |ty| is_of_type(value, ty)),
        if listed.is_empty() { Some(true) } else { any(listed.iter().map(|listed| is_equal(listed, value))) },
        is_within_limits(schema, value),
        match value {
            Value::Object(members) => has_valid_members(schema, members, &inner),
            Value::Array(items) => {
                schema.get("items").map_or(Some(true), |of| all(items.iter().map(|item| inner(of, item))))
            }
            _ => Some(true),
        },
        all(list(&schema["allOf"]).iter().map(of_value)),
        schema.get("anyOf").map_or(Some(true), |schemas| any(list(schemas).iter().map(of_value))),
        schema.get("oneOf").map_or(Some(true), |schemas| one(list(schemas).iter().map(of_value))),
        not,
    ])
}

fn has_valid_members(
    schema: &Value,
    members: &Map<String, Value>,
    is_valid: &dyn Fn(&Value, &Value) -> Option<bool>,
) -> Option<bool> {
    let has = |name: &Value| match members.get(name.as_str()?) {
        Some(Value::Null) => None,
        found => Some(found.is_some()),
    };
    let properties = schema["properties"].as_object();
    let others = &schema["additionalProperties"];
    let of_member = |(name, value): (&String, &Value)| match (
        properties.and_then(|properties| properties.get(name)),
        others,
    ) {
        (Some(schema), _) => is_valid(schema, value),
        (None, Value::Bool(false)) => {
            if value.is_null() {
                None
            } else {
                Some(false)
            }
        }
        (None, Value::Null) => Some(true),
        (None, schema) => is_valid(schema, value),
    };
    all([all(list(&schema["required"]).iter().map(has)), all(members.iter().map(of_member))])
}

fn is_within_limits(schema: &Value, value: &Value) -> Option<bool> {
    let is_decided = match value {
        #[cfg(feature = "patterns")]
        Value::String(text) => pattern::is_decided(schema, text),
        // Properties that are null may count or not.
        Value::Object(members) => {
            let counts = schema.get("minProperties").or_else(|| schema.get("maxProperties"));
            counts.is_none() || !members.values().any(Value::is_null)
        }
        _ => true,
    };
    is_decided.then(|| limits::violated(schema, value).is_none())
}

fn is_of_type(value: &Value, ty: &str) -> Option<bool> {
    match (ty, value) {
        // `1.0` is an integer in some versions of JSON Schema.
        ("integer", Value::Number(number)) if number.is_f64() => {
            number.as_f64().filter(|number| number.fract() != 0.0).map(|_| false)
        }
        ("integer" | "number", Value::Number(_))
        | ("string", Value::String(_))
        | ("boolean", Value::Bool(_))
        | ("array", Value::Array(_))
        | ("object", Value::Object(_)) => Some(true),
        _ => Some(false),
    }
}

fn is_equal(listed: &Value, value: &Value) -> Option<bool> {
    match (listed, value) {
        (Value::Number(listed), Value::Number(number)) => {
            Some(limits::compare(number, listed)? == Ordering::Equal)
        }
        // They can contain equal numbers of different forms.
        (Value::Array(_), Value::Array(_)) | (Value::Object(_), Value::Object(_)) => {
            (listed == value).then_some(true)
        }
        (listed, value) => Some(listed == value),
    }
}

/// Returns true if all facts are true, and false if one is false.
fn all(facts: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for fact in facts {
        match fact {
            Some(false) => return fact,
            None => all = None,
            Some(true) => {}
        }
    }
    all
}

/// Returns true if a fact is true, and false if all are false.
fn any(facts: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let negated = facts.into_iter().map(|fact| fact.map(|fact| !fact));
    all(negated).map(|none| !none)
}

/// Returns true if exactly one fact is true, and false if all are false. Two true facts decide nothing, because the
/// generator splits a schema with several types into alternatives.
fn one(facts: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let facts: Vec<Option<bool>> = facts.into_iter().collect();
    let true_facts = facts.iter().filter(|fact| **fact == Some(true)).count();
    match any(facts.iter().copied()) {
        Some(true) if true_facts > 1 || facts.contains(&None) => None,
        found => found,
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::is_valid;

    #[track_caller]
    fn check(schema: &Value, value: &Value, expected: Option<bool>) {
        assert_eq!(is_valid(schema, value, &|_| true), expected, "{value} by {schema}");
    }

    #[test]
    fn required_properties_are_there_unless_they_are_null() {
        let schema = json!({ "required": ["a", "b"] });
        check(&schema, &json!({ "a": 1, "b": 2 }), Some(true));
        check(&schema, &json!({ "a": 1 }), Some(false));
        check(&schema, &json!({ "a": 1, "b": null }), None);
        check(&schema, &json!({ "a": null }), Some(false));
        // The keyword does not apply to other values.
        check(&schema, &json!("a"), Some(true));
        check(&schema, &json!(null), None);
    }

    #[test]
    fn types_and_listed_values() {
        check(&json!({}), &json!(1), Some(true));
        check(&json!({ "type": "integer" }), &json!(1), Some(true));
        check(&json!({ "type": "integer" }), &json!(1.0), None);
        check(&json!({ "type": "integer" }), &json!(1.5), Some(false));
        check(&json!({ "type": "number" }), &json!("1"), Some(false));
        check(&json!({ "enum": ["a", 1] }), &json!("a"), Some(true));
        check(&json!({ "enum": ["a", 1] }), &json!(1.0), Some(true));
        check(&json!({ "enum": ["a", 1] }), &json!("b"), Some(false));
        check(&json!({ "enum": [[1]] }), &json!([1]), Some(true));
        check(&json!({ "enum": [[1]] }), &json!([1.0]), None);
    }

    #[test]
    fn other_keywords_leave_valid_values_undecided() {
        let schema = json!({ "partial": true, "type": "string" });
        check(&schema, &json!("a"), None);
        check(&schema, &json!(1), Some(false));
        check(&json!({ "not": schema }), &json!("a"), None);
        check(&json!({ "not": schema }), &json!(1), Some(true));
    }

    #[test]
    fn limits_are_checked() {
        check(&json!({ "maxLength": 2 }), &json!("ab"), Some(true));
        check(&json!({ "maxLength": 2 }), &json!("abc"), Some(false));
        check(&json!({ "minProperties": 1 }), &json!({ "a": 1 }), Some(true));
        check(&json!({ "minProperties": 1 }), &json!({ "a": null }), None);
    }

    #[cfg(feature = "patterns")]
    #[test]
    fn patterns_are_checked() {
        check(&json!({ "pattern": "^a" }), &json!("ab"), Some(true));
        check(&json!({ "pattern": "^a" }), &json!("b"), Some(false));
        check(&json!({ "pattern": "^(a{1000}){1000}$" }), &json!("b"), None);
    }

    #[test]
    fn parts_of_a_value_decide() {
        let schema = json!({ "properties": { "a": { "type": "string" } }, "additionalProperties": false });
        check(&schema, &json!({}), Some(true));
        check(&schema, &json!({ "a": "x" }), Some(true));
        check(&schema, &json!({ "a": 1 }), Some(false));
        check(&schema, &json!({ "a": "x", "b": 1 }), Some(false));
        check(&schema, &json!({ "b": null }), None);
        let schema = json!({ "additionalProperties": { "maximum": 1 } });
        check(&schema, &json!({ "a": 1, "b": 2 }), Some(false));
        let schema = json!({ "items": { "maximum": 1 } });
        check(&schema, &json!([0, 1]), Some(true));
        check(&schema, &json!([0, 2]), Some(false));
        check(&schema, &json!([0, null]), None);
    }

    #[test]
    fn alternatives_decide_together() {
        let has = |name: &str| json!({ "required": [name] });
        let any = json!({ "anyOf": [has("a"), has("b")] });
        check(&any, &json!({ "b": 1, "a": null }), Some(true));
        check(&any, &json!({ "a": null }), None);
        check(&any, &json!({ "c": 1 }), Some(false));
        let one = json!({ "oneOf": [has("a"), has("b")] });
        check(&one, &json!({ "a": 1 }), Some(true));
        check(&one, &json!({ "a": 1, "b": null }), None);
        check(&one, &json!({ "a": 1, "b": 1 }), None);
        check(&one, &json!({}), Some(false));
        let both = json!({ "allOf": [has("a"), has("b")] });
        check(&both, &json!({ "a": 1, "b": 1 }), Some(true));
        check(&both, &json!({ "a": 1 }), Some(false));
    }

    #[test]
    fn nothing_is_decided_without_steps() {
        assert_eq!(is_valid(&json!({}), &json!(1), &|_| false), None);
    }
}

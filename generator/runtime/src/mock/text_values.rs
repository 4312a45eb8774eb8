//! Checks values that a request has as text: parameters, and the fields and parts of forms.

use serde_json::Value;

use super::constraints::OperationConstraints;
use super::readings::Reading;
use super::schema_check::{SchemaCheck, index_of};
use super::violation::{Step, Violation};

/// Checks the readings of a parameter, field or part. It is valid if one of them is, or if there is none.
pub(super) fn check_readings(
    constraints: OperationConstraints<'_>,
    described: &Value,
    readings: &[Reading],
) -> Result<(), Violation> {
    let mut violation = Ok(());
    for texts in readings {
        let check = constraints.check(texts.iter().map(String::len).sum());
        match check_texts(&check, described, texts) {
            Ok(()) => return Ok(()),
            Err(found) => violation = violation.and(Err(found)),
        }
    }
    violation
}

/// Checks the texts of a parameter, field or part. Each of them is a value, or an item if `form` is `list`.
fn check_texts(check: &SchemaCheck<'_>, described: &Value, texts: &[String]) -> Result<(), Violation> {
    let Some(schema) = index_of(&described["schema"]).filter(|_| !texts.is_empty()) else { return Ok(()) };
    // No style defines null.
    if described["nullable"] == true && matches!(texts, [only] if only == "null") {
        return Ok(());
    }
    match described["form"].as_str() {
        Some("json") => texts.iter().try_for_each(|text| match serde_json::from_str(text) {
            Ok(value) => check.check_undecoded(schema, &value),
            // A parameter without a value.
            Err(_) if text.is_empty() => Ok(()),
            Err(_) => Err(Violation::new("not valid JSON")),
        }),
        Some("value") => texts.iter().try_for_each(|text| value_of(check, schema, text).map(drop)),
        // An empty list, or an empty item.
        _ if matches!(texts, [only] if only.is_empty()) => Ok(()),
        _ => {
            let items = index_of(&check.schema(schema)["items"]);
            let values = texts.iter().enumerate().map(|(index, text)| match items {
                Some(items) => value_of(check, items, text).map_err(|it| it.at(Step::Item(index))),
                None => Ok(Value::String(text.clone())),
            });
            check.check(schema, &Value::Array(values.collect::<Result<_, _>>()?))
        }
    }
}

/// Parses a text as a number, a boolean or a string, whichever the schema allows.
fn value_of(check: &SchemaCheck<'_>, schema: usize, text: &str) -> Result<Value, Violation> {
    let scalar = serde_json::from_str::<Value>(text).ok().filter(|it| it.is_number() || it.is_boolean());
    let mut violation = None;
    for value in scalar.into_iter().chain([Value::from(text)]) {
        if check.fits(schema, &value) {
            match check.check(schema, &value) {
                Ok(()) => return Ok(value),
                Err(found) => violation = violation.or(Some(found)),
            }
        }
    }
    match violation {
        Some(violation) => Err(violation),
        // An empty parameter can have no value, whatever its type.
        None if text.is_empty() => Ok(Value::Null),
        None => Err(Violation::new(check.expected(schema))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::schema_check::SchemaCheck;
    use super::check_texts;

    #[track_caller]
    fn check(form: &str, schema: &Value, texts: &[&str], expected: &str) {
        let schemas = [schema.clone(), json!({ "type": ["integer"], "maximum": 9 })];
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        let check = SchemaCheck::new(&schemas, 0);
        let found = check_texts(&check, &json!({ "schema": 0, "form": form }), &texts);
        assert_eq!(found.err().map(|it| it.to_string()).unwrap_or_default(), expected, "{texts:?}");
    }

    #[test]
    fn texts_are_values_of_the_type_that_the_schema_has() {
        let text = json!({ "type": ["string"], "maxLength": 2 });
        check("value", &text, &["12"], "");
        check("value", &text, &["123"], "$: longer than 2 characters (`maxLength`)");
        let number = json!({ "type": ["integer"], "maximum": 9 });
        check("value", &number, &["9"], "");
        check("value", &number, &["10"], "$: more than 9 (`maximum`)");
        check("value", &number, &["nine"], "$: expected the type integer (`type`)");
        check("value", &number, &[""], "");
        let named = json!({ "type": ["string"], "enum": ["a", "b"] });
        check("value", &named, &["b"], "");
        check("value", &named, &["c"], "$: expected one of `a`, `b` (`enum`)");
        let either = json!({ "unions": [{ "alternatives": [1] }] });
        check("value", &either, &["10"], "$: more than 9 (`maximum`)");
        check("value", &json!({ "type": ["string", "integer"], "maximum": 9 }), &["10"], "");
        check("value", &json!({ "type": ["boolean"] }), &["true"], "");
        check("value", &text, &[], "");
    }

    #[test]
    fn lists_are_checked_by_item_and_as_a_whole() {
        let numbers = json!({ "items": 1, "maxItems": 2 });
        check("list", &numbers, &["1", "9"], "");
        check("list", &numbers, &["1", "10"], "$[1]: more than 9 (`maximum`)");
        check("list", &numbers, &["1", "2", "3"], "$: more than 2 items (`maxItems`)");
        check("list", &json!({ "minItems": 2 }), &[""], "");
        check("list", &json!({ "minItems": 2 }), &["a"], "$: fewer than 2 items (`minItems`)");
    }

    #[test]
    fn json_is_parsed() {
        let schema = json!({ "properties": { "a": 1 } });
        check("json", &schema, &["{\"a\":9}"], "");
        check("json", &schema, &["{\"a\":10}"], "$.a: more than 9 (`maximum`)");
        check("json", &schema, &["{\"a\":\"9\"}"], "$.a: expected the type integer (`type`)");
        check("json", &schema, &["{"], "$: not valid JSON");
        check("json", &schema, &[""], "");
    }

    #[test]
    fn null_is_a_text_of_nullable_values() {
        let schemas = [json!({ "type": ["integer"] })];
        let check = |nullable: bool| {
            let described = json!({ "schema": 0, "form": "value", "nullable": nullable });
            check_texts(&SchemaCheck::new(&schemas, 0), &described, &["null".to_owned()])
        };
        assert!(check(true).is_ok());
        assert!(check(false).is_err());
    }
}

// @generated from the OpenAPI document. Change the document, and generate again.

//! [`SchemaCheck`]: checks a JSON value against the constraints of a schema.
//!
//! A schema is a JSON object with keywords that are named as in JSON Schema. The value of `properties`, `items`, `allOf`
//! and the like is the index of another schema, or `null` if that schema has no constraints. The types of the crate have
//! decoded the value already, so the keywords here are those that types do not express. A value that may be valid is
//! accepted: an alternative of a union is only ruled out by its type, its required properties and its constants.

use std::cell::Cell;
use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::conditions;
use super::expected;
use super::limits;
use super::violation::{Step, Violation};

/// The maximum number of schemas around a value, from the root.
const MAX_DEPTH: usize = 256;

/// The steps that a check may take for each byte of the JSON, and for any JSON. Alternatives in alternatives would
/// otherwise multiply the work.
const STEPS_PER_BYTE: usize = 16;
const MIN_STEPS: usize = 100_000;

/// The bytes of a string that a step looks at.
const BYTES_PER_STEP: usize = 64;

/// A check of one value. Without steps left, it accepts any value.
pub(super) struct SchemaCheck<'a> {
    schemas: &'a [Value],
    steps: Cell<usize>,
}

/// The way in which a schema applies to a value.
#[derive(Clone, Copy, Default)]
struct Application<'p> {
    /// The schemas that apply to the same value and include this one.
    outer: Option<&'p Included<'p>>,
    depth: usize,
    /// True if other schemas can describe properties of the same object.
    is_part: bool,
    /// The property that a union writes to distinguish its alternatives.
    tag: Option<&'p str>,
    /// True if no type of the crate has decoded the value.
    is_undecoded: bool,
}

/// A schema among those that apply to the same value.
struct Included<'p> {
    schema: usize,
    outer: Option<&'p Included<'p>>,
}

impl<'a> SchemaCheck<'a> {
    /// Creates a check for JSON of this length.
    pub(super) fn new(schemas: &'a [Value], length: usize) -> Self {
        Self { schemas, steps: Cell::new(length.saturating_mul(STEPS_PER_BYTE).saturating_add(MIN_STEPS)) }
    }

    pub(super) fn schema(&self, index: usize) -> &'a Value {
        self.schemas.get(index).unwrap_or(&Value::Null)
    }

    /// Returns the first violation of a value.
    pub(super) fn check(&self, schema: usize, value: &Value) -> Result<(), Violation> {
        self.apply(schema, value, Application::default())
    }

    /// Returns the first violation of a value that no type of the crate has decoded, such as JSON in a parameter.
    pub(super) fn check_undecoded(&self, schema: usize, value: &Value) -> Result<(), Violation> {
        self.apply(schema, value, Application { is_undecoded: true, ..Application::default() })
    }

    /// Describes the values that fit a schema.
    pub(super) fn expected(&self, schema: usize) -> String {
        expected::expected(self.schema(schema))
    }

    fn apply(&self, index: usize, value: &Value, with: Application<'_>) -> Result<(), Violation> {
        // A schema that includes itself adds nothing.
        if value.is_null() || with.depth >= MAX_DEPTH || with.includes(index) {
            return Ok(());
        }
        let schema = self.schema(index);
        if !self.take_steps(cost(schema, value)) {
            return Ok(());
        }
        if with.is_undecoded {
            self.check_type(schema, value)?;
        }
        if let Some(problem) = limits::violated(schema, value) {
            return Err(Violation::new(problem));
        }
        if let Some(not) = schema.get("not") {
            if conditions::is_valid(not, value, &|count| self.take_steps(count)) == Some(true) {
                return Err(Violation::new("valid for a schema that the document excludes (`not`)"));
            }
        }
        match value {
            Value::Object(members) => self.check_members(schema, members, with)?,
            Value::Array(items) => {
                if let Some(schema) = index_of(&schema["items"]) {
                    for (index, item) in items.iter().enumerate() {
                        self.apply(schema, item, with.inside()).map_err(|it| it.at(Step::Item(index)))?;
                    }
                }
            }
            _ => {}
        }
        let here = Included { schema: index, outer: with.outer };
        let with = Application { outer: Some(&here), depth: with.depth + 1, ..with };
        if let Some(wrapped) = index_of(&schema["wraps"]) {
            self.apply(wrapped, value, with)?;
        }
        for part in indexes(&schema["allOf"]) {
            self.apply(part, value, Application { is_part: true, ..with })?;
        }
        list(&schema["unions"]).iter().try_for_each(|union| self.check_union(union, value, with))
    }

    fn check_members(
        &self,
        schema: &Value,
        members: &Map<String, Value>,
        with: Application<'_>,
    ) -> Result<(), Violation> {
        for (name, required) in schema["dependentRequired"].as_object().into_iter().flatten() {
            let is_there = members.get(name).is_some_and(|member| !member.is_null());
            let mut required = list(required).iter().filter_map(Value::as_str);
            if let Some(missing) = required.find(|required| is_there && !members.contains_key(*required)) {
                let problem = format!("required beside `{name}`, but missing (`dependentRequired`)");
                return Err(Violation::new(problem).at(Step::Property(missing.to_owned())));
            }
        }
        let properties = schema["properties"].as_object();
        let others = &schema["additionalProperties"];
        for (name, member) in members {
            let listed = properties.and_then(|properties| properties.get(name));
            let is_other = listed.is_none() && !with.is_part;
            if is_other && *others == false && with.tag != Some(name) {
                let problem = "the document has no such property (`additionalProperties`)";
                return Err(Violation::new(problem).at(Step::Property(name.clone())));
            }
            if let Some(schema) = listed.or_else(|| is_other.then_some(others)).and_then(index_of) {
                let found = self.apply(schema, member, with.inside());
                found.map_err(|it| it.at(Step::Property(name.clone())))?;
            }
        }
        Ok(())
    }

    /// Checks that a value is valid for one of the alternatives that it can be.
    fn check_union(&self, union: &Value, value: &Value, with: Application<'_>) -> Result<(), Violation> {
        let tag = union["property"].as_str();
        let with =
            Application { is_part: with.is_part || union["open"] == true, tag: tag.or(with.tag), ..with };
        let named = tag.and_then(|tag| index_of(&union["mapping"][value[tag].as_str()?]));
        if let Some(named) = named.filter(|named| self.fits_with(*named, value, with)) {
            return self.apply(named, value, with);
        }
        let mut is_any = !with.is_undecoded;
        let mut violation = Ok(());
        for alternative in indexes(&union["alternatives"]) {
            if self.fits_with(alternative, value, with) {
                is_any = true;
                match self.apply(alternative, value, with) {
                    Ok(()) => return Ok(()),
                    Err(found) => violation = violation.and(Err(found)),
                }
            }
        }
        if is_any { violation } else { Err(Violation::new("matches no alternative of the schema")) }
    }

    /// Checks the type of a value, its required properties and its listed values.
    fn check_type(&self, schema: &Value, value: &Value) -> Result<(), Violation> {
        if !has_type(schema, value) {
            return Err(Violation::new(expected::expected(schema)));
        }
        let required = list(&schema["required"]).iter().filter_map(Value::as_str);
        let missing = value
            .as_object()
            .and_then(|members| required.into_iter().find(|required| !members.contains_key(*required)));
        missing.map_or(Ok(()), |missing| {
            let step = Step::Property(missing.to_owned());
            Err(Violation::new("required, but missing (`required`)").at(step))
        })
    }

    /// Returns true if a value has the type of a schema, its required properties and its constants.
    pub(super) fn fits(&self, schema: usize, value: &Value) -> bool {
        self.fits_with(schema, value, Application::default())
    }

    fn fits_with(&self, index: usize, value: &Value, with: Application<'_>) -> bool {
        if value.is_null() || with.depth >= MAX_DEPTH || with.includes(index) {
            return true;
        }
        let schema = self.schema(index);
        if !self.take_steps(cost(schema, value)) {
            return true;
        }
        if !has_type(schema, value) {
            return false;
        }
        if let Value::Object(members) = value {
            let mut required = list(&schema["required"]).iter().filter_map(Value::as_str);
            let mut constants = schema["constants"].as_object().into_iter().flatten();
            let is_constant = |(name, values): (&String, &Value)| {
                members.get(name).is_none_or(|value| value.is_null() || is_listed(list(values), value))
            };
            if !required.all(|name| members.contains_key(name)) || !constants.all(is_constant) {
                return false;
            }
        }
        let here = Included { schema: index, outer: with.outer };
        let with = Application { outer: Some(&here), depth: with.depth + 1, ..with };
        let fits = |index: usize| self.fits_with(index, value, with);
        index_of(&schema["wraps"]).is_none_or(fits)
            && indexes(&schema["allOf"]).all(fits)
            && list(&schema["unions"]).iter().all(|union| indexes(&union["alternatives"]).any(fits))
    }

    /// Takes steps. Returns false if the check has fewer left.
    fn take_steps(&self, count: usize) -> bool {
        let left = self.steps.get();
        self.steps.set(left.saturating_sub(count));
        left >= count
    }
}

impl Application<'_> {
    /// Returns how a schema applies to a part of the value.
    fn inside(self) -> Self {
        Self { outer: None, depth: self.depth + 1, is_part: false, tag: None, ..self }
    }

    fn includes(self, schema: usize) -> bool {
        let mut next = self.outer;
        while let Some(included) = next {
            if included.schema == schema {
                return true;
            }
            next = included.outer;
        }
        false
    }
}

/// Returns the steps that it takes to look at a value, without its parts.
fn cost(schema: &Value, value: &Value) -> usize {
    let listed = list(&schema["enum"]).len();
    let looks = match value {
        Value::String(text) => text.len() / BYTES_PER_STEP,
        Value::Array(_) if schema["uniqueItems"] == true => size(value),
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len() + list(&schema["required"]).len(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    };
    1 + listed + looks
}

/// Returns the steps that it takes to look at a value with all of its parts.
fn size(value: &Value) -> usize {
    let parts: usize = match value {
        Value::String(text) => text.len() / BYTES_PER_STEP,
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(members) => members.values().map(size).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    };
    1 + parts
}

/// Returns true if a value has the type of a schema, and `enum` lists it.
fn has_type(schema: &Value, value: &Value) -> bool {
    let (types, listed) = (list(&schema["type"]), list(&schema["enum"]));
    let is_of_type = |ty: &Value| ty.as_str().is_some_and(|ty| is_of_type(value, ty));
    (types.is_empty() || types.iter().any(is_of_type)) && (listed.is_empty() || is_listed(listed, value))
}

fn is_of_type(value: &Value, ty: &str) -> bool {
    match (ty, value) {
        ("integer", Value::Number(number)) => number.as_f64().is_none_or(|number| number.fract() == 0.0),
        ("number", Value::Number(_))
        | ("string", Value::String(_))
        | ("boolean", Value::Bool(_))
        | ("array", Value::Array(_))
        | ("object", Value::Object(_)) => true,
        _ => false,
    }
}

/// Returns true if a value can be one of the listed values. `1.0` is `1`, so numbers inside of lists and objects are not
/// compared.
fn is_listed(listed: &[Value], value: &Value) -> bool {
    listed.iter().any(|listed| match (listed, value) {
        (Value::Number(listed), Value::Number(number)) => {
            limits::compare(number, listed) == Some(Ordering::Equal)
        }
        (Value::Array(_), Value::Array(_)) | (Value::Object(_), Value::Object(_)) => true,
        (listed, value) => listed == value,
    })
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

pub(super) fn index_of(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|index| usize::try_from(index).ok())
}

fn indexes(value: &Value) -> impl Iterator<Item = usize> + '_ {
    list(value).iter().filter_map(index_of)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::SchemaCheck;

    /// Checks a value against the first of some schemas.
    #[track_caller]
    fn check(schemas: &Value, value: &Value, expected: &str) {
        let check = SchemaCheck::new(schemas.as_array().unwrap(), 0);
        let found = check.check(0, value).err().map(|violation| violation.to_string());
        assert_eq!(found.unwrap_or_default(), expected, "{value} by {schemas}");
    }

    #[test]
    fn violations_have_the_path_of_the_value() {
        let schemas = json!([
            { "properties": { "tags": 1 }, "additionalProperties": 3 },
            { "items": 2 },
            { "maxLength": 2 },
            { "minimum": 1 },
        ]);
        check(
            &schemas,
            &json!({ "tags": ["a", "abc"] }),
            "$.tags[1]: longer than 2 characters (`maxLength`)",
        );
        check(&schemas, &json!({ "a b": 0 }), "$[\"a b\"]: less than 1 (`minimum`)");
        check(&schemas, &json!({ "tags": null, "a b": null }), "");
        check(&schemas, &json!([0]), "");
    }

    #[test]
    fn closed_objects_have_only_their_properties() {
        let problem = "$.b: the document has no such property (`additionalProperties`)";
        let closed = json!({ "properties": { "a": null }, "additionalProperties": false });
        check(&json!([closed]), &json!({ "a": 1 }), "");
        check(&json!([closed]), &json!({ "a": 1, "b": 1 }), problem);
        check(&json!([{ "wraps": 1 }, closed]), &json!({ "b": 1 }), problem);
        // Other parts of an `allOf` have properties of their own.
        check(&json!([{ "allOf": [1] }, closed]), &json!({ "b": 1 }), "");
        // So does the object around a union.
        let union =
            |open: bool| json!({ "unions": [{ "alternatives": [1], "open": open, "property": "kind" }] });
        check(&json!([union(false), closed]), &json!({ "kind": "x", "b": 1 }), problem);
        check(&json!([union(false), closed]), &json!({ "kind": "x", "a": 1 }), "");
        check(&json!([union(true), closed]), &json!({ "kind": "x", "b": 1 }), "");
    }

    #[test]
    fn a_value_is_valid_for_an_alternative_that_it_fits() {
        let schemas = json!([
            { "unions": [{ "alternatives": [1, 2, 3] }] },
            { "type": ["string"], "maxLength": 2 },
            { "type": ["integer"] },
            { "type": ["object"], "required": ["a"], "constants": { "kind": ["x"] }, "maxProperties": 2 },
        ]);
        check(&schemas, &json!("ab"), "");
        check(&schemas, &json!("abc"), "$: longer than 2 characters (`maxLength`)");
        check(&schemas, &json!(123), "");
        check(
            &schemas,
            &json!({ "a": 1, "kind": "x", "c": 1 }),
            "$: more than 2 properties (`maxProperties`)",
        );
        // Decoding refuses values that fit no alternative.
        check(&schemas, &json!({ "a": 1, "kind": "y", "c": 1 }), "");
        check(&schemas, &json!({ "b": 1, "kind": "x", "c": 1 }), "");
    }

    #[test]
    fn a_discriminator_names_the_alternative() {
        let schemas = json!([
            { "unions": [{ "alternatives": [1, 2], "property": "kind", "mapping": { "a": 1, "b": 2 } }] },
            { "maxProperties": 1 },
            { "maxProperties": 2 },
        ]);
        check(&schemas, &json!({ "kind": "a", "x": 1 }), "$: more than 1 property (`maxProperties`)");
        check(&schemas, &json!({ "kind": "b", "x": 1 }), "");
        check(&schemas, &json!({ "kind": "c", "x": 1 }), "");
    }

    #[test]
    fn numbers_are_equal_whatever_their_form() {
        let schemas = json!([
            { "unions": [{ "alternatives": [1, 2] }] },
            { "type": ["number"], "enum": [0.5, 1], "maximum": 0 },
            { "type": ["array"], "enum": [[1]], "maxItems": 0 },
        ]);
        check(&schemas, &json!(1.0), "$: more than 0 (`maximum`)");
        check(&schemas, &json!(2.0), "");
        check(&schemas, &json!([1.0]), "$: more than 0 items (`maxItems`)");
    }

    #[test]
    fn long_values_take_more_steps() {
        let text = json!("a".repeat(64 * 1000));
        let items = json!(vec![1; 1000]);
        let members: serde_json::Map<_, _> = (0..1000).map(|it| (it.to_string(), json!(1))).collect();
        for value in [text, items, members.into()] {
            let schemas = json!([{ "allOf": vec![1; 10] }, { "maxLength": 1 }]);
            let check = SchemaCheck::new(schemas.as_array().unwrap(), 0);
            let before = check.steps.get();
            drop(check.check(0, &value));
            assert!(before - check.steps.get() > 2000, "{}", before - check.steps.get());
        }
    }

    #[test]
    fn a_value_that_a_schema_excludes_is_refused() {
        let problem = "$.pet: valid for a schema that the document excludes (`not`)";
        let schemas = json!([{ "properties": { "pet": 1 } }, { "not": { "required": ["dog", "cat"] } }]);
        check(&schemas, &json!({ "pet": { "dog": 1, "cat": 1 } }), problem);
        check(&schemas, &json!({ "pet": { "dog": 1, "cat": null } }), "");
        check(&schemas, &json!({ "pet": { "dog": 1 } }), "");
        check(&schemas, &json!({ "pet": null }), "");
        // It distinguishes alternatives.
        let schemas = json!([
            { "unions": [{ "alternatives": [1, 2] }] },
            { "required": ["dog"], "not": { "required": ["cat"] } },
            { "required": ["cat"] },
        ]);
        check(&schemas, &json!({ "dog": 1, "cat": 1 }), "");
    }

    #[test]
    fn a_property_can_require_others() {
        let schemas = json!([{ "dependentRequired": { "card": ["name", "street"] } }]);
        let problem = "$.street: required beside `card`, but missing (`dependentRequired`)";
        check(&schemas, &json!({ "card": 1, "name": 1 }), problem);
        check(&schemas, &json!({ "card": 1, "name": 1, "street": null }), "");
        check(&schemas, &json!({ "card": null }), "");
        check(&schemas, &json!({ "name": 1 }), "");
    }

    #[test]
    fn the_types_of_undecoded_values_are_checked() {
        let check = |schemas: &Value, value: &Value, expected: &str| {
            let check = SchemaCheck::new(schemas.as_array().unwrap(), 0);
            let found = check.check_undecoded(0, value).err().map(|violation| violation.to_string());
            assert_eq!(found.unwrap_or_default(), expected, "{value} by {schemas}");
        };
        let schemas = json!([
            { "type": ["object"], "required": ["age"], "properties": { "age": 1, "kind": 2, "any": 3 } },
            { "type": ["integer"] },
            { "type": ["string"], "enum": ["dog"] },
            { "unions": [{ "alternatives": [1, 2] }] },
        ]);
        check(&schemas, &json!([1]), "$: expected the type object (`type`)");
        check(&schemas, &json!({ "age": "1" }), "$.age: expected the type integer (`type`)");
        check(&schemas, &json!({ "kind": "dog" }), "$.age: required, but missing (`required`)");
        check(&schemas, &json!({ "age": 1, "kind": "cat" }), "$.kind: expected one of `dog` (`enum`)");
        check(&schemas, &json!({ "age": 1, "any": 1.5 }), "$.any: matches no alternative of the schema");
        check(&schemas, &json!({ "age": 1.0, "kind": "dog", "any": 1 }), "");
        check(&schemas, &json!({ "age": null, "kind": null }), "");
    }

    /// Each level has two alternatives that fail at the innermost value only.
    #[test]
    fn alternatives_in_alternatives_take_limited_work() {
        let schemas = json!([
            { "unions": [{ "alternatives": [1, 2] }] },
            { "items": 0, "maxLength": 1 },
            { "items": 0, "maxLength": 2 },
        ]);
        let value = (0..100).fold(json!("abc"), |inner, _| json!([inner]));
        check(&schemas, &value, "");
    }

    #[test]
    fn schemas_that_include_one_another_end() {
        let schemas =
            json!([{ "allOf": [1] }, { "unions": [{ "alternatives": [0, 2] }] }, { "maxLength": 1 }]);
        check(&schemas, &json!("ab"), "");
        let schemas = json!([{ "properties": { "next": 0 }, "maxProperties": 1 }]);
        let value = (0..1000).fold(json!(1), |inner, _| json!({ "next": inner }));
        check(&schemas, &value, "");
    }
}

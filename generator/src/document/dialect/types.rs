//! Rewrites `type`, `const` and `enum`: at most one type name, and `nullable` instead of null.

use serde_json::Value;

use super::super::location::Location;
use super::{Dialect, Moved, Object, Origin, SchemaLocation};

/// The keywords that apply to values of one type only. All other keywords apply to all types.
const KEYWORDS: &[(&str, &[&str])] = &[
    ("string", &["minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType"]),
    ("number", NUMERIC),
    ("integer", NUMERIC),
    ("boolean", &[]),
    ("array", &["items", "prefixItems", "minItems", "maxItems", "uniqueItems"]),
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
            "patternProperties",
        ],
    ),
];
const NUMERIC: &[&str] = &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

/// The keywords that stay in a schema that allows only null.
const ANNOTATIONS: &[&str] =
    &["title", "description", "deprecated", "readOnly", "writeOnly", "default", "example", "examples"];

impl Dialect<'_> {
    pub(super) fn types(&mut self, schema: &mut Object, here: SchemaLocation<'_>, moved: &mut Moved) {
        if schema.contains_key("nullable") && self.minor > 0 {
            self.foreign_keyword("nullable", here);
        }
        if let Some(value) = schema.shift_remove("const") {
            schema.entry("enum").or_insert_with(|| Value::Array(vec![value]));
        }
        if is_null_alone(schema) {
            if self.minor == 0 && schema.contains_key("type") {
                self.foreign_keyword("type", here);
            }
            only_null(schema);
            return;
        }
        let listed = self.listed_values(schema, here);
        if let Some(Value::Array(names)) = schema.get("type") {
            if self.minor == 0 {
                self.foreign_keyword("type", here);
            }
            let names = names.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            several_types(schema, names, moved);
            self.note_split_values(schema, &listed, here);
        }
    }

    /// Removes null from `enum`, and from the lists that describe its values. Returns the values with their original
    /// positions.
    fn listed_values(&mut self, schema: &mut Object, here: SchemaLocation<'_>) -> Vec<(usize, Value)> {
        let Some(Value::Array(values)) = schema.get_mut("enum") else { return Vec::new() };
        let count = values.len();
        let is_null: Vec<bool> = values.iter().map(Value::is_null).collect();
        values.retain(|value| !value.is_null());
        let positions = (0..count).filter(|index| !is_null[*index]);
        let listed: Vec<(usize, Value)> = positions.zip(values.iter().cloned()).collect();
        if listed.len() < count {
            schema.insert("nullable".to_owned(), Value::Bool(true));
            self.note_values(listed.iter().map(|(index, _)| *index), here.at, here.original);
            for keyword in VALUE_LISTS {
                if let Some(Value::Array(described)) =
                    schema.get_mut(*keyword).filter(|it| has_len(it, count))
                {
                    let mut is_null = is_null.iter();
                    described.retain(|_| is_null.next() == Some(&false));
                }
            }
        }
        listed
    }

    /// Records the original positions of values that [`split`] has distributed among alternatives.
    fn note_split_values(&mut self, schema: &Object, listed: &[(usize, Value)], here: SchemaLocation<'_>) {
        let is_split = !listed.is_empty() && !schema.contains_key("enum");
        let Some(Value::Array(alternatives)) = schema.get("oneOf").filter(|_| is_split) else { return };
        let at = here.at.key("oneOf");
        for (index, alternative) in alternatives.iter().enumerate() {
            let Some(name) = alternative.get("type").and_then(Value::as_str) else { continue };
            let kept = listed.iter().filter(|(_, value)| is_of_type(value, name)).map(|(index, _)| *index);
            self.note_values(kept, &at.index(index), here.original);
        }
    }

    /// Records the original positions of the values of `enum`.
    fn note_values(
        &mut self,
        positions: impl Iterator<Item = usize>,
        at: &Location<'_>,
        original: &Location<'_>,
    ) {
        for (index, position) in positions.enumerate().filter(|(index, position)| index != position) {
            let (at, original) = (at.key("enum"), original.key("enum"));
            self.moves.moved_tree(at.index(index).pointer(), original.index(position).pointer());
        }
    }
}

/// The extensions that list names or descriptions of the values of `enum`.
const VALUE_LISTS: &[&str] = &["x-enum-varnames", "x-enumNames", "x-enum-descriptions", "x-enumDescriptions"];

fn has_len(value: &Value, length: usize) -> bool {
    value.as_array().is_some_and(|elements| elements.len() == length)
}

/// Returns true if a schema that has not been rewritten allows only null.
pub(super) fn is_null_alone(schema: &Object) -> bool {
    let says_null = match schema.get("type") {
        Some(Value::String(name)) => name == "null",
        Some(Value::Array(names)) => !names.is_empty() && names.iter().all(|name| name == "null"),
        _ => false,
    };
    let lists_null = match schema.get("enum") {
        Some(Value::Array(values)) => !values.is_empty() && values.iter().all(Value::is_null),
        _ => false,
    };
    says_null || lists_null || schema.get("const").is_some_and(Value::is_null)
}

/// Makes a schema allow only null.
pub(super) fn only_null(schema: &mut Object) {
    schema.retain(|keyword, _| ANNOTATIONS.contains(&keyword.as_str()) || keyword.starts_with("x-"));
    schema.insert("enum".to_owned(), Value::Array(vec![Value::Null]));
    schema.insert("nullable".to_owned(), Value::Bool(true));
}

fn several_types(schema: &mut Object, mut names: Vec<String>, moved: &mut Moved) {
    let listed = |names: &[String], wanted: &str| names.iter().any(|name| name == wanted);
    if listed(&names, "null") {
        schema.insert("nullable".to_owned(), Value::Bool(true));
    }
    let has_number = listed(&names, "number");
    let mut seen = Vec::new();
    names.retain(|name| {
        let keep = name != "null" && !(name == "integer" && has_number) && !seen.contains(name);
        seen.push(name.clone());
        keep
    });

    let any = ["string", "number", "boolean", "array", "object"];
    let composed = ["$ref", "allOf", "oneOf", "anyOf"].iter().any(|keyword| schema.contains_key(*keyword));
    if let [name] = names.as_slice() {
        schema.insert("type".to_owned(), Value::String(name.clone()));
    } else if composed || names.is_empty() || any.iter().all(|name| listed(&names, name)) {
        // The composed schemas have types of their own, or the types allow every value.
        schema.shift_remove("type");
    } else {
        split(schema, names, moved);
    }
}

/// Splits a schema into one alternative per type, each with the keywords that apply to the type.
fn split(schema: &mut Object, names: Vec<String>, moved: &mut Moved) {
    let values = match schema.shift_remove("enum") {
        Some(Value::Array(values)) => Some(values),
        _ => None,
    };
    let format = schema.shift_remove("format");
    let numeric = |name: &str| matches!(name, "number" | "integer");
    let format_of = format.as_ref().and_then(Value::as_str).and_then(|format| {
        let is_numeric = matches!(format, "int32" | "int64" | "uint32" | "uint64" | "float" | "double");
        names.iter().find(|name| if is_numeric { numeric(name) } else { *name == "string" }).cloned()
    });

    let mut alternatives = Vec::new();
    for name in names {
        let mut alternative = Object::new();
        if let Some(values) = &values {
            let values: Vec<Value> =
                values.iter().filter(|value| is_of_type(value, &name)).cloned().collect();
            if values.is_empty() {
                continue;
            }
            alternative.insert("enum".to_owned(), Value::Array(values));
        }
        if let (Some(format), true) = (&format, format_of.as_ref() == Some(&name)) {
            alternative.insert("format".to_owned(), format.clone());
        }
        let keywords = KEYWORDS.iter().find(|(of, _)| *of == name).map_or(&[][..], |(_, keywords)| keywords);
        for keyword in keywords {
            if let Some(value) = schema.shift_remove(*keyword) {
                alternative.insert((*keyword).to_owned(), value);
            }
        }
        alternative.insert("type".to_owned(), Value::String(name));
        alternatives.push(alternative);
    }
    schema.shift_remove("type");
    match <[Object; 1]>::try_from(alternatives) {
        Ok([only]) => schema.extend(only),
        Err(alternatives) => {
            (0..alternatives.len()).for_each(|index| moved.note("oneOf", Some(index), Origin::Itself));
            let alternatives = alternatives.into_iter().map(Value::Object).collect();
            schema.insert("oneOf".to_owned(), Value::Array(alternatives));
        }
    }
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "boolean",
        Value::Number(number) => name == "number" || (name == "integer" && !number.is_f64()),
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}

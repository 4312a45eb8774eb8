//! Rewrites the keywords that 3.1 added or changed, except for the keywords of `types` and `alternatives`.

use serde_json::Value;

use super::{Dialect, Moved, Object, Origin, SchemaLocation};
use crate::diagnostics::Code;

/// The unsupported keywords, each with the consequence for the client.
const UNSUPPORTED: &[(&str, &str)] = &[
    ("patternProperties", "property names are not matched against patterns"),
    ("if", "the condition is not checked"),
    ("dependentSchemas", "the dependency is not checked"),
    ("dependentRequired", "the dependency is not checked"),
    ("unevaluatedProperties", "other properties are accepted"),
    ("unevaluatedItems", "other elements are accepted"),
    ("propertyNames", "property names are not checked"),
    ("contains", "elements are not checked"),
    ("$dynamicRef", "the reference is not followed"),
];

impl Dialect<'_> {
    pub(super) fn keywords(&mut self, schema: &mut Object, here: SchemaLocation<'_>, moved: &mut Moved) {
        let unsupported = |(keyword, _): &&(&str, &str)| schema.keys().any(|key| key == keyword);
        for (keyword, consequence) in UNSUPPORTED.iter().filter(unsupported).collect::<Vec<_>>() {
            let value = schema.shift_remove(*keyword).unwrap_or_default();
            match *keyword {
                "patternProperties" => only_pattern(schema, value, moved),
                // Without `if`, these have no meaning.
                "if" => ["then", "else"].iter().for_each(|keyword| drop(schema.shift_remove(*keyword))),
                _ => {}
            }
            self.unsupported(keyword, consequence, here);
        }
        bound(schema, "exclusiveMinimum", "minimum", |exclusive, inclusive| exclusive >= inclusive);
        bound(schema, "exclusiveMaximum", "maximum", |exclusive, inclusive| exclusive <= inclusive);
        content(schema);
        self.tuple(schema, here, moved);
        if let Some(Value::Array(examples)) = schema.get("examples") {
            if let Some(first) = examples.first().cloned() {
                schema.entry("example").or_insert(first);
            }
            let examples = schema.shift_remove("examples").unwrap_or_default();
            schema.insert("x-examples".to_owned(), examples);
        }
    }

    /// Rewrites `prefixItems`, for which 3.0 has no keyword, to `items` of an array.
    ///
    /// If the length is fixed, `items` is a `oneOf` of the element schemas, marked with [`TUPLE`]. If all
    /// element schemas are equal, `items` is that schema. Otherwise, any element is accepted. An existing
    /// `items` schema stays. The element schemas are also kept in `x-prefix-items`.
    fn tuple(&mut self, schema: &mut Object, here: SchemaLocation<'_>, moved: &mut Moved) {
        let Some(Value::Array(prefix)) = schema.shift_remove("prefixItems") else { return };
        if is_exact(schema, prefix.len()) {
            schema.insert("maxItems".to_owned(), Value::from(prefix.len()));
            let elements = [("oneOf", Value::Array(prefix.clone())), (TUPLE, Value::Bool(true))];
            let elements = elements.map(|(keyword, value)| (keyword.to_owned(), value));
            schema.insert("items".to_owned(), Value::Object(Object::from_iter(elements)));
        } else if !matches!(schema.get("items"), Some(Value::Object(_))) {
            let same = prefix.first().filter(|first| prefix.iter().all(|other| other == *first)).cloned();
            match same {
                Some(_) => moved.note("items", None, Origin::Element("prefixItems", 0)),
                None => self.unsupported("prefixItems", "the elements become `serde_json::Value`", here),
            }
            schema.insert("items".to_owned(), same.unwrap_or(Value::Bool(true)));
        }
        schema.entry("type").or_insert_with(|| Value::String("array".to_owned()));
        for index in 0..prefix.len() {
            moved.note("x-prefix-items", Some(index), Origin::Element("prefixItems", index));
        }
        schema.insert("x-prefix-items".to_owned(), Value::Array(prefix));
    }

    fn unsupported(&mut self, keyword: &str, consequence: &str, here: SchemaLocation<'_>) {
        self.diagnostics.report(
            Code::UnsupportedKeyword,
            &here.original.pointer().child(keyword),
            format!("`{keyword}` is not supported: {consequence}"),
            "describe the schema without this keyword if the generated type is too general",
        );
    }
}

/// Marks `items` whose alternatives are the elements of a tuple, in order.
pub(in crate::document) const TUPLE: &str = "x-tuple";

/// The maximum length of a Rust tuple that implements `PartialEq`, `Debug` and `Default`.
const MAX_TUPLE_LEN: usize = 12;

/// Returns true if an array has exactly this number of elements.
fn is_exact(schema: &Object, length: usize) -> bool {
    let count = |keyword| schema.get(keyword).and_then(Value::as_u64).and_then(|it| usize::try_from(it).ok());
    let is_closed = schema.get("items") == Some(&Value::Bool(false)) || count("maxItems") == Some(length);
    (1..=MAX_TUPLE_LEN).contains(&length) && is_closed && count("minItems") == Some(length)
}

/// Returns the schema that matches no value, which 3.1 writes as `false`.
pub(super) fn never() -> Value {
    let anything = Value::Object(Object::new());
    Value::Object(Object::from_iter([("not".to_owned(), anything)]))
}

/// Rewrites `exclusiveMinimum: 3` to `minimum: 3` and a boolean, unless the inclusive bound is tighter.
fn bound(schema: &mut Object, exclusive: &str, inclusive: &str, tighter: fn(f64, f64) -> bool) {
    let Some(Value::Number(limit)) = schema.get(exclusive).cloned() else { return };
    let other = schema.get(inclusive).and_then(Value::as_f64);
    let holds = match (limit.as_f64(), other) {
        (Some(limit), Some(other)) => tighter(limit, other),
        _ => true,
    };
    if holds {
        schema.insert(inclusive.to_owned(), Value::Number(limit));
        schema.insert(exclusive.to_owned(), Value::Bool(true));
    } else {
        schema.shift_remove(exclusive);
    }
}

/// Rewrites `contentEncoding` and `contentMediaType` of 3.1 to `format` of 3.0.
fn content(schema: &mut Object) {
    if schema.contains_key("format") {
        return;
    }
    let text = |keyword: &str| schema.get(keyword).and_then(Value::as_str).map(str::to_ascii_lowercase);
    let format = match (text("contentEncoding").as_deref(), text("contentMediaType").as_deref()) {
        (Some("base64"), _) => "byte",
        (Some("base64url"), _) => "base64url",
        (Some("binary"), _) => "binary",
        (None, Some(media)) if !is_textual(media) => "binary",
        _ => return,
    };
    schema.insert("format".to_owned(), Value::String(format.to_owned()));
    schema.entry("type").or_insert_with(|| Value::String("string".to_owned()));
}

fn is_textual(media_type: &str) -> bool {
    media_type.starts_with("text/") || ["json", "xml", "yaml"].iter().any(|end| media_type.ends_with(end))
}

/// Rewrites a single entry of `patternProperties` to `additionalProperties`, ignoring its pattern.
fn only_pattern(schema: &mut Object, patterns: Value, moved: &mut Moved) {
    let Value::Object(patterns) = patterns else { return };
    let is_open = !matches!(schema.get("additionalProperties"), Some(Value::Object(_)));
    if let (true, 1, Some((pattern, field))) = (is_open, patterns.len(), patterns.into_iter().next()) {
        schema.insert("additionalProperties".to_owned(), field);
        moved.note("additionalProperties", None, Origin::MapEntry("patternProperties", pattern));
    }
}

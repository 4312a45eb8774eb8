//! Rewrites the keywords that 3.1 added or changed, except for the keywords of `types` and `alternatives`.

use std::collections::HashMap;

use serde_json::Value;

use super::super::grammar::{ObjectKind, READ_PARTLY};
use super::{Dialect, Moved, Object, Origin, SchemaLocation};
use crate::diagnostics::Code;

/// The unsupported keywords that can change a type, each with the consequence for the client.
const UNSUPPORTED: &[(&str, &str)] = &[
    ("if", "the condition is not checked"),
    ("dependentSchemas", "the dependency is not checked"),
    ("unevaluatedProperties", "other properties become `serde_json::Value`"),
    ("unevaluatedItems", "other elements become `serde_json::Value`"),
    ("$dynamicRef", "the reference is not followed"),
];

/// The keywords that only restrict values, like `maxLength`. The server checks them.
const RESTRICTIONS: [&str; 4] = ["propertyNames", "contains", "minContains", "maxContains"];

/// The `dependentRequired` of a schema.
pub(in crate::document) const DEPENDENT_REQUIRED: &str = "x-dependent-required";

impl Dialect<'_> {
    pub(super) fn keywords(&mut self, schema: &mut Object, here: SchemaLocation<'_>, moved: &mut Moved) {
        mark(schema);
        RESTRICTIONS.iter().for_each(|keyword| drop(schema.shift_remove(*keyword)));
        for keyword in ["unevaluatedProperties", "unevaluatedItems"] {
            // A boolean does not change the type, since other properties and elements are accepted anyway.
            if schema.get(keyword).is_some_and(Value::is_boolean) {
                schema.shift_remove(keyword);
            }
        }
        let unsupported = |(keyword, _): &&(&str, &str)| schema.keys().any(|key| key == keyword);
        for (keyword, consequence) in UNSUPPORTED.iter().filter(unsupported).collect::<Vec<_>>() {
            drop(schema.shift_remove(*keyword));
            if *keyword == "if" {
                // Without `if`, these have no meaning.
                ["then", "else"].iter().for_each(|keyword| drop(schema.shift_remove(*keyword)));
            }
            self.unsupported(keyword, consequence, here);
        }
        self.patterns(schema, here, moved);
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
    /// If the length is fixed, `items` is a `oneOf` of the element schemas, marked with [`TUPLE`]. Otherwise it is one
    /// schema for all elements: the schema of every position, or else an `anyOf`, marked with [`POSITIONS`]. If an element
    /// can be anything, any element is accepted. The element schemas are also kept in `x-prefix-items`.
    fn tuple(&mut self, schema: &mut Object, here: SchemaLocation<'_>, moved: &mut Moved) {
        let Some(Value::Array(prefix)) = schema.shift_remove("prefixItems") else { return };
        let positions = Positions::of(&prefix, schema.get("items"));
        if is_exact(schema, prefix.len()) {
            schema.insert("maxItems".to_owned(), Value::from(prefix.len()));
            let elements = [("oneOf", Value::Array(prefix.clone())), (TUPLE, Value::Bool(true))];
            let elements = elements.map(|(keyword, value)| (keyword.to_owned(), value));
            schema.insert("items".to_owned(), Value::Object(Object::from_iter(elements)));
        } else if let [only] = positions.schemas.as_slice() {
            if !is_closed(schema, prefix.len()) {
                self.unsupported("prefixItems", "further elements are read like the first ones", here);
            }
            if let Some(index) = positions.origins[0] {
                moved.note("items", None, Origin::Element("prefixItems", index));
            }
            schema.insert("items".to_owned(), only.clone());
        } else if positions.accept_anything() || !is_closed(schema, prefix.len()) {
            self.unsupported("prefixItems", "the elements become `serde_json::Value`", here);
            schema.insert("items".to_owned(), Value::Bool(true));
        } else {
            schema.insert("items".to_owned(), positions.into_items());
        }
        schema.entry("type").or_insert_with(|| Value::String("array".to_owned()));
        for index in 0..prefix.len() {
            moved.note("x-prefix-items", Some(index), Origin::Element("prefixItems", index));
        }
        schema.insert("x-prefix-items".to_owned(), Value::Array(prefix));
    }

    /// Rewrites `patternProperties` to `additionalProperties`, ignoring the patterns, if that cannot reject a valid
    /// property: all schemas are equal, and no other properties are allowed, or the object has no named ones. Otherwise,
    /// additional properties are accepted without a schema.
    fn patterns(&mut self, schema: &mut Object, here: SchemaLocation<'_>, moved: &mut Moved) {
        let Some(Value::Object(patterns)) = schema.shift_remove("patternProperties") else { return };
        let Some((pattern, first)) = patterns.iter().next() else { return };
        let additional = schema.get("additionalProperties").cloned();
        let is_closed = match &additional {
            Some(Value::Object(schema)) => Some(schema) == first.as_object(),
            Some(Value::Bool(false)) => true,
            _ => !schema.contains_key("properties"),
        };
        if !is_closed || patterns.values().any(|other| other != first) {
            schema.shift_remove("additionalProperties");
            let consequence = "properties that match a pattern become `serde_json::Value`";
            return self.unsupported("patternProperties", consequence, here);
        }
        if !matches!(additional, Some(Value::Object(_))) {
            let origin = Origin::MapEntry("patternProperties", pattern.clone());
            moved.note("additionalProperties", None, origin);
            schema.insert("additionalProperties".to_owned(), first.clone());
        }
        if matches!(additional, None | Some(Value::Bool(true))) {
            self.diagnostics.report(
                Code::UnsupportedKeyword,
                &here.original.pointer().child("patternProperties"),
                "`patternProperties` is read as `additionalProperties`: all property names are accepted",
                "add `additionalProperties: false` if no other names are valid",
            );
        }
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

/// Marks a schema if some of its keywords are about to be lost. The siblings of a reference are not marked, because a
/// reference without siblings is a different schema.
fn mark(schema: &mut Object) {
    let dependent = schema.shift_remove("dependentRequired");
    if schema.contains_key("$ref") {
        return;
    }
    let unsupported = UNSUPPORTED.iter().map(|(keyword, _)| *keyword);
    let lost = RESTRICTIONS.into_iter().chain(unsupported).chain(["patternProperties"]);
    let is_unknown =
        |keyword: &String| !keyword.starts_with("x-") && ObjectKind::Schema.shape_of(keyword).is_none();
    if lost.into_iter().any(|keyword| schema.contains_key(keyword)) || schema.keys().any(is_unknown) {
        schema.insert(READ_PARTLY.to_owned(), Value::Bool(true));
    }
    if let Some(dependent) = dependent {
        schema.insert(DEPENDENT_REQUIRED.to_owned(), dependent);
    }
}

/// Marks `items` whose alternatives are the elements of a tuple, in order.
pub(in crate::document) const TUPLE: &str = "x-tuple";

/// Marks `items` whose alternatives are the distinct elements of a list with `prefixItems`. Its value lists their indexes
/// in `prefixItems`, with null for the schema of further elements.
pub(super) const POSITIONS: &str = "x-positions";

/// The index of the alternative that further elements of a list with [`POSITIONS`] have, if any are allowed.
const REST: &str = "x-rest";

/// The distinct schemas of the elements of a list with `prefixItems`.
#[derive(Default)]
struct Positions {
    schemas: Vec<Value>,
    /// The indexes of the schemas in `prefixItems`, with `None` for the schema of further elements.
    origins: Vec<Option<usize>>,
    /// The index of the schema that further elements have.
    rest: Option<usize>,
    /// The indexes of the schemas, by their texts with sorted fields.
    known: HashMap<String, usize>,
}

impl Positions {
    fn of(prefix: &[Value], rest: Option<&Value>) -> Self {
        let mut positions = Self::default();
        for (index, schema) in prefix.iter().enumerate() {
            positions.add(schema, Some(index));
        }
        if let Some(rest @ Value::Object(_)) = rest {
            positions.rest = Some(positions.add(rest, None));
        }
        positions
    }

    fn add(&mut self, schema: &Value, origin: Option<usize>) -> usize {
        let mut sorted = schema.clone();
        sorted.sort_all_objects();
        let index = *self.known.entry(sorted.to_string()).or_insert(self.schemas.len());
        if index == self.schemas.len() {
            self.schemas.push(schema.clone());
            self.origins.push(origin);
        }
        index
    }

    /// Returns true if an element can have any value, or none is described.
    fn accept_anything(&self) -> bool {
        let is_anything =
            |schema: &Value| *schema == Value::Bool(true) || schema.as_object().is_some_and(Object::is_empty);
        self.schemas.is_empty() || self.schemas.iter().any(is_anything)
    }

    fn into_items(self) -> Value {
        let mut items = Object::new();
        items.insert("anyOf".to_owned(), Value::Array(self.schemas));
        items.insert(POSITIONS.to_owned(), self.origins.into_iter().map(Value::from).collect());
        if let Some(rest) = self.rest {
            items.insert(REST.to_owned(), Value::from(rest));
        }
        Value::Object(items)
    }
}

/// The maximum length of a Rust tuple that implements `PartialEq`, `Debug` and `Default`.
const MAX_TUPLE_LEN: usize = 12;

/// Returns true if an array has exactly this number of elements.
fn is_exact(schema: &Object, length: usize) -> bool {
    let is_longest =
        schema.get("items") == Some(&Value::Bool(false)) || count(schema, "maxItems") == Some(length);
    (1..=MAX_TUPLE_LEN).contains(&length) && is_longest && count(schema, "minItems") == Some(length)
}

/// Returns true if the elements after the first `length` ones have a schema, or do not exist.
fn is_closed(schema: &Object, length: usize) -> bool {
    matches!(schema.get("items"), Some(Value::Bool(false) | Value::Object(_)))
        || count(schema, "maxItems").is_some_and(|most| most <= length)
}

fn count(schema: &Object, keyword: &str) -> Option<usize> {
    schema.get(keyword).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok())
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

/// Rewrites `contentEncoding` and `contentMediaType` of 3.1 to `format` of 3.0. The media type remains as an extension.
fn content(schema: &mut Object) {
    if let Some(media_type) = schema.get("contentMediaType").filter(|it| it.is_string()).cloned() {
        schema.insert("x-content-media-type".to_owned(), media_type);
    }
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

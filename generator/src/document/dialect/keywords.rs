//! The keywords that 3.1 added or changed, apart from those about types and alternatives.

use serde_json::Value;

use super::{Dialect, Moved, Object, Origin, Spot};
use crate::diagnostics::Code;

/// What a client cannot make use of, and what becomes of it.
const UNSUPPORTED: &[(&str, &str)] = &[
    ("patternProperties", "members are taken by their names, not by patterns"),
    ("if", "the condition is not checked"),
    ("dependentSchemas", "the dependency is not checked"),
    ("dependentRequired", "the dependency is not checked"),
    ("unevaluatedProperties", "further members are accepted"),
    ("unevaluatedItems", "further elements are accepted"),
    ("propertyNames", "names of members are not checked"),
    ("contains", "elements are not checked"),
    ("$dynamicRef", "the reference is not followed"),
];

impl Dialect<'_> {
    pub(super) fn keywords(&mut self, schema: &mut Object, spot: Spot<'_>, moved: &mut Moved) {
        let unsupported = |(keyword, _): &&(&str, &str)| schema.keys().any(|key| key == keyword);
        for (keyword, consequence) in UNSUPPORTED.iter().filter(unsupported).collect::<Vec<_>>() {
            let value = schema.shift_remove(*keyword).unwrap_or_default();
            match *keyword {
                "patternProperties" => only_pattern(schema, value, moved),
                // They say nothing without a condition.
                "if" => ["then", "else"].iter().for_each(|keyword| drop(schema.shift_remove(*keyword))),
                _ => {}
            }
            self.unsupported(keyword, consequence, spot);
        }
        bound(schema, "exclusiveMinimum", "minimum", |exclusive, inclusive| exclusive >= inclusive);
        bound(schema, "exclusiveMaximum", "maximum", |exclusive, inclusive| exclusive <= inclusive);
        content(schema);
        self.tuple(schema, spot, moved);
        if let Some(Value::Array(examples)) = schema.get("examples") {
            if let Some(first) = examples.first().cloned() {
                schema.entry("example").or_insert(first);
            }
            let examples = schema.shift_remove("examples").unwrap_or_default();
            schema.insert("x-examples".to_owned(), examples);
        }
    }

    /// What 3.0 has no word for is a list; what each place holds is kept aside. Where it is sure how many there are, the
    /// places are the alternatives of `items`, marked as those of a tuple; where all hold the same, so does the list.
    fn tuple(&mut self, schema: &mut Object, spot: Spot<'_>, moved: &mut Moved) {
        let Some(Value::Array(prefix)) = schema.shift_remove("prefixItems") else { return };
        if is_exact(schema, prefix.len()) {
            schema.insert("maxItems".to_owned(), Value::from(prefix.len()));
            let places = [("oneOf", Value::Array(prefix.clone())), (TUPLE, Value::Bool(true))];
            let places = places.map(|(keyword, value)| (keyword.to_owned(), value));
            schema.insert("items".to_owned(), Value::Object(Object::from_iter(places)));
        } else if !matches!(schema.get("items"), Some(Value::Object(_))) {
            let same = prefix.first().filter(|first| prefix.iter().all(|other| other == *first)).cloned();
            match same {
                Some(_) => moved.note("items", None, Origin::Element("prefixItems", 0)),
                None => self.unsupported("prefixItems", "any value is accepted at each place", spot),
            }
            schema.insert("items".to_owned(), same.unwrap_or(Value::Bool(true)));
        }
        schema.entry("type").or_insert_with(|| Value::String("array".to_owned()));
        for index in 0..prefix.len() {
            moved.note("x-prefix-items", Some(index), Origin::Element("prefixItems", index));
        }
        schema.insert("x-prefix-items".to_owned(), Value::Array(prefix));
    }

    fn unsupported(&mut self, keyword: &str, consequence: &str, spot: Spot<'_>) {
        self.diagnostics.report(
            Code::UnsupportedKeyword,
            &spot.written.pointer().child(keyword),
            format!("`{keyword}` has no counterpart in the client: {consequence}"),
            "if the type in the client is too wide, describe it without the keyword",
        );
    }
}

/// Marks `items` whose alternatives are the places of a tuple, one after the other.
pub(in crate::document) const TUPLE: &str = "x-tuple";

/// The most places that a tuple of Rust may have, and still be compared, shown and made empty.
const PLACES: usize = 12;

/// Whether a list has all of these places, and no more.
fn is_exact(schema: &Object, places: usize) -> bool {
    let count = |keyword| schema.get(keyword).and_then(Value::as_u64).and_then(|it| usize::try_from(it).ok());
    let is_closed = schema.get("items") == Some(&Value::Bool(false)) || count("maxItems") == Some(places);
    (1..=PLACES).contains(&places) && is_closed && count("minItems") == Some(places)
}

/// `false`: the schema that no value satisfies.
pub(super) fn never() -> Value {
    let anything = Value::Object(Object::new());
    Value::Object(Object::from_iter([("not".to_owned(), anything)]))
}

/// `exclusiveMinimum: 3` becomes `minimum: 3` and a flag, unless an inclusive bound is the tighter one.
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

/// 3.1 says by the encoding of a string's content what 3.0 says by its format.
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

/// Members that all match one pattern are those of a map, whatever their names.
fn only_pattern(schema: &mut Object, patterns: Value, moved: &mut Moved) {
    let Value::Object(patterns) = patterns else { return };
    let is_open = !matches!(schema.get("additionalProperties"), Some(Value::Object(_)));
    if let (true, 1, Some((pattern, member))) = (is_open, patterns.len(), patterns.into_iter().next()) {
        schema.insert("additionalProperties".to_owned(), member);
        moved.note("additionalProperties", None, Origin::Member("patternProperties", pattern));
    }
}

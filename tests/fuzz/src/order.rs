//! Shuffles documents where order is insignificant.
//!
//! Order is significant in every list, and in maps that authors order for readers: paths, properties, media types,
//! values of a mapping. It is insignificant for the fields of an OpenAPI object, such as `type` and `format`, for
//! components of every section, and for the schemas in `$defs`. If a reference stands in place of
//! such a map, the order of its target is significant too.

use std::collections::HashSet;

use serde_json::{Map, Value};

/// The fields whose own entries have a significant order.
const ORDERED_MAPS: &[&str] = &[
    "paths",
    "properties",
    "content",
    "mapping",
    "responses",
    "headers",
    "parameters",
    "webhooks",
    "callbacks",
    "encoding",
    "variables",
    "scopes",
    "patternProperties",
    "dependentSchemas",
];

/// The fields that contain arbitrary data, or no OpenAPI objects.
const DATA_KEYS: &[&str] = &["default", "enum", "const", "example", "examples", "security"];

/// Returns the document in an order that depends on `seed`.
pub fn shuffled(document: &Value, seed: u64) -> Value {
    let mut ordered = HashSet::new();
    add_ordered_targets(document, document, &mut ordered);
    let mut shuffle = Shuffle { state: seed | 1, ordered };
    shuffle.object(document)
}

/// Adds the targets of all references that are written in place of a map with a significant order.
fn add_ordered_targets(value: &Value, document: &Value, ordered: &mut HashSet<*const Value>) {
    match value {
        Value::Array(elements) => {
            elements.iter().for_each(|element| add_ordered_targets(element, document, ordered));
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                if ORDERED_MAPS.contains(&key.as_str()) {
                    let mut next = target(field, document);
                    while let Some(target_value) = next.filter(|it| ordered.insert(std::ptr::from_ref(*it))) {
                        next = target(target_value, document);
                    }
                }
                add_ordered_targets(field, document, ordered);
            }
        }
        _ => {}
    }
}

/// Returns the target of a reference to a value of the document.
fn target<'a>(value: &Value, document: &'a Value) -> Option<&'a Value> {
    document.pointer(value.get("$ref")?.as_str()?.strip_prefix('#')?)
}

struct Shuffle {
    state: u64,
    /// The objects whose own fields have a significant order.
    ordered: HashSet<*const Value>,
}

impl Shuffle {
    fn next(&mut self, below: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state % below as u64).unwrap_or_default()
    }

    /// Returns the fields of an object in another order, if their order is insignificant.
    fn order(&mut self, object: &Value, fields: Map<String, Value>) -> Value {
        if self.ordered.contains(&std::ptr::from_ref(object)) {
            return Value::Object(fields);
        }
        let mut remaining: Vec<(String, Value)> = fields.into_iter().collect();
        let mut ordered = Map::new();
        while !remaining.is_empty() {
            let (key, value) = remaining.swap_remove(self.next(remaining.len()));
            ordered.insert(key, value);
        }
        Value::Object(ordered)
    }

    /// Shuffles an OpenAPI object.
    fn object(&mut self, value: &Value) -> Value {
        let Value::Object(fields) = value else { return self.inside(value) };
        let fields = fields.iter().map(|(key, field)| {
            let field = match key.as_str() {
                key if DATA_KEYS.contains(&key) || key.starts_with("x-") => field.clone(),
                key if ORDERED_MAPS.contains(&key) => self.inside(field),
                "components" => self.sections(field),
                "$defs" => self.unordered(field),
                _ => self.object(field),
            };
            (key.clone(), field)
        });
        let fields = fields.collect();
        self.order(value, fields)
    }

    /// Shuffles the objects in a map or a list, which keeps its own order.
    fn inside(&mut self, value: &Value) -> Value {
        match value {
            Value::Array(elements) => elements.iter().map(|element| self.object(element)).collect(),
            Value::Object(fields) => {
                Value::Object(fields.iter().map(|(key, field)| (key.clone(), self.object(field))).collect())
            }
            other => other.clone(),
        }
    }

    /// Shuffles the objects in a map, and the map.
    fn unordered(&mut self, value: &Value) -> Value {
        match self.inside(value) {
            Value::Object(fields) => self.order(value, fields),
            other => other,
        }
    }

    fn sections(&mut self, value: &Value) -> Value {
        let Value::Object(sections) = value else { return value.clone() };
        let sections = sections.iter().map(|(key, section)| {
            let section = if key == "examples" { section.clone() } else { self.unordered(section) };
            (key.clone(), section)
        });
        let sections = sections.collect();
        self.order(value, sections)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Checks that some order of a document is written as `after`, or that none is.
    #[track_caller]
    fn check(before: &Value, after: &str, is_possible: bool) {
        let mut written = (0..100).map(|seed| shuffled(before, seed).to_string());
        let found = written.any(|text| text == after);
        assert_eq!(found, is_possible, "{after}");
    }

    #[test]
    fn only_insignificant_order_changes() {
        check(&json!({ "type": "a", "format": "b" }), r#"{"format":"b","type":"a"}"#, true);
        check(&json!({ "properties": { "a": {}, "b": {} } }), r#"{"properties":{"b":{},"a":{}}}"#, false);
        check(&json!({ "enum": [1, 2] }), r#"{"enum":[2,1]}"#, false);
        check(&json!({ "$defs": { "a": {}, "b": {} } }), r#"{"$defs":{"b":{},"a":{}}}"#, true);
    }

    #[test]
    fn the_target_of_a_reference_in_place_of_a_map_keeps_its_order() {
        let document = |key: &str| json!({ "x": { key: { "$ref": "#/y" } }, "y": { "a": 1, "b": 2 } });
        check(&document("properties"), r##"{"x":{"properties":{"$ref":"#/y"}},"y":{"b":2,"a":1}}"##, false);
        let components = |key: &str| json!({ key: { "$ref": "#/components/schemas" }, "components": { "schemas": { "a": 1, "b": 2 } } });
        let shuffled =
            r##"{"properties":{"$ref":"#/components/schemas"},"components":{"schemas":{"b":2,"a":1}}}"##;
        check(&components("properties"), shuffled, false);
        check(&components("items"), &shuffled.replace("properties", "items"), true);
        check(&document("items"), r##"{"x":{"items":{"$ref":"#/y"}},"y":{"b":2,"a":1}}"##, true);
    }
}

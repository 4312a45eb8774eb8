//! Shuffles documents where order is insignificant.
//!
//! Order is significant in every list, and in maps that authors order for readers: paths, properties, media types,
//! examples, security schemes, values of a mapping. It is insignificant for the fields of an OpenAPI object, such as
//! `type` and `format`, and for the other components.

use serde_json::{Map, Value};

/// The fields whose own entries have a significant order.
const ORDERED_MAPS: &[&str] = &[
    "paths",
    "properties",
    "$defs",
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

/// The components whose order is significant: the README introduces the first security scheme first.
const ORDERED_COMPONENTS: &str = "securitySchemes";

/// The fields that contain arbitrary data, or no OpenAPI objects.
const DATA_KEYS: &[&str] = &["default", "enum", "const", "example", "examples", "security"];

/// Returns the document in an order that depends on `seed`.
pub fn shuffled(document: &Value, seed: u64) -> Value {
    let mut shuffle = Shuffle { state: seed | 1 };
    let mut document = shuffle.object(document);
    if let Some(Value::Object(components)) = document.get_mut("components") {
        let sections = std::mem::take(components);
        for (section, fields) in sections {
            let fields = match fields {
                Value::Object(fields) if section != ORDERED_COMPONENTS => {
                    Value::Object(shuffle.order(fields))
                }
                other => other,
            };
            components.insert(section, fields);
        }
    }
    document
}

struct Shuffle {
    state: u64,
}

impl Shuffle {
    fn next(&mut self, below: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state % below as u64).unwrap_or_default()
    }

    fn order(&mut self, fields: Map<String, Value>) -> Map<String, Value> {
        let mut remaining: Vec<(String, Value)> = fields.into_iter().collect();
        let mut ordered = Map::new();
        while !remaining.is_empty() {
            let (key, value) = remaining.swap_remove(self.next(remaining.len()));
            ordered.insert(key, value);
        }
        ordered
    }

    /// Shuffles an OpenAPI object.
    fn object(&mut self, value: &Value) -> Value {
        let Value::Object(fields) = value else { return self.inside(value) };
        let fields = fields.iter().map(|(key, field)| {
            let field = match key.as_str() {
                key if DATA_KEYS.contains(&key) || key.starts_with("x-") => field.clone(),
                key if ORDERED_MAPS.contains(&key) => self.inside(field),
                "components" => self.sections(field),
                _ => self.object(field),
            };
            (key.clone(), field)
        });
        let fields = fields.collect();
        Value::Object(self.order(fields))
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

    fn sections(&mut self, value: &Value) -> Value {
        let Value::Object(sections) = value else { return value.clone() };
        Value::Object(
            sections.iter().map(|(key, section)| (key.clone(), self.section(key, section))).collect(),
        )
    }

    fn section(&mut self, key: &str, section: &Value) -> Value {
        if key == "examples" { section.clone() } else { self.inside(section) }
    }
}

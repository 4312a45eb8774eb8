//! Shuffles documents where order is insignificant.
//!
//! Order is significant in every list, and in maps that authors order for readers: paths, properties, media types,
//! values of a mapping. It is insignificant for the fields of an OpenAPI object, such as `type` and `format`, for
//! components of every section, and for the schemas in `$defs`.

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
    let mut shuffle = Shuffle { state: seed | 1 };
    shuffle.object(document)
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
                "$defs" => self.unordered(field),
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

    /// Shuffles the objects in a map, and the map.
    fn unordered(&mut self, value: &Value) -> Value {
        match self.inside(value) {
            Value::Object(fields) => Value::Object(self.order(fields)),
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
        Value::Object(self.order(sections))
    }
}

//! Documents in another order, where order carries no meaning.
//!
//! It carries one among the paths, the properties of a schema, the media types of a body and the values of a mapping,
//! which people order for readers; and in every list. It carries none among the members that OpenAPI lists for an
//! object, such as `type` and `format`, and among components.

use serde_json::{Map, Value};

/// The members whose own members are ordered.
const ORDERED: &[&str] = &[
    "paths",
    "properties",
    "$defs",
    "content",
    "mapping",
    "responses",
    "headers",
    "examples",
    "parameters",
    "security",
];

/// The members that hold their owner's data.
const DATA: &[&str] = &["default", "enum", "const", "example"];

/// The document with its objects in an order that `seed` decides.
pub(crate) fn shuffled(document: &Value, seed: u64) -> Value {
    let mut shuffle = Shuffle { state: seed | 1 };
    let mut document = shuffle.object(document);
    if let Some(Value::Object(components)) = document.get_mut("components") {
        let sections = std::mem::take(components);
        for (section, members) in sections {
            let members = match members {
                Value::Object(members) => Value::Object(shuffle.order(members)),
                other => other,
            };
            components.insert(section, members);
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

    fn order(&mut self, members: Map<String, Value>) -> Map<String, Value> {
        let mut left: Vec<(String, Value)> = members.into_iter().collect();
        let mut ordered = Map::new();
        while !left.is_empty() {
            let (key, value) = left.swap_remove(self.next(left.len()));
            ordered.insert(key, value);
        }
        ordered
    }

    /// An object of OpenAPI, whose members have no order.
    fn object(&mut self, value: &Value) -> Value {
        let Value::Object(members) = value else { return self.inside(value) };
        let members = members.iter().map(|(key, member)| {
            let member = match key.as_str() {
                key if DATA.contains(&key) => member.clone(),
                key if ORDERED.contains(&key) => self.inside(member),
                "components" => self.sections(member),
                _ => self.object(member),
            };
            (key.clone(), member)
        });
        let members = members.collect();
        Value::Object(self.order(members))
    }

    /// A map or a list, which keeps its order.
    fn inside(&mut self, value: &Value) -> Value {
        match value {
            Value::Array(elements) => elements.iter().map(|element| self.object(element)).collect(),
            Value::Object(members) => Value::Object(
                members.iter().map(|(key, member)| (key.clone(), self.object(member))).collect(),
            ),
            other => other.clone(),
        }
    }

    fn sections(&mut self, value: &Value) -> Value {
        let Value::Object(sections) = value else { return value.clone() };
        Value::Object(sections.iter().map(|(key, section)| (key.clone(), self.inside(section))).collect())
    }
}

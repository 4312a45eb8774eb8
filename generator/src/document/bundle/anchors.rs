//! The names that schemas give themselves: `$anchor`, `$dynamicAnchor` and `$id`.
//!
//! Imports `diagnostics`.

use std::collections::HashMap;

use serde_json::Value;

use crate::diagnostics::Pointer;

/// The members that hold their owner's data, in which a `$anchor` is one by chance.
const DATA: [&str; 6] = ["example", "examples", "default", "enum", "const", "value"];

/// The schemas of one text by the names that they have of themselves.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    anchors: HashMap<String, Pointer>,
    ids: HashMap<String, Pointer>,
}

impl Anchors {
    pub(super) fn of(value: &Value) -> Self {
        let mut anchors = Self::default();
        anchors.collect(value, &Pointer::root());
        anchors
    }

    /// The schema whose `$anchor` this is.
    pub(super) fn anchor(&self, name: &str) -> Option<&Pointer> {
        self.anchors.get(name)
    }

    /// The schema whose `$id` this is.
    pub(super) fn id(&self, id: &str) -> Option<&Pointer> {
        self.ids.get(id)
    }

    fn collect(&mut self, value: &Value, at: &Pointer) {
        match value {
            Value::Object(members) => {
                let text = |key: &str| members.get(key).and_then(Value::as_str);
                for name in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
                    self.anchors.entry(name.to_owned()).or_insert_with(|| at.clone());
                }
                if let Some(id) = text("$id") {
                    let id = id.strip_suffix('#').unwrap_or(id).to_owned();
                    self.ids.entry(id).or_insert_with(|| at.clone());
                }
                let schemas = members.iter().filter(|(key, _)| !DATA.contains(&key.as_str()));
                schemas.for_each(|(key, member)| self.collect(member, &at.child(key)));
            }
            Value::Array(elements) => {
                let elements = elements.iter().enumerate();
                elements.for_each(|(index, element)| self.collect(element, &at.index(index)));
            }
            _ => {}
        }
    }
}

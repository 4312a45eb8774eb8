//! The names that schemas give themselves: `$anchor`, `$dynamicAnchor` and `$id`.
//!
//! What a `$dynamicRef` names depends on who refers to the schema that it stands in (JSON Schema 2020-12, core, section
//! 8.2.3.2); but where only one schema of a text has the name, it is that one. Imports `diagnostics`.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::diagnostics::Pointer;

/// The members that hold their owner's data, in which a `$anchor` is one by chance.
const DATA: [&str; 6] = ["example", "examples", "default", "enum", "const", "value"];

/// The schemas of one text by the names that they have of themselves.
///
/// Of two with one name it is the first.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    anchors: HashMap<String, Pointer>,
    ids: HashMap<String, Pointer>,
}

/// Makes each `$dynamicRef` a `$ref` where it can mean only one schema of its text. Others stay, and are reported as what
/// they are: a keyword that is not followed.
pub(super) fn settle(text: &mut Value) {
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut count = |members: &mut Map<String, Value>| {
        // What is no `$dynamicAnchor` depends on nobody.
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let Some(Value::String(name)) = members.get(keyword) {
                *names.entry(name.clone()).or_default() += 1;
            }
        }
    };
    each_object(text, &mut count);
    let mut settle = |members: &mut Map<String, Value>| {
        let Some(Value::String(reference)) = members.get("$dynamicRef") else { return };
        let is_place = reference.starts_with("#/") || reference == "#";
        let is_one = reference.strip_prefix('#').is_some_and(|name| names.get(name) == Some(&1));
        if (is_place || is_one) && !members.contains_key("$ref") {
            let reference = members.shift_remove("$dynamicRef").unwrap_or_default();
            members.insert("$ref".to_owned(), reference);
        }
    };
    each_object(text, &mut settle);
}

/// Hands over every object of a text, but for those that are data.
fn each_object(value: &mut Value, see: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(members) => {
            see(members);
            let schemas = members.iter_mut().filter(|(key, _)| !DATA.contains(&key.as_str()));
            schemas.for_each(|(_, member)| each_object(member, see));
        }
        Value::Array(elements) => elements.iter_mut().for_each(|element| each_object(element, see)),
        _ => {}
    }
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

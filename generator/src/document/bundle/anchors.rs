//! Finds schemas by `$anchor`, `$dynamicAnchor` and `$id`.
//!
//! The target of a `$dynamicRef` depends on the schema from which its schema was reached (JSON Schema
//! 2020-12, core, section 8.2.3.2). If only one schema of a file has the anchor, that schema is the target in
//! any case. Others are bound by `templates`. Imports `diagnostics`.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_json::{Map, Value};

use crate::diagnostics::Pointer;

/// The fields that contain data of the user, in which `$anchor` is an ordinary key.
const DATA_KEYS: [&str; 6] = ["example", "examples", "default", "enum", "const", "value"];

/// The schemas of one file by anchor and by id.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    anchors: HashMap<String, Named>,
    ids: HashMap<String, Named>,
}

/// The locations of the schemas with one name.
#[derive(Debug)]
pub(super) struct Named {
    /// The location to which references lead: the first one in alphabetical order, whatever the order of the components.
    pub(super) first: Pointer,
    /// The keyword at that location.
    keyword: &'static str,
    /// The keyword at another location with the same name. Of several, the first in alphabetical order counts.
    pub(super) other: Option<(Pointer, &'static str)>,
}

/// Replaces each `$dynamicRef` that has only one possible target in its file by a `$ref`.
///
/// Any other `$dynamicRef` stays for `templates`.
pub(super) fn resolve_dynamic_references(text: &mut Value) {
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut count = |fields: &mut Map<String, Value>| {
        // A `$dynamicRef` can refer to an `$anchor` too.
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let Some(Value::String(name)) = fields.get(keyword) {
                *names.entry(name.clone()).or_default() += 1;
            }
        }
    };
    each_object(text, &mut count);
    let mut replace_reference = |fields: &mut Map<String, Value>| {
        let Some(Value::String(reference)) = fields.get("$dynamicRef") else { return };
        let is_pointer = reference.starts_with("#/") || reference == "#";
        let is_one = reference.strip_prefix('#').is_some_and(|name| names.get(name) == Some(&1));
        if (is_pointer || is_one) && !fields.contains_key("$ref") {
            let reference = fields.shift_remove("$dynamicRef").unwrap_or_default();
            fields.insert("$ref".to_owned(), reference);
        }
    };
    each_object(text, &mut replace_reference);
}

/// Calls `visit` for every object in a value, except inside [`DATA_KEYS`].
fn each_object(value: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(fields) => {
            visit(fields);
            let schemas = fields.iter_mut().filter(|(key, _)| !DATA_KEYS.contains(&key.as_str()));
            schemas.for_each(|(_, field)| each_object(field, visit));
        }
        Value::Array(elements) => elements.iter_mut().for_each(|element| each_object(element, visit)),
        _ => {}
    }
}

impl Anchors {
    /// Collects the anchors and ids of a file.
    pub(super) fn of(value: &Value) -> Self {
        let mut anchors = Self::default();
        anchors.collect(value, &Pointer::root());
        anchors
    }

    /// Returns the location of the schema with this `$anchor` or `$dynamicAnchor`.
    pub(super) fn anchor(&self, name: &str) -> Option<&Named> {
        self.anchors.get(name)
    }

    /// Returns the location of the schema with this `$id`.
    pub(super) fn id(&self, id: &str) -> Option<&Named> {
        self.ids.get(id)
    }

    fn collect(&mut self, value: &Value, at: &Pointer) {
        match value {
            Value::Object(fields) => {
                let text = |key: &str| fields.get(key).and_then(Value::as_str);
                for keyword in ["$anchor", "$dynamicAnchor"] {
                    text(keyword).into_iter().for_each(|name| add(&mut self.anchors, name, at, keyword));
                }
                if let Some(id) = text("$id") {
                    add(&mut self.ids, id.strip_suffix('#').unwrap_or(id), at, "$id");
                }
                let schemas = fields.iter().filter(|(key, _)| !DATA_KEYS.contains(&key.as_str()));
                schemas.for_each(|(key, field)| self.collect(field, &at.child(key)));
            }
            Value::Array(elements) => {
                let elements = elements.iter().enumerate();
                elements.for_each(|(index, element)| self.collect(element, &at.index(index)));
            }
            _ => {}
        }
    }
}

fn add(named: &mut HashMap<String, Named>, name: &str, at: &Pointer, keyword: &'static str) {
    let known = match named.entry(name.to_owned()) {
        Entry::Vacant(entry) => {
            entry.insert(Named { first: at.clone(), keyword, other: None });
            return;
        }
        Entry::Occupied(entry) => entry.into_mut(),
    };
    // A schema can have the same name as `$anchor` and as `$dynamicAnchor`.
    if known.first == *at {
        return;
    }
    let mut second = (at.clone(), keyword);
    if *at < known.first {
        second =
            (std::mem::replace(&mut known.first, at.clone()), std::mem::replace(&mut known.keyword, keyword));
    }
    if known.other.as_ref().is_none_or(|other| second < *other) {
        known.other = Some(second);
    }
}

//! Random mutations of documents.

use proptest::prelude::*;
use serde_json::Value;

use super::documents::{data, schema};

/// Documents after a few mutations.
pub(crate) fn mutated(documents: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let junk = prop_oneof![data(), schema()];
    let mutation = (any::<prop::sample::Index>(), 0..4_u8, junk);
    (documents, prop::collection::vec(mutation, 1..4)).prop_map(|(mut document, mutations)| {
        for (location, kind, junk) in mutations {
            let location = location.index(count(&document));
            let other = nth(&mut document, location / 2).map(|node| node.clone());
            let Some(node) = nth(&mut document, location) else { continue };
            match (kind, node) {
                (0, node) => *node = junk,
                (1, node) => *node = other.unwrap_or(junk),
                (2, Value::Object(children)) => {
                    drop(children.keys().next_back().cloned().and_then(|key| children.shift_remove(&key)))
                }
                (2, Value::Array(elements)) => drop(elements.pop()),
                (_, Value::Object(children)) => {
                    let key = junk.as_str().unwrap_or("$ref").to_owned();
                    children.insert(key, other.unwrap_or(junk));
                }
                (_, Value::Array(elements)) => elements.push(junk),
                (_, node) => *node = Value::Array(vec![node.take()]),
            }
        }
        document
    })
}

/// JSON or YAML texts of documents after a mutation of the text.
pub(crate) fn mutated_text(documents: impl Strategy<Value = Value>) -> impl Strategy<Value = String> {
    let stray = prop::sample::select(
        &[
            "", "{", "}", "[", "]", "\"", "'", ":", ",", "\n", "  ", "\t", "- ", "&a ", "*a", "<<: ", "? ",
            "!t ", "\u{feff}", "é", "%",
        ][..],
    );
    let (start, length) = (any::<prop::sample::Index>(), 0..20_usize);
    (documents, any::<bool>(), start, length, stray).prop_map(|(document, is_yaml, start, length, stray)| {
        let text =
            if is_yaml { serde_yaml::to_string(&document).unwrap_or_default() } else { document.to_string() };
        let characters: Vec<char> = text.chars().collect();
        let start = start.index(characters.len() + 1);
        let end = (start + length).min(characters.len());
        let (before, after) = (&characters[..start], &characters[end..]);
        before.iter().copied().chain(stray.chars()).chain(after.iter().copied()).collect()
    })
}

fn children(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(elements) => elements.iter().collect(),
        Value::Object(children) => children.values().collect(),
        _ => Vec::new(),
    }
}

fn count(value: &Value) -> usize {
    children(value).into_iter().map(count).sum::<usize>() + 1
}

/// Returns the nth value of a document in depth-first order.
fn nth(value: &mut Value, mut index: usize) -> Option<&mut Value> {
    if index == 0 {
        return Some(value);
    }
    index -= 1;
    let children: Vec<&mut Value> = match value {
        Value::Array(elements) => elements.iter_mut().collect(),
        Value::Object(children) => children.values_mut().collect(),
        _ => Vec::new(),
    };
    for child in children {
        let size = count(child);
        if index < size {
            return nth(child, index);
        }
        index -= size;
    }
    None
}

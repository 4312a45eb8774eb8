//! Documents in which something is wrong.

use proptest::prelude::*;
use serde_json::Value;

use super::documents::{data, schema};

/// A document after a few accidents.
pub(crate) fn damaged(documents: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let junk = prop_oneof![data(), schema()];
    let accident = (any::<prop::sample::Index>(), 0..4_u8, junk);
    (documents, prop::collection::vec(accident, 1..4)).prop_map(|(mut document, accidents)| {
        for (place, kind, junk) in accidents {
            let place = place.index(count(&document));
            let elsewhere = nth(&mut document, place / 2).map(|node| node.clone());
            let Some(node) = nth(&mut document, place) else { continue };
            match (kind, node) {
                (0, node) => *node = junk,
                (1, node) => *node = elsewhere.unwrap_or(junk),
                (2, Value::Object(members)) => {
                    drop(members.keys().last().cloned().and_then(|key| members.shift_remove(&key)))
                }
                (2, Value::Array(elements)) => drop(elements.pop()),
                (_, Value::Object(members)) => {
                    let key = junk.as_str().unwrap_or("$ref").to_owned();
                    members.insert(key, elsewhere.unwrap_or(junk));
                }
                (_, Value::Array(elements)) => elements.push(junk),
                (_, node) => *node = Value::Array(vec![node.take()]),
            }
        }
        document
    })
}

/// The text of a document, JSON or YAML, after an accident.
pub(crate) fn damaged_text(documents: impl Strategy<Value = Value>) -> impl Strategy<Value = String> {
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

fn inside(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(elements) => elements.iter().collect(),
        Value::Object(members) => members.values().collect(),
        _ => Vec::new(),
    }
}

fn count(value: &Value) -> usize {
    inside(value).into_iter().map(count).sum::<usize>() + 1
}

/// The nth value of a document, from the outside in.
fn nth(value: &mut Value, mut index: usize) -> Option<&mut Value> {
    if index == 0 {
        return Some(value);
    }
    index -= 1;
    let members: Vec<&mut Value> = match value {
        Value::Array(elements) => elements.iter_mut().collect(),
        Value::Object(members) => members.values_mut().collect(),
        _ => Vec::new(),
    };
    for member in members {
        let size = count(member);
        if index < size {
            return nth(member, index);
        }
        index -= size;
    }
    None
}

// @generated from the OpenAPI document. Change the document, and generate again.

//! The memory of a tree of [`Value`]s, computed from its JSON before it is parsed.

use std::any::type_name;
use std::collections::BTreeMap;

use super::{Object, Value, parts};

/// The arrays and objects inside one another that a tree can have. serde_json refuses more.
const MAX_DEPTH: usize = 128;

/// The bytes that an allocator needs for itself for each allocation.
const ALLOCATION: usize = 16;

/// The items for which a list has space as soon as it has one.
const FIRST_ITEMS: usize = 4;

/// The bytes for which the text of a number has space as soon as it has one.
const FIRST_DIGITS: usize = 16;

/// The entries of a node of a `BTreeMap`.
const NODE: usize = 11;

/// True if objects are sorted maps. With the feature `preserve_order` of serde_json, they are hash tables.
const IS_SORTED: bool = size_of::<Object>() == size_of::<BTreeMap<String, Value>>();

/// True if numbers are kept as text, with the feature `arbitrary_precision` of serde_json.
const NUMBERS_ARE_TEXT: bool = size_of::<serde_json::Number>() == size_of::<String>();

/// Returns true for the types of trees.
pub(super) fn is_tree<T>() -> bool {
    let name = type_name::<T>();
    [type_name::<Value>(), type_name::<Object>(), type_name::<Option<Value>>(), type_name::<Option<Object>>()]
        .contains(&name)
}

/// Returns the memory of a string, in bytes.
pub(super) fn of_string(json: &str) -> usize {
    json.len() + ALLOCATION
}

/// Returns the memory of the tree of valid JSON, in bytes.
pub(super) fn of(json: &str) -> usize {
    // The commas in each container that is open.
    let mut commas = [0_usize; MAX_DEPTH];
    let mut depth = 0_usize;
    let mut is_empty = true;
    let mut size = 0_usize;
    let mut rest = json.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        match byte {
            b'"' => {
                let length = parts::string_length(rest);
                size = size.saturating_add(length + ALLOCATION);
                rest = rest.get(length..).unwrap_or_default();
                is_empty = false;
                continue;
            }
            b'{' | b'[' => {
                if let Some(commas) = commas.get_mut(depth) {
                    *commas = 0;
                }
                depth += 1;
                is_empty = true;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                let parts = commas.get(depth).filter(|_| !is_empty).map_or(0, |commas| commas + 1);
                size = size.saturating_add(if *byte == b'}' { object(parts) } else { list(parts) });
                is_empty = false;
            }
            b',' => {
                if let Some(commas) = depth.checked_sub(1).and_then(|depth| commas.get_mut(depth)) {
                    *commas += 1;
                }
            }
            b' ' | b'\n' | b'\r' | b'\t' => {}
            b'-' | b'0'..=b'9' if NUMBERS_ARE_TEXT => {
                let is_part = |byte: &&u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
                let length = rest.iter().take_while(is_part).count();
                // The text grows to twice its size while it is read.
                let capacity = length.next_power_of_two().max(FIRST_DIGITS);
                size = size.saturating_add(capacity + ALLOCATION);
                rest = rest.get(length..).unwrap_or_default();
                is_empty = false;
                continue;
            }
            _ => is_empty = false,
        }
        rest = behind;
    }
    size
}

/// Returns the memory of a list, which grows to twice its size.
fn list(items: usize) -> usize {
    match items {
        0 => 0,
        _ => items.next_power_of_two().max(FIRST_ITEMS) * size_of::<Value>() + ALLOCATION,
    }
}

/// Returns the memory of an object without its strings.
fn object(properties: usize) -> usize {
    let entry = size_of::<(String, Value)>();
    match properties {
        0 => 0,
        // The node of a small map has space for all entries that it can have.
        1..=NODE if IS_SORTED => NODE * entry + ALLOCATION,
        // Nodes are half full if the names are sorted. There is at least one node of nodes.
        _ if IS_SORTED => NODE * entry + properties * (2 * entry + entry / 4 + ALLOCATION / 4),
        // Each entry has a hash. The table of positions has a byte of its own for each position, and is never full.
        _ => {
            let buckets = (properties + properties / 7 + 1).next_power_of_two().max(FIRST_ITEMS);
            buckets * (entry + 2 * size_of::<usize>() + 1) + 2 * ALLOCATION
        }
    }
}

//! Finds the values of the document that an overlay changes inside, such as the type of a property.
//!
//! Imports `diagnostics` and `moves`.

use std::collections::BTreeMap;

use super::super::moves::Moves;
use crate::diagnostics::Pointer;

/// Fields that only describe a value.
const DESCRIPTIONS: [&str; 6] = ["description", "title", "summary", "example", "examples", "externalDocs"];

/// Keywords of a schema, a parameter or a header whose values belong to it.
const PARTS: [&str; 4] = ["items", "additionalProperties", "schema", "not"];

/// Keywords of a schema whose value is a list of parts.
const LISTS: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];

/// Returns the locations in overlays that change values of the document, by the original locations of these values.
pub(in crate::document) fn corrections(overlaid: &Moves) -> BTreeMap<Pointer, Pointer> {
    // The field with the smallest rank counts: a type explains more changes than a limit, and than the type of a part.
    let mut found: BTreeMap<Pointer, (bool, usize, &Pointer)> = BTreeMap::new();
    for (at, written) in overlaid.trees().filter(|(_, written)| written.file().is_some()) {
        let Some((mut owner, mut field)) = split(at.as_str()) else { continue };
        // An element that is added to a list, such as a value of `enum`.
        if field.parse::<usize>().is_ok()
            && let Some(list) = split(owner)
        {
            (owner, field) = list;
        }
        if DESCRIPTIONS.contains(&field) {
            continue;
        }
        for level in 0.. {
            let rank = (!matches!(field, "type" | "$ref"), level, written);
            let entry = found.entry(Pointer::parse(owner)).or_insert(rank);
            *entry = rank.min(*entry);
            match around(owner) {
                Some(outer) => owner = outer,
                None => break,
            }
        }
    }
    found.into_iter().map(|(at, (.., written))| (overlaid.original(&at), written.clone())).collect()
}

/// Returns the schema, parameter or header that a value is a part of.
fn around(at: &str) -> Option<&str> {
    let (outer, last) = split(at)?;
    if PARTS.contains(&last) {
        return Some(outer);
    }
    let (outer, list) = split(outer)?;
    (LISTS.contains(&list) && last.parse::<usize>().is_ok()).then_some(outer)
}

/// Returns the location around a value, and the last segment.
fn split(at: &str) -> Option<(&str, &str)> {
    at.rsplit_once('/')
}

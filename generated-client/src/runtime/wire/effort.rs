// @generated from the OpenAPI document: change that, and generate again.

//! How much may be spent on trying the variants of unions.
//!
//! Where several variants look right they are tried, and what is tried may hold such a union itself: a value that nests
//! them and fits the last of them costs twice as much with every level. So what is tried counts, by about as many bytes
//! as it has in JSON, and all that is tried for a body may come to so many times the body. A body whose trials succeed
//! stays far below that, even where it is nested as deep as people ever write it.

use std::cell::Cell;
use std::mem::needs_drop;

use serde_json::Number;

use super::Value;

/// How often a body may be tried as a whole: once for each level of ambiguous unions within one another.
const TIMES: usize = 32;

/// What any body may cost, so that a short one may be tried more often.
const ANY: usize = 1024 * 1024;

thread_local! {
    /// What is left for what is being decoded; none where nothing is.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// The time in which something is decoded. At its end there is as much left as there was before.
pub(super) struct Decoding {
    before: Option<usize>,
}

impl Decoding {
    /// A body of so many bytes.
    pub(super) fn body(bytes: usize) -> Self {
        Self { before: LEFT.replace(Some(bytes.saturating_mul(TIMES).saturating_add(ANY))) }
    }

    /// A union of so many bytes: part of a body, unless a program has handed it to serde by itself.
    pub(super) fn union(bytes: usize) -> Option<Self> {
        LEFT.get().is_none().then(|| Self::body(bytes))
    }
}

impl Drop for Decoding {
    fn drop(&mut self) {
        LEFT.set(self.before);
    }
}

/// Pays for a trial of a value of so many bytes, and says whether there was enough left.
pub(super) fn pay(bytes: usize) -> bool {
    let left = LEFT.get().unwrap_or_default().checked_sub(bytes);
    LEFT.set(Some(left.unwrap_or_default()));
    left.is_some()
}

/// About how many bytes a value has in JSON.
pub(super) fn size(value: &Value) -> usize {
    match value {
        // Only under `arbitrary_precision` (`number.rs`) does a number have memory of its own, and any length.
        Value::Number(number) if needs_drop::<Number>() => number.to_string().len(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 2,
        Value::String(text) => 3 + text.len(),
        Value::Array(items) => 2 + items.iter().map(size).sum::<usize>(),
        Value::Object(members) => {
            2 + members.iter().map(|(name, member)| 4 + name.len() + size(member)).sum::<usize>()
        }
    }
}

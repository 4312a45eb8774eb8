// @generated from the OpenAPI document. Change the document, and generate again.

//! A limit for trying the variants of unions.
//!
//! If several variants match, they are tried in order. A value can nest such unions, and then the cost
//! doubles with each level. So each trial costs about the size of the value in JSON, and each body has a
//! budget that is a multiple of its size. Ordinary bodies use a small part of it, even if they are deeply
//! nested.

use std::cell::Cell;
use std::mem::needs_drop;

use serde_json::Number;

use super::Value;

/// The budget per byte of a body: each level of nested ambiguous unions decodes the byte once more.
const BUDGET_PER_BYTE: usize = 32;

/// The budget of an empty body, so that short bodies can be decoded more often.
const MIN_BUDGET: usize = 1024 * 1024;

thread_local! {
    /// The remaining budget, or `None` if nothing is being decoded.
    static REMAINING: Cell<Option<usize>> = const { Cell::new(None) };
}

/// The budget for decoding a body. Dropping it restores the previous budget.
pub(super) struct DecodeBudget {
    outer: Option<usize>,
}

impl DecodeBudget {
    /// Starts to decode a body of this size.
    pub(super) fn body(bytes: usize) -> Self {
        Self {
            outer: REMAINING.replace(Some(bytes.saturating_mul(BUDGET_PER_BYTE).saturating_add(MIN_BUDGET))),
        }
    }

    /// Starts to decode a union of this size, unless it is part of a body: programs can also deserialize it
    /// on its own.
    pub(super) fn union(bytes: usize) -> Option<Self> {
        REMAINING.get().is_none().then(|| Self::body(bytes))
    }
}

impl Drop for DecodeBudget {
    fn drop(&mut self) {
        REMAINING.set(self.outer);
    }
}

/// Subtracts the cost of decoding this many bytes. Returns false if the budget is exhausted.
pub(super) fn spend(bytes: usize) -> bool {
    let left = REMAINING.get().unwrap_or_default().checked_sub(bytes);
    REMAINING.set(Some(left.unwrap_or_default()));
    left.is_some()
}

/// Returns the approximate size of a value in JSON.
pub(super) fn json_size(value: &Value) -> usize {
    match value {
        // With the feature `arbitrary_precision` (see `number.rs`) a number is a string of any length.
        Value::Number(number) if needs_drop::<Number>() => number.to_string().len(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 2,
        Value::String(text) => 3 + text.len(),
        Value::Array(items) => 2 + items.iter().map(json_size).sum::<usize>(),
        Value::Object(properties) => {
            2 + properties.iter().map(|(name, property)| 4 + name.len() + json_size(property)).sum::<usize>()
        }
    }
}

// @generated from the OpenAPI document. Change the document, and generate again.

//! A limit for trying the variants of unions.
//!
//! If several variants match, they are tried in order. A value can nest such unions, and then the cost
//! doubles with each level. So each trial costs about the size of the value in JSON, and each body has a
//! budget that is a multiple of its size. Ordinary bodies use a small part of it, even if they are deeply
//! nested. Half of the budget is for finding a variant, so that the search for better ones never uses it up.

use std::cell::Cell;
use std::mem::needs_drop;

use serde_json::Number;

use super::Value;

/// The budget per byte of a body: each level of nested ambiguous unions decodes the byte once more.
const BUDGET_PER_BYTE: usize = 32;

/// The budget of an empty body, so that short bodies can be decoded more often.
const MIN_BUDGET: usize = 1024 * 1024;

/// The unspent parts of a budget.
#[derive(Clone, Copy)]
struct Remaining {
    trials: usize,
    comparisons: usize,
}

thread_local! {
    /// The remaining budget, or `None` if nothing is being decoded.
    static REMAINING: Cell<Option<Remaining>> = const { Cell::new(None) };
}

/// The budget for decoding a body. Dropping it restores the previous budget.
pub(super) struct DecodeBudget {
    outer: Option<Remaining>,
}

impl DecodeBudget {
    /// Starts to decode a body of this size.
    pub(super) fn body(bytes: usize) -> Self {
        let all = bytes.saturating_mul(BUDGET_PER_BYTE).saturating_add(MIN_BUDGET);
        let comparisons = all / 2;
        Self { outer: REMAINING.replace(Some(Remaining { trials: all - comparisons, comparisons })) }
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
    spend_from(bytes, |remaining| &mut remaining.trials)
}

/// Subtracts the cost of decoding this many bytes, although a variant has been found, to look for a better one. Returns
/// false if the budget is exhausted.
pub(super) fn spend_on_comparison(bytes: usize) -> bool {
    spend_from(bytes, |remaining| &mut remaining.comparisons)
}

fn spend_from(bytes: usize, part: impl FnOnce(&mut Remaining) -> &mut usize) -> bool {
    let mut remaining = REMAINING.get().unwrap_or(Remaining { trials: 0, comparisons: 0 });
    let part = part(&mut remaining);
    let left = part.checked_sub(bytes);
    *part = left.unwrap_or_default();
    REMAINING.set(Some(remaining));
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

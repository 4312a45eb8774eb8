//! Limits for the work and the memory that a body can cause.
//!
//! If several variants match, they are tried in order. A value can nest such unions, and then the cost
//! doubles with each level. So each trial costs about the size of the value in JSON, and each body has a
//! budget that is a multiple of its size. Ordinary bodies use a small part of it, even if they are deeply
//! nested. Half of the budget is for finding a variant, so that the search for better ones never uses it up.
//!
//! Values can take much more memory than their JSON: `{}` in a list of large objects, or `1` in a tree of values. So the
//! elements of lists, the entries of maps, and the trees of unknown variants and messages are limited to a multiple of
//! the size of the body. Ordinary bodies use a small part of this budget, too.

use std::cell::Cell;
use std::fmt;

use serde::de;

/// The budget per byte of a body: each level of nested ambiguous unions decodes the byte once more.
const BUDGET_PER_BYTE: usize = 32;

/// The budget of an empty body, so that short bodies can be decoded more often.
const MIN_BUDGET: usize = 1024 * 1024;

/// The memory for elements, entries and trees of values, in bytes per byte of a body.
const MEMORY_PER_BYTE: usize = 16;

/// The memory for elements, entries and trees of values of an empty body, in bytes, so that short bodies are never
/// limited.
const MIN_MEMORY: usize = 96 * 1024 * 1024;

/// The unspent parts of a budget.
#[derive(Clone, Copy)]
struct Remaining {
    trials: usize,
    comparisons: usize,
    memory: usize,
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
        let memory = bytes.saturating_mul(MEMORY_PER_BYTE).saturating_add(MIN_MEMORY);
        let remaining = Remaining { trials: all - comparisons, comparisons, memory };
        Self { outer: REMAINING.replace(Some(remaining)) }
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
    let mut remaining = REMAINING.get().unwrap_or(Remaining { trials: 0, comparisons: 0, memory: 0 });
    let part = part(&mut remaining);
    let left = part.checked_sub(bytes);
    *part = left.unwrap_or_default();
    REMAINING.set(Some(remaining));
    left.is_some()
}

/// The size of elements of which a list has space for a few at once.
const SMALL_ELEMENT: usize = 32;

/// Adds an element to a list, and subtracts its memory.
pub(super) fn push<T>(list: &mut Vec<T>, element: T) -> Result<(), TooLarge> {
    if list.len() == list.capacity() {
        // The list grows to twice its length. A list of one large element takes no more memory than the element.
        let least = if size_of::<T>() > SMALL_ELEMENT { 1 } else { 4 };
        let additional = list.len().max(least);
        allocate(additional * size_of::<T>())?;
        list.reserve_exact(additional);
    }
    list.push(element);
    Ok(())
}

/// The entries for which a `BTreeMap` has space as soon as it has one.
const FIRST_ENTRIES: usize = 11;

/// The entries for which a `BTreeMap` has space per further entry: its nodes are half full if the names are sorted.
const ENTRIES: usize = 2;

/// Subtracts the memory of an entry of a map.
pub(super) fn allocate_entry<T, E: de::Error>(is_first: bool) -> Result<(), E> {
    let entries = if is_first { FIRST_ENTRIES } else { ENTRIES };
    allocate(entries * size_of::<(String, T)>()).map_err(E::custom)
}

/// Returns the memory that is left, to be restored if a value is discarded.
pub(super) fn memory() -> usize {
    REMAINING.get().map_or(0, |remaining| remaining.memory)
}

/// Restores the memory of a value that is discarded.
pub(super) fn restore_memory(memory: usize) {
    if let Some(remaining) = REMAINING.get() {
        REMAINING.set(Some(Remaining { memory, ..remaining }));
    }
}

/// Subtracts this many bytes of memory. Values that are not part of a body are not limited.
pub(super) fn allocate(bytes: usize) -> Result<(), TooLarge> {
    match REMAINING.get() {
        Some(_) if !spend_from(bytes, |remaining| &mut remaining.memory) => Err(TooLarge),
        _ => Ok(()),
    }
}

/// The memory of a body is used up.
#[derive(Debug)]
pub(super) struct TooLarge;

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the values of the body need more memory than {} MiB and {MEMORY_PER_BYTE} times its size",
            MIN_MEMORY >> 20
        )
    }
}

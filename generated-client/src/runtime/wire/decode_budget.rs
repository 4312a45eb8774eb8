// @generated from the OpenAPI document. Change the document, and generate again.

//! Limits for the work and the memory that a body can cause.
//!
//! If several variants match, they are tried in order. A value can nest such unions, and then the cost
//! doubles with each level. So each trial costs about the size of the value in JSON, and each body has a
//! budget that is a multiple of its size. Ordinary bodies use a small part of it, even if they are deeply
//! nested. Half of the budget is for finding a variant, so that the search for better ones never uses it up.
//!
//! A union is decoded from its text, so the text of a union inside others is read again for each of them. These texts are
//! limited to a multiple of the size of the body, too.
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

/// The bytes that nested unions may read per byte of a body. A union is read twice, to select its variant and to decode
/// it, so each byte is read once more for each union around it.
const TEXTS_PER_BYTE: usize = 32;

/// The bytes that nested unions of an empty body may read, so that short bodies are never limited: a body of half a
/// mebibyte can have 128 unions inside one another.
const MIN_TEXTS: usize = 64 * 1024 * 1024;

/// The memory for elements, entries and trees of values, in bytes per byte of a body.
const MEMORY_PER_BYTE: usize = 16;

/// The memory for elements, entries and trees of values of an empty body, in bytes, so that short bodies are never
/// limited.
const MIN_MEMORY: usize = 96 * 1024 * 1024;

/// The unspent parts of a budget.
#[derive(Clone, Copy)]
#[allow(dead_code, reason = "only unions spend all parts")]
struct Remaining {
    trials: usize,
    comparisons: usize,
    texts: usize,
    memory: usize,
    /// True if the texts or the memory were not enough, or a value is nested too deeply. Then the body is an error.
    is_exceeded: bool,
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
        let texts = bytes.saturating_mul(TEXTS_PER_BYTE).saturating_add(MIN_TEXTS);
        let trials = all - comparisons;
        let remaining = Remaining { trials, comparisons, texts, memory, is_exceeded: false };
        Self { outer: REMAINING.replace(Some(remaining)) }
    }
}

impl Drop for DecodeBudget {
    fn drop(&mut self) {
        REMAINING.set(self.outer);
    }
}

/// Subtracts from a part of the budget. Values that are not part of a body are not limited.
fn spend_from(amount: usize, part: impl FnOnce(&mut Remaining) -> &mut usize) -> bool {
    let Some(mut remaining) = REMAINING.get() else { return true };
    let part = part(&mut remaining);
    let left = part.checked_sub(amount);
    *part = left.unwrap_or_default();
    REMAINING.set(Some(remaining));
    left.is_some()
}

/// Makes the body an error: a limit of it is exceeded.
pub(super) fn exceed() {
    if let Some(remaining) = REMAINING.get() {
        REMAINING.set(Some(Remaining { is_exceeded: true, ..remaining }));
    }
}

/// Subtracts the text of a union.
pub(super) fn read_text(bytes: usize) -> Result<(), TooDeep> {
    match spend_from(bytes, |remaining| &mut remaining.texts) {
        true => Ok(()),
        false => {
            exceed();
            Err(TooDeep)
        }
    }
}

/// The size of elements of which a list has space for a few at once.
const SMALL_ELEMENT: usize = 32;

/// The elements for which a list has space, unless it has one large element.
const MIN_CAPACITY: usize = 4;

/// Adds an element to a list, and subtracts its memory.
pub(super) fn push<T>(list: &mut Vec<T>, element: T) -> Result<(), TooLarge> {
    if list.len() == list.capacity() {
        // A list of one large element takes no more memory than the element. Other lists have space for a few elements,
        // and grow to twice their length.
        let is_first_large = list.is_empty() && size_of::<T>() > SMALL_ELEMENT;
        let capacity = if is_first_large { 1 } else { (2 * list.len()).max(MIN_CAPACITY) };
        allocate((capacity - list.len()) * size_of::<T>())?;
        if list.len() == 1 {
            // The allocator of glibc caches small allocations, but not those that it enlarges.
            let first = std::mem::replace(list, Vec::with_capacity(capacity));
            list.extend(first);
        } else {
            list.reserve_exact(capacity - list.len());
        }
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

/// Subtracts this many bytes of memory. Values that are not part of a body are not limited.
pub(super) fn allocate(bytes: usize) -> Result<(), TooLarge> {
    match spend_from(bytes, |remaining| &mut remaining.memory) {
        true => Ok(()),
        false => {
            exceed();
            Err(TooLarge)
        }
    }
}

/// The unions of a body are nested too deeply for its size.
#[derive(Debug)]
pub(super) struct TooDeep;

impl fmt::Display for TooDeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the unions of the body are nested so deeply that more than {} MiB and {TEXTS_PER_BYTE} times its size would be read",
            MIN_TEXTS >> 20
        )
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

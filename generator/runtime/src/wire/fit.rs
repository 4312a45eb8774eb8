//! The fit of a variant of a union to a value: the number of properties of the value that it knows, at any depth.
//!
//! Decoding counts known and unknown names in a thread-local, because serde's results cannot carry the numbers.

use std::cell::Cell;
use std::cmp::Ordering;

/// The names and constants of a value that its type knows and does not know. A better fit is greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fit {
    known: usize,
    unknown: usize,
}

thread_local! {
    static CURRENT: Cell<Fit> = const { Cell::new(Fit { known: 0, unknown: 0 }) };
}

#[cfg(feature = "unions")]
impl Fit {
    /// Returns true if the type knows all properties of a value that has this number of properties.
    pub(super) fn is_perfect(self, properties: usize) -> bool {
        self.unknown == 0 && self.known >= properties
    }
}

impl Ord for Fit {
    fn cmp(&self, other: &Self) -> Ordering {
        self.known.cmp(&other.known).then(other.unknown.cmp(&self.unknown))
    }
}

impl PartialOrd for Fit {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Counts the properties of an object that its type knows, and the others.
#[inline]
pub(super) fn count_properties(known: usize, unknown: usize) {
    add(Fit { known, unknown });
}

/// Counts an unknown value, such as a string that an enum does not list.
#[cfg(any(feature = "integer-enums", feature = "keyed-unions", feature = "text-enums", feature = "unions"))]
pub(super) fn count_unknown_value() {
    add(Fit { known: 0, unknown: 1 });
}

/// Counts what a part of the current value fits.
#[inline]
pub(super) fn add(part: Fit) {
    let Fit { known, unknown } = CURRENT.get();
    CURRENT.set(Fit { known: known.wrapping_add(part.known), unknown: unknown.wrapping_add(part.unknown) });
}

/// Decodes a value, and returns how well its type fits. The value does not count for the value around it.
#[cfg(feature = "unions")]
pub(super) fn measure<T>(decode: impl FnOnce() -> T) -> (Fit, T) {
    let outer = CURRENT.replace(Fit::default());
    let decoded = decode();
    (CURRENT.replace(outer), decoded)
}

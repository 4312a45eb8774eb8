//! A step of a path in the document.
//!
//! Imports `diagnostics`.

use serde_json::Value;

use crate::diagnostics::Pointer;

/// A step of a path in the document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

impl Step {
    /// Returns the location of the value to which the step leads, from the location of the value around it.
    pub(super) fn below(&self, at: &Pointer) -> Pointer {
        match self {
            Self::Key(key) => at.child(key),
            Self::Index(index) => at.index(*index),
        }
    }
}

/// Returns the value at a path.
pub(super) fn at_path<'d>(document: &'d Value, path: &[Step]) -> Option<&'d Value> {
    path.iter().try_fold(document, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Index(index) => value.get(index),
    })
}

/// Returns the value at a path, to change it.
pub(super) fn at_path_mut<'d>(document: &'d mut Value, path: &[Step]) -> Option<&'d mut Value> {
    path.iter().try_fold(document, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Index(index) => value.get_mut(index),
    })
}

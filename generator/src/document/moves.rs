//! Records which values the stages of loading have moved, so that a finding can refer to the original
//! location.
//!
//! Imports `diagnostics`.

use std::collections::HashMap;

use crate::diagnostics::Pointer;

/// The values that are no longer at their original location.
#[derive(Debug, Default)]
pub(super) struct Moves {
    /// The original location by the current one. Of a tree that moved as a whole, only the root is listed.
    original: HashMap<Pointer, Pointer>,
    /// The current location by the original one, for every moved schema that is the target of a reference.
    moved: HashMap<Pointer, Pointer>,
}

impl Moves {
    /// Records that the value from `original`, with everything inside it, is now at `at`.
    pub(super) fn moved_tree(&mut self, at: Pointer, original: Pointer) {
        self.original.insert(at, original);
    }

    /// Records that the target of a reference has moved from `original` to `at`.
    pub(super) fn moved_target(&mut self, original: Pointer, at: Pointer) {
        self.moved.entry(original).or_insert(at);
    }

    /// Returns the values that moved, with everything inside them: the current and the original locations.
    pub(super) fn trees(&self) -> impl Iterator<Item = (&Pointer, &Pointer)> {
        self.original.iter()
    }

    /// Returns the location where the author wrote the value that is now at `at`.
    pub(super) fn original(&self, at: &Pointer) -> Pointer {
        if self.original.is_empty() || at.file().is_some() {
            return at.clone();
        }
        let text = at.as_str();
        let mut end = text.len();
        loop {
            if let Some(original) = self.original.get(&Pointer::parse(&text[..end])) {
                return original.join(&text[end..]);
            }
            match text[..end].rfind('/') {
                Some(slash) => end = slash,
                None => return at.clone(),
            }
        }
    }

    /// Returns the current location of the target of a reference.
    pub(super) fn target(&self, original: Pointer) -> Pointer {
        self.moved.get(&original).cloned().unwrap_or(original)
    }
}

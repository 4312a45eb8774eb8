//! What was moved, by the bundle or by the dialect, so that a finding can name the place its owner wrote.
//!
//! Imports `diagnostics`.

use std::collections::HashMap;

use crate::diagnostics::Pointer;

/// What no longer stands where it was written.
#[derive(Debug, Default)]
pub(super) struct Moves {
    /// Only the outermost place of what moved together.
    written: HashMap<Pointer, Pointer>,
    /// Every schema that moved and that a reference names.
    moved: HashMap<Pointer, Pointer>,
}

impl Moves {
    /// Notes that what was `written` there, and all inside it, now stands at `at`.
    pub(super) fn moved_tree(&mut self, at: Pointer, written: Pointer) {
        self.written.insert(at, written);
    }

    /// Notes where the target of a reference went.
    pub(super) fn moved_target(&mut self, written: Pointer, at: Pointer) {
        self.moved.entry(written).or_insert(at);
    }

    /// Where the owner wrote what stands at `at`.
    pub(super) fn written(&self, at: &Pointer) -> Pointer {
        if self.written.is_empty() || at.file().is_some() {
            return at.clone();
        }
        let text = at.as_str();
        let mut end = text.len();
        loop {
            if let Some(written) = self.written.get(&Pointer::parse(&text[..end])) {
                return written.join(&text[end..]);
            }
            match text[..end].rfind('/') {
                Some(slash) => end = slash,
                None => return at.clone(),
            }
        }
    }

    /// Where the target of a reference stands that its owner wrote at `written`.
    pub(super) fn target(&self, written: Pointer) -> Pointer {
        self.moved.get(&written).cloned().unwrap_or(written)
    }
}

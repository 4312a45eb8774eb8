//! Which schemas the dialect moved, so that a finding can name the place its owner wrote.
//!
//! Imports `diagnostics`.

use std::collections::HashMap;

use crate::diagnostics::Pointer;

/// The schemas that no longer stand where they were written.
#[derive(Debug, Default)]
pub(super) struct Moves {
    /// Only the outermost schema of what moved together.
    written: HashMap<Pointer, Pointer>,
    /// Every schema that moved and that a reference names.
    moved: HashMap<Pointer, Pointer>,
}

impl Moves {
    /// Notes that the schema `written` there, and all inside it, now stands at `at`.
    pub(super) fn moved_tree(&mut self, at: Pointer, written: Pointer) {
        self.written.insert(at, written);
    }

    /// Notes where the target of a reference went.
    pub(super) fn moved_target(&mut self, written: Pointer, at: Pointer) {
        self.moved.entry(written).or_insert(at);
    }

    /// Where the owner wrote what stands at `at`.
    pub(super) fn written(&self, at: &Pointer) -> Pointer {
        let text = at.as_str();
        let mut end = text.len();
        loop {
            if let Some(written) = self.written.get(&Pointer::parse(&text[..end])) {
                return Pointer::parse(&format!("{}{}", written.as_str(), &text[end..]));
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

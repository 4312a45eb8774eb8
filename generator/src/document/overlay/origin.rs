//! Origins of the values that overlays have added to a document, or moved.
//!
//! Imports `diagnostics`, `moves` and `step`.

use std::collections::BTreeMap;

use super::super::moves::Moves;
use super::step::Step;
use crate::diagnostics::Pointer;

/// The origin of a value and of the values in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Origin {
    /// The location where the value is written, if that does not follow from the value around it.
    own: Option<Pointer>,
    inside: Inside,
}

#[derive(Clone, Debug, Default)]
enum Inside {
    /// All values inside are where the value itself is.
    #[default]
    Unchanged,
    Object(BTreeMap<String, Origin>),
    Array(Vec<Origin>),
}

impl Origin {
    /// Returns the origin of a value that is written at a location.
    fn at(at: Pointer) -> Self {
        Self { own: Some(at), inside: Inside::Unchanged }
    }

    /// Returns the origin of the copy of a value, of which `self` is the origin, and which is written at `at`.
    pub(super) fn copied(&self, at: Pointer) -> Self {
        Self { own: Some(self.own.clone().unwrap_or(at)), inside: self.inside.clone() }
    }

    /// Returns the origin of a value inside, if it is not where this value is.
    pub(super) fn child(&self, step: &Step) -> Option<&Self> {
        match (&self.inside, step) {
            (Inside::Object(children), Step::Key(key)) => children.get(key),
            (Inside::Array(elements), Step::Index(index)) => elements.get(*index),
            _ => None,
        }
    }

    /// Returns the origin of the value at a path, and its location.
    pub(super) fn find(&self, path: &[Step]) -> (Option<&Self>, Pointer) {
        let mut node = Some(self);
        let mut at = self.own.clone().unwrap_or_default();
        for step in path {
            node = node.and_then(|node| node.child(step));
            at = match node.and_then(|node| node.own.clone()) {
                Some(own) => own,
                None => step.below(&at),
            };
        }
        (node, at)
    }

    /// Returns the location where the value is written, if that does not follow from the value around it.
    pub(super) fn own(&self) -> Option<Pointer> {
        self.own.clone()
    }

    /// Returns the origin of the value at a path, to change it.
    pub(super) fn at_path(&mut self, path: &[Step]) -> &mut Self {
        path.iter().fold(self, |node, step| node.child_mut(step))
    }

    /// Returns the origin of a value inside, to change it.
    pub(super) fn child_mut(&mut self, step: &Step) -> &mut Self {
        match step {
            Step::Key(key) => {
                if !matches!(self.inside, Inside::Object(_)) {
                    self.inside = Inside::Object(BTreeMap::new());
                }
                let Inside::Object(children) = &mut self.inside else { unreachable!("it was set before") };
                children.entry(key.clone()).or_default()
            }
            Step::Index(index) => {
                let elements = self.elements(index + 1);
                &mut elements[*index]
            }
        }
    }

    /// Returns the origins of the elements of a list, of which there are at least `length`.
    fn elements(&mut self, length: usize) -> &mut Vec<Self> {
        if !matches!(self.inside, Inside::Array(_)) {
            self.inside = Inside::Array(Vec::new());
        }
        let Inside::Array(elements) = &mut self.inside else { unreachable!("it was set before") };
        if elements.len() < length {
            elements.resize_with(length, Self::default);
        }
        elements
    }

    /// Records that the value is another one.
    pub(super) fn replace(&mut self, with: Self) {
        *self = with;
    }

    /// Records that a property is removed.
    pub(super) fn remove_key(&mut self, key: &str) {
        if let Inside::Object(children) = &mut self.inside {
            children.remove(key);
        }
    }

    /// Records that only some elements of a list remain. `at` is the location of the list, which had `length` elements.
    pub(super) fn retain(&mut self, at: &Pointer, length: usize, is_kept: impl Fn(usize) -> bool) {
        let elements = std::mem::take(self.elements(length));
        let elements = elements.into_iter().enumerate().filter(|(index, _)| is_kept(*index));
        let moved = |(index, origin): (usize, Self)| match origin.own {
            Some(_) => origin,
            None => Self { own: Some(at.index(index)), ..origin },
        };
        self.inside = Inside::Array(elements.map(moved).collect());
    }

    /// Adds the values that are not where the values around them are.
    pub(super) fn into_moves(self) -> Moves {
        let mut moves = Moves::default();
        // Each entry is the origin of a value, and the current location of the value.
        let mut pending = vec![(self, Pointer::root())];
        while let Some((origin, at)) = pending.pop() {
            if let Some(own) = origin.own {
                moves.moved_tree(at.clone(), own);
            }
            match origin.inside {
                Inside::Unchanged => {}
                Inside::Object(children) => {
                    pending.extend(children.into_iter().map(|(key, child)| (child, at.child(key))));
                }
                Inside::Array(elements) => {
                    pending.extend(
                        elements.into_iter().enumerate().map(|(index, child)| (child, at.index(index))),
                    );
                }
            }
        }
        moves
    }
}

/// Returns the origin of a value of an overlay, or of a copy.
pub(super) fn inserted(source: Option<&Origin>, at: &Pointer) -> Origin {
    source.map_or_else(|| Origin::at(at.clone()), |source| source.copied(at.clone()))
}

//! Which type each schema became, for the examples that the document gives of it.

use super::schema::Lowered;
use super::{Component, Lower};
use crate::diagnostics::Pointer;

impl Lower<'_, '_> {
    /// Notes what the schema at `at` became; of a schema that is part of several types, what it became first.
    pub(super) fn noted(&mut self, at: &Pointer, lowered: Lowered) -> Lowered {
        if self.config.round_trip && !self.api.places.contains_key(at) {
            self.api.places.insert(at.clone(), lowered.ty.clone());
        }
        lowered
    }

    /// Notes what each component became.
    pub(super) fn note_components(&mut self) {
        if !self.config.round_trip {
            return;
        }
        for (at, component) in &self.components {
            if let Component::Done(lowered) = component {
                self.api.places.insert(at.clone(), lowered.ty.clone());
            }
        }
    }
}

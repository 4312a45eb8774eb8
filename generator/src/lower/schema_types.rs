//! Records the types of schemas, for the examples in the document.

use super::schema::Lowered;
use super::{Component, Lower};
use crate::diagnostics::Pointer;

impl Lower<'_, '_> {
    /// Records the type of the schema at `at`. If a schema is part of several types, the first one counts.
    pub(super) fn record_type(&mut self, at: &Pointer, lowered: Lowered) -> Lowered {
        if self.config.round_trip && !self.schema_types.contains_key(at) {
            self.schema_types.insert(at.clone(), lowered.ty.clone());
        }
        lowered
    }

    /// Records the types of all components.
    pub(super) fn record_components(&mut self) {
        if !self.config.round_trip {
            return;
        }
        for (at, component) in &self.components {
            if let Component::Done(lowered) = component {
                self.schema_types.insert(at.clone(), lowered.ty.clone());
            }
        }
    }
}

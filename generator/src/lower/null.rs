//! Nullability.
//!
//! It is computed from the document and not from the lowered types: a recursive schema has to know it before
//! its type is complete. Otherwise the types would depend on the order in which schemas are reached.

use openapiv3::{ReferenceOr, Schema};

use super::Lower;
use super::fields::Contribution;
use super::keywords::Keywords;
use crate::diagnostics::Pointer;
use crate::document::is_only_null;

/// The maximum nesting depth of alternatives and parts that is followed.
const DEPTH: usize = 64;

impl<'a> Lower<'a, '_> {
    /// Returns true if the schema at `at` allows null.
    pub(super) fn allows_null(&self, schema: &'a Schema, at: &Pointer) -> bool {
        self.is_nullable(schema, at, &mut Vec::new())
    }

    /// Returns true if a contribution of a property allows null, or `None` if it only has annotations.
    pub(super) fn contribution_is_nullable(&self, contribution: &Contribution<'a>) -> Option<bool> {
        let (schema, at) = self.schema_of(contribution)?;
        let allowed = self.allows_null(schema, &at);
        (allowed || !Keywords::of(schema).is_annotation()).then_some(allowed)
    }

    fn is_nullable(&self, schema: &'a Schema, at: &Pointer, ancestors: &mut Vec<Pointer>) -> bool {
        let keywords = Keywords::of(schema);
        if keywords.data.nullable || self.is_message_as_text(&keywords) {
            return true;
        }
        let (alternatives, place) = keywords.alternatives_at(at);
        if (alternatives.is_empty() && keywords.all_of.is_empty())
            || ancestors.len() == DEPTH
            || ancestors.contains(at)
        {
            return is_only_null(schema);
        }
        ancestors.push(at.clone());
        let mut allowed = alternatives.is_empty()
            || (alternatives.iter().enumerate()).any(|(index, entry)| {
                self.entry_is_nullable(entry, &place.index(index), ancestors) == Some(true)
            });
        if !keywords.all_of.is_empty() {
            let place = at.child("allOf");
            let parts = keywords.all_of.iter().enumerate();
            let nullabilities: Vec<bool> = parts
                .filter_map(|(index, entry)| self.entry_is_nullable(entry, &place.index(index), ancestors))
                .collect();
            // The keywords beside `allOf` count as a part as well: a type excludes null.
            allowed = allowed
                && !nullabilities.is_empty()
                && nullabilities.iter().all(|it| *it)
                && keywords.is_bare();
        }
        ancestors.pop();
        allowed
    }

    /// Returns true if an entry of `oneOf`, `anyOf` or `allOf` allows null, or `None` if it only has
    /// annotations.
    fn entry_is_nullable(
        &self,
        entry: &'a ReferenceOr<Schema>,
        at: &Pointer,
        ancestors: &mut Vec<Pointer>,
    ) -> Option<bool> {
        let (schema, at) = self.document.schema(entry, at)?;
        let allowed = self.is_nullable(schema, &at, ancestors);
        (allowed || !Keywords::of(schema).is_annotation()).then_some(allowed)
    }
}

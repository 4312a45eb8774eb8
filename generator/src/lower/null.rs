//! Where null is allowed.
//!
//! It is read off the document, and not off what a schema has become: a schema that refers to itself has to know it
//! before it is done, or the order in which schemas are met would show in the types.

use openapiv3::{ReferenceOr, Schema};

use super::Lower;
use super::fields::Description;
use super::keywords::Keywords;
use crate::diagnostics::Pointer;
use crate::document::is_only_null;

/// How deep alternatives of alternatives and parts of parts are followed.
const DEPTH: usize = 64;

impl<'a> Lower<'a, '_> {
    /// Whether a value of the schema at `at` may be null.
    pub(super) fn allows_null(&self, schema: &'a Schema, at: &Pointer) -> bool {
        self.is_nullable(schema, at, &mut Vec::new())
    }

    /// Whether a description of a member allows null; none if it says nothing of the type.
    pub(super) fn description_is_nullable(&self, description: &Description<'a>) -> Option<bool> {
        let (schema, at) = self.schema_of(description)?;
        let allowed = self.allows_null(schema, &at);
        (allowed || !Keywords::of(schema).is_comment()).then_some(allowed)
    }

    fn is_nullable(&self, schema: &'a Schema, at: &Pointer, trail: &mut Vec<Pointer>) -> bool {
        let keywords = Keywords::of(schema);
        if keywords.data.nullable || self.is_message_as_text(&keywords) {
            return true;
        }
        let (alternatives, place) = keywords.placed_alternatives(at);
        if (alternatives.is_empty() && keywords.all_of.is_empty())
            || trail.len() == DEPTH
            || trail.contains(at)
        {
            return is_only_null(schema);
        }
        trail.push(at.clone());
        let mut allowed = alternatives.is_empty()
            || (alternatives.iter().enumerate()).any(|(index, entry)| {
                self.entry_is_nullable(entry, &place.index(index), trail) == Some(true)
            });
        if !keywords.all_of.is_empty() {
            let place = at.child("allOf");
            let parts = keywords.all_of.iter().enumerate();
            let said: Vec<bool> = parts
                .filter_map(|(index, entry)| self.entry_is_nullable(entry, &place.index(index), trail))
                .collect();
            // What a schema says beside `allOf` is a part as well, and one that has a type is not null.
            allowed = allowed && !said.is_empty() && said.iter().all(|it| *it) && keywords.only_comments();
        }
        trail.pop();
        allowed
    }

    /// [`allows_null`](Self::allows_null) of an entry of `oneOf`, `anyOf` or `allOf`; none if it says nothing of the type.
    fn entry_is_nullable(
        &self,
        entry: &'a ReferenceOr<Schema>,
        at: &Pointer,
        trail: &mut Vec<Pointer>,
    ) -> Option<bool> {
        let (schema, at) = self.document.schema(entry, at)?;
        let allowed = self.is_nullable(schema, &at, trail);
        (allowed || !Keywords::of(schema).is_comment()).then_some(allowed)
    }
}

//! The alternatives of a union in the document.

use openapiv3::ReferenceOr;

use super::docs::docs;
use super::keywords::Keywords;
use super::parts::{Parts, SchemaPart};
use super::schemas::{Schemas, WrittenSchema};
use crate::document::SchemaId;
use crate::ir::Docs;

/// An alternative of a union in the document.
#[derive(Clone)]
pub(crate) struct Choice<'a> {
    pub(crate) written: WrittenSchema<'a>,
    /// The parts of the schema.
    pub(crate) parts: Parts<'a>,
    /// True if the alternative shares the properties beside the union.
    pub(crate) shared: bool,
}

impl<'a> Choice<'a> {
    pub(super) fn new(schemas: &Schemas<'a>, alternative: WrittenSchema<'a>, shared: bool) -> Self {
        let parts = schemas.parts(alternative.id).clone();
        Self { written: alternative, parts, shared }
    }

    /// Returns the schema that the alternative refers to.
    pub(crate) fn target(&self) -> Option<SchemaId> {
        let is_reference = matches!(self.written.schema, ReferenceOr::Reference { .. });
        is_reference.then_some(self.written.id)
    }

    /// Returns the documentation of the alternative.
    pub(crate) fn docs(&self, schemas: &Schemas<'a>) -> Docs {
        let WrittenSchema { schema, at, .. } = &self.written;
        match schema {
            ReferenceOr::Item(schema) => docs(schemas, &Keywords::of(schema), at),
            ReferenceOr::Reference { .. } => Docs { pointer: at.clone(), ..Docs::default() },
        }
    }
}

/// Returns the alternatives of a union, all of which share the properties beside it.
pub(crate) fn choices_of<'a>(schemas: &Schemas<'a>, union: &SchemaPart<'a>) -> Vec<Choice<'a>> {
    let alternatives = schemas.alternatives(union).into_iter();
    alternatives.map(|alternative| Choice::new(schemas, alternative, true)).collect()
}

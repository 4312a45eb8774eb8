//! The alternatives of a union in the document.

use openapiv3::{ReferenceOr, Schema};

use super::docs::docs;
use super::keywords::Keywords;
use super::parts::{Parts, SchemaPart};
use super::plan::{Child, ChildSchema};
use super::schemas::{Alternative, Schemas};
use crate::diagnostics::Pointer;
use crate::document::SchemaId;
use crate::ir::Docs;

/// An alternative of a union in the document.
#[derive(Clone)]
pub(crate) struct Choice<'a> {
    pub(crate) schema: &'a ReferenceOr<Schema>,
    pub(crate) at: Pointer,
    pub(crate) id: SchemaId,
    /// The parts of its schema.
    pub(crate) parts: Parts<'a>,
    /// True if the alternative shares the properties beside the union.
    pub(crate) shared: bool,
}

impl<'a> Choice<'a> {
    pub(super) fn new(schemas: &Schemas<'a>, alternative: Alternative<'a>, shared: bool) -> Self {
        let Alternative { schema, at, id } = alternative;
        Self { schema, at, id, parts: schemas.parts(id).clone(), shared }
    }

    /// Returns the schema of the alternative.
    pub(super) fn child(&self, schemas: &Schemas<'a>) -> Child<'a> {
        let schema = match self.schema {
            ReferenceOr::Item(_) => ChildSchema::Inline(self.id),
            ReferenceOr::Reference { .. } => ChildSchema::Reference { to: self.id, at: self.at.clone() },
        };
        Child { schema, nullable: schemas.allows_null(self.id) }
    }

    /// Returns the schema that the alternative refers to.
    pub(crate) fn target(&self) -> Option<SchemaId> {
        matches!(self.schema, ReferenceOr::Reference { .. }).then_some(self.id)
    }

    /// Returns the documentation of the alternative.
    pub(crate) fn docs(&self, schemas: &Schemas<'a>) -> Docs {
        match self.schema {
            ReferenceOr::Item(schema) => docs(schemas, &Keywords::of(schema), &self.at),
            ReferenceOr::Reference { .. } => Docs { pointer: self.at.clone(), ..Docs::default() },
        }
    }
}

/// Returns the alternatives of a union, all of which share the properties beside it.
pub(crate) fn choices_of<'a>(schemas: &Schemas<'a>, union: &SchemaPart<'a>) -> Vec<Choice<'a>> {
    let alternatives = schemas.alternatives(union).into_iter();
    alternatives.map(|alternative| Choice::new(schemas, alternative, true)).collect()
}

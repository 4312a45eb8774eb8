//! Schemas as the operation half sees them.

use openapiv3::{ReferenceOr, Schema};

use super::Lower;
use super::schema::{self, Lowered, Site};
use crate::classify::{self, Child, ChildSchema, Parts};
use crate::diagnostics::Pointer;
use crate::ir::Type;

impl<'a> Lower<'a, '_> {
    /// Lowers the schema or reference that is written at `at`.
    pub(super) fn lower_schema_or_reference(
        &mut self,
        schema: &'a ReferenceOr<Schema>,
        at: &Pointer,
        site: Site,
    ) -> Lowered {
        let reference = match schema {
            ReferenceOr::Item(_) => None,
            ReferenceOr::Reference { reference } => Some(reference.as_str()),
        };
        self.lower_at(reference, at, site)
    }

    /// Like [`lower_schema_or_reference`](Self::lower_schema_or_reference), for the boxed schemas of `openapiv3`.
    pub(super) fn lower_boxed(
        &mut self,
        schema: &'a ReferenceOr<Box<Schema>>,
        at: &Pointer,
        site: Site,
    ) -> Lowered {
        let reference = match schema {
            ReferenceOr::Item(_) => None,
            ReferenceOr::Reference { reference } => Some(reference.as_str()),
        };
        self.lower_at(reference, at, site)
    }

    fn lower_at(&mut self, reference: Option<&'a str>, at: &Pointer, site: Site) -> Lowered {
        let id = self.schemas.find(at);
        debug_assert!(reference.is_some() || id.is_some(), "no schema at {at}");
        let schema = match (reference, id) {
            (Some(_), Some(to)) => ChildSchema::Reference { to, at: at.clone() },
            (Some(reference), None) => ChildSchema::Dangling { reference, at: at.clone() },
            (None, Some(id)) => ChildSchema::Inline(id),
            (None, None) => return Type::Json.into(),
        };
        let nullable = id.is_some_and(|id| self.schemas.allows_null(id));
        schema::lower(&mut self.types, &mut self.required_overrides, &Child { schema, nullable }, site)
    }

    /// Returns the parts of the schema at `at`.
    pub(super) fn parts(&self, _schema: &'a Schema, at: &Pointer) -> Parts<'a> {
        self.schemas.find(at).map(|id| self.schemas.parts(id).clone()).unwrap_or_default()
    }

    pub(super) fn element(&self, lowered: Lowered) -> Type {
        self.types.element(lowered)
    }

    pub(super) fn untyped(&mut self, at: &Pointer, because: &str) -> Type {
        self.types.untyped(at, because)
    }

    pub(super) fn is_marked_secret(&self, _schema: &'a ReferenceOr<Schema>, at: &Pointer) -> bool {
        let id = self.schemas.find(&at.child("schema"));
        id.is_some_and(|id| classify::is_marked_secret(self.schemas, id))
    }
}

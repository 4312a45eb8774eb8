//! The context of lowering one document: the document, its schemas and settings, and the types made so far.

use openapiv3::{ReferenceOr, Schema};

use super::required_overrides::RequiredOverrides;
use super::schema::{self, Lowered, Site, Types};
use crate::classify::{Child, ChildSchema, Schemas};
use crate::config::Config;
use crate::diagnostics::{Diagnostics, Pointer};
use crate::document::Document;
use crate::ir::Type;

/// The state of lowering one document.
pub(super) struct Lower<'a, 'd> {
    pub(super) document: &'a Document,
    pub(super) config: &'a Config,
    pub(super) schemas: &'a Schemas<'a>,
    pub(super) types: Types<'a>,
    pub(super) diagnostics: &'d mut Diagnostics,
    /// The properties that codegen.toml makes optional.
    pub(super) required_overrides: RequiredOverrides,
}

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
        debug_assert!(reference.is_some() || id.is_some(), "the graph has no schema at {at}");
        let schema = match (reference, id) {
            (Some(_), Some(to)) => ChildSchema::Reference { to, at: at.clone() },
            (Some(reference), None) => ChildSchema::Dangling { reference, at: at.clone() },
            (None, Some(id)) => ChildSchema::Inline(id),
            (None, None) => return Type::Json.into(),
        };
        let nullable = id.is_some_and(|id| self.schemas.allows_null(id));
        schema::lower(&mut self.types, &mut self.required_overrides, &Child { schema, nullable }, site)
    }
}

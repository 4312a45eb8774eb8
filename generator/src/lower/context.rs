//! The context of lowering one document: the document, its schemas and settings, and the types made so far.

use openapiv3::ReferenceOr;

use super::constraints::ConstrainedSchemas;
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
    /// The schemas whose constraints the mock server checks.
    pub(super) constrained: ConstrainedSchemas,
}

impl<'a> Lower<'a, '_> {
    /// Lowers the schema or reference that is written at `at`.
    pub(super) fn lower_schema<T>(
        &mut self,
        written: &'a ReferenceOr<T>,
        at: &Pointer,
        site: Site,
    ) -> Lowered {
        let id = self.schemas.find(at);
        let nullable = id.is_some_and(|id| self.schemas.allows_null(id));
        if let Some(ty) = self.schemas.custom_type_of_property(at) {
            return Lowered { ty: Type::Custom(ty.clone()), nullable };
        }
        let schema = match (written, id) {
            (ReferenceOr::Reference { .. }, Some(to)) => ChildSchema::Reference { to, at: at.clone() },
            (ReferenceOr::Reference { reference }, None) => {
                ChildSchema::Dangling { reference, at: at.clone() }
            }
            (ReferenceOr::Item(_), Some(id)) => ChildSchema::Inline(id),
            (ReferenceOr::Item(_), None) => {
                debug_assert!(false, "the graph has no schema at {at}");
                return Type::Json.into();
            }
        };
        schema::lower(&mut self.types, &mut self.required_overrides, &Child { schema, nullable }, site)
    }
}

//! The input of every renderer.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::libraries::Libraries;
use crate::analyze::{self, Facts, RuntimePart};
use crate::derives::{Derives, SchemaTrait};
use crate::ir::{
    Api, ConstraintTable, Field, FieldKind, KeyedUnion, Operation, OperationId, Package, ResourceId, Shape,
    TypeId,
};
use crate::naming::Names;
use crate::samples::MockReply;
use crate::showcase::Showcase;

/// The largest number of arguments of a function, including `self`: the limit of clippy.
pub(super) const ARGUMENTS: usize = 7;

/// Allows more arguments than clippy does.
pub(super) fn allow_many(arguments: usize) -> Option<TokenStream> {
    (arguments >= ARGUMENTS)
        .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "the operation requires them all")]))
}

/// The model, its facts and its names, and what is shown of it.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) api: &'a Api,
    pub(crate) facts: &'a Facts,
    pub(crate) names: &'a Names,
    pub(crate) derives: &'a Derives,
    pub(crate) showcase: &'a Showcase,
    /// The replies of the mock server, for each operation.
    pub(crate) replies: &'a [MockReply<'a>],
    /// The constraints that the mock server checks.
    pub(crate) constraints: &'a ConstraintTable,
}

impl<'a> Context<'a> {
    /// Returns the package metadata of the crate.
    pub(super) fn package(&self) -> &'a Package {
        &self.api.package
    }

    /// Returns the operations of a resource, in document order.
    pub(super) fn operations_of(
        &self,
        id: ResourceId,
    ) -> impl Iterator<Item = (OperationId, &'a Operation)> + use<'a> {
        let api = self.api;
        self.facts.operations_of(id).iter().map(|id| (*id, api.operation(*id)))
    }

    /// Returns true if the crate decodes text, so that it needs charsets.
    pub(super) fn receives_text(&self) -> bool {
        self.api.operations().any(|(_, operation)| operation.receives_text())
    }

    /// Returns true if the mock server of the crate checks patterns, so that it needs regular expressions.
    pub(super) fn checks_patterns(&self) -> bool {
        analyze::has_patterns(self.constraints)
    }

    /// Returns the union whose properties are properties of a struct, if a field is one.
    pub(super) fn union_of(&self, field: &Field) -> Option<&'a KeyedUnion> {
        let FieldKind::KeyedUnion(id) = &field.kind else { return None };
        match &self.api.type_def(*id).shape {
            Shape::KeyedUnion(union) => Some(union),
            _ => None,
        }
    }

    /// Returns true if a type implements a trait for schemas.
    pub(super) fn has_schema(&self, id: TypeId, of: SchemaTrait) -> bool {
        let canonical = self.facts.alias_of(id).unwrap_or(id);
        self.derives.added(canonical).is_some_and(|added| added.schemas.contains(&of))
    }

    /// Returns the optional parts of the runtime that the crate has.
    pub(super) fn runtime_parts(&self) -> BTreeSet<RuntimePart> {
        analyze::runtime_parts(self.api, self.facts, self.constraints)
    }

    /// Returns the libraries for the string formats of the document.
    pub(super) fn libraries(&self) -> Libraries {
        Libraries(self.api.formats)
    }
}

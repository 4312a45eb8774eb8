//! Allocates every identifier of the generated crate: case, keywords, digits, symbols, collisions.
//!
//! Only this module creates an [`Ident`], so text of a document becomes code only through a [`Scope`]. Imports
//! `ir`, `hash`, `lock` and `diagnostics`.

mod builder;
mod chosen;
mod components;
mod conflicts;
mod distinct;
pub(crate) mod features;
mod former_names;
mod forwards;
mod gone_resources;
mod ident;
mod inline;
mod ledger;
mod old_names;
mod operation;
mod operation_items;
mod operation_names;
mod operations;
mod owner;
mod patterns;
mod reserved;
mod scope;
mod shape;
mod singular;
mod symbols;
mod type_idents;
mod type_keys;
mod types;
mod variant_keys;
mod variants;

pub(crate) use forwards::{
    FormerResource, Forwards, OperationForward, ReplacedResource, ResourceForward, TypeForward,
};
pub(crate) use ident::Ident;
pub(crate) use operation_items::OperationItem;
pub(crate) use operation_names::{
    ContentNames, FormNames, HeadersNames, OperationNames, PageNames, ResourceNames, ResponseNames,
};
#[cfg(test)]
pub(crate) use reserved::FEATURES;
pub(crate) use types::{FieldNames, TypeNames, VariantNames};

use std::collections::BTreeSet;

use crate::diagnostics::Diagnostics;
use crate::ir::{Api, OperationId, ResourceId, TypeId};
use crate::lock::Lock;
use chosen::Chosen;
use gone_resources::GoneResources;
use ledger::Ledger;
use old_names::OldNames;
use type_keys::TypeKeys;

/// Identifiers of a generated crate.
#[derive(Debug)]
pub(crate) struct Names {
    types: Vec<TypeNames>,
    resources: Vec<ResourceNames>,
    resources_by_module: Vec<ResourceId>,
    operations: Vec<OperationNames>,
    server_variables: Vec<Ident>,
    schemes: Vec<Ident>,
    forwards: Forwards,
}

impl Names {
    /// Allocates every identifier of `api`: names of `lock` first. Each type in `shared` gets a module of its own.
    ///
    /// Returns the next lock as well.
    pub(crate) fn of(
        api: &Api,
        shared: &BTreeSet<TypeId>,
        lock: &Lock,
        diagnostics: &mut Diagnostics,
    ) -> (Self, Lock) {
        if api.given_names.is_empty() {
            return Self::without_removed(api, shared, &Chosen::default(), lock, diagnostics);
        }
        // The names without the settings show what each item is called, so which names are taken.
        let (natural, _) =
            Self::without_removed(api, shared, &Chosen::default(), lock, &mut Diagnostics::new());
        let mut found = Diagnostics::new();
        conflicts::check_taken(api, &natural, &mut found);
        let mut chosen = Chosen { given: api.given_names.clone(), ..Chosen::default() };
        let ledger = Ledger::new(lock, &api.package.version);
        patterns::choose(api, &natural, &ledger, &mut chosen, &mut found);
        let (names, next) = Self::without_removed(api, shared, &chosen, lock, diagnostics);
        if !found.has_errors() {
            conflicts::check_reserved(api, &names, &mut found);
        }
        diagnostics.extend(found);
        (names, next)
    }

    /// Allocates every identifier, and returns the next lock. A version that may break users frees the names of removed items.
    fn without_removed(
        api: &Api,
        shared: &BTreeSet<TypeId>,
        chosen: &Chosen,
        lock: &Lock,
        diagnostics: &mut Diagnostics,
    ) -> (Self, Lock) {
        let mut found = Diagnostics::new();
        let (names, next, kept) = Self::allocate(api, shared, chosen, lock, &mut found);
        // Only an allocation shows which items were removed.
        let Some(kept) = kept else {
            diagnostics.extend_at(found, Clone::clone);
            return (names, next);
        };
        let (names, next, _) = Self::allocate(api, shared, chosen, &kept, diagnostics);
        (names, next)
    }

    /// Allocates every identifier, and returns the next lock. If the names of removed items are free, it returns the lock
    /// of the last run without these items as well.
    fn allocate(
        api: &Api,
        shared: &BTreeSet<TypeId>,
        chosen: &Chosen,
        lock: &Lock,
        diagnostics: &mut Diagnostics,
    ) -> (Self, Lock, Option<Lock>) {
        let mut ledger = Ledger::new(lock, &api.package.version);
        let keys = TypeKeys::of(api, &ledger);
        let gone = GoneResources::of(api, &keys, &ledger);
        let (resources, operations) = operations::allocate(api, chosen, &keys, &gone.renamed, &mut ledger);
        let (server_variables, schemes) = builder::allocate(api, &mut ledger);
        let types = types::allocate(api, shared, chosen, &keys, &mut ledger, diagnostics);
        let mut resources_by_module: Vec<ResourceId> = api.resources().map(|(id, _)| id).collect();
        resources_by_module.sort_by_key(|id| &resources[id.index()].module);
        let old_names = OldNames {
            api,
            keys: &keys,
            gone: &gone,
            types: types.iter().map(|names| &names.ident).collect(),
            resources: &resources,
            operations: &operations,
        };
        let forwards = old_names.collect(&mut ledger);
        let names =
            Self { types, resources, resources_by_module, operations, server_variables, schemes, forwards };
        let kept = ledger.frees_names().then(|| ledger.without_removed());
        (names, ledger.finish(), kept)
    }

    /// Returns `true` if no name has letters of other scripts.
    pub(crate) fn are_ascii(&self) -> bool {
        let of_types = self.types.iter().all(TypeNames::are_ascii);
        let of_operations = self.operations.iter().all(OperationNames::are_ascii);
        let others = self.schemes.iter().chain(&self.server_variables).chain(self.forwards.idents());
        let others = others.chain(self.resources.iter().map(|resource| &resource.ident));
        of_types && of_operations && others.into_iter().all(Ident::is_ascii)
    }

    /// Returns the names of a type and of its fields or variants.
    pub(crate) fn of_type(&self, id: TypeId) -> &TypeNames {
        &self.types[id.index()]
    }

    /// Returns the names of a resource.
    pub(crate) fn of_resource(&self, id: ResourceId) -> &ResourceNames {
        &self.resources[id.index()]
    }

    /// Returns the resources in the order of their modules.
    pub(crate) fn resources_by_module(&self) -> &[ResourceId] {
        &self.resources_by_module
    }

    /// Returns the names of an operation and of its parameters.
    pub(crate) fn of_operation(&self, id: OperationId) -> &OperationNames {
        &self.operations[id.index()]
    }

    /// Returns the names of a resource that has old names.
    pub(crate) fn of_former_resource(&self, resource: FormerResource) -> &ResourceNames {
        match resource {
            FormerResource::Present(id) => self.of_resource(id),
            FormerResource::Replaced(position) => &self.forwards.replaced_resources()[position].names,
        }
    }

    /// Returns the old names that lead to new ones.
    pub(crate) fn forwards(&self) -> &Forwards {
        &self.forwards
    }

    /// Returns the names of the server variables, in document order.
    pub(crate) fn server_variables(&self) -> &[Ident] {
        &self.server_variables
    }

    /// Returns the builder methods that set the credentials of the security schemes, in document order.
    pub(crate) fn security_schemes(&self) -> &[Ident] {
        &self.schemes
    }
}

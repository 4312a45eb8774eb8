//! Old names that stay as deprecated items, which lead to the new ones, as data.
//!
//! An operation, a schema or a resource can be renamed, by the document or by the settings. Its old names stay until the
//! next version that may break users.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::ident::Ident;
use super::operation_items::OperationItem;
use super::operation_names::ResourceNames;
use crate::ir::{Api, OperationId, ResourceId, TypeId};

/// Old names of a crate.
#[derive(Debug, Default)]
pub(crate) struct Forwards {
    types: BTreeMap<TypeId, Vec<TypeForward>>,
    resources: Vec<ResourceForward>,
    features: Vec<FeatureForward>,
    replaced_resources: Vec<ReplacedResource>,
    operation_items: Vec<OperationForward>,
    /// Positions of operation items, by the resource that has the old name.
    by_resource: HashMap<FormerResource, Vec<usize>>,
    /// Positions of operation items, by the resource of their operations.
    by_new_resource: HashMap<ResourceId, Vec<usize>>,
}

impl Forwards {
    pub(super) fn new(
        api: &Api,
        types: Vec<TypeForward>,
        resources: Vec<ResourceForward>,
        features: Vec<FeatureForward>,
        replaced_resources: Vec<ReplacedResource>,
        operation_items: Vec<OperationForward>,
    ) -> Self {
        let mut forwards = Self { resources, features, replaced_resources, ..Self::default() };
        for forward in types {
            forwards.types.entry(forward.of).or_default().push(forward);
        }
        for (position, forward) in operation_items.iter().enumerate() {
            forwards.by_resource.entry(forward.resource).or_default().push(position);
            let now = api.operation(forward.of).resource;
            forwards.by_new_resource.entry(now).or_default().push(position);
        }
        Self { operation_items, ..forwards }
    }

    /// Returns the old names of a type.
    pub(crate) fn of_type(&self, id: TypeId) -> &[TypeForward] {
        self.types.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Iterates over the old names of types.
    pub(super) fn types(&self) -> impl Iterator<Item = &TypeForward> {
        self.types.values().flatten()
    }

    /// Returns the old names of resources.
    pub(crate) fn resources(&self) -> &[ResourceForward] {
        &self.resources
    }

    /// Returns the old features of resources that have their other names still.
    pub(crate) fn features(&self) -> &[FeatureForward] {
        &self.features
    }

    /// Returns the removed resources whose operations are in other resources.
    pub(crate) fn replaced_resources(&self) -> &[ReplacedResource] {
        &self.replaced_resources
    }

    /// Returns the old methods and types of all operations.
    pub(crate) fn operation_items(&self) -> &[OperationForward] {
        &self.operation_items
    }

    /// Iterates over the old types in the module of a resource.
    pub(crate) fn types_in(&self, resource: FormerResource) -> impl Iterator<Item = &OperationForward> {
        self.at(self.by_resource.get(&resource)).filter(|forward| !forward.item.is_method())
    }

    /// Iterates over the old methods of the operations that a resource has now.
    pub(crate) fn methods_of_operations_in(
        &self,
        resource: ResourceId,
    ) -> impl Iterator<Item = &OperationForward> {
        self.at(self.by_new_resource.get(&resource)).filter(|forward| forward.item.is_method())
    }

    fn at(&self, positions: Option<&Vec<usize>>) -> impl Iterator<Item = &OperationForward> {
        positions.into_iter().flatten().map(|position| &self.operation_items[*position])
    }

    /// Iterates over the old names.
    pub(super) fn idents(&self) -> impl Iterator<Item = &Ident> {
        let types = self.types().map(|forward| &forward.ident);
        let resources = self.resources.iter().map(|forward| &forward.names.ident);
        let replaced = self.replaced_resources.iter().map(|resource| &resource.names.ident);
        let of_operations = self.operation_items.iter().map(|forward| &forward.ident);
        types.chain(resources).chain(replaced).chain(of_operations)
    }
}

/// A resource that has old names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum FormerResource {
    /// The document still has the resource.
    Present(ResourceId),
    /// The operations are in other resources: the position in [`Forwards::replaced_resources`].
    Replaced(usize),
}

/// The old name of a type.
#[derive(Debug)]
pub(crate) struct TypeForward {
    pub(crate) ident: Ident,
    pub(crate) of: TypeId,
    /// First version with the new name.
    pub(crate) since: String,
}

/// The old names of a resource.
#[derive(Debug)]
pub(crate) struct ResourceForward {
    pub(crate) names: ResourceNames,
    pub(crate) of: FormerResource,
    pub(crate) since: String,
}

/// The old feature of a resource.
#[derive(Debug)]
pub(crate) struct FeatureForward {
    pub(crate) feature: String,
    pub(crate) of: ResourceId,
    /// First version with the new name.
    pub(crate) since: String,
}

/// A removed resource whose operations are in other resources, which exist already or have operations of several resources.
#[derive(Debug)]
pub(crate) struct ReplacedResource {
    /// Name in the document.
    pub(super) name: String,
    pub(crate) names: ResourceNames,
    /// The resources that have its operations.
    pub(crate) into: BTreeSet<ResourceId>,
    pub(crate) since: String,
}

/// The old name of a method or a type of an operation.
#[derive(Debug)]
pub(crate) struct OperationForward {
    /// The resource that has the old name.
    pub(crate) resource: FormerResource,
    pub(crate) ident: Ident,
    pub(crate) of: OperationId,
    pub(crate) item: OperationItem,
    pub(crate) since: String,
}

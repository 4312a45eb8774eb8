//! Old names that stay as deprecated items, which lead to the new ones, as data.
//!
//! An operation, a schema or a resource can be renamed, by the document or by the settings. Its old names stay until the
//! next version that may break users.

use std::collections::{BTreeMap, HashMap};

use super::ident::Ident;
use super::operation_names::ResourceNames;
use crate::ir::{Api, OperationId, ResourceId, TypeId};

/// Old names of a crate.
#[derive(Debug, Default)]
pub(crate) struct Forwards {
    types: BTreeMap<TypeId, Vec<TypeForward>>,
    resources: Vec<ResourceForward>,
    methods: Vec<MethodForward>,
    /// Positions of methods, by the resource that has them.
    by_resource: HashMap<ResourceId, Vec<usize>>,
    /// Positions of methods, by the resource of their operations.
    by_new_resource: HashMap<ResourceId, Vec<usize>>,
}

impl Forwards {
    pub(super) fn new(
        api: &Api,
        types: Vec<TypeForward>,
        resources: Vec<ResourceForward>,
        methods: Vec<MethodForward>,
    ) -> Self {
        let mut forwards = Self { resources, ..Self::default() };
        for forward in types {
            forwards.types.entry(forward.of).or_default().push(forward);
        }
        for (position, forward) in methods.iter().enumerate() {
            forwards.by_resource.entry(forward.resource).or_default().push(position);
            let now = api.operation(forward.of).resource;
            forwards.by_new_resource.entry(now).or_default().push(position);
        }
        Self { methods, ..forwards }
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

    /// Returns the old methods of all operations.
    pub(crate) fn methods(&self) -> &[MethodForward] {
        &self.methods
    }

    /// Iterates over the old methods that a resource has.
    pub(crate) fn methods_in(&self, resource: ResourceId) -> impl Iterator<Item = &MethodForward> {
        self.methods_at(self.by_resource.get(&resource))
    }

    /// Iterates over the old methods of the operations that a resource has now.
    pub(crate) fn of_operations_in(&self, resource: ResourceId) -> impl Iterator<Item = &MethodForward> {
        self.methods_at(self.by_new_resource.get(&resource))
    }

    fn methods_at(&self, positions: Option<&Vec<usize>>) -> impl Iterator<Item = &MethodForward> {
        positions.into_iter().flatten().map(|position| &self.methods[*position])
    }

    /// Iterates over the old names.
    pub(super) fn idents(&self) -> impl Iterator<Item = &Ident> {
        let types = self.types().map(|forward| &forward.ident);
        let resources = self.resources.iter().map(|forward| &forward.names.ident);
        let methods =
            self.methods.iter().flat_map(|forward| [&forward.method].into_iter().chain(&forward.request));
        types.chain(resources).chain(methods)
    }
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
    pub(crate) of: ResourceId,
    pub(crate) since: String,
}

/// The old method of an operation.
#[derive(Debug)]
pub(crate) struct MethodForward {
    /// The resource that has the method.
    pub(crate) resource: ResourceId,
    pub(crate) method: Ident,
    /// The request type, if it has another name now.
    pub(crate) request: Option<Ident>,
    pub(crate) of: OperationId,
    pub(crate) since: String,
}

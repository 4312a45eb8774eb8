//! The names that the settings choose: those that codegen.toml gives, and those that its patterns make.

use std::collections::BTreeMap;

use crate::ir::{GivenNames, OperationId, ResourceId, TypeId};

/// The names that the settings choose. They come before all other names. The default has no names.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    pub(super) given: GivenNames,
    /// The methods that patterns name.
    pub(super) methods: BTreeMap<OperationId, String>,
    /// The types that patterns name.
    pub(super) types: BTreeMap<TypeId, String>,
}

impl Chosen {
    /// Returns the name of a type, and `true` if codegen.toml gives it.
    pub(super) fn of_type(&self, id: TypeId) -> Option<(&str, bool)> {
        let given = self.given.types.get(&id).map(|given| (given.name.as_str(), true));
        given.or_else(|| self.types.get(&id).map(|name| (name.as_str(), false)))
    }

    pub(super) fn field(&self, id: TypeId, position: usize) -> Option<&str> {
        self.given.fields.get(&(id, position)).map(|given| given.name.as_str())
    }

    pub(super) fn variant(&self, id: TypeId, position: usize) -> Option<&str> {
        self.given.variants.get(&(id, position)).map(|given| given.name.as_str())
    }

    pub(super) fn feature(&self, id: ResourceId) -> Option<&str> {
        self.given.features.get(&id).map(|given| given.name.as_str())
    }

    pub(super) fn method(&self, id: OperationId) -> Option<&str> {
        let given = self.given.methods.get(&id).map(|given| &given.name);
        given.or_else(|| self.methods.get(&id)).map(String::as_str)
    }

    /// Returns the name that codegen.toml gives to a method.
    pub(super) fn given_method(&self, id: OperationId) -> Option<&str> {
        self.given.methods.get(&id).map(|given| given.name.as_str())
    }

    pub(super) fn parameter(&self, id: OperationId, position: usize) -> Option<&str> {
        self.given.parameters.get(&(id, position)).map(|given| given.name.as_str())
    }
}

/// Returns positions in the order in which names are allocated: the chosen names come first.
pub(super) fn chosen_first(count: usize, is_chosen: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|position| !is_chosen(*position));
    order
}

/// Returns the values at positions in the order of the positions.
pub(super) fn in_order<T>(mut values: Vec<(usize, T)>) -> Vec<T> {
    values.sort_by_key(|(position, _)| *position);
    values.into_iter().map(|(_, value)| value).collect()
}

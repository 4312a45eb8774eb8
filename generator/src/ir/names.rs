//! Names that codegen.toml gives to items, and its patterns of names.

use std::collections::BTreeMap;

use super::{OperationId, ResourceId, TypeId};
use crate::diagnostics::Pointer;

/// A name that an entry of codegen.toml gives to an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GivenName {
    pub(crate) name: String,
    /// Location of the entry.
    pub(crate) at: Pointer,
}

/// The names that codegen.toml gives to items. Positions are those of fields, variants and parameters.
#[derive(Clone, Debug, Default)]
pub(crate) struct GivenNames {
    pub(crate) types: BTreeMap<TypeId, GivenName>,
    pub(crate) fields: BTreeMap<(TypeId, usize), GivenName>,
    pub(crate) variants: BTreeMap<(TypeId, usize), GivenName>,
    pub(crate) resources: BTreeMap<ResourceId, GivenName>,
    pub(crate) features: BTreeMap<ResourceId, GivenName>,
    pub(crate) methods: BTreeMap<OperationId, GivenName>,
    pub(crate) parameters: BTreeMap<(OperationId, usize), GivenName>,
    pub(crate) rules: NameRules,
}

/// Rules that change the names of methods and types.
#[derive(Clone, Debug, Default)]
pub(crate) struct NameRules {
    /// True if methods do not repeat the name of their resource.
    pub(crate) drop_resource: bool,
    /// Patterns of methods. The first one that matches applies.
    pub(crate) methods: Vec<NamePattern>,
    /// Patterns of the types of components. The first one that matches applies.
    pub(crate) types: Vec<NamePattern>,
}

/// A pattern of names, and the names that it makes of them.
#[derive(Clone, Debug)]
pub(crate) struct NamePattern {
    /// Text of the pattern, for findings.
    pub(crate) text: String,
    pub(crate) from: Vec<NamePart>,
    pub(crate) to: Vec<NamePart>,
    /// Location of the entry.
    pub(crate) at: Pointer,
}

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NamePart {
    /// These words.
    Text(String),
    /// The name of the resource, in the singular or the plural.
    Resource,
    /// One or more words.
    Name,
}

impl GivenNames {
    /// Returns `true` if codegen.toml has no effect on names.
    pub(crate) fn is_empty(&self) -> bool {
        let Self { types, fields, variants, resources, features, methods, parameters, rules } = self;
        let NameRules { drop_resource, methods: of_methods, types: of_types } = rules;
        let no_members = fields.is_empty() && variants.is_empty() && parameters.is_empty();
        let no_items = types.is_empty() && resources.is_empty() && features.is_empty() && methods.is_empty();
        no_members && no_items && !drop_resource && of_methods.is_empty() && of_types.is_empty()
    }

    /// Adds the names of operations, and of everything in them.
    pub(crate) fn add_operations(&mut self, names: Self) {
        let Self { resources, features, methods, parameters, .. } = names;
        *self = Self { resources, features, methods, parameters, ..std::mem::take(self) };
    }

    /// Iterates over the names of the members of a type, with their positions.
    pub(crate) fn members(&self, id: TypeId) -> impl Iterator<Item = (usize, &GivenName)> {
        let range = (id, 0)..=(id, usize::MAX);
        let members = self.fields.range(range.clone()).chain(self.variants.range(range));
        members.map(|((_, position), given)| (*position, given))
    }
}

//! Which resources need which types.
//!
//! Types are compiled by the file, so a file is needed as a whole: a component, and what is inline in it. What has names in
//! other files has one of its own, or these would need all of it.

use std::collections::BTreeSet;

use super::same::Same;
use crate::ir::{Api, ResourceId, Type, TypeId, TypeName};

/// For each type the resources whose requests and answers, errors included, lead to its file.
pub(super) fn users(api: &Api, same: &Same) -> Vec<BTreeSet<ResourceId>> {
    let homes: Vec<TypeId> = api.types().map(|(id, _)| home(api, id, same)).collect();
    let mut leads_to: Vec<BTreeSet<TypeId>> = vec![BTreeSet::new(); api.types.len()];
    for (id, def) in api.types() {
        // Of a name for another type only that type is needed.
        let others = same.other(id).map_or_else(|| def.shape.references(), |first| vec![first]);
        let others = others.into_iter().map(|other| homes[other.index()]);
        leads_to[homes[id.index()].index()].extend(others);
    }
    let mut users: Vec<BTreeSet<ResourceId>> = vec![BTreeSet::new(); api.types.len()];
    for operation in &api.operations {
        let errors = operation.errors.iter().filter_map(|error| error.ty.as_ref());
        let types = operation.sent().chain(operation.answered()).chain(errors).flat_map(Type::all_named);
        let mut open: Vec<TypeId> = types.map(|id| homes[id.index()]).collect();
        while let Some(id) = open.pop() {
            if users[id.index()].insert(operation.resource) {
                open.extend(&leads_to[id.index()]);
            }
        }
    }
    homes.iter().map(|home| users[home.index()].clone()).collect()
}

/// The type that a type's file is about.
pub(super) fn home(api: &Api, id: TypeId, same: &Same) -> TypeId {
    let mut id = id;
    // An owner stands before what is inline in it.
    while let TypeName::Inline { owner, .. } = &api.type_def(id).name {
        if same.shared().contains(&id) {
            break;
        }
        id = *owner;
    }
    id
}

//! Who needs which types: resources, and the types that no operation leads to.
//!
//! Types are compiled by the file, so a file is needed as a whole: a component, and what is inline in it. What has names in
//! other files has one of its own, or these would need all of it.

use std::collections::BTreeSet;

use super::same::Same;
use crate::ir::{Api, ResourceId, Type, TypeId, TypeName};

/// Who needs a type.
#[derive(Clone, Debug, Default)]
pub(crate) struct Users {
    /// The resources whose requests and answers, errors included, lead to its file.
    pub(crate) resources: BTreeSet<ResourceId>,
    /// Whether a type does to which no operation leads, or it is one: the payload of a webhook, say.
    pub(crate) others: bool,
}

/// For each type who needs it.
pub(super) fn users(api: &Api, same: &Same) -> Vec<Users> {
    let homes: Vec<TypeId> = api.types().map(|(id, _)| home(api, id, same)).collect();
    let mut leads_to: Vec<BTreeSet<TypeId>> = vec![BTreeSet::new(); api.types.len()];
    for (id, def) in api.types() {
        // Of a name for another type only that type is needed.
        let others = same.other(id).map_or_else(|| def.shape.references(), |first| vec![first]);
        let others = others.into_iter().map(|other| homes[other.index()]);
        leads_to[homes[id.index()].index()].extend(others);
    }
    let mut users = vec![Users::default(); api.types.len()];
    for operation in &api.operations {
        let errors = operation.errors.iter().filter_map(|error| error.ty.as_ref());
        let types = operation.sent().chain(operation.answered()).chain(errors).flat_map(Type::all_named);
        let mut open: Vec<TypeId> = types.map(|id| homes[id.index()]).collect();
        while let Some(id) = open.pop() {
            if users[id.index()].resources.insert(operation.resource) {
                open.extend(&leads_to[id.index()]);
            }
        }
    }
    let mut open: Vec<TypeId> =
        homes.iter().copied().filter(|id| users[id.index()].resources.is_empty()).collect();
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut users[id.index()].others, true) {
            open.extend(&leads_to[id.index()]);
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

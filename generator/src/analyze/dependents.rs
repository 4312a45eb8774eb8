//! Determines which resources depend on which types.
//!
//! Cargo features enable whole files. A file contains a component and the types nested in it. A nested type that has
//! aliases in other files has a file of its own; otherwise these files would depend on the whole component.

use std::collections::BTreeSet;

use super::dedup::Dedup;
use crate::ir::{Api, ResourceId, Type, TypeId, TypeName};

/// Dependents of a type.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dependents {
    /// The resources whose requests, responses or errors reach its file.
    pub(crate) resources: BTreeSet<ResourceId>,
    /// True if no operation reaches the type (such as a webhook payload), or if such a type refers to it.
    pub(crate) unreachable: bool,
}

/// Returns the dependents of each type.
pub(super) fn dependents(api: &Api, dedup: &Dedup) -> Vec<Dependents> {
    let owning_files: Vec<TypeId> = api.types().map(|(id, _)| owning_file(api, id, dedup)).collect();
    let mut file_references: Vec<BTreeSet<TypeId>> = vec![BTreeSet::new(); api.types.len()];
    for (id, def) in api.types() {
        // An alias refers only to its type.
        let others = dedup.alias_of(id).map_or_else(|| def.shape.references(), |first| vec![first]);
        let others = others.into_iter().map(|other| owning_files[other.index()]);
        file_references[owning_files[id.index()].index()].extend(others);
    }
    let mut dependents = vec![Dependents::default(); api.types.len()];
    for operation in &api.operations {
        let errors = operation.errors.iter().filter_map(|error| error.ty.as_ref());
        let types = operation
            .request_types()
            .chain(operation.response_types())
            .chain(errors)
            .flat_map(Type::all_named);
        let mut pending: Vec<TypeId> = types.map(|id| owning_files[id.index()]).collect();
        while let Some(id) = pending.pop() {
            if dependents[id.index()].resources.insert(operation.resource) {
                pending.extend(&file_references[id.index()]);
            }
        }
    }
    let mut pending: Vec<TypeId> =
        owning_files.iter().copied().filter(|id| dependents[id.index()].resources.is_empty()).collect();
    while let Some(id) = pending.pop() {
        if !std::mem::replace(&mut dependents[id.index()].unreachable, true) {
            pending.extend(&file_references[id.index()]);
        }
    }
    owning_files.iter().map(|owning_file| dependents[owning_file.index()].clone()).collect()
}

/// Returns the type whose file contains a type.
pub(super) fn owning_file(api: &Api, id: TypeId, dedup: &Dedup) -> TypeId {
    let mut id = id;
    // Follow the owners to the outermost type.
    while let TypeName::Inline { owner, .. } = &api.type_def(id).name {
        if dedup.shared().contains(&id) {
            break;
        }
        id = *owner;
    }
    id
}

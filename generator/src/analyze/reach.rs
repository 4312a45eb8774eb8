//! Determines which types requests and responses contain.

use std::collections::HashSet;

use crate::ir::{Api, Type, TypeId};

/// Returns the types that requests contain, and the types that responses contain.
pub(super) fn reach(api: &Api) -> (HashSet<TypeId>, HashSet<TypeId>) {
    let mut sent = HashSet::new();
    let mut received = HashSet::new();
    for operation in &api.operations {
        operation.request_types().flat_map(Type::all_named).for_each(|id| visit(api, id, &mut sent));
        let errors = operation.errors.iter().filter_map(|error| error.ty.as_ref());
        operation.response_types().chain(errors).flat_map(Type::all_named).for_each(|id| {
            visit(api, id, &mut received);
        });
    }
    (sent, received)
}

fn visit(api: &Api, id: TypeId, reached: &mut HashSet<TypeId>) {
    let mut pending = vec![id];
    while let Some(id) = pending.pop() {
        if reached.insert(id) {
            pending.extend(api.type_def(id).shape.references());
        }
    }
}

//! Which types are sent, and which are received.

use std::collections::HashSet;

use crate::ir::{Api, Type, TypeId};

/// The types that requests hold, and those that answers hold.
pub(super) fn reach(api: &Api) -> (HashSet<TypeId>, HashSet<TypeId>) {
    let mut sent = HashSet::new();
    let mut received = HashSet::new();
    for operation in &api.operations {
        operation.sent().flat_map(Type::all_named).for_each(|id| visit(api, id, &mut sent));
        let errors = operation.errors.iter().filter_map(|error| error.ty.as_ref());
        operation.answered().chain(errors).flat_map(Type::all_named).for_each(|id| {
            visit(api, id, &mut received);
        });
    }
    (sent, received)
}

fn visit(api: &Api, id: TypeId, reached: &mut HashSet<TypeId>) {
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(api.type_def(id).shape.references());
        }
    }
}

//! Which operations describe the same headers: many documents have the same few everywhere, such as those of limits.

use std::collections::HashMap;

use crate::ir::{Api, Operation, OperationId};

/// For operations whose answers have headers the first of the resource with the same ones, if it is another.
pub(super) fn alike(api: &Api) -> HashMap<OperationId, OperationId> {
    let mut alike = HashMap::new();
    for (resource, _) in api.resources() {
        let mut firsts: Vec<(OperationId, &Operation)> = Vec::new();
        for (id, operation) in api.operations_of(resource).filter(|(_, it)| !it.headers.is_empty()) {
            match firsts.iter().find(|(_, first)| are_alike(first, operation)) {
                Some((first, _)) => {
                    alike.insert(id, *first);
                }
                None => firsts.push((id, operation)),
            }
        }
    }
    alike
}

fn are_alike(one: &Operation, other: &Operation) -> bool {
    one.headers.len() == other.headers.len()
        && one.headers.iter().zip(&other.headers).all(|(one, other)| one.is_like(other))
}

//! Finds operations with the same response headers, such as rate limits, so that the operations share a type.

use std::collections::HashMap;

use crate::ir::{Api, Operation, OperationId};

/// Maps each operation with response headers to the first operation of its resource with the same headers,
/// unless that is the operation itself.
pub(super) fn same_headers(api: &Api) -> HashMap<OperationId, OperationId> {
    let mut same_headers = HashMap::new();
    for (resource, _) in api.resources() {
        let mut firsts: Vec<(OperationId, &Operation)> = Vec::new();
        for (id, operation) in api.operations_of(resource).filter(|(_, it)| !it.headers.is_empty()) {
            match firsts.iter().find(|(_, first)| are_alike(first, operation)) {
                Some((first, _)) => {
                    same_headers.insert(id, *first);
                }
                None => firsts.push((id, operation)),
            }
        }
    }
    same_headers
}

fn are_alike(one: &Operation, other: &Operation) -> bool {
    one.headers.len() == other.headers.len()
        && one.headers.iter().zip(&other.headers).all(|(one, other)| one.equals_except_pointer(other))
}

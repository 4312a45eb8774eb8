//! Finds operations with the same response headers, such as rate limits, so that the operations share a type.

use std::collections::HashMap;

use crate::diagnostics::Pointer;
use crate::ir::{Api, Docs, OperationId, ResourceId, ResponseHeader};

/// Maps each operation with response headers to the first operation of its resource with the same headers,
/// unless that is the operation itself.
pub(super) fn same_headers(api: &Api) -> HashMap<OperationId, OperationId> {
    let mut same_headers = HashMap::new();
    let mut firsts: HashMap<(ResourceId, Vec<ResponseHeader>), OperationId> = HashMap::new();
    for (id, operation) in api.operations().filter(|(_, it)| !it.headers.is_empty()) {
        let headers = operation.headers.iter().map(without_pointer).collect();
        let first = *firsts.entry((operation.resource, headers)).or_insert(id);
        if first != id {
            same_headers.insert(id, first);
        }
    }
    same_headers
}

/// Returns a header without its location, which does not affect its type.
fn without_pointer(header: &ResponseHeader) -> ResponseHeader {
    let docs = Docs { pointer: Pointer::root(), ..header.docs.clone() };
    ResponseHeader { docs, ..header.clone() }
}

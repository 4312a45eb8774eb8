//! Finds the error types that the section about errors and the program about them decode.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::ir::{Api, ErrorTableId, Operation, Shape, Type, TypeId};

/// Returns the error enum that most operations use. Of several, the first in document order.
pub(super) fn most_used_table(api: &Api) -> Option<ErrorTableId> {
    let mut uses: HashMap<ErrorTableId, usize> = HashMap::new();
    for id in api.operations.iter().filter_map(|operation| operation.error_table) {
        *uses.entry(id).or_default() += 1;
    }
    let tables = api.error_tables().map(|(id, _)| id);
    tables.min_by_key(|id| Reverse(uses.get(id).copied().unwrap_or_default()))
}

/// Returns the type of most documented errors. Of several, the first in document order.
pub(super) fn most_used_type(api: &Api) -> Option<TypeId> {
    // The uses of each type, with its position among the errors.
    let mut uses: HashMap<TypeId, (usize, usize)> = HashMap::new();
    let errors = api.operations.iter().flat_map(|operation| &operation.errors);
    let types = errors.filter_map(|error| error.ty.as_ref().and_then(Type::named));
    for (position, id) in types.enumerate() {
        uses.entry(id).or_insert((0, position)).0 += 1;
    }
    let most = uses.into_iter().min_by_key(|(_, (count, position))| (Reverse(*count), *position));
    most.map(|(id, _)| id)
}

/// Returns the struct that the document describes for the body of a 404.
pub(super) fn not_found(api: &Api, operation: &Operation) -> Option<TypeId> {
    let of_status = |status: &str| operation.errors.iter().find(|error| error.status == status);
    let error = of_status("404").or_else(|| of_status("4XX")).or_else(|| of_status("default"))?;
    let Some(Type::Named(id)) = error.ty else { return None };
    matches!(api.type_def(id).shape, Shape::Struct(_)).then_some(id)
}

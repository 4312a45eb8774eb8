//! Finds the error types that the section about errors and the program about them decode.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::analyze::Facts;
use crate::ir::{Api, Operation, Shape, TypeId};

/// Returns the two types of most documented errors, without aliases. Of several, the first in document order.
pub(super) fn most_used_types(api: &Api, facts: &Facts) -> Vec<TypeId> {
    // The uses of each type, with its position among the errors.
    let mut uses: HashMap<TypeId, (usize, usize)> = HashMap::new();
    let errors = api.operations.iter().flat_map(|operation| operation.typed_errors());
    for (position, id) in errors.filter_map(|(_, id)| id).enumerate() {
        uses.entry(facts.alias_of(id).unwrap_or(id)).or_insert((0, position)).0 += 1;
    }
    let mut types: Vec<(TypeId, (usize, usize))> = uses.into_iter().collect();
    types.sort_by_key(|(_, (count, position))| (Reverse(*count), *position));
    types.into_iter().map(|(id, _)| id).take(2).collect()
}

/// Returns the struct that the document describes for the body of a 404.
pub(super) fn not_found(api: &Api, operation: &Operation) -> Option<TypeId> {
    let errors = operation.typed_errors();
    let of_status = |wanted: &str| errors.iter().find(|(status, _)| *status == wanted);
    let (_, id) = of_status("404").or_else(|| of_status("4XX")).or_else(|| of_status("default"))?;
    let id = (*id)?;
    matches!(api.type_def(id).shape, Shape::Struct(_)).then_some(id)
}

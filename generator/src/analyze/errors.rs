//! The types of error bodies, which become the variants of one enum.

use std::collections::{BTreeMap, BTreeSet};

use super::Facts;
use super::dedup::Dedup;
use crate::ir::{Api, Operation, TypeId};

/// Returns the types of the bodies of errors, without aliases, each with its statuses.
pub(super) fn error_types(api: &Api, dedup: &Dedup) -> BTreeMap<TypeId, BTreeSet<String>> {
    let mut types: BTreeMap<TypeId, BTreeSet<String>> = BTreeMap::new();
    for (status, id) in api.operations.iter().flat_map(|operation| operation.typed_errors()) {
        if let Some(id) = id {
            let statuses = types.entry(dedup.alias_of(id).unwrap_or(id)).or_default();
            statuses.insert(status.to_owned());
        }
    }
    types
}

/// Returns the types of the error bodies of an operation, by status: a type without aliases, or `None` where no type must
/// be found for a status that a wider one covers. A status is left out if the next wider one has the same type.
pub(crate) fn rows<'o>(facts: &Facts, operation: &'o Operation) -> Vec<(&'o str, Option<TypeId>)> {
    let typed = operation.typed_errors().into_iter();
    let typed: Vec<(&str, Option<TypeId>)> =
        typed.map(|(status, id)| (status, id.map(|id| facts.alias_of(id).unwrap_or(id)))).collect();
    let is_needed = |(status, id): &(&str, Option<TypeId>)| type_of_wider(&typed, status) != Some(*id);
    typed.iter().copied().filter(is_needed).collect()
}

/// Returns the type of the range that a status is in, or else the default.
fn type_of_wider(rows: &[(&str, Option<TypeId>)], status: &str) -> Option<Option<TypeId>> {
    let range = format!("{}XX", status.get(..1)?);
    let of = |wider: &str| rows.iter().find(|(of, _)| *of == wider && *of != status).map(|(_, id)| *id);
    of(&range).or_else(|| of("default"))
}

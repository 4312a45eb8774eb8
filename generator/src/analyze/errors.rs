//! The types of error bodies, which become the variants of one enum.

use std::collections::{BTreeMap, BTreeSet};

use super::dedup::Dedup;
use crate::ir::{Api, TypeId};

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

//! Finds the names that operations had in the last run, and their old names from earlier runs.

use std::collections::HashMap;

use super::ledger::Ledger;
use super::operation_items::{OperationItem, items, old_path};
use super::operation_names::OperationNames;
use super::type_keys::TypeKeys;
use crate::ir::{Api, OperationId};
use crate::lock::{Key, Kind};

/// A name that a method or a type of an operation had.
pub(super) struct FormerName<'l> {
    /// Module of the resource.
    pub(super) module: &'l str,
    pub(super) ident: &'l str,
    pub(super) of: OperationId,
    pub(super) item: OperationItem,
    /// First version with another name.
    pub(super) since: String,
}

/// Returns the names of the last run, and then the old names.
pub(super) fn of<'l>(
    api: &Api,
    names: &[OperationNames],
    keys: &TypeKeys<'l>,
    ledger: &Ledger<'l>,
) -> Vec<FormerName<'l>> {
    let mut found = Vec::new();
    for (of, operation) in api.operations() {
        let id = keys.operation_before(&operation.id).unwrap_or(&operation.id);
        for (item, path) in items(operation, &names[of.index()]) {
            let (kind, position) = item.line();
            let known = ledger.item(&Key::new(kind, [&[id][..], &path].concat()));
            let known = known.and_then(|known| Some((known.names.first()?, known.names.get(position)?)));
            if let Some((module, ident)) = known {
                found.push(FormerName { module, ident, of, item, since: ledger.version().to_owned() });
            }
        }
    }
    let by_id = by_id(api, keys);
    let kinds = [Kind::OldMethod, Kind::OldOperationType];
    for (key, known) in kinds.into_iter().flat_map(|kind| ledger.kept(kind)) {
        let ([module, ident], [_, _, id, path @ ..]) = (known.names.as_slice(), key.path.as_slice()) else {
            continue;
        };
        let Some(of) = by_id.get(id.as_str()).copied() else { continue };
        let is_same = |(item, of_item): &(OperationItem, Vec<&str>)| {
            item.old_kind() == key.kind && old_path(*item, of_item) == *path
        };
        if let Some((item, _)) = items(api.operation(of), &names[of.index()]).into_iter().find(is_same) {
            found.push(FormerName { module, ident, of, item, since: ledger.since(known) });
        }
    }
    found
}

/// Returns the operations by their ids in the last run and now.
fn by_id<'a>(api: &'a Api, keys: &'a TypeKeys<'_>) -> HashMap<&'a str, OperationId> {
    let before = api.operations().filter_map(|(of, it)| Some((keys.operation_before(&it.id)?, of)));
    let now = api.operations().map(|(of, operation)| (operation.id.as_str(), of));
    before.chain(now).collect()
}

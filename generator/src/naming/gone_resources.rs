//! Finds the resources that the document does not have any more, and the resources that have their operations now.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::ledger::Ledger;
use super::type_keys::TypeKeys;
use crate::ir::{Api, ResourceId};
use crate::lock::{Item, Key, Kind};

/// The resources of the last run that the document does not have any more: their keys and names.
pub(super) struct GoneResources<'l> {
    /// Resources with a new name, by the new resources. A new resource has the operations of one old resource, and the old
    /// resource has no operations elsewhere.
    pub(super) renamed: BTreeMap<ResourceId, (&'l Key, &'l Item)>,
    /// Other resources whose operations are in other resources now.
    pub(super) replaced: Vec<(&'l Key, &'l Item)>,
}

impl<'l> GoneResources<'l> {
    pub(super) fn of(api: &Api, keys: &TypeKeys<'l>, ledger: &Ledger<'l>) -> Self {
        let gone = gone(api, ledger);
        let mut into: BTreeMap<&str, BTreeSet<ResourceId>> = BTreeMap::new();
        for operation in &api.operations {
            let module = keys.operation_item(&operation.id, ledger).and_then(|item| item.names.first());
            if let Some(module) = module.filter(|module| gone.contains_key(module.as_str())) {
                into.entry(module).or_default().insert(operation.resource);
            }
        }
        let is_new = |id: ResourceId| {
            ledger.item(&Key::new(Kind::Resource, [api.resources[id.index()].name.as_str()])).is_none()
        };
        let mut candidates: BTreeMap<ResourceId, Vec<(&Key, &Item)>> = BTreeMap::new();
        let mut replaced = Vec::new();
        for (module, resources) in into {
            let Some(old) = gone.get(module).copied() else { continue };
            match (resources.first().copied(), resources.len()) {
                (Some(only), 1) if is_new(only) => candidates.entry(only).or_default().push(old),
                _ => replaced.push(old),
            }
        }
        let mut renamed = BTreeMap::new();
        for (id, items) in candidates {
            match items.as_slice() {
                [only] => drop(renamed.insert(id, *only)),
                several => replaced.extend(several),
            }
        }
        Self { renamed, replaced }
    }
}

/// Returns the resources of the last run that the document does not have, by their modules.
fn gone<'l>(api: &Api, ledger: &Ledger<'l>) -> HashMap<&'l str, (&'l Key, &'l Item)> {
    let present: HashSet<&str> = api.resources.iter().map(|resource| resource.name.as_str()).collect();
    let is_gone = |key: &Key| !key.path.first().is_some_and(|name| present.contains(name.as_str()));
    let gone = ledger.items(Kind::Resource).filter(|(key, _)| is_gone(key));
    gone.filter_map(|(key, item)| Some((item.names.first()?.as_str(), (key, item)))).collect()
}

//! Finds the resources that the document does not have any more, and the resources that have their operations now.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::ledger::Ledger;
use super::type_keys::TypeKeys;
use crate::ir::{Api, ResourceId};
use crate::lock::{Item, Key, Kind};

/// The resources of the last run that the document does not have any more.
pub(super) struct GoneResources<'l> {
    /// The resources whose operations are all in one resource now: this resource and the old names, by the old modules.
    pub(super) moved: BTreeMap<&'l str, (ResourceId, &'l Item)>,
    /// The resources that a new resource replaces: their keys and names, by the new resources.
    pub(super) renamed: HashMap<ResourceId, (&'l Key, &'l Item)>,
}

impl<'l> GoneResources<'l> {
    pub(super) fn of(api: &Api, keys: &TypeKeys<'l>, ledger: &Ledger<'l>) -> Self {
        let gone = gone(api, ledger);
        let mut new: BTreeMap<&str, BTreeSet<ResourceId>> = BTreeMap::new();
        for operation in &api.operations {
            let module = keys.operation_item(&operation.id, ledger).and_then(|item| item.names.first());
            if let Some(module) = module.filter(|module| gone.contains_key(module.as_str())) {
                new.entry(module).or_default().insert(operation.resource);
            }
        }
        let only =
            |resources: BTreeSet<ResourceId>| resources.first().copied().filter(|_| resources.len() == 1);
        let moved: BTreeMap<&str, ResourceId> =
            new.into_iter().filter_map(|(module, resources)| Some((module, only(resources)?))).collect();
        let is_known = |id: &ResourceId| {
            ledger.item(&Key::new(Kind::Resource, [api.resources[id.index()].name.as_str()])).is_some()
        };
        let mut replaced: BTreeMap<ResourceId, Vec<(&Key, &Item)>> = BTreeMap::new();
        for (module, id) in moved.iter().filter(|(_, id)| !is_known(id)) {
            replaced.entry(*id).or_default().extend(gone.get(module));
        }
        let renamed = replaced.into_iter().filter_map(|(id, items)| match items.as_slice() {
            [only] => Some((id, *only)),
            _ => None,
        });
        let moved = moved.into_iter().filter_map(|(module, id)| Some((module, (id, gone.get(module)?.1))));
        Self { moved: moved.collect(), renamed: renamed.collect() }
    }
}

/// Returns the resources of the last run that the document does not have, by their modules.
fn gone<'l>(api: &Api, ledger: &Ledger<'l>) -> HashMap<&'l str, (&'l Key, &'l Item)> {
    let present: HashSet<&str> = api.resources.iter().map(|resource| resource.name.as_str()).collect();
    let is_gone = |key: &Key| !key.path.first().is_some_and(|name| present.contains(name.as_str()));
    let gone = ledger.items(Kind::Resource).filter(|(key, _)| is_gone(key));
    gone.filter_map(|(key, item)| Some((item.names.first()?.as_str(), (key, item)))).collect()
}

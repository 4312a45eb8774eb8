//! Old names that stay as deprecated items, which lead to the new ones.
//!
//! An operation whose id changes, a schema whose key changes, a resource that is renamed, and a name that the settings
//! change keep their old names until the next version that may break users.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::ident::Ident;
use super::ledger::Ledger;
use super::operations::{OperationNames, ResourceNames};
use super::type_keys::TypeKeys;
use crate::ir::{Api, OperationId, ResourceId, TypeId};
use crate::lock::{Item, Key, Kind};

/// Old names of a crate.
#[derive(Debug, Default)]
pub(crate) struct Forwards {
    pub(crate) types: Vec<TypeForward>,
    pub(crate) resources: Vec<ResourceForward>,
    pub(crate) methods: Vec<MethodForward>,
}

/// The old name of a type.
#[derive(Debug)]
pub(crate) struct TypeForward {
    pub(crate) ident: Ident,
    pub(crate) of: TypeId,
    /// Version that has the new name first.
    pub(crate) since: String,
}

/// The old names of a resource.
#[derive(Debug)]
pub(crate) struct ResourceForward {
    pub(crate) names: ResourceNames,
    pub(crate) of: ResourceId,
    pub(crate) since: String,
}

/// The old method of an operation.
#[derive(Debug)]
pub(crate) struct MethodForward {
    /// The resource that has the method.
    pub(crate) resource: ResourceId,
    pub(crate) method: Ident,
    /// The request type, if it has another name now.
    pub(crate) request: Option<Ident>,
    pub(crate) of: OperationId,
    pub(crate) since: String,
}

/// Finds the resources that had another name in the last run: all operations of the old one are in the new one.
///
/// Returns the key and the names of the old resource, by the new one.
pub(super) fn renamed_resources<'l>(
    api: &Api,
    keys: &TypeKeys<'_>,
    ledger: &Ledger<'l>,
) -> HashMap<ResourceId, (&'l Key, &'l Item)> {
    let present: HashSet<&str> = api.resources.iter().map(|resource| resource.name.as_str()).collect();
    let is_gone = |key: &Key| !key.path.first().is_some_and(|name| present.contains(name.as_str()));
    let gone = ledger.items(Kind::Resource).filter(|(key, _)| is_gone(key));
    let gone: HashMap<&str, (&Key, &Item)> =
        gone.filter_map(|(key, item)| Some((item.names.first()?.as_str(), (key, item)))).collect();
    let mut new: HashMap<&str, BTreeSet<ResourceId>> = HashMap::new();
    for operation in &api.operations {
        let module = keys.operation_item(&operation.id, ledger).and_then(|item| item.names.first());
        if let Some(module) = module.filter(|module| gone.contains_key(module.as_str())) {
            new.entry(module).or_default().insert(operation.resource);
        }
    }
    let is_known = |id: &ResourceId| {
        ledger.item(&Key::new(Kind::Resource, [api.resources[id.index()].name.as_str()])).is_some()
    };
    let mut renamed: BTreeMap<ResourceId, Vec<(&Key, &Item)>> = BTreeMap::new();
    for (module, resources) in new {
        let only = resources.first().filter(|id| resources.len() == 1 && !is_known(id));
        if let (Some(id), Some(item)) = (only, gone.get(module)) {
            renamed.entry(*id).or_default().push(*item);
        }
    }
    let only = renamed.into_iter().filter_map(|(id, items)| match items.as_slice() {
        [only] => Some((id, *only)),
        _ => None,
    });
    only.collect()
}

/// The names of this run.
pub(super) struct Allocated<'a> {
    pub(super) types: Vec<&'a Ident>,
    pub(super) resources: &'a [ResourceNames],
    pub(super) operations: &'a [OperationNames],
}

/// Collects the names that this run replaces, and the old names of earlier runs that stay.
pub(super) struct Collector<'a, 'l> {
    pub(super) api: &'a Api,
    pub(super) keys: &'a TypeKeys<'l>,
    pub(super) names: Allocated<'a>,
    pub(super) renamed: &'a HashMap<ResourceId, (&'l Key, &'l Item)>,
}

impl<'l> Collector<'_, 'l> {
    pub(super) fn collect(&self, ledger: &mut Ledger<'l>) -> Forwards {
        let forwards = Forwards {
            types: self.types(ledger),
            resources: self.resources(ledger),
            methods: self.methods(ledger),
        };
        self.record(&forwards, ledger);
        forwards
    }

    fn types(&self, ledger: &Ledger<'l>) -> Vec<TypeForward> {
        let mut taken: HashSet<&str> = self.names.types.iter().map(|ident| ident.as_str()).collect();
        let mut by_name: HashMap<&str, TypeId> = HashMap::new();
        for (id, _) in self.api.types() {
            by_name.extend(self.keys.name_before(id).map(|name| (name, id)));
        }
        by_name.extend(self.api.types().map(|(id, _)| (self.names.types[id.index()].as_str(), id)));
        let mut forwards = Vec::new();
        let mut add = |old: &'l str, of: TypeId, since: String| {
            if let Some(ident) = Ident::parse(old).filter(|_| taken.insert(old)) {
                forwards.push(TypeForward { ident, of, since });
            }
        };
        for (id, _) in self.api.types_by_origin() {
            let is_renamed = |name: &&str| *name != self.names.types[id.index()].as_str();
            if let Some(old) = self.keys.name_before(id).filter(is_renamed) {
                add(old, id, ledger.version().to_owned());
            }
        }
        for (key, item) in ledger.kept(Kind::OldType) {
            let of = item.names.first().and_then(|name| by_name.get(name.as_str()));
            if let (Some(old), Some(of)) = (key.path.first(), of) {
                add(old, *of, ledger.since(item));
            }
        }
        forwards
    }

    fn resources(&self, ledger: &Ledger<'l>) -> Vec<ResourceForward> {
        let taken = |names: &ResourceNames| self.names.resources.iter().any(|it| it.module == names.module);
        let forward = |names: &[String], of: ResourceId, since: String| {
            let [module, ident, feature] = names else { return None };
            let names = ResourceNames::parse(module, ident, feature)?;
            (!taken(&names)).then_some(ResourceForward { names, of, since })
        };
        let mut by_module: HashMap<&str, ResourceId> = HashMap::new();
        let mut forwards = Vec::new();
        for (id, _) in self.api.resources() {
            if let Some((_, item)) = self.renamed.get(&id) {
                by_module.extend(item.names.first().map(|module| (module.as_str(), id)));
                forwards.extend(forward(&item.names, id, ledger.version().to_owned()));
            }
        }
        by_module.extend(
            self.api.resources().map(|(id, _)| (self.names.resources[id.index()].module.as_str(), id)),
        );
        for (_, item) in ledger.kept(Kind::OldResource) {
            let Some((module, names)) = item.names.split_last() else { continue };
            let of = by_module.get(module.as_str());
            let kept = of.and_then(|of| forward(names, *of, ledger.since(item)));
            let is_new =
                |it: &ResourceForward| forwards.iter().all(|other| other.names.module != it.names.module);
            forwards.extend(kept.filter(is_new));
        }
        forwards
    }

    fn methods(&self, ledger: &Ledger<'l>) -> Vec<MethodForward> {
        let mut taken: HashSet<(ResourceId, String)> = HashSet::new();
        for (id, operation) in self.api.operations() {
            let names = &self.names.operations[id.index()];
            let contents = names.contents.iter().map(|content| &content.method);
            let methods = contents.chain([&names.method]);
            taken.extend(methods.map(|method| (operation.resource, method.as_str().to_owned())));
        }
        let resources = |module: &str| {
            let renamed =
                self.renamed.iter().find(|(_, (_, item))| item.names.first().is_some_and(|it| it == module));
            let known = self.names.resources.iter().position(|names| names.module.as_str() == module);
            known.map(ResourceId::new).or_else(|| renamed.map(|(id, _)| *id))
        };
        let mut forwards = Vec::new();
        let mut add = |names: &[String], of: OperationId, since: String| {
            let [module, method, request] = names else { return };
            let Some(resource) = resources(module) else { return };
            let (operation, now) = (&self.api.operations[of.index()], &self.names.operations[of.index()]);
            let is_same = operation.resource == resource && now.method.as_str() == method;
            let Some(ident) = Ident::parse(method).filter(|_| !is_same) else { return };
            if taken.insert((resource, method.clone())) {
                let is_renamed = operation.resource != resource || now.request.as_str() != request;
                let request = Ident::parse(request).filter(|_| is_renamed);
                forwards.push(MethodForward { resource, method: ident, request, of, since });
            }
        };
        for (id, operation) in self.api.operations() {
            if let Some(item) = self.keys.operation_item(&operation.id, ledger) {
                add(&item.names, id, ledger.version().to_owned());
            }
        }
        let ids: HashMap<&str, OperationId> =
            self.api.operations().map(|(id, operation)| (operation.id.as_str(), id)).collect();
        let renamed: HashMap<&str, &str> = (self.api.operations.iter())
            .filter_map(|it| Some((self.keys.operation_before(&it.id)?, it.id.as_str())))
            .collect();
        for (key, item) in ledger.kept(Kind::OldMethod) {
            let id = key.path.last().map(String::as_str).unwrap_or_default();
            let id = ids.get(id).or_else(|| ids.get(renamed.get(id)?));
            if let Some(id) = id {
                add(&item.names, *id, ledger.since(item));
            }
        }
        forwards
    }

    /// Adds the old names to the next lock.
    fn record(&self, forwards: &Forwards, ledger: &mut Ledger<'l>) {
        let mut record = |kind: Kind, path: &[&str], names: &[&str], since: &str| {
            let key = ledger.key(kind, path, None);
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            ledger.record(key, Item { names, since: Some(since.to_owned()), ..Item::default() });
        };
        for TypeForward { ident, of, since } in &forwards.types {
            record(Kind::OldType, &[ident.as_str()], &[self.names.types[of.index()].as_str()], since);
        }
        for ResourceForward { names, of, since } in &forwards.resources {
            let module = self.names.resources[of.index()].module.as_str();
            let old = [names.module.as_str(), names.ident.as_str(), &names.feature, module];
            record(Kind::OldResource, &old[..1], &old, since);
        }
        for MethodForward { resource, method, request, of, since } in &forwards.methods {
            let module = self.names.resources[resource.index()].module.as_str();
            let id = &self.api.operations[of.index()].id;
            let now = &self.names.operations[of.index()].request;
            let names = [module, method.as_str(), request.as_ref().unwrap_or(now).as_str()];
            record(Kind::OldMethod, &[module, method.as_str(), id], &names, since);
        }
    }
}

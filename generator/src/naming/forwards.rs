//! Old names that stay as deprecated items, which lead to the new ones.
//!
//! An operation whose id changes, a schema whose key changes, a resource that is renamed, and a name that the settings
//! change keep their old names until the next version that may break users.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::ident::Ident;
use super::ledger::Ledger;
use super::operations::{OperationNames, RESOURCE_METHODS, ResourceNames, is_imported};
use super::type_keys::TypeKeys;
use super::types::is_reserved;
use crate::ir::{Api, OperationId, ResourceId, TypeId};
use crate::lock::{Item, Key, Kind};

/// Old names of a crate.
#[derive(Debug, Default)]
pub(crate) struct Forwards {
    /// By their types.
    pub(crate) types: BTreeMap<TypeId, Vec<TypeForward>>,
    pub(crate) resources: Vec<ResourceForward>,
    pub(crate) methods: Vec<MethodForward>,
}

impl Forwards {
    /// Iterates over the old names.
    pub(super) fn idents(&self) -> impl Iterator<Item = &Ident> {
        let types = self.types.values().flatten().map(|forward| &forward.ident);
        let resources = self.resources.iter().map(|forward| &forward.names.ident);
        let methods =
            self.methods.iter().flat_map(|forward| [&forward.method].into_iter().chain(&forward.request));
        types.chain(resources).chain(methods)
    }
}

/// The old name of a type.
#[derive(Debug)]
pub(crate) struct TypeForward {
    pub(crate) ident: Ident,
    pub(crate) of: TypeId,
    /// First version with the new name.
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

/// The resources of the last run that the document does not have any more.
pub(super) struct GoneResources<'l> {
    /// The resource that has all of their operations now, by their modules.
    moved: BTreeMap<&'l str, ResourceId>,
    /// The one that a new resource takes the place of: its key and its names.
    pub(super) renamed: HashMap<ResourceId, (&'l Key, &'l Item)>,
}

impl<'l> GoneResources<'l> {
    pub(super) fn of(api: &Api, keys: &TypeKeys<'l>, ledger: &Ledger<'l>) -> Self {
        let present: HashSet<&str> = api.resources.iter().map(|resource| resource.name.as_str()).collect();
        let is_gone = |key: &Key| !key.path.first().is_some_and(|name| present.contains(name.as_str()));
        let gone = ledger.items(Kind::Resource).filter(|(key, _)| is_gone(key));
        let gone: HashMap<&str, (&Key, &Item)> =
            gone.filter_map(|(key, item)| Some((item.names.first()?.as_str(), (key, item)))).collect();
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
        let mut renamed: BTreeMap<ResourceId, Vec<(&Key, &Item)>> = BTreeMap::new();
        for (module, id) in moved.iter().filter(|(_, id)| !is_known(id)) {
            renamed.entry(*id).or_default().extend(gone.get(module));
        }
        let renamed = renamed.into_iter().filter_map(|(id, items)| match items.as_slice() {
            [only] => Some((id, *only)),
            _ => None,
        });
        Self { moved, renamed: renamed.collect() }
    }
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
    pub(super) gone: &'a GoneResources<'l>,
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

    fn types(&self, ledger: &Ledger<'l>) -> BTreeMap<TypeId, Vec<TypeForward>> {
        let mut taken: HashSet<&str> = self.names.types.iter().map(|ident| ident.as_str()).collect();
        let mut by_name: HashMap<&str, TypeId> = HashMap::new();
        for (id, _) in self.api.types() {
            by_name.extend(self.keys.name_before(id).map(|name| (name, id)));
        }
        let mut forwards: BTreeMap<TypeId, Vec<TypeForward>> = BTreeMap::new();
        let mut add = |old: &'l str, of: TypeId, since: String| {
            let is_free = !is_reserved(old) && taken.insert(old);
            if let Some(ident) = Ident::parse(old).filter(|_| is_free) {
                forwards.entry(of).or_default().push(TypeForward { ident, of, since });
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
        for (module, id) in &self.gone.moved {
            by_module.insert(module, *id);
            let item = ledger
                .items(Kind::Resource)
                .find(|(_, item)| item.names.first().is_some_and(|it| it == module));
            forwards
                .extend(item.and_then(|(_, item)| forward(&item.names, *id, ledger.version().to_owned())));
        }
        for (id, _) in self.api.resources() {
            by_module.entry(self.names.resources[id.index()].module.as_str()).or_insert(id);
        }
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
            let known = self.names.resources.iter().position(|names| names.module.as_str() == module);
            self.gone.moved.get(module).copied().or_else(|| known.map(ResourceId::new))
        };
        let mut forwards = Vec::new();
        let mut add = |names: &[String], of: OperationId, since: String| {
            let [module, method, request] = names else { return };
            let Some(resource) = resources(module) else { return };
            let (operation, now) = (&self.api.operations[of.index()], &self.names.operations[of.index()]);
            let is_same = operation.resource == resource && now.method.as_str() == method;
            let is_refused = is_same || RESOURCE_METHODS.contains(&method.as_str());
            let Some(ident) = Ident::parse(method).filter(|_| !is_refused) else { return };
            if taken.insert((resource, method.clone())) {
                let is_renamed = operation.resource != resource || now.request.as_str() != request;
                let is_free = is_renamed && !is_imported(request);
                let request = Ident::parse(request).filter(|_| is_free);
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
        for TypeForward { ident, of, since } in forwards.types.values().flatten() {
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

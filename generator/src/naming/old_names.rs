//! Collects the old names: the names that this run replaces, and the old names of earlier runs that stay.

use std::collections::{HashMap, HashSet};

use super::forwards::{Forwards, MethodForward, ResourceForward, TypeForward};
use super::gone_resources::GoneResources;
use super::ident::Ident;
use super::ledger::Ledger;
use super::operation_names::{OperationNames, ResourceNames};
use super::reserved::{RESOURCE_METHODS, is_imported, is_reserved_type};
use super::type_keys::TypeKeys;
use crate::ir::{Api, OperationId, ResourceId, TypeId};
use crate::lock::{Item, Kind};

/// A document, its names in this run, and its items in the lock.
pub(super) struct OldNames<'a, 'l> {
    pub(super) api: &'a Api,
    pub(super) keys: &'a TypeKeys<'l>,
    pub(super) gone: &'a GoneResources<'l>,
    pub(super) types: Vec<&'a Ident>,
    pub(super) resources: &'a [ResourceNames],
    pub(super) operations: &'a [OperationNames],
}

impl<'l> OldNames<'_, 'l> {
    /// Returns the old names, and adds them to the next lock.
    pub(super) fn collect(&self, ledger: &mut Ledger<'l>) -> Forwards {
        let by_module = self.by_module();
        let types = self.of_types(ledger);
        let resources = self.of_resources(&by_module, ledger);
        let methods = self.of_operations(&by_module, ledger);
        let forwards = Forwards::new(self.api, types, resources, methods);
        self.record(&forwards, ledger);
        forwards
    }

    /// Returns the resources by their modules in the last run and now. If a resource is gone, its module leads to the
    /// resource that has its operations now.
    fn by_module(&self) -> HashMap<&str, ResourceId> {
        let mut by_module: HashMap<&str, ResourceId> =
            self.gone.moved.iter().map(|(module, (id, _))| (*module, *id)).collect();
        for (id, _) in self.api.resources() {
            by_module.entry(self.resources[id.index()].module.as_str()).or_insert(id);
        }
        by_module
    }

    fn of_types(&self, ledger: &Ledger<'l>) -> Vec<TypeForward> {
        let mut taken: HashSet<&str> = self.types.iter().map(|ident| ident.as_str()).collect();
        let mut forwards = Vec::new();
        let mut add = |old: &'l str, of: TypeId, since: String| {
            let is_free = !is_reserved_type(old) && taken.insert(old);
            forwards.extend(Ident::parse(old).filter(|_| is_free).map(|ident| TypeForward {
                ident,
                of,
                since,
            }));
        };
        let mut by_name: HashMap<&str, TypeId> = HashMap::new();
        for (id, _) in self.api.types_by_origin() {
            let Some(old) = self.keys.name_before(id) else { continue };
            by_name.insert(old, id);
            if old != self.types[id.index()].as_str() {
                add(old, id, ledger.version().to_owned());
            }
        }
        for (_, item) in ledger.kept(Kind::OldType) {
            let [old, new] = item.names.as_slice() else { continue };
            if let Some(of) = by_name.get(new.as_str()) {
                add(old, *of, ledger.since(item));
            }
        }
        forwards
    }

    fn of_resources(
        &self,
        by_module: &HashMap<&str, ResourceId>,
        ledger: &Ledger<'l>,
    ) -> Vec<ResourceForward> {
        let mut taken: HashSet<&str> = self.resources.iter().map(|names| names.module.as_str()).collect();
        let mut forwards = Vec::new();
        let mut add = |names: &'l [String], of: ResourceId, since: String| {
            let [module, ident, feature] = names else { return };
            let names = ResourceNames::parse(module, ident, feature);
            if let Some(names) = names.filter(|_| taken.insert(module)) {
                forwards.push(ResourceForward { names, of, since });
            }
        };
        for (id, item) in self.gone.moved.values() {
            add(&item.names, *id, ledger.version().to_owned());
        }
        for (_, item) in ledger.kept(Kind::OldResource) {
            let Some((module, names)) = item.names.split_last() else { continue };
            if let Some(of) = by_module.get(module.as_str()) {
                add(names, *of, ledger.since(item));
            }
        }
        forwards
    }

    fn of_operations(
        &self,
        by_module: &HashMap<&str, ResourceId>,
        ledger: &Ledger<'l>,
    ) -> Vec<MethodForward> {
        let mut taken: HashSet<(ResourceId, &str)> = HashSet::new();
        for (operation, names) in self.api.operations.iter().zip(self.operations) {
            let contents = names.contents.iter().map(|content| &content.method);
            let methods = contents.chain([&names.method]);
            taken.extend(methods.map(|method| (operation.resource, method.as_str())));
        }
        let mut forwards = Vec::new();
        let mut add = |item: &'l Item, of: OperationId, since: String| {
            let [module, method, request] = item.names.as_slice() else { return };
            let Some(resource) = by_module.get(module.as_str()).copied() else { return };
            let (operation, now) = (self.api.operation(of), &self.operations[of.index()]);
            let is_here = operation.resource == resource;
            let is_same = is_here && now.method.as_str() == method;
            let is_refused = is_same || RESOURCE_METHODS.contains(&method.as_str());
            let Some(ident) = Ident::parse(method).filter(|_| !is_refused) else { return };
            if taken.insert((resource, method)) {
                let is_renamed = !is_here || now.request.as_str() != request;
                let is_free = is_renamed && !is_imported(request);
                let request = Ident::parse(request).filter(|_| is_free);
                forwards.push(MethodForward { resource, method: ident, request, of, since });
            }
        };
        let mut by_id: HashMap<&str, OperationId> = HashMap::new();
        for (id, operation) in self.api.operations() {
            by_id.extend(self.keys.operation_before(&operation.id).map(|before| (before, id)));
            if let Some(item) = self.keys.operation_item(&operation.id, ledger) {
                add(item, id, ledger.version().to_owned());
            }
        }
        by_id.extend(self.api.operations().map(|(id, operation)| (operation.id.as_str(), id)));
        for (key, item) in ledger.kept(Kind::OldMethod) {
            if let Some(of) = key.path.last().and_then(|id| by_id.get(id.as_str())) {
                add(item, *of, ledger.since(item));
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
        for TypeForward { ident, of, since } in forwards.types() {
            let names = [ident.as_str(), self.types[of.index()].as_str()];
            record(Kind::OldType, &names[..1], &names, since);
        }
        for ResourceForward { names, of, since } in forwards.resources() {
            let module = self.resources[of.index()].module.as_str();
            let names = [names.module.as_str(), names.ident.as_str(), &names.feature, module];
            record(Kind::OldResource, &names[..1], &names, since);
        }
        for MethodForward { resource, method, request, of, since } in forwards.methods() {
            let module = self.resources[resource.index()].module.as_str();
            let id = &self.api.operation(*of).id;
            let now = &self.operations[of.index()].request;
            let names = [module, method.as_str(), request.as_ref().unwrap_or(now).as_str()];
            record(Kind::OldMethod, &[module, method.as_str(), id], &names, since);
        }
    }
}

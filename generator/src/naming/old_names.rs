//! Collects the old names: the names that this run replaces, and the old names of earlier runs that stay.
//!
//! They are sorted, because a name that this run replaces is an old name of an earlier run in the next one, and the next run
//! has to write the same files.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::former_names::{self, FormerName};
use super::forwards::{
    FeatureForward, FormerResource, Forwards, OperationForward, ReplacedResource, ResourceForward,
    TypeForward,
};
use super::gone_resources::GoneResources;
use super::ident::Ident;
use super::ledger::Ledger;
use super::operation_items::{items, old_path};
use super::operation_names::{OperationNames, ResourceNames, is_feature};
use super::reserved::{RESOURCE_METHODS, is_imported, is_reserved_type};
use super::type_keys::TypeKeys;
use crate::ir::{Api, ResourceId, TypeId};
use crate::lock::{Item, Key, Kind};

/// Resources by their modules in the last run and now.
type ByModule<'a> = HashMap<&'a str, FormerResource>;

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
        let former = former_names::of(self.api, self.operations, self.keys, ledger);
        let replaced = self.replaced_resources(&former, ledger);
        let by_module = self.by_module(&replaced);
        let types = self.of_types(ledger);
        let resources = self.of_resources(&by_module, ledger);
        let features = self.of_features(&resources, ledger);
        let operation_items = self.of_operations(&former, &by_module, &replaced);
        let forwards = Forwards::new(self.api, types, resources, features, replaced, operation_items);
        self.record(&forwards, ledger);
        forwards
    }

    /// Returns the resources that the document does not have, and whose operations are in other resources.
    fn replaced_resources(&self, former: &[FormerName<'l>], ledger: &Ledger<'l>) -> Vec<ReplacedResource> {
        let present: HashSet<&str> = self.resources.iter().map(|names| names.module.as_str()).collect();
        let mut into: HashMap<&str, BTreeSet<ResourceId>> = HashMap::new();
        for name in former.iter().filter(|name| !present.contains(name.module)) {
            into.entry(name.module).or_default().insert(self.api.operation(name.of).resource);
        }
        let now = self.gone.replaced.iter().map(|(key, item)| (*key, *item, ledger.version().to_owned()));
        let kept = ledger.kept(Kind::ReplacedResource).into_iter();
        let kept = kept.map(|(key, item)| (key, item, ledger.since(item)));
        let replaced = now.chain(kept).filter_map(|(key, item, since)| {
            let [module, ident, feature] = item.names.as_slice() else { return None };
            let name = key.path.first()?.clone();
            let names = ResourceNames::parse(module, ident, feature)?;
            Some(ReplacedResource { name, names, into: into.remove(module.as_str())?, since })
        });
        let mut replaced: Vec<ReplacedResource> = replaced.collect();
        replaced.sort_by(|one, other| one.names.module.cmp(&other.names.module));
        replaced
    }

    /// Returns the resources by their modules. The old module of a renamed resource leads to the new resource.
    fn by_module<'s>(&'s self, replaced: &'s [ReplacedResource]) -> ByModule<'s> {
        let mut by_module: ByModule<'_> = HashMap::new();
        for (id, (_, item)) in &self.gone.renamed {
            by_module
                .extend(item.names.first().map(|module| (module.as_str(), FormerResource::Present(*id))));
        }
        for (id, _) in self.api.resources() {
            let module = self.resources[id.index()].module.as_str();
            by_module.entry(module).or_insert(FormerResource::Present(id));
        }
        for (position, resource) in replaced.iter().enumerate() {
            by_module.insert(resource.names.module.as_str(), FormerResource::Replaced(position));
        }
        by_module
    }

    fn of_types(&self, ledger: &Ledger<'l>) -> Vec<TypeForward> {
        let mut taken: HashSet<&str> = self.types.iter().map(|ident| ident.as_str()).collect();
        let mut forwards = Vec::new();
        let mut add = |old: &'l str, of: TypeId, since: String| {
            let is_free = !is_reserved_type(old) && taken.insert(old);
            if let Some(ident) = Ident::parse(old).filter(|_| is_free) {
                forwards.push(TypeForward { ident, of, since });
            }
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
        forwards.sort_by(|one, other| one.ident.cmp(&other.ident));
        forwards
    }

    fn of_resources(&self, by_module: &ByModule<'_>, ledger: &Ledger<'l>) -> Vec<ResourceForward> {
        let mut taken: HashSet<&str> = self.resources.iter().map(|names| names.module.as_str()).collect();
        let mut forwards = Vec::new();
        let mut add = |names: &'l [String], of: FormerResource, since: String| {
            let [module, ident, feature] = names else { return };
            let names = ResourceNames::parse(module, ident, feature);
            if let Some(names) = names.filter(|_| taken.insert(module)) {
                forwards.push(ResourceForward { names, of, since });
            }
        };
        for (id, (_, item)) in &self.gone.renamed {
            add(&item.names, FormerResource::Present(*id), ledger.version().to_owned());
        }
        for (_, item) in ledger.kept(Kind::OldResource) {
            let Some((module, names)) = item.names.split_last() else { continue };
            if let Some(of) = by_module.get(module.as_str()) {
                add(names, *of, ledger.since(item));
            }
        }
        forwards.sort_by(|one, other| one.names.module.cmp(&other.names.module));
        forwards
    }

    /// Returns the old features of resources that codegen.toml gives another feature.
    fn of_features(&self, resources: &[ResourceForward], ledger: &Ledger<'l>) -> Vec<FeatureForward> {
        let now = self.resources.iter().map(|names| names.feature.as_str());
        let mut taken: HashSet<&str> =
            now.chain(resources.iter().map(|forward| forward.names.feature.as_str())).collect();
        let mut forwards = Vec::new();
        let mut add = |feature: &'l str, of: ResourceId, since: String| {
            if is_feature(feature) && taken.insert(feature) {
                forwards.push(FeatureForward { feature: feature.to_owned(), of, since });
            }
        };
        let mut by_module: HashMap<&str, ResourceId> = HashMap::new();
        for (id, resource) in self.api.resources() {
            by_module.insert(self.resources[id.index()].module.as_str(), id);
            let before = ledger.item(&Key::new(Kind::Resource, [resource.name.as_str()]));
            if let Some(feature) = before.and_then(|item| item.names.get(2)) {
                add(feature, id, ledger.version().to_owned());
            }
        }
        for (_, item) in ledger.kept(Kind::OldFeature) {
            let [feature, module] = item.names.as_slice() else { continue };
            if let Some(of) = by_module.get(module.as_str()) {
                add(feature, *of, ledger.since(item));
            }
        }
        forwards
    }

    fn of_operations(
        &self,
        former: &[FormerName<'l>],
        by_module: &ByModule<'_>,
        replaced: &[ReplacedResource],
    ) -> Vec<OperationForward> {
        let mut taken = self.taken(replaced);
        let mut forwards = Vec::new();
        for FormerName { module, ident: old, of, item, since } in former {
            let Some(resource) = by_module.get(module).copied() else { continue };
            let is_reserved = match item.is_method() {
                true => RESOURCE_METHODS.contains(old),
                false => is_imported(old),
            };
            let Some(ident) = Ident::parse(old).filter(|_| !is_reserved) else { continue };
            if taken.insert((resource, item.is_method(), *old)) {
                let (of, item, since) = (*of, *item, since.clone());
                forwards.push(OperationForward { resource, ident, of, item, since });
            }
        }
        forwards.sort_by(|one, other| (one.of, &one.ident).cmp(&(other.of, &other.ident)));
        forwards
    }

    /// Returns the names of methods (`true`) and types (`false`) that resources have.
    fn taken<'s>(&'s self, replaced: &'s [ReplacedResource]) -> HashSet<(FormerResource, bool, &'s str)> {
        let mut taken = HashSet::new();
        for ((id, _), names) in self.api.resources().zip(self.resources) {
            taken.insert((FormerResource::Present(id), false, names.ident.as_str()));
        }
        for (position, resource) in replaced.iter().enumerate() {
            taken.insert((FormerResource::Replaced(position), false, resource.names.ident.as_str()));
        }
        for (operation, names) in self.api.operations.iter().zip(self.operations) {
            let resource = FormerResource::Present(operation.resource);
            let idents = items(operation, names).into_iter();
            let idents = idents.filter_map(|(item, _)| Some((item.is_method(), item.ident(names)?)));
            taken.extend(idents.map(|(is_method, ident)| (resource, is_method, ident.as_str())));
        }
        taken
    }

    /// Adds the old names to the next lock.
    fn record(&self, forwards: &Forwards, ledger: &mut Ledger<'l>) {
        let module = |resource: FormerResource| match resource {
            FormerResource::Present(id) => self.resources[id.index()].module.as_str(),
            FormerResource::Replaced(position) => {
                forwards.replaced_resources()[position].names.module.as_str()
            }
        };
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
            let names = [names.module.as_str(), names.ident.as_str(), &names.feature, module(*of)];
            record(Kind::OldResource, &names[..1], &names, since);
        }
        for FeatureForward { feature, of, since } in forwards.features() {
            let names = [feature.as_str(), module(FormerResource::Present(*of))];
            record(Kind::OldFeature, &names[..1], &names, since);
        }
        for ReplacedResource { name, names, since, .. } in forwards.replaced_resources() {
            let names = [names.module.as_str(), names.ident.as_str(), &names.feature];
            record(Kind::ReplacedResource, &[name.as_str()], &names, since);
        }
        for OperationForward { resource, ident, of, item, since } in forwards.operation_items() {
            let (operation, names) = (self.api.operation(*of), &self.operations[of.index()]);
            let path = items(operation, names).into_iter().find(|(known, _)| known == item);
            let path = path.map(|(_, path)| path).unwrap_or_default();
            let names = [module(*resource), ident.as_str()];
            let path = [&names[..], &[operation.id.as_str()], &old_path(*item, &path)].concat();
            record(item.old_kind(), &path, &names, since);
        }
    }
}

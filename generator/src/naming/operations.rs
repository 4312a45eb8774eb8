//! Names of resources, of their methods, and of the types beside the requests.

use std::collections::BTreeMap;

use super::chosen::{Chosen, in_order};
use super::ident::{Case, Ident, letter_first, to_case};
use super::ledger::{ItemKey, Ledger, ScopeId};
use super::operation::OperationNaming;
use super::operation_items::{OperationItem, old_path};
use super::operation_names::{OperationNames, ResourceNames};
use super::reserved::{CLIENT_METHODS, FEATURES, RESOURCE_IMPORTS, RESOURCE_METHODS, WINDOWS_DEVICES};
use super::scope::Scope;
use super::type_keys::{TypeKeys, call_of};
use crate::ir::{Api, Operation, OperationId, Resource, ResourceId};
use crate::lock::{Item, Key, Kind};

/// Names the resources and the operations. `renamed` has the names of the resources that other resources replace.
pub(super) fn allocate<'l>(
    api: &Api,
    chosen: &Chosen,
    keys: &TypeKeys<'l>,
    renamed: &BTreeMap<ResourceId, (&Key, &Item)>,
    ledger: &mut Ledger<'l>,
) -> (Vec<ResourceNames>, Vec<OperationNames>) {
    let mut scopes = ResourceScopes::open(ledger);
    let mut names: Vec<Option<OperationNames>> = api.operations.iter().map(|_| None).collect();
    let mut resources = Vec::with_capacity(api.resources.len());
    let by_resource = api.operations_by_resource();
    for ((id, resource), operations) in api.resources().zip(by_resource) {
        let renamed = renamed.get(&id).copied();
        let resource = scopes.name(resource, chosen.feature(id), renamed, ledger);
        let operations: Vec<(OperationId, &Operation)> =
            operations.into_iter().map(|id| (id, api.operation(id))).collect();
        let before = renamed.and_then(|(_, item)| item.names.first()).map(String::as_str);
        let mut naming = ResourceNaming::new(&resource, before, chosen, keys, ledger);
        for (id, operation) in naming.name_operations(&operations) {
            names[id.index()] = Some(operation);
        }
        resources.push(resource);
    }
    (resources, names.into_iter().flatten().collect())
}

/// The scopes of the names of resources.
struct ResourceScopes {
    modules: Scope,
    idents: Scope,
    features: Scope,
}

impl ResourceScopes {
    fn open(ledger: &Ledger<'_>) -> Self {
        let modules = [&CLIENT_METHODS[..], &WINDOWS_DEVICES].concat();
        let modules = Scope::reserving(Case::Module, "resource", &modules);
        let idents = Scope::reserving(Case::Camel, "Resource", &RESOURCE_IMPORTS);
        let features = Scope::reserving(Case::Module, "resource", &FEATURES);
        Self {
            modules: ledger.open(&ScopeId::ResourceModules, modules),
            idents: ledger.open(&ScopeId::ResourceTypes, idents),
            features: ledger.open(&ScopeId::Features, features),
        }
    }

    /// Names a resource. `feature` is the name that codegen.toml gives to its feature, and `renamed` the item of the resource
    /// that it replaces.
    fn name(
        &mut self,
        resource: &Resource,
        feature: Option<&str>,
        renamed: Option<(&Key, &Item)>,
        ledger: &mut Ledger<'_>,
    ) -> ResourceNames {
        let wanted = letter_first("resource", resource.name.clone());
        let mut key = ledger.key(Kind::Resource, &[&resource.name], None);
        let known = match renamed {
            Some(renamed) => known_names(&wanted, renamed, ledger),
            None => returning(&key.before, ledger),
        };
        let known = known.unwrap_or_else(|| key.before.clone());
        let module = self.modules.allocate_for((&known, 0), &wanted, &[]);
        let ident = self.idents.allocate_for((&known, 1), &wanted, &[]);
        let other = format!("{} resource", module.as_str());
        let feature = match feature {
            Some(feature) => self.features.allocate_chosen(feature),
            None => self.features.allocate_for((&known, 2), module.as_str(), &[&other]),
        };
        let feature = feature_of(&feature);
        if let Some((before, _)) = renamed {
            key.before = before.clone();
        }
        let recorded = [module.as_str(), ident.as_str(), &feature].map(str::to_owned).to_vec();
        ledger.record(key, Item { names: recorded, ..Item::default() });
        ResourceNames { module, ident, feature }
    }
}

/// Returns the item of the lock whose names a renamed resource gets: its own item if the wanted name is the same
/// identifier, or the item of an old name.
fn known_names(wanted: &str, (before, item): (&Key, &Item), ledger: &mut Ledger<'_>) -> Option<Key> {
    let wanted = to_case(wanted, Case::Module);
    if item.names.first() == Some(&wanted) {
        return Some(before.clone());
    }
    let old = Key::new(Kind::OldResource, [wanted]);
    let is_own = |old: &Item| old.names.last() == item.names.first();
    if !ledger.item(&old).is_some_and(is_own) {
        return None;
    }
    ledger.take_back(&old);
    Some(old)
}

/// Returns the item of the old names that a resource gets back, because it is in the document again.
fn returning(key: &Key, ledger: &mut Ledger<'_>) -> Option<Key> {
    let replaced = Key { kind: Kind::ReplacedResource, ..key.clone() };
    let module = ledger.item(key).and_then(|item| item.names.first());
    let old = module.map(|module| Key::new(Kind::OldResource, [module.as_str()]));
    let known = [Some(replaced), old].into_iter().flatten().find(|key| ledger.item(key).is_some())?;
    ledger.take_back(&known);
    Some(known)
}

/// Returns the feature that an identifier stands for.
///
/// Identifiers have underscores after a keyword and before a digit. Features do not need them.
fn feature_of(ident: &Ident) -> String {
    ident.as_str().trim_matches('_').replace('_', "-")
}

/// Names the operations of a resource.
struct ResourceNaming<'a, 'l> {
    module: &'a Ident,
    /// The module in the last run.
    before: &'a str,
    methods: Scope,
    requests: Scope,
    chosen: &'a Chosen,
    keys: &'a TypeKeys<'l>,
    ledger: &'a mut Ledger<'l>,
}

impl<'a, 'l> ResourceNaming<'a, 'l> {
    /// `before` is the module in the last run, if it was another one.
    fn new(
        names: &'a ResourceNames,
        before: Option<&'a str>,
        chosen: &'a Chosen,
        keys: &'a TypeKeys<'l>,
        ledger: &'a mut Ledger<'l>,
    ) -> Self {
        let ResourceNames { module, ident, .. } = names;
        let before = before.unwrap_or(module.as_str());
        let methods = Scope::reserving(Case::Snake, "call", &RESOURCE_METHODS);
        let methods = ledger.open(&ScopeId::Methods(before.to_owned()), methods);
        let reserved: Vec<&str> = RESOURCE_IMPORTS.into_iter().chain([ident.as_str()]).collect();
        let requests = Scope::reserving(Case::Camel, "Call", &reserved);
        let requests = ledger.open(&ScopeId::Requests(before.to_owned()), requests);
        Self { module, before, methods, requests, chosen, keys, ledger }
    }

    fn name_operations(
        &mut self,
        operations: &[(OperationId, &Operation)],
    ) -> Vec<(OperationId, OperationNames)> {
        // Names that codegen.toml gives come first, then names of patterns.
        let mut order: Vec<usize> = (0..operations.len()).collect();
        order.sort_by_key(|index| {
            let id = operations[*index].0;
            (self.chosen.given_method(id).is_none(), self.chosen.method(id).is_none())
        });
        let named = order.into_iter().map(|index| {
            let (id, operation) = operations[index];
            (index, (id, self.name_operation(id, operation)))
        });
        let mut named: Vec<(OperationId, OperationNames)> = in_order(named.collect());
        // Names of bodies, forms and headers come last, so that the operations keep their names.
        for ((_, operation), (_, names)) in operations.iter().zip(&mut named) {
            self.name_beside_request(operation, names);
        }
        named
    }

    /// Names an operation, and everything in it. Types beside the request get their names later.
    fn name_operation(&mut self, id: OperationId, operation: &Operation) -> OperationNames {
        let chosen = self.chosen;
        let name = chosen.method(id);
        let before = self.keys.operation_before(&operation.id).unwrap_or(&operation.id);
        let key = self.ledger.key(Kind::Operation, &[&operation.id], Some(&[before]));
        let known = self.known_names(operation, name, &key);
        let call = call_of(&operation.method, &operation.path);
        let method = match name {
            Some(name) => self.methods.allocate_chosen(name),
            None => {
                // If the name is taken, try the operation id, then method and path.
                let last = operation.id.rsplit('.').next().unwrap_or_default();
                self.methods.allocate_for((&known, 1), &operation.name, &[last, &call])
            }
        };
        let request = self.request(before, &known, &method);
        let names = [self.module, &method, &request].map(|ident| ident.as_str().to_owned()).to_vec();
        self.ledger.record(key, Item { names, call: Some(call), ..Item::default() });
        OperationNaming { id, operation, chosen, before, ledger: self.ledger }.names(method, request)
    }

    /// Returns the item of the lock whose names an operation gets: its own item, or the item of an old name. An operation
    /// that was renamed, or was in another resource, keeps its name only if it is the wanted name. `chosen` is the name that
    /// the settings choose.
    fn known_names(&mut self, operation: &Operation, chosen: Option<&str>, key: &ItemKey) -> Key {
        let before = self.keys.operation_before(&operation.id);
        let wanted = chosen.map_or_else(|| to_case(&operation.name, Case::Snake), str::to_owned);
        let names = self.ledger.item(&key.before).map(|item| item.names.as_slice()).unwrap_or_default();
        let is_here = names.first().is_none_or(|module| module == self.before);
        let is_same = is_here && names.get(1) == Some(&wanted);
        let is_renamed = before.is_some() || !is_here || chosen.is_some();
        let id = before.unwrap_or(&operation.id);
        let old = Key::new(Kind::OldMethod, [self.before, &wanted, id]);
        let is_known = self.ledger.item(&old).is_some();
        if is_same || !is_renamed || (chosen.is_some() && !is_known) {
            return key.before.clone();
        }
        self.ledger.take_back(&old);
        old
    }

    /// Names the request of an operation. `known` is the item of the lock that the name of the method comes from.
    fn request(&mut self, id: &str, known: &Key, method: &Ident) -> Ident {
        // The request is named like the method, so a method with another name has another request.
        let is_kept = |item: &Item| item.names.get(1).is_some_and(|name| name == method.as_str());
        let kept = self.ledger.item(known).is_some_and(is_kept);
        let kept = kept.then(|| self.requests.recall((known, 2))).flatten();
        let other = format!("{} request", method.as_str());
        let wanted = [method.as_str(), &other];
        let mut old = wanted.into_iter();
        let item = OperationItem::Request;
        let known = kept.or_else(|| old.find_map(|wanted| self.recall_old(item, id, &[], wanted)));
        known.unwrap_or_else(|| self.requests.allocate_or(method.as_str(), &[&other]))
    }

    /// Returns the old name of an item, which the item gets back if it is the wanted name. `id` is the id of the operation
    /// in the last run, and `path` the path of the item in the operation.
    fn recall_old(&mut self, item: OperationItem, id: &str, path: &[&str], wanted: &str) -> Option<Ident> {
        let wanted = to_case(wanted, if item.is_method() { Case::Snake } else { Case::Camel });
        let old = [&[self.before, &wanted, id][..], &old_path(item, path)].concat();
        let old = Key::new(item.old_kind(), old);
        self.ledger.item(&old)?;
        self.ledger.take_back(&old);
        self.scope(item).recall((&old, 1))
    }

    fn scope(&mut self, item: OperationItem) -> &mut Scope {
        if item.is_method() { &mut self.methods } else { &mut self.requests }
    }

    /// Names the methods and types of an operation beside its method and its request.
    fn name_beside_request(&mut self, operation: &Operation, names: &mut OperationNames) {
        let request = names.request.as_str().to_owned();
        let contents = operation.body.iter().flat_map(|body| &body.contents).map(|it| it.name.as_str());
        let contents: Vec<&str> = contents.collect();
        if operation.body.as_ref().is_some_and(|body| body.required) {
            for (position, content) in contents.iter().copied().enumerate().skip(1) {
                let wanted = format!("{} {content}", names.method.as_str());
                let item = OperationItem::Method { content: position };
                names.contents[position].method = self.beside(operation, item, &[content], &wanted);
            }
        }
        for (position, content) in contents.iter().copied().enumerate() {
            let Some(form) = &mut names.contents[position].form else { continue };
            let item = OperationItem::Form { content: position };
            form.ident = self.beside(operation, item, &[content], &format!("{request} form"));
            for (variant, (ident, form)) in form.variants.iter_mut().enumerate() {
                let wanted = format!("{request} {} form", ident.as_str());
                let item = OperationItem::FormVariant { content: position, variant };
                form.ident = self.beside(operation, item, &[content, ident.as_str()], &wanted);
            }
        }
        if let Some(response) = &mut names.response {
            let wanted = format!("{request} answer");
            response.ident = self.beside(operation, OperationItem::Response, &[], &wanted);
        }
        if let Some(headers) = &mut names.headers {
            let wanted = format!("{request} headers");
            headers.ident = self.beside(operation, OperationItem::Headers, &[], &wanted);
        }
    }

    /// Names a method or a type beside the request: as in the last run, or by an old name, or anew.
    fn beside(&mut self, operation: &Operation, item: OperationItem, path: &[&str], wanted: &str) -> Ident {
        let id = operation.id.as_str();
        let before = self.keys.operation_before(id).unwrap_or(id);
        let (kind, position) = item.line();
        let key = self.ledger.key(kind, &[&[id][..], path].concat(), Some(&[&[before][..], path].concat()));
        let known = self.scope(item).recall(key.slot(position));
        let known = known.or_else(|| self.recall_old(item, before, path, wanted));
        let ident = known.unwrap_or_else(|| self.scope(item).allocate(wanted));
        self.ledger.record_names(key, &[self.module, &ident]);
        ident
    }
}

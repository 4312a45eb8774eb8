//! Finds the types of a document in the lock.
//!
//! A type is found by its key: the key of a component, or the owner and the place of a nested type. The place of an alternative can depend
//! on the other alternatives, so a nested type is also found by its location, and not by its key if that is the key of a
//! type inside it, or of a type with the shape and the location in the lock. A component whose key changes is found by its shape, an operation by its method and path.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::ident::{Case, to_case};
use super::ledger::Ledger;
use super::shape::shape_of;
use crate::diagnostics::Pointer;
use crate::hash::digest;
use crate::ir::{Api, Role, TypeDef, TypeId, TypeName};
use crate::lock::{Item, Key, Kind, Numbering};

/// The maximum length of a location in the lock. Schemas can be nested deeply, and all of them have a location.
const LONGEST_LOCATION: usize = 160;

/// The types of a document in the lock.
pub(super) struct TypeKeys<'l> {
    /// The types that are in the lock.
    found: Vec<Option<Found<'l>>>,
    /// The ids that operations had in the last run, by their ids.
    operations: HashMap<String, String>,
}

/// A type in the lock.
#[derive(Clone, Debug)]
pub(super) struct Found<'l> {
    item: &'l Item,
    /// Key in the lock.
    pub(super) before: Key,
    /// True if the document calls the component by another key now.
    pub(super) is_renamed: bool,
}

impl<'l> Found<'l> {
    /// Returns the name of the type in the lock.
    pub(super) fn name(&self) -> Option<&'l str> {
        self.item.names.first().map(String::as_str)
    }
}

impl<'l> TypeKeys<'l> {
    /// Finds the types of `api` in the lock.
    pub(super) fn of(api: &Api, ledger: &Ledger<'l>) -> Self {
        let mut keys = Self { found: vec![None; api.types.len()], operations: HashMap::new() };
        if ledger.is_empty() {
            return keys;
        }
        keys.operations = operations(api, ledger);
        let types = api.types_by_origin();
        let locations = Locations::of(&types, ledger);
        let mut used = HashSet::new();
        // Owners come before the types in them, so each round finds the types in the types that the last one found.
        keys.find_by_key(&types, &locations, ledger, &mut used);
        keys.find_renamed(&types, ledger, &mut used);
        keys.find_by_key(&types, &locations, ledger, &mut used);
        keys.find_by_location(&types, ledger, &mut used);
        keys.find_extracted(&types, ledger, &mut used);
        keys.find_by_key(&types, &locations, ledger, &mut used);
        keys
    }

    /// Returns a type in the lock. `None` for a new type.
    pub(super) fn of_type(&self, id: TypeId) -> Option<&Found<'l>> {
        self.found[id.index()].as_ref()
    }

    /// Returns the name that a type had in the last run.
    pub(super) fn name_before(&self, id: TypeId) -> Option<&'l str> {
        self.of_type(id).and_then(Found::name)
    }

    /// Returns the id that an operation had in the last run, if it was another one.
    pub(super) fn operation_before(&self, id: &str) -> Option<&str> {
        self.operations.get(id).map(String::as_str)
    }

    /// Returns the names that an operation had in the last run.
    pub(super) fn operation_item(&self, id: &str, ledger: &Ledger<'l>) -> Option<&'l Item> {
        let id = self.operation_before(id).unwrap_or(id);
        ledger.item(&Key::new(Kind::Operation, [id]))
    }

    fn find_by_key(
        &mut self,
        types: &[(TypeId, &TypeDef)],
        locations: &Locations<'_>,
        ledger: &Ledger<'l>,
        used: &mut HashSet<Key>,
    ) {
        let mut numbering = Numbering::default();
        for (id, def) in types {
            let Some(key) = self.key_of(def).map(|key| numbering.next(key)) else { continue };
            if self.found[id.index()].is_some() {
                continue;
            }
            let item = ledger.item(&key).filter(|item| !locations.are_of_others(&key, item, def));
            if let Some(item) = item.filter(|_| used.insert(key.clone())) {
                self.found[id.index()] = Some(Found { item, before: key, is_renamed: false });
            }
        }
    }

    /// Returns the key that a type has in the lock if it was not renamed. `None` if the type that contains it is new.
    fn key_of(&self, def: &TypeDef) -> Option<Key> {
        match &def.name {
            TypeName::Component { key, .. } => Some(Key::new(Kind::Type, [key.as_str()])),
            TypeName::Inline { owner, place, role } => {
                let owner = self.name_before(*owner)?;
                Some(Key::new(Kind::NestedType, [owner, &place_with_role(place, *role)]))
            }
            TypeName::InOperation { operation, place, role } => {
                let id = self.operation_before(operation).unwrap_or(operation);
                Some(Key::new(Kind::OperationType, [id, &place_with_role(place, *role)]))
            }
        }
    }

    /// Finds components that have the shape of a component that is gone, if no other component has it.
    fn find_renamed(&mut self, types: &[(TypeId, &TypeDef)], ledger: &Ledger<'l>, used: &mut HashSet<Key>) {
        let is_component = |def: &TypeDef| matches!(def.name, TypeName::Component { .. });
        let present: HashSet<&str> = types.iter().filter_map(|(_, def)| component_key(def)).collect();
        let mut gone: BTreeMap<&str, Vec<(&Key, &'l Item)>> = BTreeMap::new();
        for (key, item) in ledger.items(Kind::Type) {
            let is_gone = key.path.first().is_some_and(|key| !present.contains(key.as_str()));
            if let Some(shape) = item.shape.as_deref().filter(|_| is_gone) {
                gone.entry(shape).or_default().push((key, item));
            }
        }
        let mut new: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
        for (id, def) in
            types.iter().filter(|(id, def)| is_component(def) && self.found[id.index()].is_none())
        {
            if let Some(shape) = shape_of(def) {
                new.entry(shape).or_default().push(*id);
            }
        }
        for (shape, ids) in new {
            if let ([id], Some([(key, item)])) = (ids.as_slice(), gone.get(shape.as_str()).map(Vec::as_slice))
            {
                used.insert((*key).clone());
                self.found[id.index()] = Some(Found { item, before: (*key).clone(), is_renamed: true });
            }
        }
    }

    /// Finds nested types at the location of a nested type that has not been found.
    fn find_by_location(
        &mut self,
        types: &[(TypeId, &TypeDef)],
        ledger: &Ledger<'l>,
        used: &mut HashSet<Key>,
    ) {
        let mut known: HashMap<&str, Vec<(&Key, &'l Item)>> = HashMap::new();
        for (key, item) in nested(ledger) {
            if let Some(at) = item.at.as_deref().filter(|_| !used.contains(key)) {
                known.entry(at).or_default().push((key, item));
            }
        }
        for (id, def) in types {
            let is_nested = component_key(def).is_none() && self.found[id.index()].is_none();
            let at = location_of(&def.docs.pointer);
            let only = known.get(at.as_str()).filter(|_| is_nested).map(Vec::as_slice);
            if let Some([(key, item)]) = only {
                let key = (*key).clone();
                if used.insert(key.clone()) {
                    self.found[id.index()] = Some(Found { item, before: key, is_renamed: false });
                }
            }
        }
    }

    /// Finds components that were nested types with the same name and shape.
    fn find_extracted(&mut self, types: &[(TypeId, &TypeDef)], ledger: &Ledger<'l>, used: &mut HashSet<Key>) {
        let by_name: HashMap<&str, (&Key, &'l Item)> = nested(ledger)
            .filter_map(|(key, item)| Some((item.names.first()?.as_str(), (key, item))))
            .collect();
        for (id, def) in types {
            let Some(key) = component_key(def).filter(|_| self.found[id.index()].is_none()) else {
                continue;
            };
            let name = to_case(key.rsplit('.').next().unwrap_or(key), Case::Camel);
            let Some((key, item)) = by_name.get(name.as_str()) else { continue };
            if item.shape.is_some() && item.shape == shape_of(def) && used.insert((*key).clone()) {
                self.found[id.index()] = Some(Found { item, before: (*key).clone(), is_renamed: false });
            }
        }
    }
}

/// The locations of nested types, in the document and in the lock.
struct Locations<'a> {
    /// The types at each location. A list and its items have the same one.
    now: HashMap<String, Vec<&'a TypeDef>>,
    before: HashSet<&'a str>,
    /// The paths of several items in the lock.
    shared_paths: HashSet<&'a [String]>,
}

impl<'a> Locations<'a> {
    fn of(types: &[(TypeId, &'a TypeDef)], ledger: &Ledger<'a>) -> Self {
        let mut now: HashMap<String, Vec<&TypeDef>> = HashMap::new();
        for (_, def) in types.iter().filter(|(_, def)| component_key(def).is_none()) {
            now.entry(location_of(&def.docs.pointer)).or_default().push(def);
        }
        Self {
            now,
            before: nested(ledger).filter_map(|(_, item)| item.at.as_deref()).collect(),
            shared_paths: nested(ledger)
                .filter(|(key, _)| key.number > 1)
                .map(|(key, _)| key.path.as_slice())
                .collect(),
        }
    }

    /// Returns true if an item with the key of a type belongs to another type. This happens when a union distinguishes its
    /// alternatives in another way:
    ///
    /// - The value of a property is an alternative, or no longer one. Then the item belongs to a type inside the type, or the
    ///   type itself was inside the type of the item.
    /// - A new alternative has the place that another one had. Then the other one still has the location and the shape.
    /// - One of several alternatives with the same place gets another place, which changes the numbers of the others. Then both
    ///   still have their locations.
    fn are_of_others(&self, key: &Key, item: &Item, def: &TypeDef) -> bool {
        let Some(before) = item.at.as_deref() else { return false };
        let now = location_of(&def.docs.pointer);
        if now == before {
            return false;
        }
        let has_shape = |def: &TypeDef| item.shape.is_some() && shape_of(def) == item.shape;
        let of_location = self.now.get(before).map(Vec::as_slice).unwrap_or_default();
        is_inside(before, &now) && !of_location.is_empty()
            || is_inside(&now, before) && self.before.contains(now.as_str())
            || of_location.iter().any(|other| has_shape(other)) && !has_shape(def)
            || self.shared_paths.contains(key.path.as_slice())
                && self.before.contains(now.as_str())
                && !of_location.is_empty()
    }
}

/// Returns true if a location is inside another one.
fn is_inside(location: &str, other: &str) -> bool {
    location.strip_prefix(other).is_some_and(|rest| rest.starts_with('/'))
}

/// Iterates over the nested types of the last run.
fn nested<'l>(ledger: &Ledger<'l>) -> impl Iterator<Item = (&'l Key, &'l Item)> {
    [Kind::NestedType, Kind::OperationType].into_iter().flat_map(|kind| ledger.items(kind))
}

fn component_key(def: &TypeDef) -> Option<&str> {
    match &def.name {
        TypeName::Component { key, .. } => Some(key),
        TypeName::Inline { .. } | TypeName::InOperation { .. } => None,
    }
}

/// Returns the place of a nested type: `tags[]` for the items of the list `tags`.
pub(super) fn place_with_role(place: &str, role: Role) -> String {
    let suffix = match role {
        Role::Itself => "",
        Role::ListItem => "[]",
        Role::Value => "{}",
    };
    format!("{place}{suffix}")
}

/// Returns a location as the lock has it: a reference, or its digest if it is long.
pub(super) fn location_of(pointer: &Pointer) -> String {
    let reference = pointer.reference();
    if reference.len() <= LONGEST_LOCATION { reference } else { digest([reference.as_str()]) }
}

/// Finds the operations whose ids have changed, by method and path.
fn operations(api: &Api, ledger: &Ledger<'_>) -> HashMap<String, String> {
    let present: HashSet<&str> = api.operations.iter().map(|operation| operation.id.as_str()).collect();
    let mut gone: HashMap<&str, &str> = HashMap::new();
    let mut known: HashSet<&str> = HashSet::new();
    for (key, item) in ledger.items(Kind::Operation) {
        let Some(id) = key.path.first() else { continue };
        known.insert(id);
        if let Some(call) = item.call.as_deref().filter(|_| !present.contains(id.as_str())) {
            gone.insert(call, id);
        }
    }
    let new = api.operations.iter().filter(|operation| !known.contains(operation.id.as_str()));
    let renamed = new.filter_map(|operation| {
        let before = gone.get(call_of(&operation.method, &operation.path).as_str())?;
        Some((operation.id.clone(), (*before).to_owned()))
    });
    renamed.collect()
}

/// Returns method and path of an operation, as the lock has them.
pub(super) fn call_of(method: &str, path: &str) -> String {
    format!("{method} {path}")
}

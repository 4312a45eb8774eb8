//! The items of a surface by path and role, and the groups of changes.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::conditions;
use crate::surface::{Item, ItemKind, Origin, Surface};

/// The group of changes of the manifest.
pub(super) const MANIFEST: &str = "Cargo.toml";

/// The role of an item at its path. Items with the same path and role in two surfaces are compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Manifest,
    Module,
    /// A struct, union, enum, alias, trait or another path of an item.
    Type,
    /// A field, variant, constant, static or item of a trait.
    Member,
    Function,
    Macro,
    /// An impl of this trait.
    Impl(String),
}

impl Role {
    pub(super) fn of(item: &Item) -> Self {
        match &item.kind {
            ItemKind::CrateName(_)
            | ItemKind::RustVersion(_)
            | ItemKind::Feature(_)
            | ItemKind::Dependency(_) => Self::Manifest,
            ItemKind::Module => Self::Module,
            ItemKind::Struct { .. }
            | ItemKind::Union(_)
            | ItemKind::Enum(_)
            | ItemKind::Alias { .. }
            | ItemKind::Trait { .. }
            | ItemKind::Reexport(_) => Self::Type,
            ItemKind::Field(_)
            | ItemKind::Variant { .. }
            | ItemKind::TraitItem { .. }
            | ItemKind::Const(_)
            | ItemKind::Static(_) => Self::Member,
            ItemKind::Function(_) => Self::Function,
            ItemKind::Macro(_) => Self::Macro,
            // Several impls of a trait differ in their type arguments, which the text has.
            ItemKind::Impl { text, .. } => Self::Impl(text.clone()),
        }
    }
}

/// The items of a surface.
pub(super) struct Index<'s> {
    pub(super) items: BTreeMap<(&'s str, Role), Vec<&'s Item>>,
    /// The structs of resources, by the names of their modules.
    resources: BTreeMap<&'s str, &'s str>,
    /// The modules of resources, by the paths of their structs.
    modules: BTreeMap<&'s str, &'s str>,
    features: BTreeMap<&'s str, Feature<'s>>,
    any_resource: OnceCell<Vec<String>>,
}

/// A Cargo feature.
struct Feature<'s> {
    /// The features that it enables directly.
    enables: &'s [String],
    /// All features that it enables, once they are needed: many items have the condition of one feature.
    all: OnceCell<BTreeSet<&'s str>>,
}

impl<'s> Index<'s> {
    pub(super) fn of(surface: &'s Surface) -> Self {
        let mut items: BTreeMap<(&str, Role), Vec<&Item>> = BTreeMap::new();
        let mut resources = BTreeMap::new();
        let mut features = BTreeMap::new();
        for item in surface.items() {
            items.entry((&item.path, Role::of(item))).or_default().push(item);
            if let (Some(name), ItemKind::Feature(enables)) = (item.path.strip_prefix("feature "), &item.kind)
            {
                features.insert(name, Feature { enables, all: OnceCell::new() });
            }
            if let ItemKind::Reexport(target) = &item.kind {
                let module = item.path.strip_prefix("resources::").and_then(|rest| rest.split_once("::"));
                if let Some((module, _)) = module {
                    resources.insert(module, target.as_str());
                }
            }
        }
        let modules = resources.iter().map(|(module, resource)| (*resource, *module)).collect();
        Self { items, resources, modules, features, any_resource: OnceCell::new() }
    }

    /// Returns true if the crate has a Cargo feature.
    pub(super) fn has_feature(&self, name: &str) -> bool {
        self.features.contains_key(name)
    }

    /// Returns the features that a feature enables, directly or through others. `None` for an unknown feature.
    pub(super) fn enabled_by(&self, feature: &str) -> Option<&BTreeSet<&'s str>> {
        let feature = self.features.get(feature)?;
        Some(feature.all.get_or_init(|| {
            let mut found = BTreeSet::new();
            let mut open: Vec<&'s str> = feature.enables.iter().map(String::as_str).collect();
            while let Some(name) = open.pop() {
                if found.insert(name) {
                    let enables = self.features.get(name).map(|it| it.enables);
                    open.extend(enables.into_iter().flatten().map(String::as_str));
                }
            }
            found
        }))
    }

    /// Returns the condition that at least one resource is enabled. Empty for a crate without resources.
    pub(super) fn any_resource(&self) -> &[String] {
        self.any_resource.get_or_init(|| {
            let resources = self.modules.keys().filter_map(|resource| self.ty(resource));
            let features: BTreeSet<&str> =
                resources.flat_map(|item| conditions::features(&item.conditions)).collect();
            conditions::any_feature(&features).into_iter().collect()
        })
    }

    /// Returns true if the runtime defines the item at a path.
    pub(super) fn is_of_runtime(&self, path: &str) -> bool {
        let at_path = self.items.range((path, Role::Manifest)..);
        let mut items = at_path.take_while(|((other, _), _)| *other == path).flat_map(|(_, items)| items);
        items.any(|item| item.origin == Origin::Runtime)
    }

    /// Returns the item of a type at a path.
    pub(super) fn ty(&self, path: &str) -> Option<&'s Item> {
        self.items.get(&(path, Role::Type))?.first().copied()
    }

    /// Returns the function at a path.
    pub(super) fn function(&self, path: &str) -> Option<&'s Item> {
        self.items.get(&(path, Role::Function))?.first().copied()
    }

    /// Returns true if a path is a resource.
    pub(super) fn is_resource(&self, path: &str) -> bool {
        self.modules.contains_key(path)
    }

    /// Returns the accessor of a resource: the name of its module.
    pub(super) fn accessor(&self, resource: &str) -> Option<&'s str> {
        self.modules.get(resource).copied()
    }

    /// Returns the resource with a request type, by the path of the type.
    pub(super) fn resource_of(&self, request: &str) -> Option<&'s str> {
        let (module, _) = request.strip_prefix("resources::")?.split_once("::")?;
        self.resources.get(module).copied()
    }

    /// Returns the functions of a type.
    pub(super) fn functions(&self, path: &str) -> Vec<&'s Item> {
        let is_function = |item: &&Item| matches!(item.kind, ItemKind::Function(_));
        self.members(path).filter(is_function).collect()
    }

    /// Returns the fields, variants, functions and other members of an item.
    pub(super) fn members(&self, path: &str) -> impl Iterator<Item = &'s Item> {
        let prefix = format!("{path}::");
        let members = self.items.range((prefix.as_str(), Role::Manifest)..);
        let members = members.take_while(|((other, _), _)| other.starts_with(&prefix));
        members.flat_map(|(_, items)| items.iter().copied()).collect::<Vec<_>>().into_iter()
    }

    /// Returns the impls of a type.
    pub(super) fn impls(&self, path: &str) -> Vec<&'s Item> {
        let first = (path, Role::Impl(String::new()));
        let of_path = self.items.range(first..).take_while(|((other, _), _)| *other == path);
        of_path.flat_map(|(_, items)| items.iter().copied()).collect()
    }

    /// Returns the resource, type or other item that groups the changes of a path.
    pub(super) fn group(&self, item: &Item) -> String {
        if Role::of(item) == Role::Manifest {
            return MANIFEST.to_owned();
        }
        let segments: Vec<&str> = item.path.split("::").collect();
        let resource = match segments.as_slice() {
            ["Client", accessor] | ["mock", "Operations", accessor] => self.resources.get(accessor),
            ["resources" | "mock", module, ..] => self.resources.get(module),
            _ => None,
        };
        if let Some(resource) = resource {
            return (*resource).to_owned();
        }
        match Role::of(item) {
            Role::Member | Role::Function if segments.len() > 1 => item.owner().to_owned(),
            _ => item.path.clone(),
        }
    }
}

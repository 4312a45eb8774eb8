//! Finds the changes that explain an item that another tool lists. `openapi_crate::diff` reports a change once: the removal of a
//! field explains the removal of its setter, and the removal of a resource explains everything inside it.

use std::collections::{BTreeMap, BTreeSet};

use openapi_crate::diff::{Change, ChangeKind, Class};
use openapi_crate::surface::{ItemKind, Surface};

/// The changes of the public API by the paths that they explain.
pub(super) struct Coverage<'c> {
    /// The changes of an item, by its path.
    at: BTreeMap<&'c str, Vec<&'c Change>>,
    /// The changes of members, by their owner and their letters.
    members: BTreeMap<(&'c str, String), Vec<&'c Change>>,
    /// The changes that explain everything at and inside a path.
    inside: BTreeMap<String, Vec<&'c Change>>,
    /// The changes of variants, by their type, which explain conversions.
    variants: BTreeMap<&'c str, Vec<&'c Change>>,
    /// The changes of resources, by the resource.
    groups: BTreeMap<&'c str, Vec<&'c Change>>,
    /// Other paths of items, such as `resources::pets::Pets`, with their shortest paths.
    aliases: BTreeMap<String, String>,
    /// The resources by their modules.
    resources: BTreeMap<String, String>,
}

impl<'c> Coverage<'c> {
    pub(super) fn of(surfaces: [&'c Surface; 2], changes: &'c [Change]) -> Self {
        let mut coverage = Self {
            at: BTreeMap::new(),
            members: BTreeMap::new(),
            inside: BTreeMap::new(),
            variants: BTreeMap::new(),
            groups: BTreeMap::new(),
            aliases: BTreeMap::new(),
            resources: BTreeMap::new(),
        };
        for surface in surfaces {
            coverage.paths(surface);
        }
        let changes = changes.iter().filter(|change| matters(change));
        for change in changes {
            coverage.add(surfaces, change);
        }
        coverage
    }

    fn paths(&mut self, surface: &Surface) {
        for item in surface.items() {
            let ItemKind::Reexport(target) = &item.kind else { continue };
            self.aliases.insert(item.path.clone(), target.clone());
            let module = item.path.strip_prefix("resources::").and_then(|rest| rest.split_once("::"));
            if let Some((module, _)) = module {
                self.resources.insert(module.to_owned(), target.clone());
            }
        }
    }

    fn add(&mut self, surfaces: [&Surface; 2], change: &'c Change) {
        use ChangeKind as K;
        let path = change.path.as_str();
        self.at.entry(path).or_default().push(change);
        self.groups.entry(&change.group).or_default().push(change);
        let (owner, name) = path.rsplit_once("::").unwrap_or(("", path));
        self.members.entry((owner, letters(name))).or_default().push(change);
        let is_whole = matches!(
            change.kind,
            K::ItemRemoved | K::ItemRenamed | K::ItemKindChanged | K::ResourceRemoved | K::RequestTypeChanged
        );
        if is_whole || matches!(change.kind, K::ReturnTypeChanged | K::AliasTargetChanged) {
            self.inside.entry(path.to_owned()).or_default().push(change);
        }
        if matches!(change.kind, K::VariantRemoved | K::VariantFieldsChanged | K::VariantAdded) {
            self.variants.entry(owner).or_default().push(change);
        }
        // The request of an operation belongs to it.
        for surface in surfaces {
            for item in surface.at(path) {
                if let ItemKind::Function(callable) = &item.kind {
                    if callable.output.starts_with("resources::") {
                        let request = callable.output.split('<').next().unwrap_or_default();
                        self.inside.entry(request.to_owned()).or_default().push(change);
                    }
                }
            }
        }
    }

    /// Returns the changes of the members of a type, which explain a block of its methods.
    pub(super) fn of_members(&self, path: &str) -> Vec<&'c Change> {
        let path = self.shortest(path);
        let members = self.members.range((path.as_str(), String::new())..);
        members.take_while(|((owner, _), _)| *owner == path).flat_map(|(_, all)| all).copied().collect()
    }

    /// Returns the changes that explain an item at a path.
    pub(super) fn changes(&self, path: &str, is_impl: bool) -> Vec<&'c Change> {
        let path = self.shortest(path);
        let mut found: Vec<&Change> = self.at.get(path.as_str()).into_iter().flatten().copied().collect();
        let mut end = path.len();
        loop {
            found.extend(self.inside.get(&path[..end]).into_iter().flatten());
            let Some(shorter) = path[..end].rfind("::") else { break };
            end = shorter;
        }
        let (owner, name) = path.rsplit_once("::").unwrap_or(("", &path));
        for name in member_names(name) {
            found.extend(self.members.get(&(owner, name)).into_iter().flatten());
        }
        if is_impl || name == "from" {
            let ty = if is_impl { path.as_str() } else { owner };
            found.extend(self.variants.get(ty).into_iter().flatten());
        }
        found.extend(self.of_resource(&path));
        found
    }

    /// Returns the changes of the resource to which a path belongs, if the resource is added or removed, or the path is
    /// part of the mock. The changes of the mock follow from the changes of the resource.
    fn of_resource(&self, path: &str) -> Vec<&'c Change> {
        let segments: Vec<&str> = path.split("::").collect();
        let module = match segments.as_slice() {
            ["Client" | "resources" | "mock", module, ..] => *module,
            _ => return Vec::new(),
        };
        let module = match segments.as_slice() {
            ["mock", "Operations", module, ..] => module,
            _ => module,
        };
        let by_module = self.resources.get(module);
        let path = format!("resources::{module}");
        let changes = self.groups.get(by_module.unwrap_or(&path).as_str());
        let is_mock = segments.first() == Some(&"mock");
        let is_whole = |change: &&&Change| change.kind == ChangeKind::ResourceRemoved || is_mock;
        changes.into_iter().flatten().filter(is_whole).copied().collect()
    }

    /// Returns the shortest path of an item.
    fn shortest(&self, path: &str) -> String {
        let mut end = path.len();
        loop {
            if let Some(target) = self.aliases.get(&path[..end]) {
                return format!("{target}{}", &path[end..]);
            }
            match path[..end].rfind("::") {
                Some(shorter) => end = shorter,
                None => return path.to_owned(),
            }
        }
    }

    /// Returns the paths of old items that end with the names in a finding, the owner and the item itself.
    pub(super) fn paths_of(surface: &Surface, names: &[&str]) -> BTreeSet<String> {
        let Some((name, before)) = names.split_last() else { return BTreeSet::new() };
        let items = surface.items().iter().filter(|item| item.name() == *name);
        let owner = |path: &str| path.rsplit("::").nth(1).map(str::to_owned);
        let all: Vec<&str> = items.map(|item| item.path.as_str()).collect();
        let has_owner = |path: &&&str| owner(path).is_some_and(|owner| before.contains(&owner.as_str()));
        let exact: BTreeSet<String> = all.iter().filter(has_owner).map(|path| (*path).to_owned()).collect();
        if exact.is_empty() { all.into_iter().map(str::to_owned).collect() } else { exact }
    }
}

/// Returns true if a change explains what other tools find: they do not compare behavior and documentation.
fn matters(change: &Change) -> bool {
    !matches!(change.class, Class::Docs | Class::Fix)
}

/// Returns the letters of the members that a method can belong to: `with_tag` and `with_tag_null` to `tag`.
fn member_names(name: &str) -> Vec<String> {
    let stripped = ["with_", "as_", "is_"].iter().find_map(|prefix| name.strip_prefix(prefix));
    let Some(stripped) = stripped else { return Vec::new() };
    let without_null = stripped.strip_suffix("_null").or_else(|| stripped.strip_prefix("null_"));
    [Some(stripped), without_null].into_iter().flatten().map(letters).collect()
}

fn letters(name: &str) -> String {
    name.trim_start_matches("r#").chars().filter(|it| *it != '_').flat_map(char::to_lowercase).collect()
}

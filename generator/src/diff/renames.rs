//! Items that have another path in the new API: the old path still leads to them as an alias, or an alias has become the
//! only path.

use std::collections::{BTreeMap, BTreeSet};

use super::apis::MAX_ALIASES;
use super::index::Index;
use crate::surface::{Item, ItemKind, Surface};

/// The new paths of renamed items, by their old paths.
#[derive(Debug, Default)]
pub(super) struct Renames {
    /// The old path is an alias of the new one.
    pub(super) kept: BTreeMap<String, String>,
    /// The old path is gone. The new one was an alias of it.
    pub(super) lost: BTreeMap<String, String>,
    /// The new paths to which several old ones lead.
    merged: BTreeSet<String>,
}

impl Renames {
    pub(super) fn of(old: &Index<'_>, new: &Index<'_>) -> Self {
        let kept = aliases_of_moved(new, old);
        let lost = aliases_of_moved(old, new).into_iter().map(|(alias, target)| (target, alias)).collect();
        let mut targets = BTreeSet::new();
        let merged = kept.values().filter(|target| !targets.insert(*target)).cloned().collect();
        Self { kept, lost, merged }
    }

    /// Returns the old API with the new paths, without aliases that have become items. `None` if no path changes.
    pub(super) fn apply(&self, old: &Surface) -> Option<Surface> {
        if self.kept.is_empty() && self.lost.is_empty() {
            return None;
        }
        let new_items: BTreeSet<&String> = self.lost.values().collect();
        let is_kept = |item: &Item| target(item).is_none() || !new_items.contains(&item.path);
        Some(old.with_paths(&is_kept, &|path| {
            owners(path).find_map(|owner| {
                let renamed = self.kept.get(owner).or_else(|| self.lost.get(owner))?;
                Some(format!("{renamed}{}", &path[owner.len()..]))
            })
        }))
    }

    /// Returns true if several old items are one item now, which has this path or contains it.
    pub(super) fn merge(&self, path: &str) -> bool {
        !self.merged.is_empty() && owners(path).any(|owner| self.merged.contains(owner))
    }
}

/// Returns a path and the paths of the items that contain it.
fn owners(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| Some(path.rsplit_once("::")?.0))
}

/// Returns the aliases of one API that are items in the other one, which lacks their targets. An alias of an alias leads to
/// the item behind both.
fn aliases_of_moved(api: &Index<'_>, other: &Index<'_>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for ((path, _), items) in &api.items {
        for first in items.iter().filter_map(|item| target(item)) {
            let is_item = other.ty(path).is_some_and(|item| self::target(item).is_none());
            if !is_item {
                continue;
            }
            let moved = behind_aliases(api, first);
            if other.ty(moved).is_none() && api.ty(moved).is_some() {
                found.insert((*path).to_owned(), moved.to_owned());
            }
        }
    }
    found
}

/// Returns the path of the item to which an alias leads through other aliases.
fn behind_aliases<'i>(api: &Index<'i>, first: &'i str) -> &'i str {
    let mut path = first;
    for _ in 0..MAX_ALIASES {
        match api.ty(path).and_then(target) {
            Some(next) => path = next,
            None => break,
        }
    }
    path
}

/// Returns the item that an alias or reexport names, if it has no generic arguments.
pub(super) fn target(item: &Item) -> Option<&str> {
    match &item.kind {
        ItemKind::Reexport(target) => Some(target),
        ItemKind::Alias { generics, target } if generics.is_empty() => {
            let is_path = |character: char| character.is_alphanumeric() || matches!(character, '_' | ':');
            target.chars().all(is_path).then_some(target.as_str())
        }
        _ => None,
    }
}

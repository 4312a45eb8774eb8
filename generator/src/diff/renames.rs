//! Items that have another path in the new API: the old path still leads to them as an alias, or an alias has become the
//! only path.

use std::collections::BTreeMap;

use super::index::Index;
use crate::surface::{Item, ItemKind, Surface};

/// The new paths of renamed items, by their old paths.
#[derive(Debug, Default)]
pub(super) struct Renames {
    /// The old path is an alias of the new one.
    pub(super) kept: BTreeMap<String, String>,
    /// The old path is gone. The new one was an alias of it.
    pub(super) lost: BTreeMap<String, String>,
}

impl Renames {
    pub(super) fn of(old: &Index<'_>, new: &Index<'_>) -> Self {
        Self { kept: aliases_of_moved(new, old), lost: swapped(aliases_of_moved(old, new)) }
    }

    /// Returns the old API with the new paths, without aliases that have become items.
    pub(super) fn apply(&self, old: &Surface) -> Surface {
        let all: BTreeMap<&str, &str> =
            self.kept.iter().chain(&self.lost).map(|(from, to)| (from.as_str(), to.as_str())).collect();
        let is_alias = |item: &Item| {
            target(item).is_some_and(|target| self.lost.get(target).is_some_and(|path| *path == item.path))
        };
        old.with_paths(&|item| !is_alias(item), &|path| {
            let mut end = path.len();
            loop {
                if let Some(renamed) = all.get(&path[..end]) {
                    return Some(format!("{renamed}{}", &path[end..]));
                }
                end = path[..end].rfind("::")?;
            }
        })
    }
}

/// Returns the aliases of one API that are items in the other one, which lacks their targets.
fn aliases_of_moved(api: &Index<'_>, other: &Index<'_>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for ((path, _), items) in &api.items {
        for target in items.iter().filter_map(|item| target(item)) {
            let is_item = other.ty(path).is_some_and(|item| self::target(item).is_none());
            if is_item && other.ty(target).is_none() && api.ty(target).is_some() {
                found.insert((*path).to_owned(), target.to_owned());
            }
        }
    }
    found
}

fn swapped(map: BTreeMap<String, String>) -> BTreeMap<String, String> {
    map.into_iter().map(|(alias, target)| (target, alias)).collect()
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

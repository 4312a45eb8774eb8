//! The differences between the public APIs of two crates: what changes for users, how severe it is, and which version it
//! requires.
//!
//! `items` compares items with the same path, `condense` removes the changes that others imply, and `render` writes them as a
//! person would in a changelog. The classes follow <https://doc.rust-lang.org/cargo/reference/semver.html>. Imports
//! `surface` and `safe_text`.

mod apis;
mod callable;
mod change;
mod condense;
mod conditions;
mod declaration;
mod index;
mod items;
mod manifest;
mod renames;
mod render;
mod version;
mod widen;

#[cfg(test)]
mod tests;

pub use change::{Change, ChangeKind, Class};
pub use render::{markdown, text};
pub use semver::Version;
pub use version::required_version;

use std::collections::BTreeSet;

use apis::Apis;
use index::{Index, Role};
use renames::Renames;

use crate::surface::{Item, Surface};

/// Returns the changes from one public API to another. They are grouped by resource and type, and the most severe changes of
/// a group come first.
///
/// # Examples
///
/// ```
/// use openapi_crate::diff::{Class, compare};
/// use openapi_crate::surface::Surface;
///
/// let crate_with = |code| Surface::read([("src/lib.rs", code)]).expect("the code is valid");
/// let old = crate_with("pub fn get(id: &str) {}");
/// let new = crate_with("pub fn get(id: &str, page: u32) {}");
/// let changes = compare(&old, &new);
/// assert_eq!(changes[0].kind.id(), "method-argument-added");
/// assert_eq!(changes[0].class, Class::Breaking);
/// assert_eq!(changes[0].calls, Some(("get(id)".to_owned(), "get(id, page)".to_owned())));
/// ```
pub fn compare(old: &Surface, new: &Surface) -> Vec<Change> {
    let (old_index, new_index) = (Index::of(old), Index::of(new));
    let renames = Renames::of(&old_index, &new_index);
    let renamed = renames.apply(old);
    let apis = Apis { old: renamed.as_ref().map_or(old_index, Index::of), new: new_index };
    let mut changes = lost(&apis, &renames);
    let keys: BTreeSet<&(&str, Role)> = apis.old.items.keys().chain(apis.new.items.keys()).collect();
    for key in keys {
        let (before, after) = pairs(&apis, &renames, key, &mut changes);
        changes.extend(before.into_iter().filter_map(|item| items::removed(&apis, item)));
        changes.extend(after.into_iter().filter_map(|item| items::added(&apis, &renames, item)));
    }
    let mut changes = condense::condense(&apis, &renames, changes);
    changes.iter_mut().for_each(|change| describe_resource(&apis, change));
    changes.sort_by(|one, other| key_of(one).cmp(&key_of(other)));
    // Old items that have become one item can have the same change.
    changes.dedup();
    changes
}

/// Adds the changes of items that both APIs have. Returns the items that only the old or only the new one has.
///
/// Items that exist under different conditions can share a path. Then the ones with the same declaration belong together.
fn pairs<'s>(
    apis: &Apis<'s>,
    renames: &Renames,
    key: &(&str, Role),
    changes: &mut Vec<Change>,
) -> (Vec<&'s Item>, Vec<&'s Item>) {
    let mut before = apis.old.items.get(key).cloned().unwrap_or_default();
    let mut after = apis.new.items.get(key).cloned().unwrap_or_default();
    before.retain(|old| {
        let same = after.iter().position(|new| new.kind == old.kind && new.conditions == old.conditions);
        same.map(|position| changes.extend(items::changed(apis, old, after.remove(position)))).is_none()
    });
    let common = before.len().min(after.len());
    for (old, new) in before.drain(..common).zip(after.drain(..common)) {
        changes.extend(items::changed(apis, old, new));
    }
    if let Some(new) = apis.new.items.get(key).and_then(|all| all.first()).filter(|_| renames.merge(key.0)) {
        before.drain(..).for_each(|old| changes.extend(items::changed(apis, old, new)));
    }
    (before, after)
}

/// Returns the removed paths of items that keep another path.
fn lost(apis: &Apis<'_>, renames: &Renames) -> Vec<Change> {
    let change = |(from, to): (&String, &String)| {
        let item = apis.new.ty(to)?;
        let mut change = apis.change(ChangeKind::ItemRemoved, Some(item), None, "");
        change.message = format!("`{from}` is removed");
        change.path.clone_from(from);
        change.old = None;
        change.advice = Some(format!("use `{to}`"));
        Some(change)
    };
    renames.lost.iter().filter_map(change).collect()
}

/// Adds the accessor and the operations of a resource that is added or removed.
fn describe_resource(apis: &Apis<'_>, change: &mut Change) {
    let (index, verb) = match change.kind {
        ChangeKind::ResourceAdded => (&apis.new, "is new"),
        ChangeKind::ResourceRemoved => (&apis.old, "is removed"),
        _ => return,
    };
    let accessor = index.accessor(&change.path).map(|accessor| format!(" (`client.{accessor}()`)"));
    let operations: Vec<&str> = index.functions(&change.path).into_iter().map(Item::name).collect();
    let operations = match operations.as_slice() {
        [] => String::new(),
        names => format!(", with `{}`", names.join("`, `")),
    };
    change.message = format!("`{}`{} {verb}{operations}", change.path, accessor.unwrap_or_default());
}

/// Returns the place of a change in the list: resources, types, the rest, the manifest.
fn key_of(change: &Change) -> (usize, &str, Class, &str, ChangeKind, &str) {
    let rank = match change.group.split("::").next() {
        Some("resources") => 0,
        Some("types") => 1,
        Some(index::MANIFEST) => 3,
        _ => 2,
    };
    (rank, &change.group, change.class, &change.path, change.kind, &change.message)
}

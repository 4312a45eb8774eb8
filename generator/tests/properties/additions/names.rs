//! The names of two locks, of a document before and after additions: which names moved.

use std::collections::{BTreeMap, BTreeSet};

/// The items of a lock, which its lines describe: `field Pet tag = tag with_tag at=..`.
pub(super) struct Names<'l> {
    /// The names of each item.
    items: BTreeMap<&'l str, Vec<&'l str>>,
    /// The nested types by their locations.
    at: BTreeMap<&'l str, BTreeSet<&'l str>>,
}

impl<'l> Names<'l> {
    pub(super) fn of(lock: &'l str) -> Self {
        let lines = lock.lines().filter(|line| !line.starts_with("gone "));
        let mut all = Self { items: BTreeMap::new(), at: BTreeMap::new() };
        for (item, text) in lines.filter_map(|line| line.split_once(" = ")) {
            all.items.insert(item, text.split(' ').take_while(|word| !word.contains('=')).collect());
            // The location of a parameter has its position, which an addition changes.
            let at = text.split(' ').find_map(|word| word.strip_prefix("at="));
            if let Some(at) = at.filter(|_| item.starts_with("nested-type ")) {
                all.at.entry(at).or_default().insert(item);
            }
        }
        all
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// Returns the items whose names moved: the item has another name, or no item of the same scope has the name any more.
    ///
    /// A nested type is found by its location, because its key includes the place in a union and the Rust name of the type
    /// around it. Other items are found by their keys.
    pub(super) fn moved(&self, after: &Self) -> Vec<String> {
        let changed = self.changed_types(after);
        let locations = self.same_locations(after);
        let known: BTreeSet<Scoped<'_>> =
            after.items.iter().flat_map(|(item, names)| scoped(item, names)).collect();
        let is_kept = |item: &str, names: &Vec<&str>| {
            let now = locations.get(item).copied().unwrap_or(item);
            match after.items.get(now) {
                // A field that becomes nullable gets another setter.
                Some(other) => other.starts_with(names),
                None => scoped(item, names).iter().all(|name| known.contains(name)),
            }
        };
        let items = self.items.iter().filter(|(item, names)| !is_kept(item, names));
        let items = items.filter(|(item, _)| !changed.contains(words(item).1));
        items.map(|(item, names)| format!("{item} = {}", names.join(" "))).collect()
    }

    /// Returns the items of the other lock that have the location of an item. Several items can have a location, such as a
    /// list and its items. These are found by their keys.
    fn same_locations(&self, after: &Self) -> BTreeMap<&'l str, &'l str> {
        let only = |items: &BTreeSet<&'l str>| items.first().copied().filter(|_| items.len() == 1);
        let both = self.at.iter().filter_map(|(at, items)| Some((only(items)?, only(after.at.get(at)?)?)));
        both.collect()
    }

    /// Returns the types that are no longer structs, unions or enums, with the types inside them. An addition can turn one
    /// of these into another. Then the type has other members, and not other names.
    fn changed_types(&self, after: &Self) -> BTreeSet<&'l str> {
        let (before, after) = (self.shapes(), after.shapes());
        let mut inside: BTreeMap<&str, Vec<&'l str>> = BTreeMap::new();
        for (item, names) in &self.items {
            if let ("nested-type", owner) = words(item) {
                inside.entry(owner).or_default().extend(names.first());
            }
        }
        let mut open: Vec<&'l str> = before.difference(&after).map(|(owner, _)| *owner).collect();
        let mut changed = BTreeSet::new();
        while let Some(owner) = open.pop() {
            if changed.insert(owner) {
                open.extend(inside.get(owner).into_iter().flatten());
            }
        }
        changed
    }

    /// Returns the types with the first word of the methods of their members, which tells structs, unions and enums apart.
    fn shapes(&self) -> BTreeSet<(&'l str, &'l str)> {
        let members = self.items.iter().filter(|(item, _)| matches!(words(item).0, "field" | "variant"));
        let shape = |name: &&'l str| name.split('_').next().unwrap_or_default();
        members.map(|(item, names)| (words(item).1, names.get(1).map(shape).unwrap_or_default())).collect()
    }
}

/// A name, its position among the names of its item, and its scope: a kind of item, and the type or operation that it
/// belongs to.
type Scoped<'l> = (&'l str, &'l str, usize, &'l str);

fn scoped<'l>(item: &'l str, names: &[&'l str]) -> Vec<Scoped<'l>> {
    let (kind, owner) = match words(item) {
        ("type" | "nested-type" | "operation-type", _) => ("type", ""),
        (kind @ ("resource" | "server-variable" | "security-scheme"), _) => (kind, ""),
        (kind, owner) => (kind, owner),
    };
    names.iter().enumerate().map(|(position, name)| (kind, owner, position, *name)).collect()
}

/// Returns the kind of an item, and the first name that identifies it.
fn words(item: &str) -> (&str, &str) {
    let mut words = item.split(' ');
    (words.next().unwrap_or_default(), words.next().unwrap_or_default())
}

//! The names of two locks, of a document before and after additions: which names moved.

use std::collections::{BTreeMap, BTreeSet};

/// An item of a lock: the text that identifies it, and its number among the items with the same text.
type Item<'l> = (&'l str, &'l str);

/// The items of a lock, which its lines describe: `field Pet tag = tag with_tag number=2 at=..`.
pub(super) struct Names<'l> {
    /// The names of each item.
    items: BTreeMap<Item<'l>, Vec<&'l str>>,
    /// The nested types by their locations, and the variants by their unions and the locations of their schemas.
    at: BTreeMap<(&'l str, &'l str), BTreeSet<Item<'l>>>,
}

impl<'l> Names<'l> {
    pub(super) fn of(lock: &'l str) -> Self {
        let lines = lock.lines().filter(|line| !line.starts_with("gone "));
        let mut all = Self { items: BTreeMap::new(), at: BTreeMap::new() };
        for (text, rest) in lines.filter_map(|line| line.split_once(" = ")) {
            let attribute = |name: &str| rest.split(' ').find_map(|word| word.strip_prefix(name));
            let item = (text, attribute("number=").unwrap_or_default());
            all.items.insert(item, rest.split(' ').take_while(|word| !word.contains('=')).collect());
            // The location of a parameter has its position, which an addition changes, and so has a type in it.
            let at = attribute("at=").filter(|at| !at.contains("/parameters/"));
            let scope = match words(text) {
                ("nested-type", _) => Some(""),
                ("variant", union) => Some(union),
                _ => None,
            };
            if let (Some(scope), Some(at)) = (scope, at) {
                all.at.entry((scope, at)).or_default().insert(item);
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
    /// around it. The key of a variant depends on the form of the union, so it is found by the location of its schema. Other
    /// items are found by their keys.
    pub(super) fn moved(&self, after: &Self) -> Vec<String> {
        let changed = self.changed_types(after);
        let locations = self.same_locations(after);
        let known: BTreeSet<Scoped<'_>> =
            after.items.iter().flat_map(|(item, names)| scoped(item.0, names)).collect();
        let now = |item: &Item<'l>| locations.get(item).copied().unwrap_or(*item);
        let is_kept = |item: &Item<'l>, names: &Vec<&str>| match after.items.get(&now(item)) {
            // A field that becomes nullable gets another setter.
            Some(other) => other.starts_with(names),
            None => scoped(item.0, names).iter().all(|name| known.contains(name)),
        };
        let items = self.items.iter().filter(|(item, names)| !is_kept(item, names));
        let items = items.filter(|(item, _)| !changed.contains(words(item.0).1));
        let describe = |(item, names): (&Item<'l>, &Vec<&str>)| {
            let other = after.items.get(&now(item)).map(|names| names.join(" ")).unwrap_or_default();
            format!("{} {} = {}; now {} = {other}", item.0, item.1, names.join(" "), now(item).0)
        };
        items.map(describe).collect()
    }

    /// Returns the items of the other lock that have the location of an item. Several items can have a location, such as a
    /// list and its items. These are found by their keys.
    fn same_locations(&self, after: &Self) -> BTreeMap<Item<'l>, Item<'l>> {
        let only = |items: &BTreeSet<Item<'l>>| items.first().copied().filter(|_| items.len() == 1);
        let both = self.at.iter().filter_map(|(at, items)| Some((only(items)?, only(after.at.get(at)?)?)));
        both.collect()
    }

    /// Returns the types that are no longer structs, unions or enums, with the types inside them. An addition can turn one
    /// of these into another. Then the type has other members, and not other names.
    fn changed_types(&self, after: &Self) -> BTreeSet<&'l str> {
        let (before, after) = (self.shapes(), after.shapes());
        let mut inside: BTreeMap<&str, Vec<&'l str>> = BTreeMap::new();
        for ((item, _), names) in &self.items {
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
        let members = self.items.iter().filter(|((item, _), _)| matches!(words(item).0, "field" | "variant"));
        let shape = |name: &&'l str| name.split('_').next().unwrap_or_default();
        members
            .map(|((item, _), names)| (words(item).1, names.get(1).map(shape).unwrap_or_default()))
            .collect()
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

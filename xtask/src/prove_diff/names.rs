//! Compares the names of two locks: the ones that moved, and the ones that would have moved without the old lock.

use std::collections::{BTreeMap, BTreeSet};

use openapi_crate::Lock;

/// The names that moved between two versions of a document.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct MovedNames {
    /// Items that both versions have, with other names, although the new crate was generated with the lock of the old one.
    pub(super) moved: Vec<String>,
    /// Items that keep their names only because of the lock.
    pub(super) kept_by_lock: Vec<String>,
}

impl MovedNames {
    /// Compares the lock of the old crate, of the new one, and of a new one that was generated without a lock.
    pub(super) fn of(old: &Lock, new: &Lock, anew: &Lock) -> Self {
        let [old, new, anew] = [old, new, anew].map(ToString::to_string);
        let [old, new, anew] = [&old, &new, &anew].map(|text| items(text));
        // An item that the new lock does not have is not in the document any more.
        let both = old.iter().filter_map(|(item, names)| Some((*item, names, new.get(item)?)));
        let (kept, moved): (Vec<_>, Vec<_>) = both.partition(|(_, before, after)| before == after);
        let known: BTreeSet<Scoped<'_>> = anew.iter().flat_map(|(item, names)| scoped(item, names)).collect();
        let has_name = |item, names: &Vec<&str>| match anew.get(item) {
            Some(other) => other == names,
            // The members of a moved type have its new name.
            None => scoped(item, names).iter().all(|name| known.contains(name)),
        };
        let kept_by_lock = kept.into_iter().filter(|(item, names, _)| !has_name(item, names));
        Self {
            moved: moved.into_iter().map(|(item, names, after)| line(item, names, after)).collect(),
            kept_by_lock: kept_by_lock
                .map(|(item, names, _)| line(item, names, anew.get(item).unwrap_or(&Vec::new())))
                .collect(),
        }
    }
}

fn line(item: &str, names: &[&str], others: &[&str]) -> String {
    let others = if others.is_empty() { String::new() } else { format!(" => {}", others.join(" ")) };
    format!("{item} = {}{others}", names.join(" "))
}

/// Returns the names of each item of a lock: `tag with_tag` of `field Pet tag`.
fn items(lock: &str) -> BTreeMap<&str, Vec<&str>> {
    let lines = lock.lines().filter(|line| !line.starts_with("gone ") && !line.starts_with("old-"));
    let items = lines.filter_map(|line| line.split_once(" = "));
    items
        .map(|(item, text)| (item, text.split(' ').take_while(|word| !word.contains('=')).collect()))
        .collect()
}

/// A name, its position among the names of its item, and its scope: a kind of item, and the type or operation that it
/// belongs to.
type Scoped<'l> = (&'l str, &'l str, usize, &'l str);

fn scoped<'l>(item: &'l str, names: &[&'l str]) -> Vec<Scoped<'l>> {
    let mut words = item.split(' ');
    let (kind, owner) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (kind, owner) = match kind {
        "type" | "nested-type" | "operation-type" => ("type", ""),
        "resource" | "server-variable" | "security-scheme" => (kind, ""),
        _ => (kind, owner),
    };
    names.iter().enumerate().map(|(position, name)| (kind, owner, position, *name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_moved_names_from_names_that_the_lock_keeps() {
        let lock = |lines: &[&str]| Lock::parse(&lines.concat()).expect("the text is a lock");
        let old = lock(&[
            "type a.Pet = Pet\n",
            "field Pet id = id with_id\n",
            "type a.Dog = Dog\n",
            "type a.Cat = Cat\n",
        ]);
        let new = lock(&[
            "type a.Pet = Pet\n",
            "field Pet id = id with_id\n",
            "type b.Pet = BPet\n",
            "type a.Dog = Hound\n",
        ]);
        let anew = lock(&[
            "type a.Pet = APet\n",
            "field APet id = id with_id\n",
            "type b.Pet = BPet\n",
            "type a.Dog = Dog\n",
        ]);
        let moved = MovedNames::of(&old, &new, &anew);
        assert_eq!(moved.moved, ["type a.Dog = Dog => Hound"]);
        assert_eq!(moved.kept_by_lock, ["field Pet id = id with_id", "type a.Pet = Pet => APet"]);
    }
}

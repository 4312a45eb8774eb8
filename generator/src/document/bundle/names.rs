//! What the components are called that come from other files.
//!
//! A component is called after the last key that leads to it, or after its file. Where two want one name, both take
//! the nearest file or folder that tells them apart. Imports `diagnostics`.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::Pointer;

/// Keys that say what a schema is for, and not what it is.
const STRUCTURAL: [&str; 9] = [
    "additionalProperties",
    "allOf",
    "anyOf",
    "items",
    "not",
    "oneOf",
    "prefixItems",
    "properties",
    "schema",
];

/// The names of what stands at these places of files, in their order; none is one of those that are `taken`.
pub(super) fn names<'t>(places: &[(&str, &Pointer)], taken: impl Iterator<Item = &'t str>) -> Vec<String> {
    let taken: BTreeSet<String> = taken.map(folded).collect();
    let parts: Vec<Vec<String>> = places.iter().map(|(path, at)| parts(path, at)).collect();
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, parts) in parts.iter().enumerate() {
        groups.entry(folded(&parts[0])).or_default().push(index);
    }
    let mut used = taken.clone();
    used.extend(groups.keys().cloned());
    let mut names = vec![String::new(); places.len()];
    for (wanted, members) in &groups {
        let is_alone = members.len() == 1 && !taken.contains(wanted);
        let told_apart = if is_alone { Some(0) } else { apart(members, &parts, &used) };
        for (number, index) in members.iter().enumerate() {
            let name = match told_apart {
                Some(count) => qualified(&parts[*index], count),
                None => numbered(&parts[*index][0], number + 1, &used),
            };
            used.insert(folded(&name));
            names[*index] = name;
        }
    }
    names
}

/// How many qualifiers it takes until all have names of their own.
fn apart(members: &[usize], parts: &[Vec<String>], used: &BTreeSet<String>) -> Option<usize> {
    let most = members.iter().map(|index| parts[*index].len()).max().unwrap_or_default();
    (1..most).find(|count| {
        let names: BTreeSet<String> =
            members.iter().map(|index| folded(&qualified(&parts[*index], *count))).collect();
        names.len() == members.len() && names.is_disjoint(used)
    })
}

fn qualified(parts: &[String], count: usize) -> String {
    let mut parts: Vec<&str> = parts.iter().take(count + 1).map(String::as_str).collect();
    parts.reverse();
    parts.join("_")
}

fn numbered(name: &str, mut number: usize, used: &BTreeSet<String>) -> String {
    loop {
        let numbered = format!("{name}_{number}");
        if !used.contains(&folded(&numbered)) {
            return numbered;
        }
        number += 1;
    }
}

/// The name of what stands at a place, and what qualifies it, nearest first.
fn parts(path: &str, at: &Pointer) -> Vec<String> {
    let mut parts = Vec::new();
    let mut keys: Vec<String> = at.segments().filter(|key| !key.is_empty()).collect();
    let mut name: Vec<String> = keys.pop().into_iter().collect();
    while name.last().is_some_and(|key| is_structural(key)) {
        match keys.pop() {
            Some(key) => name.push(key),
            None => break,
        }
    }
    if name.len() > 1 {
        // `properties/owner/items` is the item of an owner.
        name.retain(|key| key != "properties");
    }
    name.reverse();
    if !name.is_empty() {
        parts.push(name.join("_"));
    }
    let mut folders: Vec<&str> = path.split('/').collect();
    let file = folders.pop().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    // An index stands for its folder.
    if !folders.is_empty() && matches!(stem.trim_start_matches('_'), "index" | "") {
        parts.extend(folders.pop().map(str::to_owned));
    } else {
        parts.push(stem.to_owned());
    }
    parts.extend(folders.iter().rev().map(|folder| (*folder).to_owned()));
    parts
}

fn is_structural(key: &str) -> bool {
    STRUCTURAL.contains(&key) || key.bytes().all(|byte| byte.is_ascii_digit())
}

/// A name apart from case and from what separates its words, since neither reaches Rust.
fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(taken: &[&str], places: &[(&str, &str)], expected: &[&str]) {
        let pointers: Vec<Pointer> = places.iter().map(|(_, at)| Pointer::parse(at)).collect();
        let places: Vec<(&str, &Pointer)> =
            places.iter().zip(&pointers).map(|((path, _), at)| (*path, at)).collect();
        assert_eq!(names(&places, taken.iter().copied()), expected);
    }

    #[test]
    fn a_file_or_the_last_key_gives_the_name() {
        check(&[], &[("schemas/pet.yaml", ""), ("common.json", "/Owner")], &["pet", "Owner"]);
        check(&[], &[("a.yaml", "/components/schemas/acme.v1.Pet")], &["acme.v1.Pet"]);
        check(&[], &[("schemas/pets/_index.yaml", ""), ("index.yaml", "")], &["pets", "index"]);
    }

    #[test]
    fn a_key_that_says_nothing_is_not_the_name() {
        check(&[], &[("a.yaml", "/Pet/properties/owner/items")], &["owner_items"]);
        check(&[], &[("a.yaml", "/parameters/0")], &["parameters_0"]);
        check(&[], &[("a.yaml", "/0")], &["0"]);
    }

    #[test]
    fn two_that_want_one_name_are_both_told_apart() {
        check(&[], &[("a/pet.yaml", ""), ("b/Pet.yaml", "")], &["a_pet", "b_Pet"]);
        check(&[], &[("a.yaml", "/Pet"), ("b.yaml", "/Pet")], &["a_Pet", "b_Pet"]);
        check(&[], &[("x/a.yaml", "/Pet"), ("y/a.yaml", "/Pet")], &["x_a_Pet", "y_a_Pet"]);
        check(&[], &[("a.yaml", "/x/Pet"), ("a.yaml", "/y/Pet")], &["Pet_1", "Pet_2"]);
    }

    #[test]
    fn the_documents_own_components_keep_their_names() {
        check(&["Pet"], &[("schemas/pet.yaml", "")], &["schemas_pet"]);
        check(&["Pet", "Pet_1"], &[("pet.yaml", "")], &["pet_2"]);
        check(&["aPet"], &[("a/pet.yaml", ""), ("b/pet.yaml", "")], &["pet_1", "pet_2"]);
    }
}

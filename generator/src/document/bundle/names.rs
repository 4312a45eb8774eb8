//! Names the components that are imported from other files.
//!
//! The name of a component is the last key of its location or, for a whole file, the name of the file.
//! Components with the same name are qualified by the nearest file or folder that distinguishes them. Imports
//! `diagnostics`.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::Pointer;

/// Keywords, which do not describe the schema that they contain.
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

/// Returns a name for each location in a file, in order. No name is one of the `taken` names.
pub(super) fn names<'t>(locations: &[(&str, &Pointer)], taken: impl Iterator<Item = &'t str>) -> Vec<String> {
    let taken: BTreeSet<String> = taken.map(normalized).collect();
    let parts: Vec<Vec<String>> = locations.iter().map(|(path, at)| parts(path, at)).collect();
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, parts) in parts.iter().enumerate() {
        groups.entry(normalized(&parts[0])).or_default().push(index);
    }
    let mut used = taken.clone();
    used.extend(groups.keys().cloned());
    let mut names = vec![String::new(); locations.len()];
    for (wanted, group) in &groups {
        let is_alone = group.len() == 1 && !taken.contains(wanted);
        let qualifier_count = if is_alone { Some(0) } else { qualifiers_needed(group, &parts, &used) };
        for (number, index) in group.iter().enumerate() {
            let name = match qualifier_count {
                Some(count) => qualified(&parts[*index], count),
                None => numbered(&parts[*index][0], number + 1, &used),
            };
            used.insert(normalized(&name));
            names[*index] = name;
        }
    }
    names
}

/// Returns the smallest number of qualifiers that gives every component a distinct name, if there is one.
fn qualifiers_needed(group: &[usize], parts: &[Vec<String>], used: &BTreeSet<String>) -> Option<usize> {
    let most = group.iter().map(|index| parts[*index].len()).max().unwrap_or_default();
    (1..most).find(|count| {
        let names: BTreeSet<String> =
            group.iter().map(|index| normalized(&qualified(&parts[*index], *count))).collect();
        names.len() == group.len() && names.is_disjoint(used)
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
        if !used.contains(&normalized(&numbered)) {
            return numbered;
        }
        number += 1;
    }
}

/// Returns the unqualified name for a location, then its qualifiers, nearest first.
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
        // `properties/owner/items` becomes `owner_items`.
        name.retain(|key| key != "properties");
    }
    name.reverse();
    if !name.is_empty() {
        parts.push(name.join("_"));
    }
    let mut folders: Vec<&str> = path.split('/').collect();
    let file = folders.pop().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    // An index file is named like its folder.
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

/// Returns a name without case and separators, which do not distinguish names in Rust.
fn normalized(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(taken: &[&str], locations: &[(&str, &str)], expected: &[&str]) {
        let pointers: Vec<Pointer> = locations.iter().map(|(_, at)| Pointer::parse(at)).collect();
        let locations: Vec<(&str, &Pointer)> =
            locations.iter().zip(&pointers).map(|((path, _), at)| (*path, at)).collect();
        assert_eq!(names(&locations, taken.iter().copied()), expected);
    }

    #[test]
    fn the_name_is_the_last_key_or_the_file() {
        check(&[], &[("schemas/pet.yaml", ""), ("common.json", "/Owner")], &["pet", "Owner"]);
        check(&[], &[("a.yaml", "/components/schemas/acme.v1.Pet")], &["acme.v1.Pet"]);
        check(&[], &[("schemas/pets/_index.yaml", ""), ("index.yaml", "")], &["pets", "index"]);
    }

    #[test]
    fn keywords_and_indices_are_not_names() {
        check(&[], &[("a.yaml", "/Pet/properties/owner/items")], &["owner_items"]);
        check(&[], &[("a.yaml", "/parameters/0")], &["parameters_0"]);
        check(&[], &[("a.yaml", "/0")], &["0"]);
    }

    #[test]
    fn equal_names_are_qualified() {
        check(&[], &[("a/pet.yaml", ""), ("b/Pet.yaml", "")], &["a_pet", "b_Pet"]);
        check(&[], &[("a.yaml", "/Pet"), ("b.yaml", "/Pet")], &["a_Pet", "b_Pet"]);
        check(&[], &[("x/a.yaml", "/Pet"), ("y/a.yaml", "/Pet")], &["x_a_Pet", "y_a_Pet"]);
        check(&[], &[("a.yaml", "/x/Pet"), ("a.yaml", "/y/Pet")], &["Pet_1", "Pet_2"]);
    }

    #[test]
    fn imported_components_avoid_taken_names() {
        check(&["Pet"], &[("schemas/pet.yaml", "")], &["schemas_pet"]);
        check(&["Pet", "Pet_1"], &[("pet.yaml", "")], &["pet_2"]);
        check(&["aPet"], &[("a/pet.yaml", ""), ("b/pet.yaml", "")], &["pet_1", "pet_2"]);
    }
}

//! Proves the classes of changes. Each kind of change in `tests/changes` has an old and a new part of a document, a program
//! for the old part, and the expected class. `openapi_crate::diff` must find this class, and the class is breaking if and only if
//! the program no longer compiles.
//!
//! `table` reads the kinds, `pair` generates an old and a new crate from the parts of all kinds, and `programs` compiles
//! the programs with both.

mod pair;
mod programs;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use openapi_crate::diff::{Change, Class};

use pair::Pair;
use programs::{Errors, Workspace};
use table::Kind;

/// The minimum number of kinds, so that none gets lost.
const MIN_KINDS: usize = 60;

/// The documents of a pair, and the changes between their crates.
struct Proof<'k> {
    pair: &'k str,
    kinds: Vec<&'k Kind>,
    by_kind: BTreeMap<&'k str, Vec<Change>>,
    /// Changes that belong to no kind.
    shared: Vec<Change>,
}

#[test]
fn classes_agree_with_the_compiler() {
    let kinds = table::read();
    assert!(kinds.len() >= MIN_KINDS, "there are {} kinds", kinds.len());
    let mut pairs: BTreeMap<&str, Vec<&Kind>> = BTreeMap::new();
    for kind in &kinds {
        pairs.entry(&kind.pair).or_default().push(kind);
    }
    let mut workspace = Workspace::default();
    let proofs: Vec<Proof<'_>> =
        pairs.into_iter().map(|(pair, kinds)| proof(pair, kinds, &mut workspace)).collect();
    let errors = workspace.check();
    let faults: Vec<String> = proofs.iter().flat_map(|proof| proof.faults(&errors)).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

fn proof<'k>(pair: &'k str, kinds: Vec<&'k Kind>, workspace: &mut Workspace) -> Proof<'k> {
    let crates = Pair::generate(&kinds);
    let mut by_features: BTreeMap<String, Vec<&Kind>> = BTreeMap::new();
    for kind in &kinds {
        by_features.entry(package(kind)).or_default().push(*kind);
    }
    for (package, kinds) in by_features {
        workspace.add(&old(&package), &crates.old, &kinds);
        workspace.add(&new(&package), &crates.new, &kinds);
    }
    let (by_kind, shared) = by_kind(&kinds, crates.changes());
    Proof { pair, kinds, by_kind, shared }
}

/// Returns the name of the package with the programs of a kind. Cargo enables the features that any program of a package
/// needs, so programs with other features are in another package, with a crate of its own.
fn package(kind: &Kind) -> String {
    let features = kind.features.iter().flatten().map(String::as_str);
    std::iter::once(kind.pair.as_str()).chain(features).collect::<Vec<_>>().join("-with-")
}

/// Returns the name of the package that uses the old crate.
fn old(package: &str) -> String {
    format!("{package}-old")
}

/// Returns the name of the package that uses the new crate.
fn new(package: &str) -> String {
    format!("{package}-new")
}

impl Proof<'_> {
    /// Returns the kinds whose class is wrong, and the breaking changes that belong to no kind.
    fn faults(&self, errors: &Errors) -> Vec<String> {
        let breaking = self.shared.iter().filter(|change| change.class == Class::Breaking);
        let shared =
            breaking.map(|change| format!("{}: no kind has this change: {}", self.pair, describe(change)));
        shared.chain(self.kinds.iter().filter_map(|kind| self.fault(kind, errors))).collect()
    }

    /// Returns a sentence if a kind does not have the expected class, or if the compiler contradicts the class.
    fn fault(&self, kind: &Kind, errors: &Errors) -> Option<String> {
        let changes = self.by_kind.get(kind.name.as_str()).map_or(&[][..], Vec::as_slice);
        let class = changes.iter().map(|change| change.class).min();
        let mut wrong = Vec::new();
        for (program, is_other, _) in kind.programs() {
            if let Some(error) = errors.of(&old(&package(kind)), &program) {
                wrong.push(format!("`{program}` does not compile with the old crate: {error}"));
            }
            // With a rare program, most users do not notice the change.
            let breaks = is_other || kind.rare.is_none() && class == Some(Class::Breaking);
            match (breaks, errors.of(&new(&package(kind)), &program)) {
                (true, None) => wrong.push(format!("`{program}` compiles with the new crate")),
                (false, Some(error)) => wrong.push(format!("`{program}` breaks: {error}")),
                _ => {}
            }
        }
        if kind.rare.is_some() && class != Some(Class::Breaking) {
            wrong.push("a program breaks".to_owned());
        }
        let found = class.map_or("none", Class::as_str);
        if found != kind.class {
            wrong.push(format!("the class is {found} instead of {}", kind.class));
        }
        let ids: BTreeSet<&str> = changes.iter().map(|change| change.kind.id()).collect();
        let missing = kind.changes.iter().filter(|id| !ids.contains(id.as_str()));
        wrong.extend(missing.map(|id| format!("there is no change `{id}`")));
        let list: Vec<String> = changes.iter().map(|change| format!("\n    {}", describe(change))).collect();
        (!wrong.is_empty()).then(|| format!("{}: {}{}", kind.name, wrong.join("; "), list.concat()))
    }
}

fn describe(change: &Change) -> String {
    format!("{} ({}): {} in {}", change.kind.id(), change.class, change.message, change.path)
}

/// Returns the changes of each kind, and the changes that belong to no kind. A change belongs to the kind whose name starts a
/// segment of its path, such as `FieldRemovedPet` or `field_removed`.
fn by_kind<'k>(kinds: &[&'k Kind], changes: Vec<Change>) -> (BTreeMap<&'k str, Vec<Change>>, Vec<Change>) {
    let names: BTreeSet<(String, &str)> =
        kinds.iter().map(|kind| (letters(&kind.name), kind.name.as_str())).collect();
    let mut found: BTreeMap<&str, Vec<Change>> = BTreeMap::new();
    let mut shared = Vec::new();
    for change in changes {
        let segments = change.path.split([':', ' ']).map(letters);
        let segments: Vec<String> = segments.collect();
        let of_kind = |(name, _): &&(String, &str)| segments.iter().any(|it| it.starts_with(name.as_str()));
        let owns = |kind: &&&Kind| kind.owns.contains(&change.path);
        let owner = kinds.iter().find(owns).map(|kind| kind.name.as_str());
        // The longest name counts: `field-removed-with-setter` and not `field-removed`.
        let longest = names.iter().filter(of_kind).max_by_key(|(name, _)| name.len()).map(|(_, kind)| *kind);
        match owner.or(longest) {
            Some(kind) => found.entry(kind).or_default().push(change),
            None => shared.push(change),
        }
    }
    (found, shared)
}

/// Returns the letters and digits of a name, so that names in every case are the same.
fn letters(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

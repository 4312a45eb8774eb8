//! Compares what the three comparisons find, and prints it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use openapi_crate::diff::{Change, ChangeKind, Class};
use serde_json::{Value, json};

use super::coverage::Coverage;
use super::crates::Crates;
use super::listing::{self, Findings, Items};
use super::names::MovedNames;
use super::programs::Proof;

/// The maximum number of items of a list that are printed as text.
const MAX_LISTED: usize = 40;

/// The results of the three comparisons.
pub(super) struct Verdict<'c> {
    class: Option<Class>,
    breaking: usize,
    others: usize,
    removed: usize,
    changed: usize,
    added: usize,
    lints: BTreeSet<String>,
    findings: usize,
    is_major: bool,
    /// Items that cargo-public-api finds removed or changed, and no change of ours explains.
    missing: Vec<String>,
    /// Findings of cargo-semver-checks that no breaking change of ours explains.
    missing_findings: Vec<String>,
    /// Removed or changed items that only compatible changes of ours explain.
    compatible: Vec<String>,
    /// Breaking changes of ours that explain no item of the other tools.
    only_ours: Vec<String>,
    /// The number of breaking changes whose program compiles with the old crate only.
    broken: usize,
    /// Breaking changes whose program compiles with both crates, and breaking changes without a program.
    compiling: Vec<String>,
    unproven: Vec<String>,
    names: &'c MovedNames,
}

impl<'c> Verdict<'c> {
    pub(super) fn of(
        crates: &'c Crates,
        (changes, proofs): (&[Change], &[Proof]),
        items: &Items,
        findings: &Findings,
    ) -> Self {
        let coverage = Coverage::of([&crates.old.surface, &crates.new.surface], changes);
        let mut explained: BTreeSet<(&str, &str)> = BTreeSet::new();
        let (mut missing, mut compatible) = (Vec::new(), Vec::new());
        for item in items.removed.iter().chain(&items.changed) {
            let Some(path) = listing::path(item) else {
                missing.push(item.clone());
                continue;
            };
            let is_impl = item.starts_with("impl");
            let mut found = coverage.changes(&path, is_impl);
            if is_impl && !item.contains(" for ") {
                found.extend(coverage.of_members(&path));
            }
            // A signature with the new name of a type is the same.
            let names = |change: &&Change| {
                change.kind == ChangeKind::ItemRenamed && item.contains(&format!("::{}", change.path))
            };
            found.extend(changes.iter().filter(names));
            explained.extend(found.iter().map(|change| (change.path.as_str(), change.kind.id())));
            match found.iter().map(|change| change.class).min() {
                None => missing.push(item.clone()),
                Some(Class::Breaking) => {}
                Some(_) => compatible.push(item.clone()),
            }
        }
        let mut missing_findings = Vec::new();
        for (lint, finding) in &findings.items {
            let names = listing::names(finding);
            let paths = Coverage::paths_of(&crates.old.surface, &names);
            let found: Vec<&Change> = paths.iter().flat_map(|path| coverage.changes(path, false)).collect();
            explained.extend(found.iter().map(|change| (change.path.as_str(), change.kind.id())));
            if found.is_empty() {
                missing_findings.push(format!("{lint}: {finding}"));
            }
        }
        let pairs = changes.iter().zip(proofs).filter(|(change, _)| change.class == Class::Breaking);
        let breaking: Vec<(&Change, Proof)> = pairs.map(|(change, proof)| (change, *proof)).collect();
        let with =
            |wanted| breaking.iter().filter(move |(_, proof)| *proof == wanted).map(|(change, _)| *change);
        let is_only_ours = |change: &&Change| !explained.contains(&(change.path.as_str(), change.kind.id()));
        let only_ours = breaking.iter().map(|(change, _)| *change).filter(is_only_ours);
        Self {
            class: changes.iter().map(|change| change.class).min(),
            only_ours: only_ours.map(line).collect(),
            broken: with(Proof::Breaks).count(),
            compiling: with(Proof::Compiles).map(line).collect(),
            unproven: with(Proof::Missing).map(line).collect(),
            names: &crates.names,
            others: changes.len() - breaking.len(),
            breaking: breaking.len(),
            removed: items.removed.len(),
            changed: items.changed.len(),
            added: items.added.len(),
            lints: findings.items.iter().map(|(lint, _)| lint.clone()).collect(),
            findings: findings.items.len(),
            is_major: findings.is_breaking,
            missing,
            missing_findings,
            compatible,
        }
    }

    /// Returns true if our comparison is at least as strict as the others.
    pub(super) fn is_proven(&self) -> bool {
        let is_breaking = self.class == Some(Class::Breaking);
        let is_complete = self.missing.is_empty() && self.missing_findings.is_empty();
        is_complete && (is_breaking || !self.is_major) && self.names.moved.is_empty()
    }

    pub(super) fn text(&self) -> String {
        let theirs = |is_breaking| if is_breaking { "breaking" } else { "compatible" };
        let rows = [
            (
                "openapi_crate::diff",
                self.class.map_or("none", Class::as_str),
                format!("{} breaking changes, {} others", self.breaking, self.others),
            ),
            (
                "cargo-semver-checks",
                theirs(self.is_major),
                format!("{} findings of {} lints", self.findings, self.lints.len()),
            ),
            (
                "cargo-public-api",
                theirs(self.removed + self.changed > 0),
                format!("{} items removed, {} changed, {} added", self.removed, self.changed, self.added),
            ),
        ];
        let mut text = String::new();
        for (name, verdict, counts) in rows {
            let _ = writeln!(text, "{name:<20} {verdict:<11} {counts}");
        }
        list(&mut text, "cargo-public-api lists, and openapi_crate::diff does not", &self.missing);
        list(
            &mut text,
            "cargo-semver-checks lists, and openapi_crate::diff does not",
            &self.missing_findings,
        );
        list(&mut text, "cargo-public-api lists, and openapi_crate::diff calls compatible", &self.compatible);
        list(&mut text, "openapi_crate::diff lists as breaking, and the others do not", &self.only_ours);
        let _ = writeln!(
            text,
            "\nbreaking changes whose program compiles with the old crate only: {}",
            self.broken
        );
        list(&mut text, "breaking changes whose program compiles with both crates", &self.compiling);
        list(&mut text, "breaking changes without a program", &self.unproven);
        list(&mut text, "names that moved", &self.names.moved);
        list(&mut text, "names that would have moved without the lock", &self.names.kept_by_lock);
        text
    }

    /// Returns a Markdown table of one row.
    pub(super) fn table(&self, step: &str) -> String {
        let lints: Vec<&str> = self.lints.iter().map(String::as_str).collect();
        let lints = if lints.is_empty() { String::new() } else { format!(" ({})", lints.join(", ")) };
        let major = if self.is_major { "breaking" } else { "compatible" };
        let columns = [
            ("Step", step.to_owned()),
            ("openapi_crate::diff", format!("{} breaking, {} others", self.breaking, self.others)),
            ("cargo-semver-checks", format!("{major}: {} findings{lints}", self.findings)),
            (
                "cargo-public-api",
                format!("{} removed, {} changed, {} added", self.removed, self.changed, self.added),
            ),
            ("Not in ours", (self.missing.len() + self.missing_findings.len()).to_string()),
            ("Only in ours", self.only_ours.len().to_string()),
            (
                "Programs",
                format!(
                    "{} break, {} compile, {} missing",
                    self.broken,
                    self.compiling.len(),
                    self.unproven.len()
                ),
            ),
            (
                "Names",
                format!(
                    "{} moved, {} kept by the lock",
                    self.names.moved.len(),
                    self.names.kept_by_lock.len()
                ),
            ),
        ];
        let titles: Vec<&str> = columns.iter().map(|(title, _)| *title).collect();
        let values: Vec<&str> = columns.iter().map(|(_, value)| value.as_str()).collect();
        format!("| {} |\n|{}\n| {} |", titles.join(" | "), "---|".repeat(columns.len()), values.join(" | "))
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "proven": self.is_proven(),
            "class": self.class.map(Class::as_str),
            "breaking": self.breaking,
            "others": self.others,
            "semver_checks": {
                "breaking": self.is_major,
                "findings": self.findings,
                "lints": self.lints,
                "not_in_ours": self.missing_findings,
            },
            "public_api": {
                "removed": self.removed,
                "changed": self.changed,
                "added": self.added,
                "not_in_ours": self.missing,
                "compatible_in_ours": self.compatible,
            },
            "only_in_ours": self.only_ours,
            "programs": {
                "break": self.broken,
                "compile": self.compiling,
                "missing": self.unproven,
            },
            "names": {
                "moved": self.names.moved,
                "kept_by_lock": self.names.kept_by_lock,
            },
        })
    }
}

fn line(change: &Change) -> String {
    format!("{}: {} ({})", change.kind.id(), change.message, change.path)
}

fn list(text: &mut String, title: &str, items: &[String]) {
    let _ = writeln!(
        text,
        "\n{title}: {}",
        if items.is_empty() { "none".to_owned() } else { items.len().to_string() }
    );
    for item in items.iter().take(MAX_LISTED) {
        let _ = writeln!(text, "  {item}");
    }
    if items.len() > MAX_LISTED {
        let _ = writeln!(text, "  ... and {} more; --format json lists all", items.len() - MAX_LISTED);
    }
}

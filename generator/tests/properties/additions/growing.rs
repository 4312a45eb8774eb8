//! A document that grows: its lock, and the names that moved.

use std::fmt::Write as _;
use std::path::PathBuf;

use openapi_crate::{Config, Lock, Source};
use serde_json::Value;

use super::edit;
use super::names::Names;

/// The number of additions to a document before it is generated again, and the number for a large one.
const AT_ONCE: usize = 10;
pub(super) const MAX_AT_ONCE: usize = 40;

/// The number of components from which a document is large.
const LARGE: usize = 40;

/// A document, and the names that it has.
pub(super) struct Growing {
    path: PathBuf,
    document: Value,
    random: fastrand::Rng,
    at_once: usize,
    /// The text of the first lock. `None` before the first generation.
    first: Option<String>,
    lock: Lock,
    /// How often it was generated, and how often the additions made a document with errors.
    rounds: usize,
    rejected: usize,
    pub(super) additions: usize,
    /// True if nothing can be added.
    pub(super) is_finished: bool,
    /// The number of names that moved, and which ones after which additions.
    moved: usize,
    pub(super) faults: Vec<String>,
    /// The number of names that would have moved without the lock.
    pub(super) would_move: usize,
}

impl Growing {
    pub(super) fn new(path: PathBuf, document: Value, seed: u64) -> Self {
        let is_large = edit::keys(&document["components"]["schemas"]).len() >= LARGE;
        Self {
            path,
            document,
            random: fastrand::Rng::with_seed(seed),
            at_once: if is_large { MAX_AT_ONCE } else { AT_ONCE },
            first: None,
            lock: Lock::default(),
            rounds: 0,
            rejected: 0,
            additions: 0,
            is_finished: false,
            moved: 0,
            faults: Vec::new(),
            would_move: 0,
        }
    }

    /// Adds something, generates the document with its lock, and compares the names.
    pub(super) fn grow(&mut self) {
        if self.first.is_none() {
            let Some(lock) = names(&self.document, &Lock::default()) else {
                self.is_finished = true;
                return;
            };
            self.first = Some(lock.to_string());
            self.lock = lock;
            self.run_again();
        }
        self.rounds += 1;
        let mut grown = self.document.clone();
        let added: Vec<String> =
            (0..self.at_once).filter_map(|_| edit::add(&mut grown, &mut self.random)).collect();
        let Some(lock) = names(&grown, &self.lock) else {
            self.rejected += 1;
            assert!(
                self.rejected <= self.rounds / 2 + 5,
                "{}: too many errors: {added:?}",
                self.path.display()
            );
            return;
        };
        let moved = moved(&self.lock.to_string(), &lock.to_string());
        self.moved += moved.len();
        if !moved.is_empty() {
            self.faults.push(format!("{} after {added:#?}: {moved:#?}", self.path.display()));
        }
        self.is_finished = added.is_empty();
        self.additions += added.len();
        (self.document, self.lock) = (grown, lock);
    }

    /// Generates the document with its lock, and expects the same lock.
    fn run_again(&mut self) {
        let again = names(&self.document, &self.lock).expect("the lock causes no errors");
        if again != self.lock {
            let moved = moved(&self.lock.to_string(), &again.to_string());
            self.faults.push(format!("{} in a second run: {moved:#?}", self.path.display()));
        }
    }

    /// Generates the document without its lock, and counts the names that this moves.
    pub(super) fn generate_anew(&mut self) {
        self.run_again();
        let anew = names(&self.document, &Lock::default()).expect("the lock causes no errors");
        let first = self.first.as_deref().unwrap_or_default();
        self.would_move = moved(first, &anew.to_string()).len();
    }
}

fn names(document: &Value, lock: &Lock) -> Option<Lock> {
    let text = document.to_string();
    openapi_crate::relock(Source { name: "grown.json", text: &text }, &Config::default(), lock)
}

fn moved(before: &str, after: &str) -> Vec<String> {
    Names::of(before).moved(&Names::of(after))
}

/// Returns a table of all documents.
pub(super) fn table(documents: &[Growing]) -> String {
    let mut text = String::from(
        "| Document | Items | Additions | Moved | Would move without the lock |\n|---|--:|--:|--:|--:|\n",
    );
    let mut sums = [0; 4];
    let row = |text: &mut String, name: &str, [items, additions, moved, would_move]: [usize; 4]| {
        let _ = writeln!(text, "| {name} | {items} | {additions} | {moved} | {would_move} |");
    };
    for document in documents {
        let items = document.first.as_deref().map_or(0, |lock| Names::of(lock).len());
        let counts = [items, document.additions, document.moved, document.would_move];
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
        let name = document.path.file_name().unwrap_or_default().to_string_lossy();
        row(&mut text, &name, counts);
    }
    row(&mut text, "all", sums);
    text
}

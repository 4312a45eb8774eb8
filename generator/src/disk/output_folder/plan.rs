//! Compares a folder with a tree. Never writes: both writing and checking start here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::FileTree;
use crate::config::KeptFiles;

use super::manifest::{self, Manifest, is_exempt};
use super::{Error, disk};

/// The changes that make a folder equal to a tree.
#[derive(Debug)]
pub struct Plan {
    tree: FileTree,
    /// The text of the manifest, which is a file like those of the tree.
    manifest: String,
    /// The change for each file of the tree and for each leftover file.
    changes: BTreeMap<String, Change>,
    /// The files that codegen did not write.
    foreign: Vec<String>,
    /// The folders that an interrupted run emptied but did not remove.
    emptied: Vec<String>,
    before: Manifest,
    after: Manifest,
}

/// The change that a file needs.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    /// The file is missing.
    Add,
    /// The file has these other contents, or it is not a regular file (`None`).
    Replace(Option<Vec<u8>>),
    /// The file is up to date.
    Keep,
    /// An earlier run wrote the file, and the tree no longer has it.
    Remove,
}

/// The number of files by kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// The files of the tree.
    pub files: usize,
    /// The files of the tree that are missing or differ.
    pub written: usize,
    /// The files of the tree that are up to date.
    pub unchanged: usize,
    /// The leftover files.
    pub removed: usize,
}

/// The kind of an entry in a folder.
#[derive(Clone, Copy, PartialEq, Eq)]
enum EntryKind {
    File,
    Folder,
    EmptyFolder,
    /// A symbolic link, which is never followed, or a special file.
    Other,
}

impl Plan {
    /// Compares a folder with a tree. A missing folder has no files.
    pub(super) fn new(folder: &Path, tree: &FileTree, kept: &KeptFiles) -> Result<Self, Error> {
        let mut found = BTreeMap::new();
        let mut before = Manifest::default();
        if disk::file_type_at(folder)?.is_some() {
            collect_entries(folder, "", &mut found)?;
            before = match Manifest::read(folder) {
                // A folder that has only files that are kept.
                Err(Error::NotOurs(_)) if found.iter().all(|(path, kind)| is_kept(path, *kind, kept)) => {
                    Manifest::default()
                }
                read => read?,
            };
        }
        Comparison::of(folder, tree, kept, found, before).run()
    }

    /// Compares a folder with a tree as if codegen had written some of the files of the folder.
    pub(super) fn adopting(
        folder: &Path,
        tree: &FileTree,
        kept: &KeptFiles,
        adopted: Manifest,
    ) -> Result<Self, Error> {
        let mut found = BTreeMap::new();
        collect_entries(folder, "", &mut found)?;
        Comparison::of(folder, tree, kept, found, adopted).run()
    }

    /// Returns `true` if the folder had a list of generated files.
    pub(super) fn had_manifest(&self) -> bool {
        self.changes.get(manifest::NAME) != Some(&Change::Add)
    }

    /// Returns `true` if no generated file needs a change.
    pub fn is_done(&self) -> bool {
        self.changes.values().all(|change| *change == Change::Keep)
    }

    /// Returns the changes, sorted by path.
    pub fn changes(&self) -> impl Iterator<Item = (&str, &Change)> {
        self.changes.iter().map(|(path, change)| (path.as_str(), change))
    }

    /// Returns the files that codegen did not write, sorted.
    pub fn foreign(&self) -> &[String] {
        &self.foreign
    }

    /// Returns the folders that can be empty after the leftover files are removed, parents before children.
    pub(super) fn emptied(&self) -> BTreeSet<&str> {
        let left_over = self.changes().filter(|(_, change)| **change == Change::Remove).map(|(path, _)| path);
        let emptied = self.emptied.iter().map(String::as_str);
        let above = left_over.chain(emptied.clone()).flat_map(super::folders_above);
        above.chain(emptied).collect()
    }

    /// Returns the contents of a file of the tree.
    pub fn wanted(&self, path: &str) -> &str {
        if path == manifest::NAME { &self.manifest } else { self.tree.get(path).unwrap_or_default() }
    }

    /// Returns the number of files by kind of change.
    pub fn counts(&self) -> Counts {
        let count =
            |wanted: fn(&Change) -> bool| self.changes.values().filter(|change| wanted(change)).count();
        Counts {
            files: self.tree.len() + 1,
            written: count(|change| matches!(change, Change::Add | Change::Replace(_))),
            unchanged: count(|change| matches!(change, Change::Keep)),
            removed: count(|change| matches!(change, Change::Remove)),
        }
    }

    /// Returns the manifest for the time in which old and new files can both exist, or `None` if the manifest in the
    /// folder already lists all of them.
    pub(super) fn interim_manifest(&self) -> Option<String> {
        let interim = self.before.merged_with(&self.after);
        let is_there = self.changes.get(manifest::NAME) != Some(&Change::Add);
        (!is_there || interim != self.before).then(|| interim.text())
    }
}

fn is_kept(path: &str, kind: EntryKind, kept: &KeptFiles) -> bool {
    matches!(kind, EntryKind::Folder | EntryKind::EmptyFolder)
        || path == manifest::PARTIAL
        || kept.contains(path)
}

/// Collects the entries of a folder by their paths relative to `root`.
fn collect_entries(root: &Path, below: &str, found: &mut BTreeMap<String, EntryKind>) -> Result<(), Error> {
    for entry in disk::entries(&root.join(below))? {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if is_exempt(&name, below.is_empty()) {
            continue;
        }
        let path = if below.is_empty() { name.into_owned() } else { format!("{below}/{name}") };
        let kind = disk::attempt("read", &entry.path(), entry.file_type())?;
        let kind = if kind.is_dir() {
            let before = found.len();
            collect_entries(root, &path, found)?;
            if found.len() == before { EntryKind::EmptyFolder } else { EntryKind::Folder }
        } else if kind.is_file() {
            EntryKind::File
        } else {
            EntryKind::Other
        };
        found.insert(path, kind);
    }
    Ok(())
}

struct Comparison<'a> {
    folder: &'a Path,
    tree: FileTree,
    kept: &'a KeptFiles,
    manifest: String,
    found: BTreeMap<String, EntryKind>,
    before: Manifest,
    after: Manifest,
}

impl<'a> Comparison<'a> {
    fn of(
        folder: &'a Path,
        tree: &FileTree,
        kept: &'a KeptFiles,
        found: BTreeMap<String, EntryKind>,
        before: Manifest,
    ) -> Self {
        let after: Manifest = tree.iter().map(|(path, _)| path.to_owned()).collect();
        Self { folder, tree: tree.clone(), kept, manifest: after.text(), found, before, after }
    }

    fn run(self) -> Result<Plan, Error> {
        let mut changes = BTreeMap::new();
        let mut in_the_way = BTreeSet::new();
        for (path, wanted) in self.tree.iter().chain([(manifest::NAME, self.manifest.as_str())]) {
            let change = self.change(path, wanted)?;
            if change != Change::Keep {
                in_the_way.extend(self.blocker(path).map(str::to_owned));
            }
            changes.insert(path.to_owned(), change);
        }
        if !in_the_way.is_empty() {
            return Err(Error::InTheWay { folder: self.folder.to_owned(), paths: in_the_way });
        }

        let mut foreign = Vec::new();
        let mut emptied = Vec::new();
        for (path, kind) in &self.found {
            if self.is_left_over(path) {
                changes.insert(path.clone(), Change::Remove);
            } else if matches!(kind, EntryKind::File | EntryKind::Other) && !self.is_expected(path) {
                foreign.push(path.clone());
            } else if self.is_emptied(path) {
                emptied.push(path.clone());
            }
        }
        let Self { tree, manifest, before, after, .. } = self;
        Ok(Plan { tree, manifest, changes, foreign, emptied, before, after })
    }

    /// Returns the change for a file of the tree, without regard to files that are in its way.
    fn change(&self, path: &str, wanted: &str) -> Result<Change, Error> {
        match self.found.get(path) {
            Some(EntryKind::File) => {
                let file = self.folder.join(path);
                let bytes = disk::attempt("read", &file, std::fs::read(&file))?;
                Ok(if bytes == wanted.as_bytes() { Change::Keep } else { Change::Replace(Some(bytes)) })
            }
            Some(EntryKind::Other) => Ok(Change::Replace(None)),
            Some(EntryKind::Folder | EntryKind::EmptyFolder) | None => Ok(Change::Add),
        }
    }

    /// Returns the path that is in the way of a file of the tree and that codegen did not create.
    fn blocker<'p>(&self, path: &'p str) -> Option<&'p str> {
        let is_free = match self.found.get(path) {
            Some(EntryKind::File | EntryKind::Other) => self.before.owns(path),
            Some(EntryKind::Folder) => self.will_be_empty(path),
            Some(EntryKind::EmptyFolder) => self.is_emptied(path),
            None => return super::folders_above(path).find(|above| !self.can_be_a_folder(above)),
        };
        (!is_free).then_some(path)
    }

    /// Returns `true` if there is a folder at the path, or nothing that has to stay.
    fn can_be_a_folder(&self, path: &str) -> bool {
        !matches!(self.found.get(path), Some(EntryKind::File | EntryKind::Other)) || self.is_left_over(path)
    }

    /// Returns `true` if the folder will be empty after the leftover files are removed.
    fn will_be_empty(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        self.found.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix)).all(
            |(path, kind)| *kind == EntryKind::Folder || self.is_left_over(path) || self.is_emptied(path),
        )
    }

    /// Returns `true` if an earlier run wrote the file and the tree no longer has it.
    fn is_left_over(&self, path: &str) -> bool {
        matches!(self.found.get(path), Some(EntryKind::File | EntryKind::Other))
            && self.before.owns(path)
            && !self.is_wanted(path)
            && !self.kept.replaces(path)
    }

    /// Returns `true` if the path is a file of the tree, or the manifest.
    fn is_wanted(&self, path: &str) -> bool {
        path == manifest::NAME || self.tree.get(path).is_some()
    }

    /// Returns `true` if the path is a file of the tree or of a person.
    fn is_expected(&self, path: &str) -> bool {
        self.is_wanted(path) || self.kept.contains(path)
    }

    /// Returns `true` if an interrupted run removed the last file of the folder.
    fn is_emptied(&self, path: &str) -> bool {
        self.found.get(path) == Some(&EntryKind::EmptyFolder) && self.before.owns_below(path)
    }
}

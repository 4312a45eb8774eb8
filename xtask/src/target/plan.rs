//! What a folder needs to become equal to a tree. Looks and never writes: writing and checking both start here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use codegen::FileTree;

use super::manifest::{self, EXEMPT, Manifest};
use super::{Error, disk};

/// What a folder needs to become equal to a tree.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The files of the tree, the manifest among them.
    tree: FileTree,
    /// What is to be done for each file of the tree and for each that is left over.
    changes: BTreeMap<String, Change>,
    /// The files that somebody else put into the folder.
    foreign: Vec<String>,
    /// The folders that a stopped run emptied and did not remove.
    emptied: Vec<String>,
    before: Manifest,
    after: Manifest,
}

/// What is to be done for a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It is missing.
    Add,
    /// It holds other bytes, or is no regular file and has none.
    Replace(Option<Vec<u8>>),
    /// It is as it should be.
    Keep,
    /// An earlier run wrote it, and the tree no longer has it.
    Remove,
}

/// How many files there are of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    /// The files of the tree.
    pub(crate) files: usize,
    /// Those of them that are missing or other.
    pub(crate) changed: usize,
    /// Those that are as they should be.
    pub(crate) unchanged: usize,
    /// The files that are left over.
    pub(crate) removed: usize,
}

/// What was found in a folder, not counting folders that hold more of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    EmptyFolder,
    /// A symbolic link, which is never followed, or something stranger.
    Other,
}

impl Plan {
    /// Compares a folder with a tree; a folder that is missing has no files.
    pub(super) fn new(folder: &Path, tree: &FileTree) -> Result<Self, Error> {
        let after: Manifest = tree.iter().map(|(path, _)| path.to_owned()).collect();
        let mut tree = tree.clone();
        tree.insert(manifest::NAME, after.text());

        let mut found = BTreeMap::new();
        let mut before = Manifest::default();
        if disk::look(folder)?.is_some() {
            before = Manifest::of(folder)?;
            find(folder, "", &mut found)?;
        }
        Comparison { folder, tree, found, before, after }.run()
    }

    /// Whether the folder is equal to the tree, as far as it is ours.
    pub(crate) fn is_done(&self) -> bool {
        self.changes.values().all(|change| *change == Change::Keep)
    }

    /// What is to be done, by path.
    pub(crate) fn changes(&self) -> impl Iterator<Item = (&str, &Change)> {
        self.changes.iter().map(|(path, change)| (path.as_str(), change))
    }

    /// The files that somebody else put into the folder, sorted.
    pub(crate) fn foreign(&self) -> &[String] {
        &self.foreign
    }

    /// The folders that may be empty once the files that are left over are gone, each after the one it stands in.
    pub(super) fn emptied(&self) -> BTreeSet<&str> {
        let left_over = self.changes().filter(|(_, change)| **change == Change::Remove).map(|(path, _)| path);
        let emptied = self.emptied.iter().map(String::as_str);
        let above = left_over.chain(emptied.clone()).flat_map(super::folders_above);
        above.chain(emptied).collect()
    }

    /// What the file at a path of the tree should hold.
    pub(crate) fn wanted(&self, path: &str) -> &str {
        self.tree.get(path).unwrap_or_default()
    }

    /// How many files there are of each kind.
    pub(crate) fn counts(&self) -> Counts {
        let count =
            |wanted: fn(&Change) -> bool| self.changes.values().filter(|change| wanted(change)).count();
        Counts {
            files: self.tree.len(),
            changed: count(|change| matches!(change, Change::Add | Change::Replace(_))),
            unchanged: count(|change| matches!(change, Change::Keep)),
            removed: count(|change| matches!(change, Change::Remove)),
        }
    }

    /// The manifest for as long as old and new files may both be there; none if the one in the folder will do.
    pub(super) fn manifest_meanwhile(&self) -> Option<String> {
        let meanwhile = self.before.and(&self.after);
        let is_there = self.changes.get(manifest::NAME) != Some(&Change::Add);
        (!is_there || meanwhile != self.before).then(|| meanwhile.text())
    }
}

/// Lists the files of a folder by their paths from `root`, and its empty folders.
fn find(root: &Path, below: &str, found: &mut BTreeMap<String, Kind>) -> Result<(), Error> {
    for entry in disk::entries(&root.join(below))? {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if below.is_empty() && EXEMPT.contains(&name.as_ref()) {
            continue;
        }
        let path = if below.is_empty() { name.into_owned() } else { format!("{below}/{name}") };
        let kind = disk::attempt("read", &entry.path(), entry.file_type())?;
        let kind = if kind.is_dir() {
            let before = found.len();
            find(root, &path, found)?;
            if found.len() == before { Kind::EmptyFolder } else { Kind::Folder }
        } else if kind.is_file() {
            Kind::File
        } else {
            Kind::Other
        };
        found.insert(path, kind);
    }
    Ok(())
}

struct Comparison<'a> {
    folder: &'a Path,
    tree: FileTree,
    found: BTreeMap<String, Kind>,
    before: Manifest,
    after: Manifest,
}

impl Comparison<'_> {
    fn run(self) -> Result<Plan, Error> {
        let mut changes = BTreeMap::new();
        let mut in_the_way = BTreeSet::new();
        for (path, wanted) in self.tree.iter() {
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
            } else if matches!(kind, Kind::File | Kind::Other) && self.tree.get(path).is_none() {
                foreign.push(path.clone());
            } else if self.is_emptied(path) {
                emptied.push(path.clone());
            }
        }
        let Self { tree, before, after, .. } = self;
        Ok(Plan { tree, changes, foreign, emptied, before, after })
    }

    /// What to do for a file of the tree, if nothing is in its way.
    fn change(&self, path: &str, wanted: &str) -> Result<Change, Error> {
        match self.found.get(path) {
            Some(Kind::File) => {
                let file = self.folder.join(path);
                let bytes = disk::attempt("read", &file, std::fs::read(&file))?;
                Ok(if bytes == wanted.as_bytes() { Change::Keep } else { Change::Replace(Some(bytes)) })
            }
            Some(Kind::Other) => Ok(Change::Replace(None)),
            Some(Kind::Folder | Kind::EmptyFolder) | None => Ok(Change::Add),
        }
    }

    /// What somebody else put in the way of a file of the tree.
    fn blocker<'p>(&self, path: &'p str) -> Option<&'p str> {
        let is_free = match self.found.get(path) {
            Some(Kind::File | Kind::Other) => self.before.owns(path),
            Some(Kind::Folder) => self.will_be_empty(path),
            Some(Kind::EmptyFolder) => self.is_emptied(path),
            None => return super::folders_above(path).find(|above| !self.can_be_a_folder(above)),
        };
        (!is_free).then_some(path)
    }

    /// Whether there is a folder, or nothing that has to stay.
    fn can_be_a_folder(&self, path: &str) -> bool {
        !matches!(self.found.get(path), Some(Kind::File | Kind::Other)) || self.is_left_over(path)
    }

    /// Whether a folder will be gone once the files that are left over are.
    fn will_be_empty(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        self.found
            .range(prefix.clone()..)
            .take_while(|(path, _)| path.starts_with(&prefix))
            .all(|(path, kind)| *kind == Kind::Folder || self.is_left_over(path) || self.is_emptied(path))
    }

    /// Whether an earlier run wrote a file that the tree no longer has.
    fn is_left_over(&self, path: &str) -> bool {
        matches!(self.found.get(path), Some(Kind::File | Kind::Other))
            && self.before.owns(path)
            && self.tree.get(path).is_none()
    }

    /// Whether a stopped run took the last file out of a folder.
    fn is_emptied(&self, path: &str) -> bool {
        self.found.get(path) == Some(&Kind::EmptyFolder) && self.before.owns_below(path)
    }
}

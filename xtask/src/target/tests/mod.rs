//! Folders before, trees, and folders after; and the tools for it.

mod any_moment;
mod differences;
pub(crate) mod fuse;
mod processes;
mod refusals;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::FileTree;
use tempfile::TempDir;

use super::{Target, Written, manifest, stand_in};

/// Files by path, for folders and trees alike.
type Files = BTreeMap<String, String>;

fn files<const N: usize>(files: [(&str, &str); N]) -> Files {
    files.into_iter().map(|(path, contents)| (path.to_owned(), contents.to_owned())).collect()
}

fn tree(files: &Files) -> FileTree {
    let mut tree = FileTree::new();
    for (path, contents) in files {
        tree.insert(path, contents);
    }
    tree
}

/// The tree as it stands on the disk: with its manifest.
fn with_manifest(files: &Files) -> Files {
    let paths: manifest::Manifest = files.keys().cloned().collect();
    let mut files = files.clone();
    files.insert(manifest::NAME.to_owned(), paths.text());
    files
}

/// A place of its own for a folder that is written.
struct World {
    root: TempDir,
}

impl World {
    fn new() -> Self {
        Self { root: tempfile::tempdir().unwrap() }
    }

    /// In memory where there is a file system for it: thousands of folders are no work for a disk.
    fn in_memory() -> Self {
        let memory = Path::new("/dev/shm");
        let root = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        Self { root: root.unwrap() }
    }

    fn folder(&self) -> PathBuf {
        self.root.path().join("client")
    }

    fn hidden(&self) -> PathBuf {
        stand_in::beside(&self.folder())
    }

    /// Puts files into the folder; a path that ends in `/` is an empty folder.
    fn put(&self, files: &Files) {
        for (path, contents) in files {
            let path = self.folder().join(path);
            if path.to_string_lossy().ends_with('/') {
                fs::create_dir_all(path).unwrap();
            } else {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, contents).unwrap();
            }
        }
    }

    fn target(&self) -> Target {
        Target::open(&self.folder()).unwrap()
    }

    /// Writes a tree, as a run of the command does.
    fn write(&self, files: &Files) -> Written {
        self.target().write(&tree(files)).unwrap_or_else(|error| panic!("{error}"))
    }

    /// What stands beside the folder.
    fn siblings(&self) -> Vec<String> {
        let names = fs::read_dir(self.root.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
        names.retain(|name| name != "client");
        names.sort();
        names
    }
}

/// Everything in a folder: a link as `-> where`, an empty folder with a `/`, nothing where it is missing.
fn everything(folder: &Path) -> Files {
    let mut found = Files::new();
    if folder.exists() {
        collect(folder, "", &mut found);
    }
    found
}

fn collect(root: &Path, below: &str, found: &mut Files) {
    for entry in fs::read_dir(root.join(below)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            let before = found.len();
            collect(root, &format!("{path}/"), found);
            if found.len() == before {
                found.insert(format!("{path}/"), String::new());
            }
        } else if kind.is_symlink() {
            found.insert(path, format!("-> {}", fs::read_link(entry.path()).unwrap().display()));
        } else {
            found.insert(path, String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned());
        }
    }
}

fn union(one: &Files, other: &Files) -> Files {
    one.iter().chain(other).map(|(path, contents)| (path.clone(), contents.clone())).collect()
}

//! Tests of writing folders, and helpers that compare folders before and after.

mod differences;
mod failures;
pub(crate) mod fuse;
mod interruptions;
mod kept;
mod processes;
mod rejections;
mod small_disk;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::FileTree;
use tempfile::TempDir;

use super::{OutputFolder, Written, manifest, stand_in};

/// Files by path, for folders and trees alike.
type Files = BTreeMap<String, String>;

fn files<const N: usize>(files: [(&str, &str); N]) -> Files {
    files.into_iter().map(|(path, contents)| (path.to_owned(), contents.to_owned())).collect()
}

fn tree(files: &Files) -> FileTree {
    let mut tree = FileTree::new();
    for (path, contents) in files {
        tree.insert(path, contents.clone());
    }
    tree
}

/// Adds the manifest to the files of a tree, as on the disk.
fn with_manifest(files: &Files) -> Files {
    let paths: manifest::Manifest = files.keys().cloned().collect();
    let mut files = files.clone();
    files.insert(manifest::NAME.to_owned(), paths.text());
    files
}

/// A temporary folder that contains the folder that is written.
struct Sandbox {
    root: TempDir,
}

impl Sandbox {
    fn new() -> Self {
        Self { root: tempfile::tempdir().unwrap() }
    }

    /// Uses a file system in memory if there is one, because some tests create thousands of folders.
    fn in_memory() -> Self {
        let memory = Path::new("/dev/shm");
        let root = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        Self { root: root.unwrap() }
    }

    fn folder(&self) -> PathBuf {
        self.root.path().join("client")
    }

    fn hidden(&self) -> PathBuf {
        stand_in::hidden_path(&self.folder())
    }

    /// Writes files into the folder. A path that ends in `/` is an empty folder.
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

    fn target(&self) -> OutputFolder {
        OutputFolder::open(&self.folder()).unwrap()
    }

    /// Writes a tree like a run of the command.
    fn write(&self, files: &Files) -> Written {
        self.target().write(&tree(files)).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Returns the names next to the folder, sorted.
    fn siblings(&self) -> Vec<String> {
        let names = fs::read_dir(self.root.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
        names.retain(|name| name != "client");
        names.sort();
        names
    }
}

/// Returns everything in a folder: a link as `-> target`, an empty folder as a path that ends in `/`. A missing
/// folder has nothing.
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

//! The output: path -> contents, sorted by path.

use std::collections::BTreeMap;

/// The files of a generated crate, by their path relative to the crate's folder.
///
/// Paths use `/` on every platform and never leave the folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTree {
    files: BTreeMap<String, String>,
}

impl FileTree {
    /// An empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    ///
    /// # Panics
    ///
    /// When the path was added before, is absolute or climbs out of the folder: two items of the output would share
    /// one file, which is a defect of the generator and never of a document.
    pub fn insert(&mut self, path: impl Into<String>, contents: impl Into<String>) {
        let path = path.into();
        assert!(
            !path.is_empty() && path.split('/').all(|part| !matches!(part, "" | "." | "..")),
            "`{path}` is no path inside the crate"
        );
        let before = self.files.insert(path.clone(), contents.into());
        assert!(before.is_none(), "`{path}` is written twice");
    }

    /// The contents of the file at `path`.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Every file, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, contents)| (path.as_str(), contents.as_str()))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

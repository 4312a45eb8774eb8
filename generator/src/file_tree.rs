//! Generated files, sorted by path.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

/// Files of a generated crate.
///
/// Paths are relative to the root of the crate, use `/` on every platform, and never leave the root. Clones share the
/// contents.
///
/// # Examples
///
/// ```
/// let mut tree = openapi_crate::FileTree::new();
/// tree.insert("src/lib.rs", "//! A client.");
/// assert_eq!(tree.get("src/lib.rs"), Some("//! A client."));
/// assert_eq!(tree.iter().count(), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTree {
    files: Arc<BTreeMap<String, Cow<'static, str>>>,
}

impl FileTree {
    /// Creates an empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    ///
    /// # Panics
    ///
    /// Panics if the path has been added before, is absolute, or leaves the root. That is always a bug of the
    /// generator.
    pub fn insert(&mut self, path: impl Into<String>, contents: impl Into<Cow<'static, str>>) {
        let path = path.into();
        assert!(
            !path.is_empty() && path.split('/').all(|part| !matches!(part, "" | "." | "..")),
            "`{path}` is not a path inside the crate"
        );
        match Arc::make_mut(&mut self.files).entry(path) {
            Entry::Vacant(vacant) => vacant.insert(contents.into()),
            Entry::Occupied(file) => panic!("`{}` is written twice", file.key()),
        };
    }

    /// Removes the files whose paths do not fulfill a condition.
    pub fn retain(&mut self, mut is_kept: impl FnMut(&str) -> bool) {
        Arc::make_mut(&mut self.files).retain(|path, _| is_kept(path));
    }

    /// Returns the contents of the file at `path`.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|contents| &**contents)
    }

    /// Iterates over the paths and contents of all files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, contents)| (path.as_str(), &**contents))
    }

    /// Returns the number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Returns `true` if the tree has no files.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

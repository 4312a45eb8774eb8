//! Remembers which files a document refers to.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Files, Unreadable};

/// The files of a document, and the texts of those that have been read.
pub(crate) struct RecordedFiles<'a> {
    files: &'a dyn Files,
    read: RefCell<BTreeMap<String, Arc<str>>>,
}

impl<'a> RecordedFiles<'a> {
    pub(crate) fn new(files: &'a dyn Files) -> Self {
        Self { files, read: RefCell::default() }
    }

    /// Returns the texts of the files that have been read, in the order of their paths.
    pub(crate) fn texts(&self) -> Vec<Arc<str>> {
        self.read.borrow().values().cloned().collect()
    }
}

impl Files for RecordedFiles<'_> {
    fn read(&self, path: &str) -> Result<Arc<str>, Unreadable> {
        let text = self.files.read(path)?;
        self.read.borrow_mut().insert(path.to_owned(), Arc::clone(&text));
        Ok(text)
    }
}

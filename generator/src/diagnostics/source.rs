//! The texts of a document, and what they are called.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// A document as text; the caller has read it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// What to call the document in a message: the path as the user wrote it. Its last segment is the name by which
    /// other files refer back to the document.
    pub name: &'a str,
    /// The document, YAML or JSON.
    pub text: &'a str,
}

/// A document, and the files of its folder that it may refer to.
///
/// A [`Source`] is one by itself: a document that refers to no other file.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The document.
    pub document: Source<'a>,
    /// The files in the document's folder and in the folders below it.
    pub files: &'a dyn Files,
}

/// The files in the folder of a document and in the folders below it.
///
/// A path is relative to that folder; `/` separates its segments, and none of them is empty, `.` or `..`. A file is
/// asked for again when something in it is reported, and should have the same text then.
pub trait Files {
    /// The text of the file at `path`.
    fn read(&self, path: &str) -> Result<Arc<str>, Unreadable>;
}

/// Why a file has no text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unreadable {
    /// There is no such file.
    Missing,
    /// The path leads out of the folder, through a symbolic link.
    Outside,
    /// Anything else, as the second half of a sentence: "is a folder".
    Because(String),
}

impl<'a> Sources<'a> {
    /// The name of the document in its own folder.
    pub(crate) fn file_name(&self) -> &'a str {
        Path::new(self.document.name).file_name().and_then(|name| name.to_str()).unwrap_or_default()
    }

    /// What to call a file in a message; none is the document.
    pub fn name_of(&self, file: Option<&str>) -> String {
        let Some(file) = file else { return self.document.name.to_owned() };
        Path::new(self.document.name).with_file_name(file).display().to_string()
    }

    /// The text of a file; none is the document. What cannot be read is empty.
    pub fn text_of(&self, file: Option<&str>) -> Arc<str> {
        match file {
            None => Arc::from(self.document.text),
            Some(file) => self.files.read(file).unwrap_or_else(|_| Arc::from("")),
        }
    }
}

impl fmt::Debug for Sources<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sources").field("document", &self.document).finish_non_exhaustive()
    }
}

impl<'a> From<Source<'a>> for Sources<'a> {
    fn from(document: Source<'a>) -> Self {
        Self { document, files: &Alone }
    }
}

impl<'a> From<&Source<'a>> for Sources<'a> {
    fn from(document: &Source<'a>) -> Self {
        Self::from(*document)
    }
}

impl<'a> From<&Sources<'a>> for Sources<'a> {
    fn from(sources: &Sources<'a>) -> Self {
        *sources
    }
}

/// The files of a document that comes as one text.
struct Alone;

impl Files for Alone {
    fn read(&self, _: &str) -> Result<Arc<str>, Unreadable> {
        Err(Unreadable::Because("is not at hand: the document came alone".to_owned()))
    }
}

/// Texts by their paths.
impl<T: AsRef<str>> Files for BTreeMap<String, T> {
    fn read(&self, path: &str) -> Result<Arc<str>, Unreadable> {
        self.get(path).map(|text| Arc::from(text.as_ref())).ok_or(Unreadable::Missing)
    }
}

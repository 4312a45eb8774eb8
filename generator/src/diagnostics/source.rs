//! The texts of a document, and their names.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::Pointer;
use super::pointer::TextId;

/// The text of a document, which the caller has read.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The name of the document in messages: the path as the user wrote it. Other files refer to the document by the
    /// last segment of this path.
    pub name: &'a str,
    /// The text, in YAML or JSON.
    pub text: &'a str,
}

/// The texts of one run: a document, the files that it may refer to, and the settings.
///
/// A [`Source`] alone converts into `Sources` without other files.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The document.
    pub document: Source<'a>,
    /// The files in the document's folder and its subfolders.
    pub files: &'a dyn Files,
    /// The text of `codegen.toml`, if there is one. It is used to show findings about the settings; the settings
    /// themselves are a [`Config`](crate::Config).
    pub config: Option<Source<'a>>,
}

/// The files in the folder of a document and its subfolders.
///
/// A path is relative to that folder. `/` separates its segments, and no segment is empty, `.` or `..`. A file is read
/// again when a finding about it is rendered, and should have the same text then.
pub trait Files {
    /// Returns the text of the file at `path`.
    ///
    /// # Errors
    ///
    /// Returns the reason if the file cannot be read as UTF-8 text.
    fn read(&self, path: &str) -> Result<Arc<str>, Unreadable>;
}

/// The reason why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unreadable {
    /// The file does not exist.
    Missing,
    /// A symbolic link on the path points outside the folder.
    Outside,
    /// Any other reason.
    Because {
        /// The second half of a sentence about the file: "is a folder".
        cause: String,
        /// The remedy, an imperative: "correct the path".
        help: String,
    },
}

impl<'a> Sources<'a> {
    /// Returns the file name of the document.
    pub(crate) fn file_name(&self) -> &'a str {
        Path::new(self.document.name).file_name().and_then(|name| name.to_str()).unwrap_or_default()
    }

    /// Returns the name, in messages, of the text that a pointer leads into.
    pub fn name_of(&self, pointer: &Pointer) -> String {
        match pointer.text() {
            TextId::Document => self.document.name.to_owned(),
            TextId::File(path) => Path::new(self.document.name).with_file_name(&**path).display().to_string(),
            TextId::Config => self.config.map_or("codegen.toml", |config| config.name).to_owned(),
        }
    }

    /// Returns the text that a pointer leads into, or an empty text if it cannot be read.
    pub(super) fn text_of(&self, pointer: &Pointer) -> Arc<str> {
        match pointer.text() {
            TextId::Document => Arc::from(self.document.text),
            TextId::File(path) => self.files.read(path).unwrap_or_else(|_| Arc::from("")),
            TextId::Config => Arc::from(self.config.map_or("", |config| config.text)),
        }
    }
}

impl fmt::Debug for Sources<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sources")
            .field("document", &self.document)
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

impl<'a> From<Source<'a>> for Sources<'a> {
    fn from(document: Source<'a>) -> Self {
        Self { document, files: &NoFiles, config: None }
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

/// The empty set of files, for a document that is given as one text.
struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> Result<Arc<str>, Unreadable> {
        Err(Unreadable::Because {
            cause: "was not given to the generator".to_owned(),
            help: "give the generator the files of the document as well".to_owned(),
        })
    }
}

/// Texts by path.
impl<T: AsRef<str>> Files for BTreeMap<String, T> {
    fn read(&self, path: &str) -> Result<Arc<str>, Unreadable> {
        self.get(path).map(|text| Arc::from(text.as_ref())).ok_or(Unreadable::Missing)
    }
}

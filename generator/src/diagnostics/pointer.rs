//! JSON pointers ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)).

use std::fmt;
use std::sync::Arc;

/// A place in a document, from its root; or in another file that the document refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer {
    file: Option<Arc<str>>,
    path: String,
}

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads a pointer as it stands after the `#` of a reference, escapes and all.
    pub fn parse(text: &str) -> Self {
        Self { file: None, path: text.to_owned() }
    }

    /// The same place in the file at a path, which is relative to the document's folder.
    #[must_use]
    pub fn in_file(self, file: Option<Arc<str>>) -> Self {
        Self { file, ..self }
    }

    /// The path of the file, relative to the document's folder; none is the document itself.
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// The place as a reference from the document: `#/components/schemas/Pet`, `common.yaml#/Pet`.
    pub fn reference(&self) -> String {
        format!("{}#{}", self.file().unwrap_or_default(), self.path)
    }

    /// The place `segment` below this one; the segment is escaped here.
    #[must_use]
    pub fn child(&self, segment: impl AsRef<str>) -> Self {
        let segment = segment.as_ref();
        let path = String::with_capacity(self.path.len() + segment.len() + 1);
        let mut child = Self { file: self.file.clone(), path };
        child.path.push_str(&self.path);
        child.push(segment);
        child
    }

    /// Goes to the place `segment` below this one.
    pub fn push(&mut self, segment: &str) {
        self.path.push('/');
        for character in segment.chars() {
            match character {
                '~' => self.path.push_str("~0"),
                '/' => self.path.push_str("~1"),
                other => self.path.push(other),
            }
        }
    }

    /// The place of an element of an array.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.child(index.to_string())
    }

    /// The place that `rest`, itself a pointer, leads to from here.
    #[must_use]
    pub(crate) fn join(&self, rest: &str) -> Self {
        Self { file: self.file.clone(), path: format!("{}{rest}", self.path) }
    }

    /// Whether this place is part of another.
    pub(crate) fn is_inside(&self, outer: &Self) -> bool {
        self.file == outer.file
            && self.path.strip_prefix(&outer.path).is_some_and(|rest| rest.starts_with('/'))
    }

    /// The segments from the root, unescaped.
    pub fn segments(&self) -> impl Iterator<Item = String> {
        self.path.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~"))
    }

    /// The pointer as text: empty for the whole document.
    pub fn as_str(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

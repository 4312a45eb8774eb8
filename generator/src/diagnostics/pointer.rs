//! JSON pointers ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)).

use std::fmt;
use std::sync::Arc;

/// The location of a value in a document, in another file that the document refers to, or in `codegen.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer {
    text: TextId,
    path: String,
}

/// The text that a pointer leads into.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum TextId {
    /// The document.
    #[default]
    Document,
    /// Another file, by its path relative to the document's folder.
    File(Arc<str>),
    /// The settings, `codegen.toml`.
    Config,
}

impl Pointer {
    /// Returns the pointer to the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Parses an escaped pointer, such as the part of a reference after `#`.
    pub fn parse(text: &str) -> Self {
        Self { text: TextId::Document, path: text.to_owned() }
    }

    /// Returns the same pointer in another file, whose path is relative to the document's folder.
    #[must_use]
    pub fn in_file(self, file: Option<Arc<str>>) -> Self {
        Self { text: file.map_or(TextId::Document, TextId::File), ..self }
    }

    /// Returns the pointer to a key or value of `codegen.toml`, by the unescaped segments of its path.
    ///
    /// ```
    /// # use openapi_crate::diagnostics::Pointer;
    /// assert_eq!(Pointer::in_config(["operations", "include", "0"]).as_str(), "/operations/include/0");
    /// ```
    pub fn in_config<'a>(segments: impl IntoIterator<Item = &'a str>) -> Self {
        let mut pointer = Self { text: TextId::Config, path: String::new() };
        segments.into_iter().for_each(|segment| pointer.push(segment));
        pointer
    }

    /// Returns the path of the file, relative to the document's folder, or `None` for the document itself and for
    /// `codegen.toml`.
    pub fn file(&self) -> Option<&str> {
        match &self.text {
            TextId::File(path) => Some(path),
            TextId::Document | TextId::Config => None,
        }
    }

    /// Returns the text that the pointer leads into.
    pub(super) fn text(&self) -> &TextId {
        &self.text
    }

    /// Returns the pointer as a reference from the document: `#/components/schemas/Pet`, `common.yaml#/Pet`.
    pub fn reference(&self) -> String {
        format!("{}#{}", self.file().unwrap_or_default(), self.path)
    }

    /// Returns the pointer to the child `segment`, which must not be escaped.
    #[must_use]
    pub fn child(&self, segment: impl AsRef<str>) -> Self {
        let segment = segment.as_ref();
        let path = String::with_capacity(self.path.len() + segment.len() + 1);
        let mut child = Self { text: self.text.clone(), path };
        child.path.push_str(&self.path);
        child.push(segment);
        child
    }

    /// Appends `segment`, which must not be escaped.
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

    /// Returns the pointer to an element of an array.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.child(index.to_string())
    }

    /// Appends `rest`, which is itself a pointer.
    #[must_use]
    pub(crate) fn join(&self, rest: &str) -> Self {
        Self { text: self.text.clone(), path: format!("{}{rest}", self.path) }
    }

    /// Returns true if `outer` contains this location.
    pub fn is_inside(&self, outer: &Self) -> bool {
        self.text == outer.text
            && self.path.strip_prefix(&outer.path).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Returns the segments from the root, unescaped.
    pub fn segments(&self) -> impl Iterator<Item = String> {
        let unescaped = |segment: &str| match segment.contains('~') {
            true => segment.replace("~1", "/").replace("~0", "~"),
            false => segment.to_owned(),
        };
        self.path.split('/').skip(1).map(unescaped)
    }

    /// Returns the escaped pointer: empty for the whole document.
    pub fn as_str(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

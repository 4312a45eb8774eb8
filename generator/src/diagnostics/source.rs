//! The text of a document and what it is called.

/// A document as text; the caller has read it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// What to call the document in a message: the path as the user wrote it.
    pub name: &'a str,
    /// The document, YAML or JSON.
    pub text: &'a str,
}

//! What the generator has to say about a document: codes, places, collecting.
//!
//! Imports nothing of this crate.

mod code;
mod pointer;
mod source;

pub use code::{Code, Severity};
pub use pointer::Pointer;
pub use source::Source;

/// One finding about the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding this is; it decides the severity.
    pub code: Code,
    /// The place in the document, as its owner wrote it.
    pub pointer: Pointer,
    /// One sentence: what was found.
    pub message: String,
    /// One sentence: what to do about it.
    pub remedy: String,
}

/// The findings of one run, in the order they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// No findings yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding.
    pub fn report(
        &mut self,
        code: Code,
        pointer: &Pointer,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.list.push(Diagnostic {
            code,
            pointer: pointer.clone(),
            message: message.into(),
            remedy: remedy.into(),
        });
    }

    /// Whether any finding keeps the crate from being written.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|found| found.code.severity() == Severity::Error)
    }

    /// Every finding, in the order they were made.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// How many findings there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are no findings.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

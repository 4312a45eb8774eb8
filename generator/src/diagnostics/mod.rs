//! What the generator has to say about a document: codes, places, collecting, telling.
//!
//! A finding carries the pointer to its place. Lines are looked up in the text only when something is told, and
//! nowhere but in `locate`. Imports nothing of this crate.

mod code;
mod locate;
mod pointer;
mod render;
mod source;

use std::collections::BTreeMap;

use indexmap::IndexSet;

pub use code::{Code, Severity, UnknownCode};
pub use locate::Position;
pub use pointer::Pointer;
pub use render::Style;
pub use source::{Files, Source, Sources, Unreadable};

/// One finding about the document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// What kind of finding this is; it decides the severity.
    pub code: Code,
    /// The place in the document, as its owner wrote it.
    pub pointer: Pointer,
    /// Where in the text, when the finding is about the text and no pointer leads there.
    pub position: Option<Position>,
    /// One sentence: what was found.
    pub message: String,
    /// One sentence: what to do about it.
    pub remedy: String,
    /// Why, in words by which findings of one code are counted; not every code has reasons.
    pub reason: Option<String>,
}

/// The findings of one run, each once, in the order they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    found: IndexSet<Diagnostic>,
}

impl Diagnostics {
    /// No findings yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding about a place in the document.
    pub fn report(
        &mut self,
        code: Code,
        pointer: &Pointer,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.add(code, pointer.clone(), None, message.into(), remedy.into());
    }

    /// Adds a finding about the text, before there is anything that a pointer could lead to.
    pub fn report_text(
        &mut self,
        code: Code,
        position: Option<Position>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.add(code, Pointer::root(), position, message.into(), remedy.into());
    }

    fn add(
        &mut self,
        code: Code,
        pointer: Pointer,
        position: Option<Position>,
        message: String,
        remedy: String,
    ) {
        self.found.insert(Diagnostic { code, pointer, position, message, remedy, reason: None });
    }

    /// Adds one finding.
    pub fn insert(&mut self, finding: Diagnostic) {
        self.found.insert(finding);
    }

    /// Adds the findings of another run.
    pub fn extend(&mut self, other: Diagnostics) {
        self.found.extend(other.found);
    }

    /// Whether any finding keeps the crate from being written.
    pub fn has_errors(&self) -> bool {
        self.iter().any(|found| found.code.severity() == Severity::Error)
    }

    /// Every finding, in the order they were made.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// Adds the findings of another run, each at the place that `written` gives for its own.
    pub(crate) fn extend_at(&mut self, other: Diagnostics, written: impl Fn(&Pointer) -> Pointer) {
        let moved = |found: Diagnostic| Diagnostic { pointer: written(&found.pointer), ..found };
        self.found.extend(other.found.into_iter().map(moved));
    }

    /// Every finding and where it is in its text, sorted by that: those in the document first, then file by file.
    pub fn located<'s>(&self, sources: impl Into<Sources<'s>>) -> Vec<(Position, &Diagnostic)> {
        let sources = sources.into();
        let mut files: BTreeMap<Option<&str>, Vec<&Diagnostic>> = BTreeMap::new();
        for found in self.iter() {
            files.entry(found.pointer.file()).or_default().push(found);
        }
        let mut located = Vec::with_capacity(self.len());
        for (file, findings) in files {
            let text = sources.text_of(file);
            let positions = locate::locate(&text, findings.iter().map(|found| &found.pointer));
            let first = located.len();
            let position_of = |(position, found): (_, &Diagnostic)| found.position.unwrap_or(position);
            located.extend(positions.into_iter().zip(findings).map(|it| (position_of(it), it.1)));
            located[first..].sort_by_key(|(position, found)| (*position, found.code));
        }
        located
    }

    /// The findings as text to read, sorted like [`located`](Self::located).
    pub fn render<'s>(&self, sources: impl Into<Sources<'s>>) -> String {
        self.render_in(Style::Plain, sources)
    }

    /// The same, for a terminal that shows colours.
    pub fn render_in<'s>(&self, style: Style, sources: impl Into<Sources<'s>>) -> String {
        let sources = sources.into();
        render::render(&self.located(sources), &sources, style)
    }

    /// How many findings there are.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there are no findings.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}

//! Findings about a document: codes, locations, collecting, rendering.
//!
//! A finding carries a JSON pointer. Only `locate` turns pointers into lines, and only when findings are rendered.
//! Imports `safe_text`.

mod code;
mod locate;
mod pointer;
mod recorded_files;
mod render;
mod source;
mod suggest;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexSet;
use pointer::TextId;

pub use code::{Code, Severity, UnknownCode};
pub use locate::Position;
pub use pointer::Pointer;
pub(crate) use recorded_files::RecordedFiles;
pub use render::Style;
pub(crate) use render::{Message, Syntax};
pub use source::{Files, Source, Sources, Unreadable};
pub(crate) use suggest::{Suggestions, closest};

/// One finding about the document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// The kind of finding, which also decides its severity.
    pub code: Code,
    /// The location in the document as its author wrote it.
    pub pointer: Pointer,
    /// The position in the text, for findings about text that has no JSON pointer, such as syntax errors.
    pub position: Option<Position>,
    /// The fault: one clause in lower case without a full stop, at most about 100 characters.
    pub message: String,
    /// The remedy: one imperative in lower case without a full stop. It is printed after `help:`; empty if there is
    /// nothing to say.
    pub remedy: String,
    /// The reason, in words by which findings with the same code are counted. Not every code has reasons.
    pub reason: Option<String>,
}

/// The findings of one run, without duplicates, in the order in which they were reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    found: IndexSet<Diagnostic>,
    /// The warnings that were accepted, and removed.
    allowed: Vec<Diagnostic>,
}

impl Diagnostic {
    /// Returns true if the finding is at a place or inside it. A place is a reference such as `#/components/schemas/Pet`;
    /// `#` is the whole document with all its files.
    pub fn is_at(&self, place: &str) -> bool {
        let reference = self.pointer.reference();
        place == "#"
            || reference.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl Diagnostics {
    /// Creates an empty collection.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding about a value in the document.
    pub fn report(
        &mut self,
        code: Code,
        pointer: &Pointer,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.add(code, pointer.clone(), None, message.into(), remedy.into());
    }

    /// Adds a finding about the text of the document, which has a position but no JSON pointer.
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

    /// Adds the findings of another collection.
    pub fn extend(&mut self, other: Diagnostics) {
        self.allowed.extend(other.allowed);
        self.found.extend(other.found);
    }

    /// Returns true if any finding is an error, so that no crate is generated.
    pub fn has_errors(&self) -> bool {
        self.iter().any(|found| found.code.severity() == Severity::Error)
    }

    /// Accepts warnings: they are removed and counted.
    pub fn allow(&mut self, is_allowed: impl Fn(&Diagnostic) -> bool) {
        let is_kept = |found: &Diagnostic| found.code.severity() == Severity::Error || !is_allowed(found);
        let (kept, allowed): (IndexSet<_>, IndexSet<_>) = self.found.drain(..).partition(is_kept);
        self.found = kept;
        self.allowed.extend(allowed);
    }

    /// Returns the accepted warnings.
    pub fn allowed(&self) -> &[Diagnostic] {
        &self.allowed
    }

    /// Returns every finding, in the order in which they were reported.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// Adds the findings of another collection, with each pointer replaced by `written(pointer)`.
    pub(crate) fn extend_at(&mut self, other: Diagnostics, written: impl Fn(&Pointer) -> Pointer) {
        let moved = |found: Diagnostic| Diagnostic { pointer: written(&found.pointer), ..found };
        self.found.extend(other.found.into_iter().map(moved));
    }

    /// Returns every finding with its position, sorted by position: the document first, then
    /// file by file, then `codegen.toml`.
    pub fn located<'s>(&self, sources: impl Into<Sources<'s>>) -> Vec<(Position, &Diagnostic)> {
        let sources = sources.into();
        let mut texts: BTreeMap<&TextId, Vec<&Diagnostic>> = BTreeMap::new();
        for found in self.iter() {
            texts.entry(found.pointer.text()).or_default().push(found);
        }
        let mut located = Vec::with_capacity(self.len());
        for (id, findings) in texts {
            let Some(first) = findings.first() else { continue };
            let text = sources.text_of(&first.pointer);
            let pointers = findings.iter().map(|found| &found.pointer);
            let positions = match id {
                TextId::Config => locate::locate_toml(&text, pointers),
                TextId::Document | TextId::File(_) => locate::locate(&text, pointers),
            };
            let first = located.len();
            let position_of = |(position, found): (_, &Diagnostic)| found.position.unwrap_or(position);
            located.extend(positions.into_iter().zip(findings).map(|it| (position_of(it), it.1)));
            located[first..].sort_by_key(|(position, found)| (*position, found.code));
        }
        located
    }

    /// Renders the findings as plain text, sorted like [`located`](Self::located).
    pub fn render<'s>(&self, sources: impl Into<Sources<'s>>) -> String {
        self.render_in(Style::Plain, sources)
    }

    /// Renders the findings in a style, sorted like [`located`](Self::located).
    pub fn render_in<'s>(&self, style: Style, sources: impl Into<Sources<'s>>) -> String {
        let sources = sources.into();
        render::render(&self.located(sources), &sources, style)
    }

    /// Returns the number of findings.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Returns true if there are no findings.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}

/// Returns the file and the position of each location in the document or in another file.
///
/// # Examples
///
/// ```
/// use openapi_crate::diagnostics::{Pointer, positions};
///
/// let source = openapi_crate::Source { name: "pets.yaml", text: "openapi: 3.1.0\ninfo:\n  title: Pets" };
/// let title = Pointer::parse("/info/title");
/// let (file, position) = &positions(source, [&title])[&title];
/// assert_eq!((file.as_str(), position.line), ("pets.yaml", 3));
/// ```
pub fn positions<'s, 'p>(
    sources: impl Into<Sources<'s>>,
    pointers: impl IntoIterator<Item = &'p Pointer>,
) -> BTreeMap<Pointer, (String, Position)> {
    let sources = sources.into();
    let mut texts: BTreeMap<&TextId, BTreeSet<&Pointer>> = BTreeMap::new();
    for pointer in pointers {
        texts.entry(pointer.text()).or_default().insert(pointer);
    }
    let mut located = BTreeMap::new();
    for (id, pointers) in texts {
        let Some(first) = pointers.first() else { continue };
        let (name, text) = (sources.name_of(first), sources.text_of(first));
        let all = pointers.iter().copied();
        let positions = match id {
            TextId::Config => locate::locate_toml(&text, all),
            TextId::Document | TextId::File(_) => locate::locate(&text, all),
        };
        located.extend(
            pointers.into_iter().cloned().zip(positions.into_iter().map(|position| (name.clone(), position))),
        );
    }
    located
}

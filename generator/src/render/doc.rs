//! Doc attributes.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::docs::{rustdoc, summary};
use super::expectations;
use crate::ir::Docs;

/// The documentation of an item: what the document says of it, ready to stand before it.
#[derive(Default)]
pub(super) struct Doc {
    lines: Vec<String>,
    /// What the server expects, to stand behind what the document says.
    expected: Option<String>,
    /// The attribute that tells who uses it, if it is deprecated.
    deprecation: Option<TokenStream>,
}

impl Doc {
    /// What the document says.
    pub(super) fn of(docs: &Docs) -> Self {
        let lines = docs.text.as_deref().map(rustdoc).unwrap_or_default();
        Self { lines, expected: expectations::line(&docs.expectations), deprecation: deprecation(docs) }
    }

    /// The text itself, from Markdown of a document.
    pub(super) fn text(text: &str) -> Self {
        Self { lines: rustdoc(text), expected: None, deprecation: None }
    }

    /// The same, or `line` where the document says nothing.
    pub(super) fn or(mut self, line: &str) -> Self {
        if self.lines.is_empty() {
            self.lines.push(line.to_owned());
        }
        self
    }

    /// The same, with another one behind it.
    pub(super) fn followed_by(self, other: Self) -> Self {
        let mut other = other.settled();
        let deprecation = other.deprecation.take();
        let mut both = self.then(other.lines);
        both.deprecation = both.deprecation.or(deprecation);
        both
    }

    /// The same, with a paragraph behind it that is Markdown of ours.
    pub(super) fn then(self, lines: impl IntoIterator<Item = String>) -> Self {
        self.settled().with_paragraph(lines)
    }

    /// The same, with what the server expects in its place.
    fn settled(mut self) -> Self {
        let expected = self.expected.take();
        self.with_paragraph(expected)
    }

    fn with_paragraph(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        let mut lines = lines.into_iter().peekable();
        if !self.lines.is_empty() && lines.peek().is_some() {
            self.lines.push(String::new());
        }
        self.lines.extend(lines);
        self
    }
}

/// The attribute that tells who uses a thing that it is deprecated, and what to use instead.
pub(super) fn deprecation(docs: &Docs) -> Option<TokenStream> {
    let note = docs.advice.as_deref().map(|advice| rustdoc(advice).join(" "));
    let attribute = match note.filter(|note| !note.is_empty()) {
        Some(note) => quote!(#[deprecated(note = #note)]),
        None => quote!(#[deprecated]),
    };
    docs.deprecated.then_some(attribute)
}

/// What the document says of a thing, and what the server expects of it, on one line.
pub(super) fn in_short(docs: &Docs) -> Option<String> {
    let said = docs.text.as_deref().map(summary).filter(|text| !text.is_empty());
    let said = said.map(|text| if text.ends_with(['.', '!', '?', ':', ';']) { text } else { text + "." });
    let parts: Vec<String> = said.into_iter().chain(expectations::line(&docs.expectations)).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

impl ToTokens for Doc {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let separator = (self.expected.is_some() && !self.lines.is_empty()).then(String::new);
        for line in self.lines.iter().chain(&separator).chain(&self.expected) {
            let line = if line.is_empty() { String::new() } else { format!(" {line}") };
            tokens.extend(quote!(#[doc = #line]));
        }
        tokens.extend(self.deprecation.clone());
    }
}

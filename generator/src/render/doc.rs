//! Renders `#[doc]` and `#[deprecated]` attributes.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::constraints;
use super::docs::{first_paragraph, rustdoc};
use super::source_file;
use crate::analyze::stated_defaults;
use crate::ir::{Docs, TypeDef};

/// The largest length of a description in a list of parameters, in bytes. Sentences beyond it are left out, except the
/// first.
const PARAGRAPH_LENGTH: usize = 300;

/// The documentation of an item, as attributes.
#[derive(Default)]
pub(super) struct Doc {
    lines: Vec<String>,
    /// The constraints of the value, which follow the description.
    expected: Option<String>,
    /// The attribute of a deprecated item.
    deprecation: Option<TokenStream>,
}

impl Doc {
    /// Returns the description, the constraints and the deprecation of an item.
    pub(super) fn of(docs: &Docs) -> Self {
        let lines = docs.text.as_deref().map(rustdoc).unwrap_or_default();
        let expected = constraints::line(&stated_defaults::unstated(docs));
        Self { lines, expected, deprecation: deprecation(docs) }
    }

    /// Returns the documentation of a named type.
    pub(super) fn of_type(def: &TypeDef) -> Self {
        let expected = constraints::line(&stated_defaults::unstated_of_type(def));
        Self { expected, ..Self::of(&def.docs) }
    }

    /// Returns a description, which is Markdown of the document.
    pub(super) fn text(text: &str) -> Self {
        Self { lines: rustdoc(text), expected: None, deprecation: None }
    }

    /// Sets `line` as the description if there is none.
    pub(super) fn or(mut self, line: &str) -> Self {
        if self.lines.is_empty() {
            self.lines.push(line.to_owned());
        }
        self
    }

    /// Appends other documentation.
    pub(super) fn followed_by(self, other: Self) -> Self {
        let mut other = other.settled();
        let deprecation = other.deprecation.take();
        let mut both = self.then(other.lines);
        both.deprecation = both.deprecation.or(deprecation);
        both
    }

    /// Appends a paragraph of Markdown, which is not escaped.
    pub(super) fn then(self, lines: impl IntoIterator<Item = String>) -> Self {
        self.settled().with_paragraph(lines)
    }

    /// Appends the constraints to the lines.
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

/// Returns the attribute of a deprecated item, with the advice of the document.
pub(super) fn deprecation(docs: &Docs) -> Option<TokenStream> {
    let note = docs.advice.as_deref().map(|advice| rustdoc(advice).join(" "));
    let attribute = match note.filter(|note| !note.is_empty()) {
        Some(note) => quote!(#[deprecated(note = #note)]),
        None => quote!(#[deprecated(note = "marked as deprecated in the OpenAPI document")]),
    };
    docs.deprecated.then_some(attribute)
}

/// Returns the first paragraph of the description and the constraints, on one line.
pub(super) fn in_short(docs: &Docs) -> Option<String> {
    let text = docs.text.as_deref().map(|text| first_paragraph(text, PARAGRAPH_LENGTH));
    let text = text.filter(|text| !text.is_empty());
    let text = text.map(|text| {
        let is_ended = text.trim_end_matches([')', '"']).ends_with(['.', '!', '?', ':', ';']);
        if is_ended { text } else { text + "." }
    });
    let mentions_default = text.as_ref().is_some_and(|text| text.to_lowercase().contains("default"));
    let constraints =
        constraints::line(&stated_defaults::unstated(docs)).map(|line| match mentions_default {
            // The description may be about the default of something else.
            true => line.replace("Default: ", "Default of the parameter: "),
            false => line,
        });
    let parts: Vec<String> = text.into_iter().chain(constraints).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

impl ToTokens for Doc {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let separator = (self.expected.is_some() && !self.lines.is_empty()).then(String::new);
        let lines: Vec<&str> =
            self.lines.iter().chain(&separator).chain(&self.expected).map(String::as_str).collect();
        if !lines.is_empty() {
            let text = source_file::doc_attribute(&lines);
            tokens.extend(quote!(#[doc = #text]));
        }
        tokens.extend(self.deprecation.clone());
    }
}

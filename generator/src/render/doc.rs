//! Doc attributes.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::docs::rustdoc;
use crate::ir::Docs;

/// The documentation of an item: what the document says of it, ready to stand before it.
#[derive(Default)]
pub(super) struct Doc {
    lines: Vec<String>,
    deprecated: bool,
}

impl Doc {
    /// What the document says.
    pub(super) fn of(docs: &Docs) -> Self {
        let lines = docs.text.as_deref().map(rustdoc).unwrap_or_default();
        Self { lines, deprecated: docs.deprecated }
    }

    /// The text itself, from Markdown of a document.
    pub(super) fn text(text: &str) -> Self {
        Self { lines: rustdoc(text), deprecated: false }
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
        let deprecated = self.deprecated || other.deprecated;
        let mut both = self.then(other.lines);
        both.deprecated = deprecated;
        both
    }

    /// The same, with a paragraph behind it that is Markdown of ours.
    pub(super) fn then(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        let mut lines = lines.into_iter().peekable();
        if !self.lines.is_empty() && lines.peek().is_some() {
            self.lines.push(String::new());
        }
        self.lines.extend(lines);
        self
    }
}

impl ToTokens for Doc {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for line in &self.lines {
            let line = if line.is_empty() { String::new() } else { format!(" {line}") };
            tokens.extend(quote!(#[doc = #line]));
        }
        if self.deprecated {
            tokens.extend(quote!(#[deprecated]));
        }
    }
}

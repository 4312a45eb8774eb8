//! Renders `#[doc]` and `#[deprecated]` attributes.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::constraints;
use super::docs::{first_paragraph, rustdoc};
use super::source_file;
use crate::ir::{Constraint, Docs, TypeDef, TypeName};

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
        let expected = constraints::line(&unstated(docs, &docs.constraints));
        Self { lines, expected, deprecation: deprecation(docs) }
    }

    /// Returns the documentation of a named type. The default of an inline schema is the default of the field, which has
    /// it in its own documentation.
    pub(super) fn of_type(def: &TypeDef) -> Self {
        let is_default = |constraint: &Constraint| matches!(constraint, Constraint::Default(_));
        let is_shown = |it: &&Constraint| matches!(def.name, TypeName::Component { .. }) || !is_default(it);
        let constraints: Vec<Constraint> = def.docs.constraints.iter().filter(is_shown).cloned().collect();
        let expected = constraints::line(&unstated(&def.docs, &constraints));
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
        constraints::line(&unstated(docs, &docs.constraints)).map(|line| match mentions_default {
            // The description may be about the default of something else.
            true => line.replace("Default: ", "Default of the parameter: "),
            false => line,
        });
    let parts: Vec<String> = text.into_iter().chain(constraints).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Returns the constraints without a default that the description states as well.
fn unstated(docs: &Docs, constraints: &[Constraint]) -> Vec<Constraint> {
    let states = |constraint: &&Constraint| match (constraint, &docs.text) {
        (Constraint::Default(json), Some(text)) => states_default(text, json),
        _ => false,
    };
    constraints.iter().filter(|constraint| !states(constraint)).cloned().collect()
}

/// Returns true if the text has the word "default" and, right after it, the value: `defaults to 5`, `Default value: 5`.
fn states_default(text: &str, json: &str) -> bool {
    let value = json.trim_matches('"').to_lowercase();
    if value.is_empty() {
        return false;
    }
    let text = text.to_lowercase();
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    text.match_indices("default").any(|(start, word)| {
        let mut after = &text[start + word.len()..];
        after = after.strip_prefix('s').unwrap_or(after);
        loop {
            after = after.trim_start_matches(|it: char| it.is_whitespace() || ":=`'\"(*".contains(it));
            let links = ["value ", "value:", "is ", "is:", "to ", "to:", "of "];
            match links.iter().find_map(|link| after.strip_prefix(link)) {
                Some(rest) => after = rest,
                None => break,
            }
        }
        after.strip_prefix(value.as_str()).is_some_and(|rest| {
            // `5` is not stated by `5.5`.
            let rest = rest.strip_prefix('.').unwrap_or(rest);
            !rest.starts_with(is_word)
        })
    })
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

#[cfg(test)]
mod tests {
    use super::states_default;

    #[track_caller]
    fn check(text: &str, json: &str, expected: bool) {
        assert_eq!(states_default(text, json), expected, "{text}: {json}");
    }

    #[test]
    fn a_default_is_stated_after_the_word() {
        check("Limit. Defaults to 50.", "50", true);
        check("The host (defaults to `127.0.0.1`).", "\"127.0.0.1\"", true);
        check("Default: and_", "\"and_\"", true);
        check("If not set, the default is True", "true", true);
        check("The default value is `50`", "50", true);
        check("The default applies if more than 50 are requested.", "50", false);
        check("Non-default values above 50 are slow.", "50", false);
        check("Defaults to 50.", "5", false);
        check("Defaults to 5.5.", "5", false);
        check("At most 50. The default depends on the plan.", "50", false);
        check("The default depends on the plan. At most 50.", "50", false);
        check("Empty by default.", "\"\"", false);
    }
}

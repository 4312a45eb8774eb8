//! Turns descriptions of the document into rustdoc.
//!
//! By the specification, a description is CommonMark. In practice it is often plain text: comments of a protobuf file, a
//! table cell, or a fragment of HTML. The users of the generated crate deny warnings, so the result must pass `cargo doc` and
//! `cargo clippy`, contain no doctest and no accidental link, and hide nothing from a reader of the source.
//!
//! The text is parsed as Markdown and written anew. [`layout`] undoes the indentation of plain text, and [`html`] turns tags
//! into Markdown. [`blocks`], [`inline`] and [`spelling`] write the parsed text. No input is copied without being parsed, so
//! each character is escaped in one place. Parsing the result and writing it again gives the same text.

mod blocks;
mod characters;
mod code_text;
mod extensions;
mod html;
mod inline;
mod layout;
mod part;
mod spelling;
mod summary;
mod table;
#[cfg(test)]
mod tests;
mod words;

use std::borrow::Cow;

use pulldown_cmark::{BrokenLink, CowStr, Event, Parser};

use self::extensions::options;

/// Returns the lines of a doc comment, without `///` and the space after it. An empty text has no lines.
pub(crate) fn rustdoc(text: &str) -> Vec<String> {
    blocks::write(parse(&prepare(text)))
}

/// Returns the first sentence on one line, without links and emphasis. It can be used in a table cell.
pub(crate) fn summary(text: &str) -> String {
    summary::write(parse(&prepare(text)))
}

/// Returns the first paragraph on one line, without links and emphasis. A paragraph of more than `length` bytes is cut
/// between two sentences, but has at least one.
pub(crate) fn first_paragraph(text: &str, length: usize) -> String {
    summary::write_sentences(parse(&prepare(text)), length)
}

/// Returns a name or a value of the document as a code span.
pub(crate) fn code(text: &str) -> String {
    code_text::span(text)
}

/// Joins texts: "a", "a and b", "a, b and c".
pub(crate) fn listed(texts: &[String]) -> String {
    match texts {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        texts => texts.concat(),
    }
}

/// Returns the text as Markdown that is rendered as its author wrote it.
fn prepare(text: &str) -> Cow<'_, str> {
    chain(chain(chain(characters::clean(text), layout::repair), html::rewrite), keep_definitions)
}

/// Applies a step to the result of the steps before, which may still borrow the text.
fn chain<'a>(text: Cow<'a, str>, step: fn(&str) -> Cow<'_, str>) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => step(text),
        Cow::Owned(text) => Cow::Owned(step(&text).into_owned()),
    }
}

/// Escapes a link definition whose target is not a URL, such as `[note]: something`. Markdown would hide it.
fn keep_definitions(text: &str) -> Cow<'_, str> {
    if !text.contains("]:") {
        return Cow::Borrowed(text);
    }
    let parser = Parser::new_ext(text, options());
    let definitions = parser.reference_definitions().iter().map(|(_, definition)| definition);
    let mut starts: Vec<usize> =
        definitions.filter(|d| !part::is_absolute(&d.dest)).map(|definition| definition.span.start).collect();
    starts.sort_unstable();
    let mut out = String::with_capacity(text.len() + starts.len());
    let mut at = 0;
    for start in starts {
        out.push_str(&text[at..start]);
        out.push('\\');
        at = start;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// Parses Markdown. A reference without a definition becomes a link of an unknown kind, so that `[a][b]` and `` [`a`] ``
/// can be distinguished from brackets.
fn parse(text: &str) -> Vec<Event<'_>> {
    let undefined = |_: BrokenLink<'_>| Some((CowStr::Borrowed(""), CowStr::Borrowed("")));
    Parser::new_with_broken_link_callback(text, options(), Some(undefined)).collect()
}

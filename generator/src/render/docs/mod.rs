//! Descriptions of a document, as rustdoc.
//!
//! A description is CommonMark by the specification and often plain text in fact: comments of a protobuf file, a table
//! cell, a fragment of HTML. It ends up in a crate whose users deny warnings, so whatever it says must pass `cargo doc`
//! and `cargo clippy`, run no doctest, link nowhere by accident and hide nothing from a reader of the source.
//!
//! The text is read as Markdown and written anew: [`layout`] undoes the indentation of plain text, [`html`] turns tags
//! into Markdown, [`blocks`], [`inline`] and [`spelling`] write what the parser
//! found. Nothing of the input is copied unread, so there
//! is one place where each character is escaped. Written text reads back as itself.

mod blocks;
mod characters;
mod code;
mod html;
mod inline;
mod layout;
mod spelling;
mod summary;
mod table;
#[cfg(test)]
mod tests;
mod words;

use std::borrow::Cow;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser};

pub(super) use characters::is_invisible;

/// The lines of a doc comment, without `///` and the space after it; an empty text has none.
pub(crate) fn rustdoc(text: &str) -> Vec<String> {
    blocks::write(parse(&prepare(text)))
}

/// The first sentence on one line: text and code alone, fit for a cell of a table.
pub(crate) fn summary(text: &str) -> String {
    summary::write(parse(&prepare(text)))
}

/// A name or a value of the document as code, fit for a line of Markdown of ours.
pub(crate) fn code(text: &str) -> String {
    code::span(text)
}

/// The text as Markdown that means what the author saw.
fn prepare(text: &str) -> Cow<'_, str> {
    chain(chain(chain(characters::clean(text), layout::repair), html::rewrite), keep_definitions)
}

/// Applies one more step to a text that the steps before may have left alone.
fn chain<'a>(text: Cow<'a, str>, step: fn(&str) -> Cow<'_, str>) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => step(text),
        Cow::Owned(text) => Cow::Owned(step(&text).into_owned()),
    }
}

/// Makes text of what looks like the definition of a link but leads nowhere: `[note]: something`. Markdown would hide
/// it.
fn keep_definitions(text: &str) -> Cow<'_, str> {
    if !text.contains("]:") {
        return Cow::Borrowed(text);
    }
    let parser = Parser::new_ext(text, options());
    let definitions = parser.reference_definitions().iter().map(|(_, definition)| definition);
    let mut starts: Vec<usize> = definitions
        .filter(|d| !inline::is_absolute(&d.dest))
        .map(|definition| definition.span.start)
        .collect();
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

/// The extensions that rustdoc knows and that a description may mean; footnotes are no such thing.
fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// What the parser sees. A reference without a definition is reported as a link of an unknown kind, so that `[a][b]`
/// and `` [`a`] `` can be told from brackets.
fn parse(text: &str) -> Vec<Event<'_>> {
    let undefined = |_: BrokenLink<'_>| Some((CowStr::Borrowed(""), CowStr::Borrowed("")));
    Parser::new_with_broken_link_callback(text, options(), Some(undefined)).collect()
}

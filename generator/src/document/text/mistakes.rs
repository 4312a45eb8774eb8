//! Recognizes texts that are something else, and mistakes that the message of a parser does not explain.
//!
//! Imports `diagnostics`.

use crate::diagnostics::Position;

/// The reason why a text is not valid, in words of its author.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    pub(super) position: Position,
    pub(super) message: &'static str,
    pub(super) remedy: &'static str,
}

/// The beginnings of pages and of XML, in lower case.
const PAGES: [&str; 2] = ["<!doctype html", "<html"];
const XML: [&str; 2] = ["<?xml", "<!doctype"];

/// Returns the mistake of a text that is HTML or XML.
pub(super) fn markup(text: &str) -> Option<Mistake> {
    let trimmed = text.trim_start();
    let starts = |with: &str| trimmed.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    let (message, remedy) = if PAGES.into_iter().any(starts) {
        (
            "the text is an HTML page, not YAML or JSON",
            "download the document itself; the page may be a login, an error or a viewer",
        )
    } else if XML.into_iter().any(starts) {
        ("the text is XML, not YAML or JSON", "pass the document in YAML or JSON")
    } else {
        return None;
    };
    let position = position_at(text, text.len() - trimmed.len());
    Some(Mistake { position, message, remedy })
}

/// Returns the mistake if a parser of JSON stopped at a comment, or if a text begins with one.
pub(super) fn comment(text: &str, stopped: Option<Position>) -> Option<Mistake> {
    let position = stopped.unwrap_or_else(|| position_at(text, text.len() - text.trim_start().len()));
    let rest = rest_of_line(text, position)?;
    (rest.starts_with("//") || rest.starts_with("/*")).then_some(Mistake {
        position,
        message: "the text has a comment, which JSON does not allow",
        remedy: "remove the comments, or write the document in YAML, where a comment begins with `#`",
    })
}

/// Returns the mistake if a parser of YAML stopped at a tab in the indentation of a line.
pub(super) fn tab(text: &str, stopped: Position) -> Option<Mistake> {
    rest_of_line(text, stopped)?.starts_with('\t').then_some(Mistake {
        position: stopped,
        message: "the line is indented with a tab, and YAML allows only spaces",
        remedy: "replace all tabs in the indentation by spaces",
    })
}

/// Returns the mistake of a comma before a closing bracket. A parser of JSON stops at the bracket.
pub(super) fn trailing_comma(stopped: Position) -> Mistake {
    Mistake {
        position: stopped,
        message: "a comma before this bracket has no value after it, which JSON does not allow",
        remedy: "remove the comma",
    }
}

/// Returns the end of a line, from a position on.
fn rest_of_line(text: &str, Position { line, column }: Position) -> Option<&str> {
    let line = text.lines().nth(line.checked_sub(1)?)?;
    let start = line.char_indices().map(|(start, _)| start).nth(column.checked_sub(1)?)?;
    line.get(start..)
}

/// Returns the position of a byte, which begins a character.
fn position_at(text: &str, byte: usize) -> Position {
    let before = text.get(..byte).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Position { line, column }
}

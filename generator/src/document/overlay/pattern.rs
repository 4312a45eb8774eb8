//! Measures the regular expressions of queries, because `match` and `search` compile them again for each value.

use regex_syntax::Parser;
use regex_syntax::hir::{Class, Hir, HirKind};

/// The length of a pattern, in bytes.
const MAX_LENGTH: usize = 200;

/// The size of a pattern: the number of its characters, of the ranges in its classes, and of their repetitions.
const MAX_SIZE: usize = 2_000;

/// Returns the size of a pattern, which is written in a query with its quotes. Returns `None` if it is too large.
pub(super) fn size(literal: &str) -> Option<usize> {
    if literal.len() > MAX_LENGTH {
        return None;
    }
    // A text with an escape that does not exist is not a valid query, and an invalid pattern matches nothing.
    let Some(pattern) = unquoted(literal) else { return Some(1) };
    // `serde_json_path` compiles this text, in which an unbalanced pattern can be valid.
    let Ok(parsed) = Parser::new().parse(&format!("(?R)^({pattern})$")) else { return Some(1) };
    Some(size_of(&parsed)).filter(|size| *size <= MAX_SIZE)
}

/// Returns the text of a literal, whose escapes are those of JSON and of the quotes.
fn unquoted(literal: &str) -> Option<String> {
    let inside = literal.get(1..literal.len().checked_sub(1)?)?;
    let json = match literal.starts_with('\'') {
        true => inside.replace("\\'", "'").replace('"', "\\\""),
        false => inside.to_owned(),
    };
    serde_json::from_str(&format!("\"{json}\"")).ok()
}

/// The recursion is bounded, because the length of a pattern is.
fn size_of(pattern: &Hir) -> usize {
    match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(Class::Unicode(class)) => class.ranges().len(),
        HirKind::Class(Class::Bytes(class)) => class.ranges().len(),
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min.saturating_add(1)).max(1);
            size_of(&repetition.sub).saturating_mul(times as usize)
        }
        HirKind::Capture(capture) => size_of(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().map(size_of).fold(0, usize::saturating_add)
        }
    }
}

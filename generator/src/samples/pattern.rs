//! Strings that match a regular expression.

use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::json;

use crate::ir::CountRange;

/// The maximum length of a string in bytes, as a pattern may require more than fits in memory.
pub(super) const MAX_LEN: usize = 10_000;

/// The number of alternatives of a pattern that are tried.
const MAX_ALTERNATIVES: usize = 4;

/// Makes a string that matches a pattern of a document. Returns `None` if the pattern has a backreference, or if no
/// string of this length is found.
pub(super) fn text(pattern: &str, length: CountRange) -> Option<String> {
    let (hir, has_lookaround) = match parse(pattern) {
        Some(hir) => (hir, false),
        None => (parse(&without_lookaround(pattern)?)?, true),
    };
    let fits = |text: &String| {
        let characters = text.chars().count();
        characters >= length.at_least.unwrap_or_default()
            && characters <= length.at_most.unwrap_or(usize::MAX)
            && (!has_lookaround || matches(pattern, text))
    };
    // Add repetitions until the string is long enough, and try further alternatives, as the first may be too short.
    let repetitions = 0..=length.at_least.unwrap_or_default().min(MAX_LEN);
    repetitions
        .flat_map(|extra_repetitions| (0..MAX_ALTERNATIVES).map(move |choice| (extra_repetitions, choice)))
        .find_map(|(extra_repetitions, choice)| {
            let mut text = String::new();
            append(&hir, extra_repetitions, choice, &mut text)?;
            Some(text).filter(fits)
        })
}

fn parse(pattern: &str) -> Option<Hir> {
    regex_syntax::ParserBuilder::new().unicode(true).build().parse(pattern).ok()
}

/// True if a string matches a pattern, by an engine that supports lookaround.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let schema = json!({ "pattern": pattern });
    jsonschema::validator_for(&schema).is_ok_and(|schema| schema.is_valid(&json!(text)))
}

/// Removes the lookaround groups of a pattern. Returns `None` if a group is not closed.
fn without_lookaround(pattern: &str) -> Option<String> {
    let mut rest = pattern;
    let mut plain = String::new();
    let mut in_class = false;
    while let Some(first) = rest.chars().next() {
        if !in_class && ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|group| rest.starts_with(group)) {
            rest = &rest[end_of_group(rest)?..];
            continue;
        }
        let length = match first {
            '\\' => 1 + rest.chars().nth(1)?.len_utf8(),
            other => other.len_utf8(),
        };
        in_class = is_in_class(in_class, first);
        plain.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    Some(plain)
}

/// Returns the end of the group at the beginning of a text.
fn end_of_group(text: &str) -> Option<usize> {
    let (mut depth, mut in_class, mut is_escaped) = (0, false, false);
    for (index, character) in text.char_indices() {
        if std::mem::take(&mut is_escaped) {
            continue;
        }
        match character {
            '\\' => is_escaped = true,
            '(' if !in_class => depth += 1,
            ')' if !in_class => depth -= 1,
            _ => in_class = is_in_class(in_class, character),
        }
        if depth == 0 {
            return Some(index + 1);
        }
    }
    None
}

/// True if the text after a character belongs to a character class such as `[a-z]`.
fn is_in_class(in_class: bool, character: char) -> bool {
    match character {
        '[' => true,
        ']' => false,
        _ => in_class,
    }
}

/// Appends a string that matches an expression. Each repetition is repeated `extra_repetitions` times more than its
/// minimum. Of alternatives, the one at `choice` is used, or the last.
fn append(hir: &Hir, extra_repetitions: usize, choice: usize, text: &mut String) -> Option<()> {
    if text.len() > MAX_LEN {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(class_member(class)?),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX) as usize;
            let turns = (repetition.min as usize + extra_repetitions).min(most);
            for _ in 0..turns {
                append(&repetition.sub, extra_repetitions, choice, text)?;
            }
        }
        HirKind::Capture(capture) => append(&capture.sub, extra_repetitions, choice, text)?,
        HirKind::Concat(parts) => {
            parts.iter().try_for_each(|part| append(part, extra_repetitions, choice, text))?
        }
        HirKind::Alternation(alternatives) => {
            append(
                alternatives.get(choice.min(alternatives.len().saturating_sub(1)))?,
                extra_repetitions,
                choice,
                text,
            )?;
        }
    }
    Some(())
}

/// A letter or digit of the class, if it has any, as these need no escapes.
fn class_member(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let has = |needle: char| class.iter().any(|range| range.start() <= needle && needle <= range.end());
    let plain = ('a'..='z').chain('A'..='Z').chain('0'..='9').find(|needle| has(*needle));
    plain.or_else(|| class.iter().next().map(|range| range.start()))
}

//! Texts that match a regular expression.

use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::json;

use crate::ir::Count;

/// How long a text may become: a pattern may ask for more than anybody has memory for.
pub(super) const LIMIT: usize = 10_000;

/// How many alternatives of a pattern are tried.
const ALTERNATIVES: usize = 4;

/// A text that matches a pattern of a document. None where the pattern refers back, or where what matches has another
/// length.
pub(super) fn text(pattern: &str, length: Count) -> Option<String> {
    let (hir, looks_around) = match parse(pattern) {
        Some(hir) => (hir, false),
        None => (parse(&without_looking_around(pattern)?)?, true),
    };
    let fits = |text: &String| {
        let characters = text.chars().count();
        characters >= length.at_least.unwrap_or_default()
            && characters <= length.at_most.unwrap_or(usize::MAX)
            && (!looks_around || matches(pattern, text))
    };
    // What may be repeated is, until the text is long enough; the first alternatives may be too short for it.
    let longer = 0..=length.at_least.unwrap_or_default().min(LIMIT);
    longer.flat_map(|more| (0..ALTERNATIVES).map(move |choice| (more, choice))).find_map(|(more, choice)| {
        let mut text = String::new();
        append(&hir, more, choice, &mut text)?;
        Some(text).filter(fits)
    })
}

fn parse(pattern: &str) -> Option<Hir> {
    regex_syntax::ParserBuilder::new().unicode(true).build().parse(pattern).ok()
}

/// Whether a text matches, by those who know what it is to look around.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let schema = json!({ "pattern": pattern });
    jsonschema::validator_for(&schema).is_ok_and(|schema| schema.is_valid(&json!(text)))
}

/// A pattern without the groups that only look at what is before or behind them. None where one does not end.
fn without_looking_around(pattern: &str) -> Option<String> {
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

/// Where the group ends that a text begins with.
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

/// Whether what follows a character stands in a class, such as `[a-z]`.
fn is_in_class(in_class: bool, character: char) -> bool {
    match character {
        '[' => true,
        ']' => false,
        _ => in_class,
    }
}

/// Appends what an expression matches; repetitions have this many turns more than the fewest that they may have, and of
/// alternatives it is the one at `choice`, or the last.
fn append(hir: &Hir, more: usize, choice: usize, text: &mut String) -> Option<()> {
    if text.len() > LIMIT {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(one_of(class)?),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX) as usize;
            let turns = (repetition.min as usize + more).min(most);
            for _ in 0..turns {
                append(&repetition.sub, more, choice, text)?;
            }
        }
        HirKind::Capture(capture) => append(&capture.sub, more, choice, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| append(part, more, choice, text))?,
        HirKind::Alternation(alternatives) => {
            append(alternatives.get(choice.min(alternatives.len().saturating_sub(1)))?, more, choice, text)?;
        }
    }
    Some(())
}

/// A letter or a digit if there is one, so that nothing has to be escaped anywhere.
fn one_of(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let has = |wanted: char| class.iter().any(|range| range.start() <= wanted && wanted <= range.end());
    let plain = ('a'..='z').chain('A'..='Z').chain('0'..='9').find(|wanted| has(*wanted));
    plain.or_else(|| class.iter().next().map(|range| range.start()))
}

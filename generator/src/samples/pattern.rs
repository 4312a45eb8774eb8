//! Texts that match a regular expression.

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::ir::Count;

/// How long a text may become: a pattern may ask for more than anybody has memory for.
pub(super) const LIMIT: usize = 10_000;

/// A text that matches a pattern of a document. None where the pattern looks around or refers back, or where what
/// matches has another length.
pub(super) fn text(pattern: &str, length: Count) -> Option<String> {
    let hir = regex_syntax::ParserBuilder::new().unicode(true).build().parse(pattern).ok()?;
    let fits = |text: &String| {
        let characters = text.chars().count();
        characters >= length.at_least.unwrap_or_default()
            && characters <= length.at_most.unwrap_or(usize::MAX)
    };
    // What may be repeated is, until the text is long enough.
    (0..=length.at_least.unwrap_or_default().min(LIMIT)).find_map(|more| {
        let mut text = String::new();
        append(&hir, more, &mut text)?;
        Some(text).filter(fits)
    })
}

/// Appends what an expression matches; repetitions have this many turns more than the fewest that they may have.
fn append(hir: &Hir, more: usize, text: &mut String) -> Option<()> {
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
                append(&repetition.sub, more, text)?;
            }
        }
        HirKind::Capture(capture) => append(&capture.sub, more, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| append(part, more, text))?,
        HirKind::Alternation(alternatives) => append(alternatives.first()?, more, text)?,
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

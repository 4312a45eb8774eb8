//! The report as Markdown: the section of a changelog, which is also the comment of a pull request.

use std::fmt::Write as _;

use crate::diff::{self, Change, Class};
use crate::safe_text::{self, code_span};

use super::causes::Located;
use super::comparison::{Comparison, WireDifference};
use super::limit::limited;
use super::text::{sentence, shown, title, verdict};

/// GitHub's limit for a comment is 65,536 characters. The rest is for text around the report.
pub(super) const MAX_LENGTH: usize = 64_000;

/// The level of the headings, below the one of a version.
const LEVEL: usize = 3;

/// Renders the report with at most `max_length` bytes.
pub(super) fn render(comparison: &Comparison, max_length: usize) -> String {
    // Where an addition stands in the document says little to a reviewer.
    let place = |(change, located): (&Change, &Located)| {
        let place = located.place().filter(|_| change.class == Class::Breaking);
        Change { cause: place.map(|place| code_span(&place)), ..change.clone() }
    };
    let changes: Vec<Change> = comparison.changes.iter().zip(&comparison.located).map(place).collect();
    let report = format!("{}**{}**\n", body(comparison, &changes), capitalized(&verdict(comparison)));
    limited(&report, max_length).trim_end().to_owned()
}

/// Renders the changes without the version, for a changelog that people read after the lines of the document have moved.
pub(crate) fn changelog(comparison: &Comparison) -> String {
    let without_cause = |change: &Change| Change { cause: None, ..change.clone() };
    let changes: Vec<Change> = comparison.changes.iter().map(without_cause).collect();
    limited(&body(comparison, &changes), MAX_LENGTH).trim_end().to_owned()
}

fn body(comparison: &Comparison, changes: &[Change]) -> String {
    let mut text = diff::markdown(changes, LEVEL);
    if let Some(other) = &comparison.generator {
        let nested = diff::markdown(&other.changes, LEVEL + 1);
        section(&mut text, &safe_text::markdown(&title(other)), &nested);
    }
    if let Some(differences) = &comparison.wire {
        section(&mut text, "On the wire, without a change of the Rust API", &wire(differences));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn section(text: &mut String, title: &str, body: &str) {
    if !body.is_empty() {
        let separator = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{separator}{} {title}\n\n{}", "#".repeat(LEVEL), body.trim_end());
    }
}

fn wire(differences: &[WireDifference]) -> String {
    let mut text = String::new();
    for difference in shown(differences) {
        let _ = writeln!(text, "- {}", safe_text::markdown(&sentence(difference)));
        if let Some(advice) = &difference.change.advice {
            let _ = writeln!(text, "  - help: {}", safe_text::markdown(advice));
        }
    }
    text
}

/// Returns a clause as a sentence.
fn capitalized(clause: &str) -> String {
    let mut characters = clause.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

//! The report as text for a terminal. Its last line is the version that the changes require.

use std::fmt::Write as _;

use crate::diff::{self, Class};
use crate::safe_text::line;

use super::comparison::{Comparison, OtherCause, WireDifference};
use crate::cli::inputs::count;

/// Renders the report.
pub(super) fn render(comparison: &Comparison) -> String {
    let mut text = diff::text(&comparison.changes);
    if let Some(other) = &comparison.generator {
        section(&mut text, &title(other), &diff::text(&other.changes));
    }
    match &comparison.wire {
        Some(differences) => {
            section(&mut text, "On the wire, without a change of the Rust API", &wire(differences))
        }
        None => {
            text.push_str("\nDifferences on the wire are not compared, because a crate has no document.\n")
        }
    }
    let separator = if text.is_empty() { "" } else { "\n" };
    let _ = write!(text, "{separator}{}", verdict(comparison));
    text.trim_start().to_owned()
}

fn section(text: &mut String, title: &str, body: &str) {
    if body.is_empty() {
        return;
    }
    let separator = if text.is_empty() { "" } else { "\n" };
    let _ = writeln!(text, "{separator}{title}");
    body.lines().for_each(|line| {
        let _ = writeln!(text, "{}{line}", if line.is_empty() { "" } else { "  " });
    });
}

/// Returns the title of the changes that the document does not cause.
pub(super) fn title(other: &OtherCause) -> String {
    match (&other.from, other.is_outdated) {
        (Some(from), _) if *from != other.to => format!("Because of the generator ({from} to {})", other.to),
        (_, true) => "Because the old crate was not up to date with its document".to_owned(),
        _ => format!("Because of the generator ({})", other.to),
    }
}

fn wire(differences: &[WireDifference]) -> String {
    let mut text = String::new();
    for difference in shown(differences) {
        let change = &difference.change;
        let _ = writeln!(text, "- {}", line(&sentence(difference)));
        if let Some(advice) = &change.advice {
            let _ = writeln!(text, "  help: {}", line(advice));
        }
        if let Some(cause) = difference.located.describe() {
            let _ = writeln!(text, "  cause: {}", line(&cause));
        }
    }
    text
}

/// Returns the differences that no change of the Rust API tells.
pub(super) fn shown(differences: &[WireDifference]) -> impl Iterator<Item = &WireDifference> {
    differences.iter().filter(|difference| !difference.changes_api)
}

/// Returns a difference with its severity and its operations.
pub(super) fn sentence(difference: &WireDifference) -> String {
    let change = &difference.change;
    format!("{}: {} ({})", change.severity, change.message, operations(&change.operations))
}

/// Names the first operation and counts the others.
fn operations(operations: &[String]) -> String {
    match operations {
        [] => "all operations".to_owned(),
        [one] => format!("`{one}`"),
        [one, other] => format!("`{one}` and `{other}`"),
        [one, others @ ..] => format!("`{one}` and {} more operations", others.len()),
    }
}

/// Counts the changes, the most severe first: `2 breaking changes, 1 addition`. `None` if there are none.
pub(crate) fn counts(comparison: &Comparison) -> Option<String> {
    let nouns = Class::ALL.iter().filter_map(|class| {
        let number = comparison.count(*class);
        let noun = match class {
            Class::Breaking => "breaking change",
            Class::Addition => "addition",
            Class::Fix => "fix",
            Class::Docs => "change of documentation",
        };
        (number > 0).then(|| match class {
            Class::Fix if number > 1 => format!("{number} fixes"),
            Class::Docs if number > 1 => format!("{number} changes of documentation"),
            _ => count(number, noun),
        })
    });
    let counts: Vec<String> = nouns.collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}

/// Returns the changes in numbers, and true or false for the version that they require.
pub(crate) fn verdict(comparison: &Comparison) -> String {
    let versions = &comparison.versions;
    if comparison.is_new {
        return format!("the crate is new since `{}`; its version is {}", comparison.old, versions.new);
    }
    match counts(comparison) {
        None => format!("the crate does not change; its version is {}", versions.new),
        Some(counts) => {
            let verdict = if versions.is_enough() { "high enough" } else { "too low" };
            format!("{counts}: the version {} is {verdict} ({} is required)", versions.new, versions.required)
        }
    }
}

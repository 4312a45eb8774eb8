//! `--check`, for people: what differs, in as few lines as make it clear.

use std::fmt::Write as _;
use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use crate::target::{Change, Plan};

/// How many files of a kind are shown.
const FILES: usize = 5;

/// How many lines of a file's diff are shown.
const LINES: usize = 12;

/// The lines around a difference.
const CONTEXT: usize = 2;

/// When to settle for a diff that is not the shortest.
const PATIENCE: Duration = Duration::from_millis(200);

/// What differs between a folder and what belongs there.
pub(crate) struct Report<'a> {
    plan: &'a Plan,
    missing: Vec<&'a str>,
    changed: Vec<(&'a str, Option<&'a [u8]>)>,
    left_over: Vec<&'a str>,
}

impl<'a> Report<'a> {
    /// Sorts the differences by kind.
    pub(crate) fn new(plan: &'a Plan) -> Self {
        let mut report = Self { plan, missing: Vec::new(), changed: Vec::new(), left_over: Vec::new() };
        for (path, change) in plan.changes() {
            match change {
                Change::Add => report.missing.push(path),
                Change::Replace(before) => report.changed.push((path, before.as_deref())),
                Change::Keep => {}
                Change::Remove => report.left_over.push(path),
            }
        }
        report
    }

    /// Whether nothing differs.
    pub(crate) fn is_empty(&self) -> bool {
        self.plan.is_done() && self.plan.foreign().is_empty()
    }

    /// Whether writing the tree would leave something that differs: files of somebody else.
    pub(crate) fn has_foreign(&self) -> bool {
        !self.plan.foreign().is_empty()
    }

    /// How many files differ in which way.
    pub(crate) fn counts(&self) -> String {
        let counts = [
            (self.changed.len(), "changed"),
            (self.missing.len(), "missing"),
            (self.left_over.len(), "left over"),
            (self.plan.foreign().len(), "not generated"),
        ];
        let counts: Vec<_> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, kind)| format!("{count} {kind}"))
            .collect();
        counts.join(", ")
    }

    /// The differences, each file with its kind.
    pub(crate) fn details(&self) -> String {
        let mut text = String::new();
        for (path, before) in self.changed.iter().take(FILES) {
            let _ = writeln!(text, "changed: {path}");
            text.push_str(&difference(*before, self.plan.wanted(path)));
        }
        if self.changed.len() > FILES {
            let _ = writeln!(text, "changed: {} more", self.changed.len() - FILES);
        }
        list(&mut text, "missing", &self.missing);
        list(&mut text, "left over", &self.left_over);
        list(&mut text, "not generated", self.plan.foreign());
        text
    }
}

fn list(text: &mut String, kind: &str, paths: &[impl AsRef<str>]) {
    for path in paths.iter().take(FILES) {
        let _ = writeln!(text, "{kind}: {}", path.as_ref());
    }
    if paths.len() > FILES {
        let _ = writeln!(text, "{kind}: {} more", paths.len() - FILES);
    }
}

/// A short unified diff from what a file holds to what it should hold, or a sentence where lines would not show it.
fn difference(before: Option<&[u8]>, wanted: &str) -> String {
    let Some(before) = before else { return "  it is not a regular file\n".to_owned() };
    let Ok(before) = std::str::from_utf8(before) else { return "  it is not UTF-8\n".to_owned() };
    if before.replace("\r\n", "\n") == wanted {
        return "  only the line endings differ; see `core.autocrlf` in `git help config`\n".to_owned();
    }

    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(before, wanted);
    let mut lines = Vec::new();
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        lines.push(hunk.header().to_string());
        for change in hunk.iter_changes() {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            let value = change.value();
            let end = if value.ends_with('\n') { "" } else { " (no newline at the end)" };
            lines.push(format!("{sign}{}{end}", value.trim_end_matches(['\r', '\n'])));
        }
    }
    let mut text: String = lines.iter().take(LINES).map(|line| format!("  {line}\n")).collect();
    if lines.len() > LINES {
        let _ = writeln!(text, "  ... {} more lines", lines.len() - LINES);
    }
    text
}

#[cfg(test)]
mod tests;

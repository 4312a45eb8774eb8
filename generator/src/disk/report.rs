//! The text output of `openapi-crate generate --check`: a short list of the differences.

use std::fmt::Write as _;
use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use super::output_folder::{Change, Plan};

/// The maximum number of files that are shown for each kind of difference.
const MAX_FILES: usize = 5;

/// The maximum number of lines that are shown of a file's diff.
const MAX_DIFF_LINES: usize = 12;

/// The number of unchanged lines that are shown around a difference.
const CONTEXT: usize = 2;

/// After this time, a diff that is not the shortest is accepted.
const DIFF_TIMEOUT: Duration = Duration::from_millis(200);

/// The differences between a folder and the generated tree.
pub struct Report<'a> {
    plan: &'a Plan,
    missing: Vec<&'a str>,
    changed: Vec<(&'a str, Option<&'a [u8]>)>,
    left_over: Vec<&'a str>,
}

impl<'a> Report<'a> {
    /// Groups the changes of a plan by kind.
    pub fn new(plan: &'a Plan) -> Self {
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

    /// Returns `true` if there are no differences.
    pub fn is_empty(&self) -> bool {
        self.plan.is_done() && self.plan.foreign().is_empty()
    }

    /// Returns the paths of files with other contents.
    pub fn changed(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.changed.iter().map(|(path, _)| *path)
    }

    /// Returns the paths of files that do not exist.
    pub fn missing(&self) -> &[&'a str] {
        &self.missing
    }

    /// Returns the paths of files that were generated before, and no longer are.
    pub fn left_over(&self) -> &[&'a str] {
        &self.left_over
    }

    /// Returns the paths of files that were not generated, and that no setting keeps.
    pub fn foreign(&self) -> &'a [String] {
        self.plan.foreign()
    }

    /// Returns `true` if the folder has files that were not generated. Writing the tree does not remove them.
    pub fn has_foreign(&self) -> bool {
        !self.plan.foreign().is_empty()
    }

    /// Counts the differences, for example `2 changed, 1 missing`.
    pub fn counts(&self) -> String {
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

    /// Lists the differences, with a short diff of each changed file.
    pub fn differences(&self) -> String {
        let mut text = String::new();
        for (path, before) in self.changed.iter().take(MAX_FILES) {
            let _ = writeln!(text, "changed: {path}");
            text.push_str(&diff_of(*before, self.plan.wanted(path)));
        }
        if self.changed.len() > MAX_FILES {
            let _ = writeln!(text, "changed: {} more", self.changed.len() - MAX_FILES);
        }
        list(&mut text, "missing", &self.missing);
        list(&mut text, "left over", &self.left_over);
        list(&mut text, "not generated", self.plan.foreign());
        text
    }
}

fn list(text: &mut String, kind: &str, paths: &[impl AsRef<str>]) {
    for path in paths.iter().take(MAX_FILES) {
        let _ = writeln!(text, "{kind}: {}", path.as_ref());
    }
    if paths.len() > MAX_FILES {
        let _ = writeln!(text, "{kind}: {} more", paths.len() - MAX_FILES);
    }
}

/// Returns a short unified diff from the contents of a file to the expected contents, or a sentence if a diff would not
/// show the difference.
fn diff_of(before: Option<&[u8]>, wanted: &str) -> String {
    let Some(before) = before else { return "  it is not a regular file\n".to_owned() };
    let Ok(before) = std::str::from_utf8(before) else { return "  it is not UTF-8\n".to_owned() };
    if before.replace("\r\n", "\n") == wanted {
        return "  only the line endings differ; see `core.autocrlf` in `git help config`\n".to_owned();
    }

    let diff = TextDiff::configure().timeout(DIFF_TIMEOUT).diff_lines(before, wanted);
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
    let mut text: String = lines.iter().take(MAX_DIFF_LINES).map(|line| format!("  {line}\n")).collect();
    if lines.len() > MAX_DIFF_LINES {
        let _ = writeln!(text, "  ... {} more lines", lines.len() - MAX_DIFF_LINES);
    }
    text
}

#[cfg(test)]
mod tests;

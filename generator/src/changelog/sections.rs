//! The sections of versions in a changelog: their headings, and the text that `--bump` generated in them.
//!
//! A heading or a marker counts only where Markdown reads it as one: not in fenced code or a comment of people, and not in
//! generated text. Imports nothing.

use std::ops::Range;

use semver::Version;

use super::digest_of;

/// The start of the comment before generated text, which ends with the digest of the text.
pub(super) const START: &str =
    "<!-- `openapi-crate generate --bump` writes the text between these comments: ";

/// The comment after generated text.
pub(super) const END: &str = "<!-- end of the generated text -->";

/// The section of a version.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub(super) version: Version,
    pub(super) is_unreleased: bool,
    /// The heading, without the end of its line.
    pub(super) heading: Range<usize>,
    /// The heading and everything up to the next one.
    pub(super) whole: Range<usize>,
    pub(super) generated: Option<GeneratedText>,
}

/// The text that `--bump` wrote.
#[derive(Clone, Debug)]
pub(super) struct GeneratedText {
    /// The text with its comments.
    pub(super) range: Range<usize>,
    /// True if nobody changed the text.
    pub(super) is_intact: bool,
}

/// Text that is not read as Markdown.
enum Opaque {
    /// Fenced code, which ends with at least as many of the same characters.
    Code { fence: char, length: usize },
    /// A comment.
    Comment,
}

/// Finds the sections of versions.
pub(super) fn sections(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut is_in_section = false;
    let mut opaque: Option<Opaque> = None;
    // Without a marker after it, a comment starts no generated text. This is known once for all comments.
    let mut markers = text.rmatch_indices(END).map(|(at, _)| at);
    let last_marker = markers.find(|at| is_line(text, *at)).unwrap_or_default();
    let mut start = 0;
    while start < text.len() {
        let line = text[start..].split_inclusive('\n').next().unwrap_or_default();
        let mut next = start + line.len();
        let content = line.trim_end();
        if let Some(inside) = &opaque {
            if inside.ends_with(content) {
                opaque = None;
            }
        } else if let Some(generated) = (start < last_marker).then(|| generated_at(text, start)).flatten() {
            next = generated.range.end;
            if let Some(section) = sections.last_mut().filter(|_| is_in_section) {
                section.generated.get_or_insert(generated);
            }
        } else if let Some(title) = heading(content) {
            is_in_section = false;
            if let Some(version) = version_of(title) {
                is_in_section = true;
                sections.push(Section {
                    version,
                    is_unreleased: title.to_ascii_lowercase().contains("unreleased"),
                    heading: start..start + content.len(),
                    whole: start..next,
                    generated: None,
                });
            }
        } else {
            opaque = Opaque::starts_with(content);
        }
        if let Some(section) = sections.last_mut().filter(|_| is_in_section) {
            section.whole.end = next;
        }
        start = next;
    }
    sections
}

impl Opaque {
    /// Returns the text that starts with a line and goes on after it.
    fn starts_with(line: &str) -> Option<Self> {
        let line = unindented(line)?;
        if let Some(comment) = line.strip_prefix("<!--") {
            return (!comment.contains("-->")).then_some(Self::Comment);
        }
        let fence = line.chars().next().filter(|fence| matches!(fence, '`' | '~'))?;
        let info = line.trim_start_matches(fence);
        let length = line.len() - info.len();
        let is_fence = length >= 3 && !(fence == '`' && info.contains('`'));
        is_fence.then_some(Self::Code { fence, length })
    }

    fn ends_with(&self, line: &str) -> bool {
        match self {
            Self::Comment => line.contains("-->"),
            Self::Code { fence, length } => unindented(line)
                .is_some_and(|line| line.len() >= *length && line.chars().all(|it| it == *fence)),
        }
    }
}

/// Returns a line without its indentation. `None` if it has so much that the line is code.
fn unindented(line: &str) -> Option<&str> {
    let content = line.trim_start_matches(' ');
    (line.len() - content.len() <= 3).then_some(content)
}

/// Returns the title of a heading of the first or second level.
fn heading(line: &str) -> Option<&str> {
    let line = unindented(line)?;
    let title = line.strip_prefix("##").or_else(|| line.strip_prefix('#'))?;
    title.starts_with([' ', '\t']).then(|| title.trim())
}

/// Returns the version at the start of a title: `1.2.0`, `[1.2.0] - 2026-01-31`, `v1.2.0: Dogs`.
fn version_of(title: &str) -> Option<Version> {
    let title = title.strip_prefix("Version ").unwrap_or(title);
    let title = title.trim_start_matches('[').trim_start_matches('v');
    let is_version = |character: char| character.is_ascii_alphanumeric() || ".+-".contains(character);
    let end = title.find(|character| !is_version(character)).unwrap_or(title.len());
    Version::parse(title[..end].trim_end_matches('.')).ok()
}

/// Returns the generated text that starts with the line at `start` and ends with the next marker.
fn generated_at(text: &str, start: usize) -> Option<GeneratedText> {
    let rest = text[start..].strip_prefix(START)?;
    let line = rest.split_inclusive('\n').next().unwrap_or_default();
    let digest = line.trim_end().strip_suffix(" -->")?;
    let body = start + START.len() + line.len();
    let mut ends = text[body..].match_indices(END).map(|(at, _)| body + at);
    let end = ends.find(|at| is_line(text, *at))?;
    let is_intact = digest_of(&text[body..end]) == digest;
    Some(GeneratedText { range: start..end + END.len(), is_intact })
}

/// Returns true if the marker at a place is a line of its own.
fn is_line(text: &str, at: usize) -> bool {
    let rest = text[at + END.len()..].trim_start_matches([' ', '\t', '\r']);
    (at == 0 || text[..at].ends_with('\n')) && (rest.is_empty() || rest.starts_with('\n'))
}

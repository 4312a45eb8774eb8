//! The changelog of a crate: adds the section of a version, in the form of Keep a Changelog.
//!
//! People edit the file, too. Only the text between two comments is generated, and it is replaced only if nobody edited it
//! and the version is not released. Imports `hash`.

use std::error::Error;
use std::fmt;
use std::ops::Range;

use semver::Version;

use crate::hash::digest;

const START: &str = "<!-- `openapi-crate generate --bump` writes the text between these comments: ";
const END: &str = "<!-- end of the generated text -->";

const HEADER: &str = "\
# Changelog

The format follows [Keep a Changelog](https://keepachangelog.com/en/1.1.0/), and versions follow
[Semantic Versioning](https://semver.org/).
";

/// The changelog of a crate.
///
/// # Examples
///
/// ```
/// use openapi_crate::Changelog;
/// use openapi_crate::diff::Version;
///
/// let (old, new) = (Version::new(0, 1, 0), Version::new(0, 2, 0));
/// let text = Changelog::new("").with_section(&old, &new, "- `types::Pet` is new").expect("the text is empty");
/// assert!(text.contains("\n## [0.2.0] - Unreleased\n"));
/// assert_eq!(Changelog::new(&text).unreleased(), Some(new));
/// ```
#[derive(Clone, Debug)]
pub struct Changelog<'t> {
    text: &'t str,
    sections: Vec<Section>,
}

/// The reason that a section cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangelogError {
    line: usize,
    version: Version,
    problem: &'static str,
}

impl ChangelogError {
    /// Returns the line of the heading, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Returns what to do, as an imperative.
    pub fn help(&self) -> String {
        format!("raise `package.version` in codegen.toml above {}, or delete the section", self.version)
    }
}

impl fmt::Display for ChangelogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the section of {} {}", self.version, self.problem)
    }
}

impl Error for ChangelogError {}

/// The section of a version.
#[derive(Clone, Debug)]
struct Section {
    version: Version,
    is_unreleased: bool,
    heading: Range<usize>,
    /// The generated text with its comments.
    generated: Option<Range<usize>>,
    /// True if nobody changed the generated text.
    is_intact: bool,
}

impl<'t> Changelog<'t> {
    /// Reads the text of a changelog.
    pub fn new(text: &'t str) -> Self {
        Self { text, sections: sections(text) }
    }

    /// Returns true if a section of the changelog is generated.
    pub fn has_generated(&self) -> bool {
        self.sections.iter().any(|section| section.generated.is_some())
    }

    /// Returns the highest version with a generated section that is not released.
    pub fn unreleased(&self) -> Option<Version> {
        let own = self.sections.iter().filter(|section| section.is_unreleased && section.generated.is_some());
        own.map(|section| section.version.clone()).max()
    }

    /// Returns the changelog with a section of changes. If a version after `old` has a generated section and is not
    /// released, the new section replaces it.
    ///
    /// # Errors
    ///
    /// Returns an error if the version has a section that must not be replaced.
    pub fn with_section(
        &self,
        old: &Version,
        new: &Version,
        changes: &str,
    ) -> Result<String, ChangelogError> {
        let newline = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let generated = generated(changes);
        let ends = |text: &str| text.replace('\n', newline);
        let same = self.sections.iter().find(|section| section.version == *new);
        if let Some(problem) = same.and_then(Section::problem) {
            return Err(self.error(same, problem));
        }
        let is_superseded = |section: &&Section| section.version > *old && section.problem().is_none();
        let replaced = same.or_else(|| self.sections.iter().find(is_superseded));
        if let Some((section, range)) = replaced.and_then(|it| Some((it, it.generated.clone()?))) {
            let (before, rest) = self.text.split_at(section.heading.start);
            let between = &rest[section.heading.len()..range.start - section.heading.start];
            let after = &self.text[range.end..];
            let heading = match section.version == *new {
                true => self.text[section.heading.clone()].to_owned(),
                false => heading(new),
            };
            return Ok(format!("{before}{heading}{between}{}{after}", ends(&generated)));
        }
        let section = format!("{}\n\n{generated}\n", heading(new));
        if self.text.trim().is_empty() {
            return Ok(format!("{HEADER}\n{section}"));
        }
        Ok(match self.sections.first() {
            Some(first) => {
                let (before, after) = self.text.split_at(first.heading.start);
                format!("{before}{}{after}", ends(&format!("{section}\n")))
            }
            None => format!("{}{}", self.text.trim_end(), ends(&format!("\n\n{section}"))),
        })
    }

    fn error(&self, section: Option<&Section>, problem: &'static str) -> ChangelogError {
        let start = section.map_or(0, |section| section.heading.start);
        let version = section.map_or(Version::new(0, 0, 0), |section| section.version.clone());
        ChangelogError { line: self.text[..start].matches('\n').count() + 1, version, problem }
    }
}

impl Section {
    /// Returns why the section must not be replaced.
    fn problem(&self) -> Option<&'static str> {
        match (&self.generated, self.is_unreleased) {
            (_, false) => Some("is released"),
            (None, true) => Some("was not written by `--bump`"),
            (Some(_), true) if !self.is_intact => Some("was edited between the comments of `--bump`"),
            (Some(_), true) => None,
        }
    }
}

fn heading(version: &Version) -> String {
    format!("## [{version}] - Unreleased")
}

fn generated(changes: &str) -> String {
    let changes = changes.trim();
    format!("{START}{} -->\n\n{changes}\n\n{END}", checksum(changes))
}

/// Returns a digest that does not depend on the ends of lines.
fn checksum(changes: &str) -> String {
    digest(changes.trim().lines())
}

/// Finds the sections of versions: the headings of the second level that start with a version.
fn sections(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut is_code = false;
    let mut start = 0;
    let mut is_in_section = false;
    let mut ends = Vec::new();
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        is_code ^= content.starts_with("```") || content.starts_with("~~~");
        if !is_code && content.starts_with("## ") {
            if is_in_section {
                ends.push(start);
            }
            let version = version_of(content);
            is_in_section = version.is_some();
            sections.extend(version.map(|version| Section {
                version,
                is_unreleased: content.to_ascii_lowercase().contains("unreleased"),
                heading: start..start + content.len(),
                generated: None,
                is_intact: false,
            }));
        }
        start += line.len();
    }
    ends.resize(sections.len(), text.len());
    for (section, end) in sections.iter_mut().zip(ends) {
        let (generated, is_intact) = generated_in(text, section.heading.end..end);
        (section.generated, section.is_intact) = (generated, is_intact);
    }
    sections
}

/// Returns the version of a heading: `## [1.2.0] - 2026-01-31`, `## v1.2.0`.
fn version_of(heading: &str) -> Option<Version> {
    let text = heading.trim_start_matches('#').trim_start().trim_start_matches(['[', 'v']);
    let end = text.find([']', ' ', '(']).unwrap_or(text.len());
    Version::parse(&text[..end]).ok()
}

/// Returns the generated text of a section, and true if nobody changed it.
fn generated_in(text: &str, section: Range<usize>) -> (Option<Range<usize>>, bool) {
    let body = &text[section.clone()];
    let found = || {
        let start = body.find(START)?;
        let digest_start = start + START.len();
        let digest_end = digest_start + body[digest_start..].find(" -->")?;
        let end = digest_end + body[digest_end..].find(END)?;
        let changes = &body[digest_end + " -->".len()..end];
        let is_intact = checksum(changes) == body[digest_start..digest_end];
        Some((section.start + start..section.start + end + END.len(), is_intact))
    };
    found().map_or((None, false), |(range, is_intact)| (Some(range), is_intact))
}

#[cfg(test)]
mod tests;

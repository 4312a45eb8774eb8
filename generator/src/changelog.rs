//! The changelog of a crate: adds the section of a version, in the form of Keep a Changelog.
//!
//! People edit the file, too. Only the text between two comments is generated, and it is replaced only if nobody edited it
//! and the version is not released. `sections` reads the file. Imports `hash`.

mod sections;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::fmt;
use std::ops::Range;

use semver::Version;

use sections::{END, START, Section, sections};

use crate::hash::digest;

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
    problem: Problem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    Released,
    Edited,
}

impl ChangelogError {
    /// Returns the line of the heading, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Returns what to do, as an imperative.
    pub fn help(&self) -> String {
        match self.problem {
            Problem::Released => {
                format!(
                    "raise `package.version` in codegen.toml above {}, or delete the section",
                    self.version
                )
            }
            Problem::Edited => {
                "move your text out of the comments, and delete the comments with the text between them"
                    .to_owned()
            }
        }
    }
}

impl fmt::Display for ChangelogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = match self.problem {
            Problem::Released => "is released",
            Problem::Edited => "was edited between the comments of `--bump`",
        };
        write!(f, "the section of {} {problem}", self.version)
    }
}

impl Error for ChangelogError {}

/// A part of the text, and the text that replaces it.
type Edit = (Range<usize>, String);

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

    /// Returns the changelog with a section of changes, which replaces the generated sections of versions after `old` that
    /// are not released. The section of a person keeps its text, and the changes are added to it.
    ///
    /// # Errors
    ///
    /// Returns an error if a section must not be replaced.
    pub fn with_section(
        &self,
        old: &Version,
        new: &Version,
        changes: &str,
    ) -> Result<String, ChangelogError> {
        let mut superseded = self.superseded(old)?;
        let same = self.sections.iter().find(|section| section.version == *new);
        if let Some(released) = same.filter(|section| !section.is_unreleased) {
            return Err(self.error(released, Problem::Released));
        }
        let replaced = same.or_else(|| superseded.first().copied());
        superseded.retain(|section| replaced.is_none_or(|it| it.heading != section.heading));
        let mut edits: Vec<Edit> = superseded.into_iter().map(|section| self.removed(section)).collect();
        let generated = generated(changes);
        match replaced {
            Some(section) => edits.extend(self.replaced(section, new, generated)),
            None => edits.push(self.inserted(&format!("{}\n\n{generated}\n", heading(new)))),
        }
        Ok(self.edited(edits))
    }

    /// Returns the changelog without the generated sections of versions after `old` that are not released. The text that
    /// people have added to them stays.
    ///
    /// # Errors
    ///
    /// Returns an error if a person has edited the generated text.
    pub fn without_sections_after(&self, old: &Version) -> Result<String, ChangelogError> {
        Ok(self.edited(self.superseded(old)?.into_iter().map(|section| self.removed(section)).collect()))
    }

    /// Returns the generated sections of versions after `old` that are not released.
    fn superseded(&self, old: &Version) -> Result<Vec<&Section>, ChangelogError> {
        let is_later = |section: &&Section| section.version > *old && section.is_unreleased;
        let mut found = Vec::new();
        for section in self.sections.iter().filter(is_later) {
            match &section.generated {
                Some(generated) if generated.is_intact => found.push(section),
                Some(_) => return Err(self.error(section, Problem::Edited)),
                None => {}
            }
        }
        Ok(found)
    }

    /// Replaces the generated text of a section, or adds it. The heading names the new version.
    fn replaced(&self, section: &Section, new: &Version, generated: String) -> Vec<Edit> {
        let body = match &section.generated {
            Some(old) => (old.range.clone(), generated),
            None => {
                let end = section.whole.start + self.text[section.whole.clone()].trim_end().len();
                let gap = if section.whole.end == self.text.len() { "\n" } else { "\n\n" };
                (end..section.whole.end, format!("\n\n{generated}{gap}"))
            }
        };
        match section.version == *new {
            true => vec![body],
            false => vec![(section.heading.clone(), heading(new)), body],
        }
    }

    /// Removes a section, or only its generated text if people have added to it.
    fn removed(&self, section: &Section) -> Edit {
        let generated = section.generated.as_ref().map_or(section.whole.clone(), |it| it.range.clone());
        let before = &self.text[section.heading.end..generated.start];
        let after = &self.text[generated.end..section.whole.end];
        match before.trim().is_empty() && after.trim().is_empty() {
            true => (section.whole.clone(), String::new()),
            false => (generated.start..section.whole.end, after.trim_start().to_owned()),
        }
    }

    /// Inserts a section before the others.
    fn inserted(&self, section: &str) -> Edit {
        if self.text.trim().is_empty() {
            return (0..self.text.len(), format!("{HEADER}\n{section}"));
        }
        match self.sections.first() {
            Some(first) => (first.heading.start..first.heading.start, format!("{section}\n")),
            None => (self.text.trim_end().len()..self.text.len(), format!("\n\n{section}")),
        }
    }

    /// Returns the text with changes, which do not overlap. New lines end like the others.
    fn edited(&self, mut edits: Vec<Edit>) -> String {
        edits.sort_by_key(|(range, _)| range.start);
        let newline = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut edited = String::with_capacity(self.text.len());
        let mut copied = 0;
        for (range, text) in edits {
            edited.push_str(&self.text[copied..range.start]);
            edited.push_str(&text.replace("\r\n", "\n").replace('\n', newline));
            copied = range.end;
        }
        edited.push_str(&self.text[copied..]);
        edited
    }

    fn error(&self, section: &Section, problem: Problem) -> ChangelogError {
        let line = self.text[..section.heading.start].matches('\n').count() + 1;
        ChangelogError { line, version: section.version.clone(), problem }
    }
}

fn heading(version: &Version) -> String {
    format!("## [{version}] - Unreleased")
}

/// Returns the text between its comments. A line of it that is a comment of ours as well is indented.
fn generated(changes: &str) -> String {
    let indented = |line: &str| if line.trim_end() == END { format!(" {line}") } else { line.to_owned() };
    let changes: Vec<String> = changes.trim().lines().map(indented).collect();
    let changes = changes.join("\n");
    format!("{START}{} -->\n\n{changes}\n\n{END}", digest_of(&changes))
}

/// Returns a digest that does not depend on the ends of lines.
fn digest_of(changes: &str) -> String {
    digest(changes.trim().lines())
}

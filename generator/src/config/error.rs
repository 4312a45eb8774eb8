//! What is wrong with a `codegen.toml`, and where.

use std::fmt;

/// Everything that is wrong with a `codegen.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    problems: Vec<Problem>,
}

/// One thing that is wrong with a `codegen.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line it stands in, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
    /// One sentence: what was found. It names the key by its dotted path.
    pub message: String,
    /// One sentence: what to do about it.
    pub remedy: String,
}

impl ConfigError {
    /// Puts the problems in order; there is at least one.
    pub(super) fn new(mut problems: Vec<Problem>) -> Self {
        problems.sort_by_key(|problem| (problem.line, problem.column));
        Self { problems }
    }

    /// The problems, by position.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl Problem {
    /// A problem at a byte of the text.
    pub(super) fn at(offset: usize, text: &str, message: String, remedy: String) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message,
            remedy,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, message, remedy } = self;
        write!(f, "{line}:{column}: {message}; {remedy}")
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let newline = if index == 0 { "" } else { "\n" };
            write!(f, "{newline}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}

//! Errors of `codegen.toml`.

use std::fmt;

use crate::diagnostics::{Message, Position, Severity, Source, Style, Syntax};

/// Problems of a `codegen.toml`.
///
/// [`Display`](fmt::Display) prints one problem per line, as `line:column: message; remedy`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    problems: Vec<Problem>,
}

/// A problem of a `codegen.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The position of the key or value.
    pub position: Position,
    /// Message, one clause: the dotted path of the key, its value, and what is allowed.
    pub message: String,
    /// Help, one clause in the imperative.
    pub remedy: String,
}

impl ConfigError {
    /// Sorts the problems by position. `problems` is not empty.
    pub(super) fn new(mut problems: Vec<Problem>) -> Self {
        problems.sort_by_key(|problem| problem.position);
        Self { problems }
    }

    /// Returns the problems, sorted by position. There is at least one.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Renders the problems like findings about a document, each with its line of the text that was parsed.
    ///
    /// # Examples
    ///
    /// ```
    /// use openapi_crate::{Config, Source, diagnostics::Style};
    ///
    /// let source = Source { name: "codegen.toml", text: "protojsn = true" };
    /// let error = Config::parse(source.text).expect_err("the key is misspelled");
    /// assert!(error.render(source, Style::Plain).contains("help: did you mean `protojson`?"));
    /// ```
    pub fn render(&self, source: Source<'_>, style: Style) -> String {
        let message = |problem: &Problem| {
            let message = Message {
                severity: Severity::Error,
                code: None,
                title: &problem.message,
                source: source.name,
                position: problem.position,
                line: source.text.lines().nth(problem.position.line - 1).unwrap_or_default().into(),
                syntax: Syntax::Toml,
                pointer: "",
                help: &problem.remedy,
            };
            message.render(style)
        };
        self.problems.iter().map(message).collect()
    }
}

impl Problem {
    /// Creates a problem at a byte offset of the text.
    pub(super) fn at(offset: usize, text: &str, message: String, remedy: String) -> Self {
        Self { position: Position::of_offset(text, offset), message, remedy }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { position: Position { line, column }, message, remedy } = self;
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

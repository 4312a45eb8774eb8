//! The errors of a command that generates or compares, and the help after them.

use std::process::ExitCode;

use crate::cli::console::{Console, FAILED, WRONG_USE};

/// The errors of a failed command, and help that the errors do not contain.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: u8,
    /// Findings, or errors about codegen.toml, rendered with their lines.
    pub(crate) rendered: Option<String>,
    pub(crate) errors: Vec<String>,
    pub(crate) help: Vec<String>,
}

impl Failure {
    /// Returns the failure of a command that cannot be run as given.
    pub(crate) fn wrong_use(error: impl ToString) -> Self {
        Self { code: WRONG_USE, rendered: None, errors: vec![error.to_string()], help: Vec::new() }
    }

    /// Returns the failure of a check.
    pub(crate) fn failed(error: String, help: Vec<String>) -> Self {
        Self { code: FAILED, rendered: None, errors: vec![error], help }
    }

    /// Returns the failure of a command whose settings are not valid. `problems` are rendered with their lines.
    pub(crate) fn rendered(problems: String) -> Self {
        let problems = problems.trim_end().to_owned();
        Self { code: WRONG_USE, rendered: Some(problems), errors: Vec::new(), help: Vec::new() }
    }

    /// Adds help.
    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Joins the failures of two checks.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.code = self.code.max(other.code);
        self.rendered = match (self.rendered, other.rendered) {
            (Some(one), Some(other)) => Some(format!("{one}\n{other}")),
            (one, other) => one.or(other),
        };
        self.errors.extend(other.errors);
        self.help.extend(other.help);
        self
    }

    /// Returns all errors without their help.
    pub(crate) fn messages(&self) -> Vec<&str> {
        self.rendered.iter().chain(&self.errors).map(String::as_str).collect()
    }

    /// Prints the errors, and returns the exit code.
    pub(crate) fn report(self, console: &mut Console<'_>) -> ExitCode {
        ExitCode::from(self.print(console))
    }

    /// Prints the errors, and returns the number of the exit code.
    pub(crate) fn print(self, console: &mut Console<'_>) -> u8 {
        let Self { code, rendered, errors, help } = self;
        if let Some(rendered) = rendered {
            console.eprint(rendered);
        }
        for error in errors {
            console.eprint(format_args!("error: {error}"));
        }
        for help in help {
            console.eprint(format_args!("help: {help}"));
        }
        code
    }
}

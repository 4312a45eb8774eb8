//! Standard output, standard error and exit codes.
//!
//! A reader can close a stream early (`openapi-crate generate --check | head`). The command still does its work and exits
//! with the same code, so errors from printing are ignored.

use std::env;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use serde_json::Value;

use super::Program;
use crate::diagnostics::Style;

/// The exit code if a document has errors, a folder is not up to date, or a test fails.
pub const FAILED: u8 = 1;

/// The exit code if the command cannot be run as given.
pub const WRONG_USE: u8 = 2;

/// The streams that a command prints to.
pub struct Console<'a> {
    out: Box<dyn Write + 'a>,
    err: Box<dyn Write + 'a>,
    style: Style,
    program: Program,
    /// The JSON values that are printed together at the end.
    collected: Option<Vec<Value>>,
}

impl<'a> Console<'a> {
    /// Uses the streams of the process.
    pub fn standard(program: Program) -> Self {
        Self { style: style_of(&io::stderr()), program, ..Self::new(io::stdout(), io::stderr()) }
    }

    /// Uses the given streams, without colors.
    pub fn new(out: impl Write + 'a, err: impl Write + 'a) -> Self {
        Self {
            out: Box::new(out),
            err: Box::new(err),
            style: Style::Plain,
            program: Program::OPENAPI_CRATE,
            collected: None,
        }
    }

    /// Returns the program that offers the commands.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// Returns the style for findings on standard error.
    pub fn style(&self) -> Style {
        self.style
    }

    /// Prints a line to standard output.
    pub fn print(&mut self, line: impl Display) {
        let _ = writeln!(self.out, "{line}");
    }

    /// Prints a JSON value to standard output, or keeps it for the list at the end.
    pub(crate) fn print_json(&mut self, value: Value) {
        match &mut self.collected {
            Some(collected) => collected.push(value),
            None => self.print(value),
        }
    }

    /// Keeps all JSON values for one list.
    pub(crate) fn collect_json(&mut self) {
        self.collected = Some(Vec::new());
    }

    /// Returns the number of JSON values that are kept.
    pub(crate) fn collected_json(&self) -> usize {
        self.collected.as_ref().map_or(0, Vec::len)
    }

    /// Prints the list of the JSON values that were kept, if there are any.
    pub(crate) fn print_collected_json(&mut self) {
        if let Some(collected) = self.collected.take().filter(|collected| !collected.is_empty()) {
            self.print(Value::from(collected));
        }
    }

    /// Prints a line to standard error.
    pub fn eprint(&mut self, line: impl Display) {
        let _ = writeln!(self.err, "{line}");
    }

    /// Returns the exit code for the result of a command: true if nothing failed. Prints an error.
    pub fn exit_code(&mut self, result: Result<bool, String>) -> ExitCode {
        match result {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(FAILED),
            Err(error) => {
                self.eprint(format_args!("error: {error}"));
                ExitCode::from(WRONG_USE)
            }
        }
    }

    /// Prints a part of a progress line to standard error.
    pub fn progress(&mut self, part: impl Display) {
        let _ = write!(self.err, "{part}");
        let _ = self.err.flush();
    }
}

/// Uses colors if the stream is a terminal that supports them and `NO_COLOR` is not set (<https://no-color.org>).
fn style_of(stream: &impl IsTerminal) -> Style {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    if stream.is_terminal() && !is_set("NO_COLOR") && !is_dumb { Style::Colored } else { Style::Plain }
}

//! Standard output, standard error and exit codes.
//!
//! A reader can close a stream early (`cargo xtask codegen --check | head`). The command still does its work and exits
//! with the same code, so errors from printing are ignored.

use std::env;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

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
}

impl<'a> Console<'a> {
    /// Uses the streams of the process.
    pub fn standard() -> Self {
        Self { style: style_of(&io::stderr()), ..Self::new(io::stdout(), io::stderr()) }
    }

    /// Uses the given streams, without colors.
    pub fn new(out: impl Write + 'a, err: impl Write + 'a) -> Self {
        Self { out: Box::new(out), err: Box::new(err), style: Style::Plain }
    }

    /// Returns the style for findings on standard error.
    pub fn style(&self) -> Style {
        self.style
    }

    /// Prints a line to standard output.
    pub fn print(&mut self, line: impl Display) {
        let _ = writeln!(self.out, "{line}");
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

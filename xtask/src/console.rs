//! Standard output and standard error.
//!
//! A stream that is closed (`cargo xtask codegen --check | head`) means that nobody reads on. That changes nothing about
//! the work or its exit code, so a failure to print is passed over.

use std::env;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use codegen::diagnostics::Style;

/// Where a command says what it did.
pub(crate) struct Console<'a> {
    out: Box<dyn Write + 'a>,
    err: Box<dyn Write + 'a>,
    style: Style,
}

impl<'a> Console<'a> {
    /// The streams of the process.
    pub(crate) fn standard() -> Self {
        Self { style: style_of(&io::stderr()), ..Self::new(io::stdout(), io::stderr()) }
    }

    /// Any two streams.
    pub(crate) fn new(out: impl Write + 'a, err: impl Write + 'a) -> Self {
        Self { out: Box::new(out), err: Box::new(err), style: Style::Plain }
    }

    /// How to write about what went wrong.
    pub(crate) fn style(&self) -> Style {
        self.style
    }

    /// Prints a line that was asked for.
    pub(crate) fn say(&mut self, line: impl Display) {
        let _ = writeln!(self.out, "{line}");
    }

    /// Prints a line about something that went wrong, or may have.
    pub(crate) fn warn(&mut self, line: impl Display) {
        let _ = writeln!(self.err, "{line}");
    }

    /// Prints part of a line about what is going on.
    pub(crate) fn progress(&mut self, part: impl Display) {
        let _ = write!(self.err, "{part}");
        let _ = self.err.flush();
    }
}

/// Colours are for terminals that know them, and for people who have not declined them (<https://no-color.org>).
fn style_of(stream: &impl IsTerminal) -> Style {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    if stream.is_terminal() && !is_set("NO_COLOR") && !is_dumb { Style::Coloured } else { Style::Plain }
}

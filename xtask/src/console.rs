//! Standard output and standard error.
//!
//! A stream that is closed (`cargo xtask codegen --check | head`) means that nobody reads on. That changes nothing about
//! the work or its exit code, so a failure to print is passed over.

use std::fmt::Display;
use std::io::{self, Write};

/// Where a command says what it did.
pub(crate) struct Console<'a> {
    out: Box<dyn Write + 'a>,
    err: Box<dyn Write + 'a>,
}

impl<'a> Console<'a> {
    /// The streams of the process.
    pub(crate) fn standard() -> Self {
        Self::new(io::stdout(), io::stderr())
    }

    /// Any two streams.
    pub(crate) fn new(out: impl Write + 'a, err: impl Write + 'a) -> Self {
        Self { out: Box::new(out), err: Box::new(err) }
    }

    /// Prints a line that was asked for.
    pub(crate) fn say(&mut self, line: impl Display) {
        let _ = writeln!(self.out, "{line}");
    }

    /// Prints a line about something that went wrong, or may have.
    pub(crate) fn warn(&mut self, line: impl Display) {
        let _ = writeln!(self.err, "{line}");
    }
}

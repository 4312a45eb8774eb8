//! The arguments about findings, and the output format.

use std::fmt;

use crate::cli::explain;
use crate::diagnostics::{Code, Diagnostic, Severity};

/// The output format of a command.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Human-readable text
    #[default]
    Text,
    /// JSON for other programs
    Json,
}

/// The findings that are denied or accepted, as arguments.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct FindingArgs {
    /// Treat warnings with this code as errors; `warnings` means all warnings (can be repeated)
    #[arg(long, value_name = "warnings|CODE", value_parser = Denied::parse)]
    pub(super) deny: Vec<Denied>,
    /// Accept warnings with this code, in the whole document or at a place such as `#/components/schemas/Pet` (can be
    /// repeated); accepted warnings are not shown; like `[allow]` in codegen.toml, where an unused entry is an error
    #[arg(long, value_name = "CODE[=PLACE]", value_parser = Allowed::parse)]
    pub(super) allow: Vec<Allowed>,
}

/// Findings that are treated as errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Denied {
    Warnings,
    Code(Code),
}

/// Warnings that are accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Allowed {
    code: Code,
    /// A reference, which is `#` for the whole document.
    place: String,
}

/// Parses the code of a warning.
fn warning(text: &str) -> Result<Code, String> {
    let code = explain::parse(text)?;
    match code.severity() {
        Severity::Warning => Ok(code),
        Severity::Error => {
            Err(format!("`{code}` is always an error; only warnings can be allowed or denied"))
        }
    }
}

impl Allowed {
    fn parse(text: &str) -> Result<Self, String> {
        let (code, place) = text.split_once('=').unwrap_or((text, "#"));
        if !place.contains('#') {
            return Err(format!(
                "`{place}` is not a place; write a reference such as `#/components/schemas/Pet`"
            ));
        }
        Ok(Self { code: warning(code)?, place: place.to_owned() })
    }

    pub(super) fn covers(&self, found: &Diagnostic) -> bool {
        found.code == self.code && found.is_at(&self.place)
    }
}

impl fmt::Display for Allowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place == "#" { write!(f, "{}", self.code) } else { write!(f, "{}={}", self.code, self.place) }
    }
}

impl Denied {
    fn parse(text: &str) -> Result<Self, String> {
        if text == "warnings" { Ok(Self::Warnings) } else { warning(text).map(Self::Code) }
    }

    pub(super) fn covers(self, code: Code) -> bool {
        match self {
            Self::Warnings => code.severity() == Severity::Warning,
            Self::Code(denied) => code == denied,
        }
    }
}

//! The arguments: inputs, findings, what is done with the crate, and the output format.

use std::fmt;

use crate::cli::diff::side::SideArg;
use crate::cli::explain;
use crate::cli::inputs::InputArgs;
use crate::diagnostics::{Code, Diagnostic, Severity};

/// Write the Rust client crate for an OpenAPI document
///
/// The output folder (`--out`) belongs to the generator: it removes files of earlier runs that it no longer generates, and
/// leaves other files alone. Files whose content stays the same are not rewritten. The folder must be new, empty, or
/// generated before.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = "\
Examples:
  openapi-crate generate          write the client of codegen.toml
  openapi-crate generate --check  fail if it is out of date, like `check`
  openapi-crate generate acme.yaml --out crates/acme
  openapi-crate generate --deny warnings --allow ambiguous-union
  openapi-crate generate --allow 'untyped-schema=#/components/schemas/Pet'
  openapi-crate generate --bump   raise the version as the changes require

To explain an error or warning by its code, run: openapi-crate explain CODE

Exit codes:
  0  the crate was written, or is up to date
  1  a finding is an error or is denied, --check found differences, or the
     version is too low
  2  invalid arguments or settings, or a file cannot be read or written")]
pub struct Args {
    #[command(flatten)]
    pub(super) inputs: InputArgs,
    /// Write nothing; show the differences, and exit with code 1 if there are any
    #[arg(long)]
    pub(super) check: bool,
    #[command(flatten)]
    pub(super) findings: FindingArgs,
    /// Add tests to the crate: examples of the document are unchanged after decoding and encoding, and values decode as
    /// the right union variant; same as `round-trip = true` in codegen.toml
    #[arg(long)]
    pub(super) round_trip: bool,
    /// Take a folder that has other files, for example after `cargo init`: generated files replace the files at the same paths
    #[arg(long, conflicts_with_all = ["check", "bump"])]
    pub(super) adopt: bool,
    /// Name all items anew, as if there were no codegen.lock; this can rename items
    #[arg(long)]
    pub(super) rebuild_lock: bool,
    /// Remove the names of deleted items from the lock, so that new items can use them
    #[arg(long, conflicts_with = "rebuild_lock")]
    pub(super) prune_lock: bool,
    /// Raise `package.version` in codegen.toml as the changes require, and describe them in CHANGELOG.md next to it
    #[arg(long, conflicts_with = "check")]
    pub(super) bump: bool,
    /// Compare with this state for --bump: `git:REV` or the folder of a crate [default: the merge base with `origin/HEAD`
    /// if it exists, else git:HEAD]
    #[arg(long, value_name = "git:REV", value_parser = SideArg::parse, requires = "bump")]
    pub(super) since: Option<SideArg>,
    /// With --check, fail if `package.version` is too low for the changes since a commit [default: the merge base with
    /// `origin/HEAD` if it exists, else git:HEAD]
    #[arg(long, value_name = "git:REV", value_parser = SideArg::parse, num_args = 0..=1, require_equals = true)]
    #[arg(requires = "check")]
    pub(super) require_bump: Option<Option<SideArg>>,
    /// Output format; `json` prints one JSON value on standard output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

impl Args {
    /// Returns the arguments that check a crate.
    pub(in crate::cli) fn check(
        inputs: InputArgs,
        findings: FindingArgs,
        require_bump: Option<Option<SideArg>>,
        format: Format,
    ) -> Self {
        Self { inputs, findings, require_bump, format, check: true, ..Self::default() }
    }
}

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

//! `openapi-crate check`: checks that the folder of a crate is up to date.

use std::process::ExitCode;

use super::console::Console;
use super::diff::side::SideArg;
use super::generate::{self, FindingArgs, Format, Generate};
use super::inputs::InputArgs;

/// Check that the client crate is up to date
///
/// Writes nothing. Shows the differences between the folder and the crate that `generate` would write.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = "\
Examples:
  openapi-crate check             check the client of codegen.toml
  openapi-crate check acme.yaml --out crates/acme
  openapi-crate check --require-bump   fail if its version is too low

Exit codes:
  0  the crate is up to date
  1  it is not, a finding is an error or is denied, or the version is too low
  2  invalid arguments or settings, or a file cannot be read")]
pub struct Args {
    #[command(flatten)]
    inputs: InputArgs,
    #[command(flatten)]
    findings: FindingArgs,
    /// Fail if `package.version` is too low for the changes since a commit [default: the merge base with `origin/HEAD` if
    /// it exists, else git:HEAD]
    #[arg(long, value_name = "git:REV", value_parser = SideArg::parse, num_args = 0..=1, require_equals = true)]
    require_bump: Option<Option<SideArg>>,
    /// Output format; `json` prints one JSON value on standard output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Runs the command, and prints its errors.
pub fn run(args: &Args, generate: Generate<'_>, console: &mut Console<'_>) -> ExitCode {
    let Args { inputs, findings, require_bump, format } = args.clone();
    generate::run(&generate::Args::check(inputs, findings, require_bump, format), generate, console)
}

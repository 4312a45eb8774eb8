//! `cargo xtask prove-diff`: compares the crates of two documents with `openapi_crate::diff`, cargo-semver-checks and
//! cargo-public-api, and fails if `openapi_crate::diff` is less strict than the others.
//!
//! [`crates`] generates both crates and their rustdoc JSON, [`tools`] runs the two tools, [`listing`] reads the items
//! that they print, [`coverage`] finds the changes that explain an item, [`programs`] writes a program for each breaking
//! change, [`compiler`] compiles them with both crates, [`names`] finds names that moved, and [`verdict`] compares and prints.

mod compiler;
mod coverage;
mod crates;
mod listing;
mod names;
mod programs;
mod tools;
mod verdict;

use std::path::PathBuf;
use std::process::ExitCode;

use self::crates::Crates;
use self::tools::Tools;
use self::verdict::Verdict;
use openapi_crate::cli::console::Console;
use openapi_crate::cli::generate::Format;
use openapi_crate::cli::inputs::workspace;

/// Compare the public APIs of the crates of two documents with other tools
///
/// Generates a crate from each document, the second one with the names of the first one, and compares them with the
/// generator's own comparison, with cargo-semver-checks and with cargo-public-api. Fails if a tool finds a removed or
/// changed item that the generator's comparison does not list, or a breaking change where it lists none.
///
/// Also compiles a program for each breaking change: it uses the old item, and should compile with the old crate only. And
/// fails if a name moves. The last line is the row of a Markdown table.
///
/// The tools are not part of this project, and are not installed. They read rustdoc's JSON, which the command builds once
/// for each crate with all features.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask prove-diff old.yaml new.yaml
  cargo xtask prove-diff old.yaml new.yaml --config codegen.toml --format json

To install the tools:
  cargo install --locked cargo-semver-checks cargo-public-api

Exit codes:
  0  our comparison lists every change that a tool finds, and no name moves
  1  a change is missing, or a name moves; the output lists them
  2  invalid arguments, a tool is missing, or a crate cannot be generated")]
pub(crate) struct Args {
    /// Old OpenAPI document, YAML or JSON
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// New OpenAPI document, YAML or JSON
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Settings file for both documents [default: none]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder for the generated crates and the build output [default: target/prove-diff in the workspace]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Output format; `json` prints one JSON value on standard output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Runs the command.
pub(crate) fn run(args: &Args, console: &mut Console<'_>) -> ExitCode {
    let result = attempt(args, console);
    console.exit_code(result)
}

fn attempt(args: &Args, console: &mut Console<'_>) -> Result<bool, String> {
    let tools = Tools::find()?;
    let out = args.out.clone().unwrap_or_else(|| workspace().join("target/prove-diff"));
    let out =
        std::path::absolute(&out).map_err(|error| format!("cannot resolve `{}`: {error}", out.display()))?;
    console.progress("generate,");
    let crates = Crates::generate(&args.old, &args.new, args.config.as_deref(), &out)?;
    console.progress(" compare,");
    let changes = crates.changes();
    console.progress(" programs,");
    let proofs = programs::prove(&crates, &changes, &out)?;
    console.progress(" rustdoc (old),");
    let old = crates.old.rustdoc(&out.join("target"))?;
    console.progress(" rustdoc (new),");
    let new = crates.new.rustdoc(&out.join("target"))?;
    console.progress(" cargo-public-api,");
    let public_api = tools.public_api(&old, &new)?;
    console.progress(" cargo-semver-checks\n");
    let semver_checks = tools.semver_checks(&old, &new)?;
    let verdict = Verdict::of(&crates, (&changes, &proofs), &public_api, &semver_checks);
    match args.format {
        Format::Text => {
            let step =
                [&args.old, &args.new].map(|path| path.file_stem().unwrap_or_default().to_string_lossy());
            console.print(format_args!("{}\n{}", verdict.text(), verdict.table(&step.join(" to "))));
        }
        Format::Json => console.print(verdict.json()),
    }
    Ok(verdict.is_proven())
}

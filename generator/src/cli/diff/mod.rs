//! `openapi-crate diff`: what a change of the document changes for the users of the crate.
//!
//! `side` reads the two sides, from files or with `git`; `comparison` compares them; `text`, `markdown` and `json`
//! write the report.

pub(crate) mod bump;
mod causes;
pub(crate) mod comparison;
pub(crate) mod crate_files;
pub(crate) mod document;
mod git;
pub(crate) mod json;
mod limit;
mod markdown;
mod parallel;
pub(crate) mod side;
mod text;
mod told;
mod versions;

use std::path::PathBuf;
use std::process::ExitCode;

use crate::diff::Class;

use crate::cli::console::{Console, FAILED};
use crate::cli::failure::Failure;
use crate::cli::inputs::Paths;
use comparison::{Comparison, NewSide};
use side::{Side, SideArg};

/// Show what changes in the crate and on the wire, and which version that requires
///
/// A side is a document, the folder of a crate, or `git:REV`: the document, the settings and the crate at that commit.
/// The report lists the changes of the public API with their causes in the document, and then what old clients and new
/// servers no longer agree on although the Rust API stays the same.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = "\
Examples:
  openapi-crate diff                   the last commit and the working tree
  openapi-crate diff git:v1.2.0        a tag and the working tree
  openapi-crate diff git:main git:next
  openapi-crate diff old.yaml new.yaml --config spec/codegen.toml
  openapi-crate diff git:origin/main --format markdown > comment.md
  openapi-crate diff --deny breaking   fail if programs may no longer compile

Exit codes:
  0  the sides were compared
  1  a document has errors, or --deny found breaking changes
  2  invalid arguments or settings, or a side cannot be read")]
pub struct Args {
    /// Old side: a document, the folder of a crate, or `git:REV` [default: git:HEAD]
    #[arg(value_name = "OLD", value_parser = SideArg::parse)]
    old: Option<SideArg>,
    /// New side: a document, the folder of a crate, or `git:REV` [default: the working tree]
    #[arg(value_name = "NEW", value_parser = SideArg::parse)]
    new: Option<SideArg>,
    /// OpenAPI document in the working tree and in commits [default: `document` in the settings]
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
    /// Settings file of both sides [default: codegen.toml next to each document, or codegen.toml, api/codegen.toml or
    /// spec/codegen.toml]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder of the crate in commits [default: `out` in the settings]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Exit with code 1 if there are changes of this class
    #[arg(long, value_enum)]
    deny: Option<Denied>,
    /// Output format
    #[arg(long = "format", id = "report_format", value_enum, default_value_t)]
    format: ReportFormat,
}

/// The classes of changes that can be denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Denied {
    /// Changes after which programs may no longer compile
    Breaking,
}

/// The format of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum ReportFormat {
    /// Human-readable text
    #[default]
    Text,
    /// Markdown for a pull request, at most 65,536 characters
    Markdown,
    /// JSON for other programs
    Json,
}

/// Runs the command, and prints its errors.
pub fn run(args: &Args, console: &mut Console<'_>) -> ExitCode {
    match compare(args, console) {
        Ok(comparison) => {
            console.print(match args.format {
                ReportFormat::Text => text::render(&comparison),
                ReportFormat::Markdown => markdown::render(&comparison),
                ReportFormat::Json => json::render(&comparison).to_string(),
            });
            let is_denied = args.deny.is_some() && comparison.count(Class::Breaking) > 0;
            if is_denied { ExitCode::from(FAILED) } else { ExitCode::SUCCESS }
        }
        Err(failure) => failure.report(console),
    }
}

fn compare(args: &Args, console: &mut Console<'_>) -> Result<Comparison, Failure> {
    let paths =
        Paths::new(console.program(), args.spec.as_deref(), args.config.as_deref(), args.out.as_deref())?;
    let head = SideArg::Git("HEAD".to_owned());
    let mut old = Side::read(args.old.as_ref().unwrap_or(&head), &paths)?;
    let mut new = match &args.new {
        Some(side) => Side::read(side, &paths)?,
        None => Side::working_tree(&paths)?,
    };
    // A document that was saved elsewhere is meant to be read with the same settings.
    if matches!(args.old, Some(SideArg::Path(_))) {
        old.use_settings_of(&new);
    }
    if matches!(args.new, Some(SideArg::Path(_))) {
        new.use_settings_of(&old);
    }
    Comparison::of(&old, &NewSide::Side(&new), console.style())
}

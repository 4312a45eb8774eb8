//! `cargo xtask corpus`: generates crates from many documents, and compares them in a table.
//!
//! [`documents`] finds the documents and counts their operations without the generator, [`examine`] generates a crate
//! and checks it with cargo, [`features`] compiles it with different sets of features, [`behavior`] runs its
//! hand-written tests, and [`table`] prints the results.

mod behavior;
mod cargo;
mod documents;
mod examine;
mod features;
mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::Value;

pub(crate) use self::behavior::write as write_program;
pub(crate) use self::cargo::Crate;
use self::documents::Document;
pub(crate) use self::documents::files_below;
pub(crate) use self::examine::lock;
use self::examine::{Context, DocumentReport, Extent};
use openapi_crate::cli::console::Console;
use openapi_crate::cli::generate::Format;
use openapi_crate::cli::inputs::workspace;

/// Generate and check a crate for every OpenAPI document in a folder
///
/// Each crate must pass `cargo clippy` and `cargo doc` without warnings. A generated round-trip test checks that each
/// valid example of the document is unchanged after decoding and encoding. The crate must have
/// all operations of the document.
///
/// Each document can have its own settings file: `acme.toml` for `acme.yaml`, next to the document or in the
/// `--config-dir` folder. Without one, codegen.toml next to the document is used, if it exists.
///
/// You can add tests in `acme.rs` or `acme/main.rs`, next to the document or in the `--config-dir` folder; they run
/// against the crate and must pass. They can use the generated crate with all optional features, this workspace's package
/// `tests`, and the crates chrono, http, serde, serde_json, tokio, tracing and wiremock.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask corpus apis                            check every document
  cargo xtask corpus apis --only acme --only pets    names with `acme` or `pets`
  cargo xtask corpus apis --no-check --format json   only generate; print JSON
  cargo xtask corpus apis --only acme --features     try more sets of features
  cargo xtask corpus apis --only acme --only-tests   run the tests in acme.rs

Exit codes:
  0  all crates were generated and passed all checks
  1  a crate was not generated, or failed a check; the output says why
  2  invalid arguments, no document was found, or a file cannot be read")]
pub(crate) struct Args {
    /// Folder with OpenAPI documents (*.yaml, *.yml, *.json); subfolders are searched too
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Only process documents whose names contain this text (can be repeated)
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Folder with the settings files and tests that are not next to their documents [default: tests/corpus in the
    /// workspace]
    #[arg(long, value_name = "DIR")]
    config_dir: Option<PathBuf>,
    /// Folder for the generated crates and the build output [default: target/corpus in the workspace]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Only generate the crates; do not compile anything
    #[arg(long)]
    no_check: bool,
    /// Only process documents that have tests: generate their crates and run these tests, without the other checks
    #[arg(long, conflicts_with = "no_check")]
    only_tests: bool,
    /// Also compile each crate with other sets of features: none, all, each client feature alone, and a few
    /// resource features alone
    #[arg(long, conflicts_with_all = ["no_check", "only_tests"])]
    features: bool,
    /// Output format; `json` prints one JSON value on standard output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Runs the command.
pub(crate) fn run(args: &Args, console: &mut Console<'_>) -> ExitCode {
    let result = attempt(args, console);
    console.exit_code(result)
}

/// Returns `true` if all documents passed, and an error if there is nothing to do.
fn attempt(args: &Args, console: &mut Console<'_>) -> Result<bool, String> {
    let extent = match args {
        Args { no_check: true, .. } => Extent::Generate,
        Args { only_tests: true, .. } => Extent::Test,
        Args { features, .. } => Extent::All { features: *features },
    };
    let context = Context::new(
        args.out.clone().unwrap_or_else(|| workspace().join("target/corpus")),
        args.config_dir.clone().unwrap_or_else(|| workspace().join("tests/corpus")),
        extent,
    )?;
    let mut documents = selected(args)?;
    if args.only_tests {
        documents.retain(|document| context.program(document).is_some());
        if documents.is_empty() {
            return Err("none of these documents has tests".to_owned());
        }
    }
    let mut reports = Vec::with_capacity(documents.len());
    for (index, document) in documents.iter().enumerate() {
        console.progress(format_args!("[{}/{}] {}:", index + 1, documents.len(), document.name));
        let report =
            examine::examine(document, &context, &mut |step| console.progress(format_args!(" {step}")));
        console.progress(if report.problems.is_empty() { ", ok\n" } else { ", FAILED\n" });
        reports.push(report);
    }
    match args.format {
        Format::Text => console.print(table::text(&reports).trim_end()),
        Format::Json => console.print(reports.iter().map(DocumentReport::json).collect::<Value>()),
    }
    Ok(reports.iter().all(|report| report.problems.is_empty()))
}

fn selected(args: &Args) -> Result<Vec<Document>, String> {
    let shown = args.folder.display();
    let mut documents =
        documents::below(&args.folder).map_err(|error| format!("cannot read `{shown}`: {error}"))?;
    let is_wanted = |name: &str| args.only.is_empty() || args.only.iter().any(|only| name.contains(only));
    documents.retain(|document| is_wanted(&document.name));
    if documents.is_empty() {
        let which = if args.only.is_empty() { "" } else { " with a matching name" };
        return Err(format!("no OpenAPI document{which} found below `{shown}`"));
    }
    Ok(documents)
}

/// A path for a program that is started in another folder.
fn absolute(path: &Path) -> Result<PathBuf, String> {
    std::path::absolute(path).map_err(|error| format!("cannot resolve `{}`: {error}", path.display()))
}

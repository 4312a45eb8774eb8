//! `cargo xtask corpus`: what becomes of many documents, in one table.
//!
//! [`documents`] finds them and counts their operations without the generator, [`examine`] generates each and lets
//! cargo judge the crate, [`features`] compiles it with some of its features alone, [`behaviour`] runs the tests that
//! somebody wrote for it, and [`table`] says what came of it.

mod behaviour;
mod cargo;
mod documents;
mod examine;
mod features;
mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::Value;

use self::documents::Document;
use self::examine::{Examined, Extent, Workplace};
use crate::codegen::{FAILED, Format, WRONG_USE, workspace};
use crate::console::Console;

/// Generates a crate from every OpenAPI document below a folder, compiles it, and compares them in a table.
///
/// A crate has to pass `cargo clippy` and `cargo doc` without a warning, call every operation that the document has, and
/// send the document's examples as it received them. What codegen.toml would say of `acme.yaml` is read from `acme.toml`
/// beside it, or from the folder of `--config-dir`. If there is a program `acme.rs` or `acme/main.rs` in these places, it
/// has tests of the crate, which have to pass: it may use the crate with all its features, tokio, http, wiremock, serde,
/// serde_json, chrono, tracing and this workspace's `tests`.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask corpus documents
  cargo xtask corpus documents --only acme --only pets     those with `acme` or `pets` in their names
  cargo xtask corpus documents --no-check --format json    generate only; for machines
  cargo xtask corpus documents --only acme --features      with some of its features alone as well
  cargo xtask corpus documents --only acme --only-tests    no more than the tests in acme.rs

Exit code: 0 all is well; 1 a document is not generated, does not compile without a warning, loses an operation or
breaks an example, or its tests fail; 2 wrong use.")]
pub(crate) struct Args {
    /// The folder of the documents: *.yaml, *.yml and *.json, in its subfolders as well
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Only documents with this in their names; may be given several times
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Where the files NAME.toml are that do not lie beside their documents [default: the workspace's tests/corpus]
    #[arg(long, value_name = "DIR")]
    config_dir: Option<PathBuf>,
    /// Where to write the crates and what is built of them [default: the workspace's target/corpus]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Generate, and compile nothing
    #[arg(long)]
    no_check: bool,
    /// Only the documents that there are tests for, and of these no more than generating them and running the tests
    #[arg(long, conflicts_with = "no_check")]
    only_tests: bool,
    /// Also compile each crate without features, with each one of the client's own alone, with a few single resources,
    /// and with all
    #[arg(long, conflicts_with_all = ["no_check", "only_tests"])]
    features: bool,
    /// How to say what came of it: as a table, or as JSON
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Runs the command.
pub(crate) fn run(args: &Args, console: &mut Console<'_>) -> ExitCode {
    match attempt(args, console) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(FAILED),
        Err(error) => {
            console.warn(format_args!("error: {error}"));
            ExitCode::from(WRONG_USE)
        }
    }
}

/// Whether all is well, unless there is nothing to do.
fn attempt(args: &Args, console: &mut Console<'_>) -> Result<bool, String> {
    let extent = match args {
        Args { no_check: true, .. } => Extent::Generate,
        Args { only_tests: true, .. } => Extent::Test,
        Args { features, .. } => Extent::All { features: *features },
    };
    let workplace = Workplace::new(
        args.out.clone().unwrap_or_else(|| workspace().join("target/corpus")),
        args.config_dir.clone().unwrap_or_else(|| workspace().join("tests/corpus")),
        extent,
    )?;
    let mut documents = selected(args)?;
    if args.only_tests {
        documents.retain(|document| workplace.program(document).is_some());
        if documents.is_empty() {
            return Err("there are no tests for any of these documents".to_owned());
        }
    }
    let mut examined = Vec::with_capacity(documents.len());
    for (index, document) in documents.iter().enumerate() {
        console.progress(format_args!("[{}/{}] {}:", index + 1, documents.len(), document.name));
        let one =
            examine::examine(document, &workplace, &mut |step| console.progress(format_args!(" {step}")));
        console.progress(if one.problems.is_empty() { ", well\n" } else { ", FAILED\n" });
        examined.push(one);
    }
    match args.format {
        Format::Text => console.say(table::text(&examined).trim_end()),
        Format::Json => console.say(examined.iter().map(Examined::json).collect::<Value>()),
    }
    Ok(examined.iter().all(|one| one.problems.is_empty()))
}

fn selected(args: &Args) -> Result<Vec<Document>, String> {
    let shown = args.folder.display();
    let mut documents =
        documents::below(&args.folder).map_err(|error| format!("cannot read `{shown}`: {error}"))?;
    let is_wanted = |name: &str| args.only.is_empty() || args.only.iter().any(|only| name.contains(only));
    documents.retain(|document| is_wanted(&document.name));
    if documents.is_empty() {
        let which = if args.only.is_empty() { "" } else { " of that name" };
        return Err(format!("there is no OpenAPI document{which} below `{shown}`"));
    }
    Ok(documents)
}

/// A path for a program that is started in another folder.
fn absolute(path: &Path) -> Result<PathBuf, String> {
    std::path::absolute(path).map_err(|error| format!("cannot find `{}`: {error}", path.display()))
}

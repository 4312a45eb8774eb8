//! `cargo xtask fuzz`: generates crates from random documents, and looks for failures of the generator.
//!
//! The package `fuzz` makes the documents from the [`seeds`]. [`campaign`] hands them to workers, which run the [`check`]s
//! in processes of their own ([`worker`], [`process`]). [`report`] minimizes the document of each finding and writes it.

mod campaign;
mod case;
mod check;
mod failure;
mod process;
mod report;
mod seeds;
pub(crate) mod worker;

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use self::campaign::{Campaign, Limit, NewFailure};
use self::case::Case;
use self::process::Workers;
use self::report::Report;
use openapi_crate::cli::console::Console;
use openapi_crate::cli::generate::Format;
use openapi_crate::cli::inputs::workspace;

/// Generate crates from random documents, and look for failures of the generator
///
/// Each document is a small document of this repository, or a part of a document in a `--from` folder, after a few
/// random changes. Document number I of seed S is always the same, whatever the time and the number of jobs.
///
/// The generator must not panic, overflow a stack of 1 MB (4 MB in a debug build), or run for more than two seconds. It must
/// report an error or generate a crate whose files can be parsed. Each finding must be about a value of the document. The
/// document in another order must give the same crate and the same findings. Order only counts in lists, in examples,
/// and in maps that authors order for readers: paths, properties, responses, media types.
///
/// A document that fails is minimized and written to target/fuzz. Failures with the same cause are reported once.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask fuzz --documents 300            check documents 0 to 299 of seed 0
  cargo xtask fuzz --seconds 600 --seed 7     check documents for ten minutes
  cargo xtask fuzz --first 300                continue at document 300
  cargo xtask fuzz --from apis                also use the documents in a folder
  cargo xtask fuzz --seed 7 --document 1234   check and print one document

`cargo run --release -p xtask -- fuzz` checks about ten times as many documents.

Exit codes:
  0  no document failed
  1  a document failed; the output says how
  2  invalid arguments, or a file cannot be read or written")]
pub(crate) struct Args {
    /// Check documents for this time [default: 60]
    #[arg(long, value_name = "N", conflicts_with = "documents")]
    seconds: Option<u64>,
    /// Check this number of documents
    #[arg(long, value_name = "N")]
    documents: Option<u64>,
    /// Number of the first document, to continue an earlier run
    #[arg(long, value_name = "I", default_value_t = 0)]
    first: u64,
    /// Seed of the random documents
    #[arg(long, value_name = "S", default_value_t = 0)]
    seed: u64,
    /// Folder with OpenAPI documents (*.yaml, *.yml, *.json) to use beside those of this repository (can be repeated)
    #[arg(long, value_name = "DIR")]
    from: Vec<PathBuf>,
    /// Number of processes that check documents [default: the number of processors]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Only check the document with this number, and print it
    #[arg(long, value_name = "I", conflicts_with_all = ["seconds", "documents", "jobs", "first"])]
    document: Option<u64>,
    /// File for the document, instead of printing it
    #[arg(long, value_name = "FILE", requires = "document")]
    out: Option<PathBuf>,
    /// Output format; `json` prints one JSON value on standard output
    #[arg(long, value_enum, default_value_t, conflicts_with = "document")]
    format: Format,
}

/// The time of a run without `--seconds` and `--documents`.
const DEFAULT_SECONDS: u64 = 60;

/// The time between two progress lines.
const PROGRESS: Duration = Duration::from_secs(10);

/// Runs the command.
pub(crate) fn run(args: &Args, console: &mut Console<'_>) -> ExitCode {
    let result = attempt(args, console);
    console.exit_code(result)
}

/// Returns true if no document failed.
fn attempt(args: &Args, console: &mut Console<'_>) -> Result<bool, String> {
    let program = env::current_exe().map_err(cannot_start)?;
    let workers = || Workers::new(program.clone(), &["fuzz-worker"]);
    let seeds = seeds::seeds(&args.from)?;
    if let Some(index) = args.document {
        return one(args, &Case::new(&seeds, args.seed, index), workers(), console);
    }
    let limit = match (args.documents, args.seconds) {
        (Some(documents), _) => Limit::Documents(documents),
        (None, seconds) => Limit::Time(Duration::from_secs(seconds.unwrap_or(DEFAULT_SECONDS))),
    };
    let jobs = args.jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    let campaign =
        Campaign { seeds: &seeds, seed: args.seed, first: args.first, limit, jobs, workers: &workers };
    let start = Instant::now();
    let mut shown = start;
    let mut results = campaign::run(&campaign, &mut |results, failure| {
        if let Some(NewFailure { index, failure }) = failure {
            console.progress(format_args!("document {index}: {}\n", failure.cause));
        }
        if shown.elapsed() >= PROGRESS {
            shown = Instant::now();
            console.progress(format_args!("{} documents, {} failed\n", results.documents(), results.failed));
        }
    })
    .map_err(cannot_start)?;
    let took = start.elapsed();
    let folder = workspace().join("target/fuzz");
    let from = args.from.iter().map(|folder| format!(" --from {}", folder.display())).collect();
    let report = Report { seeds: &seeds, seed: args.seed, first: args.first, from, folder, took };
    if !results.findings.is_empty() {
        console.progress("minimizing\n");
    }
    let findings = report.findings(&mut results, &mut workers())?;
    match args.format {
        Format::Text => console.print(report.text(&results, &findings)),
        Format::Json => console.print(report.json(&results, &findings)),
    }
    Ok(findings.is_empty())
}

fn cannot_start(error: std::io::Error) -> String {
    format!("cannot start a worker: {error}")
}

/// Checks one document, and prints it.
fn one(args: &Args, case: &Case, mut workers: Workers, console: &mut Console<'_>) -> Result<bool, String> {
    match &args.out {
        None => console.print(case.text().trim_end()),
        Some(path) => fs::write(path, case.text())
            .map_err(|error| format!("cannot write `{}`: {error}", path.display()))?,
    }
    if !case.settings().is_empty() {
        console.eprint(format_args!("settings:\n{}", case.settings().trim_end()));
    }
    let failure = workers.check(case).map_err(cannot_start)?.err();
    if let Some(failure) = &failure {
        console.eprint(format_args!("{}: {}\n{}", failure.kind, failure.cause, failure.detail));
    }
    Ok(failure.is_none())
}

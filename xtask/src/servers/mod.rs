//! `cargo xtask servers`: calls real servers with clients generated from the documents that they serve.
//!
//! [`catalog`] lists the servers, [`python`] installs one, [`process`] starts and stops it, [`program`] generates its
//! client and runs the hand-written program in `tests/servers`, and [`outcome`] counts the calls.

mod catalog;
mod outcome;
mod process;
mod program;
mod python;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::Value;

use self::catalog::{KnownServer, SERVERS};
use self::outcome::{Failure, ServerReport};
use self::process::RunningServer;
use self::program::Program;
use self::python::Python;
use openapi_crate::cli::console::{Console, FAILED, WRONG_USE};
use openapi_crate::cli::generate::Format;
use openapi_crate::cli::inputs::workspace;

/// The exit code if there is no Python to run the servers with.
const SKIPPED: u8 = 3;

/// Call real servers with clients generated from their own documents
///
/// The servers are Python packages: Prefect, Chroma, Airflow and Label Studio. For each one, the command installs the
/// package with pip into a virtual environment, starts it on a free port of 127.0.0.1 with an empty store, generates a
/// client from the document that it serves, and runs the program in `tests/servers`, which calls most operations and
/// checks the values. The server is always stopped; the logs of the server and the program stay in the `--out`
/// folder.
///
/// The table counts calls and operations. A call with an unexpected result is a failure. The program assigns known
/// failures to the document, which does not describe the behavior of the server, or to the server. All others count as ours.
///
/// The command needs Python 3.11 or newer with the module `venv`, and a package index for pip. CI does not run it.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask servers                        call all servers
  cargo xtask servers chroma --format json   call one; print JSON

Exit codes:
  0  no failure, except those that documents and servers cause
  1  the generator or the runtime caused a failure
  2  invalid arguments, or a server cannot be installed or started
  3  skipped: there is no suitable Python")]
pub(crate) struct Args {
    /// Servers to call: `prefect`, `chroma`, `airflow`, `label_studio` [default: all]
    #[arg(value_name = "SERVER", value_parser = SERVERS.iter().map(|server| server.name).collect::<Vec<_>>(), hide_possible_values = true)]
    servers: Vec<String>,
    /// Python interpreter that makes the virtual environments
    #[arg(long, value_name = "FILE", default_value = "python3")]
    python: PathBuf,
    /// Folder for the virtual environments, generated crates, build output and logs [default: target/servers in the
    /// workspace]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Output format; `json` prints one JSON value on standard output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// The reason that the servers are not called.
#[derive(Debug)]
enum Stop {
    /// The machine cannot run them.
    Skipped(String),
    /// Something failed before the first call.
    Failed(String),
}

impl From<String> for Stop {
    fn from(problem: String) -> Self {
        Self::Failed(problem)
    }
}

/// Runs the command.
pub(crate) fn run(args: &Args, console: &mut Console<'_>) -> ExitCode {
    match attempt(args, console) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(FAILED),
        Err(Stop::Skipped(reason)) => {
            console.eprint(format_args!("skipped: {reason}"));
            ExitCode::from(SKIPPED)
        }
        Err(Stop::Failed(problem)) => {
            console.eprint(format_args!("error: {problem}"));
            ExitCode::from(WRONG_USE)
        }
    }
}

/// Returns `true` if this project caused no failure.
fn attempt(args: &Args, console: &mut Console<'_>) -> Result<bool, Stop> {
    let python = Python::find(&args.python)?;
    let out = args.out.clone().unwrap_or_else(|| workspace().join("target/servers"));
    let out = absolute(&out)?;
    let is_wanted = |server: &&KnownServer| {
        args.servers.is_empty() || args.servers.iter().any(|name| name == server.name)
    };
    let mut reports = Vec::new();
    for server in SERVERS.iter().filter(is_wanted) {
        console.progress(format_args!("{}:", server.name));
        let report = examine(server, &python, &out, console);
        console.progress("\n");
        reports.push(report?);
    }
    match args.format {
        Format::Text => console.print(outcome::text(&reports).trim_end()),
        Format::Json => console.print(reports.iter().map(ServerReport::json).collect::<Value>()),
    }
    Ok(reports.iter().all(ServerReport::is_successful))
}

/// Calls one server.
fn examine(
    server: &KnownServer,
    python: &Python,
    out: &Path,
    console: &mut Console<'_>,
) -> Result<ServerReport, Stop> {
    let folder = out.join(server.name);
    fs::create_dir_all(&folder).map_err(|error| format!("cannot create `{}`: {error}", folder.display()))?;
    let source = absolute(&workspace().join("tests/servers").join(server.name))?;
    console.progress(" install,");
    let environment = python.environment(&folder.join("venv"), &source.join("requirements.txt"))?;
    console.progress(" start,");
    let named = |problem: String| format!("{}: {problem}", server.name);
    let (running, document) = RunningServer::start(server, &environment, &source, &folder).map_err(named)?;
    let program = Program { source, folder: &folder, target: &out.join("target") };
    let mut report = ServerReport::new(server.name);
    console.progress(" generate,");
    match program.generate(&document) {
        Ok(operations) => report.operations = operations,
        Err(problem) => return Ok(report.with(Failure::ours("codegen", problem))),
    }
    console.progress(" build,");
    let executable = match program.build() {
        Ok(executable) => executable,
        Err(problem) => return Ok(report.with(Failure::ours("build", problem))),
    };
    console.progress(" call");
    let run = program.run(&executable, &format!("{}{}", running.url(), server.base))?;
    report.count(&run);
    Ok(report)
}

/// A path for a program that is started in another folder.
fn absolute(path: &Path) -> Result<PathBuf, String> {
    std::path::absolute(path).map_err(|error| format!("cannot resolve `{}`: {error}", path.display()))
}

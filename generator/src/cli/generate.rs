//! `openapi-crate generate`: generates a crate from a document, and writes or checks it.
//!
//! ```text
//! args        the arguments
//! client_run  the paths and the start of a run for one client
//! run         reads, generates, and then bumps, writes or checks
//! findings    accepts and denies findings, and counts them
//! bump        raises the version, and describes the changes
//! write       writes the folder
//! check       compares the folder, and judges the version
//! runtime     writes or compares the folder of a runtime that several clients share
//! ```

use std::process::ExitCode;

use serde_json::{Value, json};

mod args;
mod bump;
mod check;
mod client_run;
mod findings;
mod run;
mod runtime;
mod write;

pub use self::args::{Args, FindingArgs, Format};
use self::client_run::ClientRun;
use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::{Config, Lock, Outcome, Sources};

/// Generates a crate.
pub type Generate<'g> = &'g dyn Fn(Sources<'_>, &Config, &Lock) -> Outcome;

/// Runs the command for one client, or for all clients of a list, and prints its errors.
pub fn run(args: &Args, generate: Generate<'_>, console: &mut Console<'_>) -> ExitCode {
    let clients = match args.inputs.clients(console) {
        Ok(clients) => clients,
        Err(failure) => return failure.report(console),
    };
    let Some(clients) = clients else {
        return match run_one(args, generate, console) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => failure.report(console),
        };
    };
    console.collect_json();
    let mut code = 0;
    for inputs in clients {
        let reports = console.collected_json();
        let args = Args { inputs, ..args.clone() };
        let Err(failure) = run_one(&args, generate, console) else { continue };
        // A run that fails early has no report of its own.
        if args.format == Format::Json && console.collected_json() == reports {
            console.print_json(failed(&args, &failure, console));
        }
        code = code.max(failure.print(console));
    }
    console.print_collected_json();
    ExitCode::from(code)
}

/// Runs the command for one client.
fn run_one(args: &Args, generate: Generate<'_>, console: &mut Console<'_>) -> Result<(), Failure> {
    let paths = args.inputs.paths(console)?;
    ClientRun::new(args, paths).run(generate, console)
}

/// Returns the JSON report of a client that cannot be generated.
fn failed(args: &Args, failure: &Failure, console: &Console<'_>) -> Value {
    let paths = args.inputs.paths(console).ok();
    json!({
        "document": paths.as_ref().map(|paths| &paths.spec.name),
        "crate": paths.as_ref().map(|paths| &paths.out.name),
        "generated": null,
        "errors": failure.messages(),
    })
}

#[cfg(test)]
mod tests;

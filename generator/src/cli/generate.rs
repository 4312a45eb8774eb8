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
//! ```

use std::process::ExitCode;

mod args;
mod bump;
mod check;
mod client_run;
mod findings;
mod run;
mod write;

pub use self::args::{Args, FindingArgs, Format};
use self::client_run::ClientRun;
use crate::cli::console::Console;
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
        return ExitCode::from(run_one(args, generate, console));
    };
    console.collect_json();
    let codes: Vec<u8> = clients
        .into_iter()
        .map(|inputs| run_one(&Args { inputs, ..args.clone() }, generate, console))
        .collect();
    console.print_collected_json();
    ExitCode::from(codes.into_iter().max().unwrap_or_default())
}

/// Runs the command for one client, and returns the exit code.
fn run_one(args: &Args, generate: Generate<'_>, console: &mut Console<'_>) -> u8 {
    let result =
        args.inputs.paths(console).and_then(|paths| ClientRun::new(args, paths).run(generate, console));
    match result {
        Ok(()) => 0,
        Err(failure) => failure.print(console),
    }
}

#[cfg(test)]
mod tests;

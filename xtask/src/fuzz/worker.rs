//! `cargo xtask fuzz-worker`: checks documents in a process of its own, so that a stack overflow ends only this process.
//!
//! Each line of standard input is a case, and each line of standard output the result for the case before the next one
//! is read.

use std::io::{self, BufRead as _, Write as _};
use std::panic;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use std::thread;

use serde_json::json;

use super::case::Case;
use super::check::{self, Generator, Passed};
use super::failure::Failure;

/// The stack of the thread that generates, in bytes. Frames are several times larger without optimization.
pub(super) const STACK: usize = if cfg!(debug_assertions) { 4 << 20 } else { 1 << 20 };

/// Check documents for `fuzz`, which starts this command
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args;

/// Runs the command.
pub(crate) fn run(_: &Args) -> ExitCode {
    remember_panics();
    limit_memory();
    let worker = thread::Builder::new().stack_size(STACK).spawn(|| serve(Generator::LIBRARY));
    match worker.map(thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// Limits the memory of the process, so that a document cannot exhaust the machine. A process that reaches the limit is
/// aborted, which is a finding.
fn limit_memory() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};

        const MEMORY: u64 = 4 << 30;
        // Without the limit, the worker works as well.
        let _ = setrlimit(Resource::As, Rlimit { current: Some(MEMORY), maximum: Some(MEMORY) });
    }
}

fn serve(generator: Generator) -> io::Result<()> {
    for line in io::stdin().lock().lines() {
        let result = match Case::read(&line?) {
            Some(case) => check::check(&case, generator),
            None => Err(Failure::new("internal", "the case is not valid JSON", "")),
        };
        let result = match result {
            Ok(Passed::Generated) => json!({ "generated": true }),
            Ok(Passed::Rejected) => json!({ "generated": false }),
            Err(failure) => json!({ "failure": failure.json() }),
        };
        writeln!(io::stdout(), "{result}")?;
        io::stdout().flush()?;
    }
    Ok(())
}

/// The line of the last panic. The generator renders on several threads, so it is not local to one.
static LAST_PANIC: Mutex<Option<String>> = Mutex::new(None);

/// Keeps the lines of panics instead of printing them.
pub(super) fn remember_panics() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|place| format!("{}:{}", shortened(place.file()), place.line()));
        *LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }));
}

/// Returns the line of the last panic, once.
pub(super) fn last_panic() -> Option<String> {
    LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// Removes the folder of a registry or of the toolchain from the path of a source file.
fn shortened(path: &str) -> &str {
    let after = |mark: &str| path.rfind(mark).map(|at| &path[at + 1..]);
    after("/library/")
        .or_else(|| after("/generator/"))
        .or_else(|| path.split("/registry/src/").nth(1))
        .unwrap_or(path)
}

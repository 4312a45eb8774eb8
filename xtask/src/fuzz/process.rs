//! A worker as a child process: sends cases, and finds out what a worker that ends was doing.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::case::Case;
use super::check::Passed;
use super::failure::Failure;
use super::worker::STACK;

/// A worker that needs longer for a document has to be killed. A run of two seconds is found by the worker itself.
const PATIENCE: Duration = Duration::from_secs(60);

/// Starts workers. A worker is replaced when it ends.
pub(super) struct Workers {
    program: PathBuf,
    arguments: Vec<String>,
    current: Option<Worker>,
    patience: Duration,
}

struct Worker {
    child: Child,
    input: ChildStdin,
    lines: Receiver<String>,
}

impl Workers {
    /// Workers that run `program` with arguments.
    pub(super) fn new(program: PathBuf, arguments: &[&str]) -> Self {
        let arguments = arguments.iter().map(|&argument| argument.to_owned()).collect();
        Self { program, arguments, current: None, patience: PATIENCE }
    }

    /// Checks a case. The error says that no worker can be started.
    pub(super) fn check(&mut self, case: &Case) -> io::Result<Result<Passed, Failure>> {
        let mut worker = match self.current.take() {
            Some(worker) => worker,
            None => self.start()?,
        };
        let sent = writeln!(worker.input, "{}", case.line()).and_then(|()| worker.input.flush());
        let received = match sent {
            Ok(()) => worker.lines.recv_timeout(self.patience),
            Err(_) => Err(RecvTimeoutError::Disconnected),
        };
        match received {
            Ok(line) => {
                self.current = Some(worker);
                Ok(result(&line))
            }
            Err(RecvTimeoutError::Timeout) => {
                worker.child.kill()?;
                worker.child.wait()?;
                let detail = format!("no result after {} s", self.patience.as_secs());
                Ok(Err(Failure::new("hang", "the generator does not end", detail)))
            }
            Err(RecvTimeoutError::Disconnected) => Ok(Err(death(worker)?)),
        }
    }

    fn start(&self) -> io::Result<Worker> {
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            // The stack of the threads that render files.
            .env("RUST_MIN_STACK", STACK.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let missing = || io::Error::other("the worker has no pipes");
        let input = child.stdin.take().ok_or_else(missing)?;
        let output = child.stdout.take().ok_or_else(missing)?;
        let (sender, lines) = mpsc::channel();
        // Ends with the output of the worker.
        thread::spawn(move || {
            let lines = BufReader::new(output).lines().map_while(Result::ok);
            lines.map(|line| sender.send(line)).take_while(Result::is_ok).for_each(drop);
        });
        Ok(Worker { child, input, lines })
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        if let Some(Worker { mut child, input, .. }) = self.current.take() {
            drop(input);
            let _ = child.wait();
        }
    }
}

fn result(line: &str) -> Result<Passed, Failure> {
    let value: Value = serde_json::from_str(line).unwrap_or_default();
    match (value.get("failure").and_then(Failure::read), &value["generated"]) {
        (Some(failure), _) => Err(failure),
        (None, Value::Bool(true)) => Ok(Passed::Generated),
        (None, Value::Bool(false)) => Ok(Passed::Rejected),
        _ => Err(Failure::new("internal", "the worker prints something else", line)),
    }
}

/// Returns why a worker ended.
fn death(mut worker: Worker) -> io::Result<Failure> {
    drop(worker.input);
    let status = worker.child.wait()?;
    let mut printed = String::new();
    if let Some(mut errors) = worker.child.stderr.take() {
        errors.read_to_string(&mut printed)?;
    }
    let cause = match printed.contains("has overflowed its stack") {
        true => "stack overflow".to_owned(),
        false => format!("the process ends with {status}"),
    };
    Ok(Failure::new("abort", cause, printed.trim()))
}

#[cfg(all(test, unix))]
mod tests;

//! The results of the calls: counts, and who causes each failure.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::program::Run;

/// The cause of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The generator, the runtime, or the program itself.
    Ours,
    /// The document describes something else than the server does.
    Document,
    /// The server fails, or violates HTTP.
    Server,
}

impl Fault {
    fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Document => "document",
            Self::Server => "server",
        }
    }
}

/// A call that does not do what a user of the client expects.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Failure {
    fault: Fault,
    /// The operation, or the test or step that failed.
    location: String,
    reason: String,
}

impl Failure {
    /// Returns a failure that this project causes.
    pub(super) fn ours(location: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { fault: Fault::Ours, location: location.into(), reason: reason.into() }
    }

    /// Reads a line of the recorder after its first cell.
    fn of(cells: &[&str]) -> Option<Self> {
        let [fault, method, path, reason] = cells else { return None };
        let fault = [Fault::Document, Fault::Server].into_iter().find(|one| one.name() == *fault)?;
        Some(Self { fault, location: format!("{method} {path}"), reason: (*reason).to_owned() })
    }
}

/// The results for one server.
#[derive(Debug, Default)]
pub(super) struct ServerReport {
    name: &'static str,
    /// The number of operations in the document.
    pub(super) operations: u64,
    /// The operations that were called.
    called: BTreeSet<String>,
    calls: usize,
    /// The number of tests of the program that passed.
    tests: u64,
    failures: Vec<Failure>,
}

impl ServerReport {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, ..Self::default() }
    }

    pub(super) fn with(mut self, failure: Failure) -> Self {
        self.failures.push(failure);
        self
    }

    /// Counts the calls of a program.
    pub(super) fn count(&mut self, run: &Run) {
        for line in run.calls.lines() {
            match line.split('\t').collect::<Vec<_>>().as_slice() {
                ["call", method, path] => {
                    self.calls += 1;
                    self.called.insert(format!("{method} {path}"));
                }
                ["failure", cells @ ..] => {
                    let failure = Failure::of(cells);
                    let failure = failure.unwrap_or_else(|| Failure::ours("a recorded failure", line));
                    self.failures.push(failure);
                }
                _ => self.failures.push(Failure::ours("a recorded call", line)),
            }
        }
        let failed = failed_tests(&run.output);
        let passed = run.output.lines().filter_map(|line| line.strip_prefix("test result: "));
        let passed =
            passed.filter_map(|rest| rest.split_once(". ")?.1.split(' ').next()?.parse::<u64>().ok());
        self.tests = passed.sum();
        if let Some(interruption) = &run.interruption {
            self.failures.push(Failure::ours("the program", interruption));
        } else if self.tests == 0 && failed.is_empty() {
            self.failures.push(Failure::ours("the program", "it contains no tests"));
        }
        self.failures.extend(failed);
    }

    fn failed(&self, fault: Fault) -> usize {
        self.failures.iter().filter(|failure| failure.fault == fault).count()
    }

    /// Returns the number of calls that did what a user expects. A failing test fails at one call.
    fn ok(&self) -> usize {
        self.calls.saturating_sub(self.failures.len())
    }

    /// Returns `true` if this project caused no failure.
    pub(super) fn is_successful(&self) -> bool {
        self.failed(Fault::Ours) == 0
    }

    pub(super) fn json(&self) -> Value {
        let failures = self.failures.iter().map(|failure| {
            json!({ "fault": failure.fault.name(), "location": failure.location, "reason": failure.reason })
        });
        json!({
            "server": self.name,
            "operations": { "found": self.operations, "called": self.called.len() },
            "tests": self.tests,
            "calls": self.calls,
            "ok": self.ok(),
            "failed": {
                "ours": self.failed(Fault::Ours),
                "document": self.failed(Fault::Document),
                "server": self.failed(Fault::Server),
            },
            "failures": failures.collect::<Value>(),
        })
    }
}

/// Reads the failed tests from the output of the test harness: sections that start with `---- NAME stdout ----`.
fn failed_tests(output: &str) -> Vec<Failure> {
    let mut failures: Vec<Failure> = Vec::new();
    let mut is_inside = false;
    for line in output.lines() {
        let name = line.strip_prefix("---- ").and_then(|rest| rest.strip_suffix(" stdout ----"));
        if let Some(name) = name {
            failures.push(Failure::ours(name, ""));
            is_inside = true;
        } else if line == "failures:" {
            is_inside = false;
        } else if let Some(failure) = failures.last_mut().filter(|_| is_inside) {
            failure.reason.push_str(line);
            failure.reason.push('\n');
        }
    }
    for failure in &mut failures {
        let reason = failure.reason.trim();
        let reason = reason.split("\nnote: run with `RUST_BACKTRACE").next().unwrap_or(reason);
        failure.reason = reason.trim().to_owned();
    }
    failures
}

/// Returns the table, and the failures below it.
pub(super) fn text(reports: &[ServerReport]) -> String {
    let heading = ["server", "operations", "calls", "ok", "ours", "document's", "server's"];
    let mut rows = vec![heading.map(str::to_owned)];
    rows.extend(reports.iter().map(|report| {
        [
            report.name.to_owned(),
            format!("{}/{}", report.called.len(), report.operations),
            report.calls.to_string(),
            report.ok().to_string(),
            report.failed(Fault::Ours).to_string(),
            report.failed(Fault::Document).to_string(),
            report.failed(Fault::Server).to_string(),
        ]
    }));
    let width = |index: usize| rows.iter().map(|row| row[index].len()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..heading.len()).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let [name, numbers @ ..] = row;
        let _ = write!(text, "{name:width$}", width = widths[0]);
        for (number, width) in numbers.iter().zip(&widths[1..]) {
            let _ = write!(text, "  {number:>width$}");
        }
        text.push('\n');
    }
    for report in reports {
        for failure in &report.failures {
            let Failure { fault, location, reason } = failure;
            let reason = reason.replace('\n', "\n    ");
            let _ = writeln!(text, "\n{}: {}: {location}\n    {reason}", report.name, fault.name());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSED: &str = "\nrunning 1 test\n.\ntest result: ok. 1 passed; 0 failed; 0 ignored\n";

    fn report(calls: &str, output: &str, interruption: Option<&str>) -> ServerReport {
        let mut report = ServerReport { operations: 3, ..ServerReport::new("pets") };
        let interruption = interruption.map(str::to_owned);
        report.count(&Run { calls: calls.to_owned(), output: output.to_owned(), interruption });
        report
    }

    #[test]
    fn counts_calls_and_operations() {
        let calls = "call\tGET\t/pets\ncall\tGET\t/pets\ncall\tPOST\t/pets\n\
            failure\tdocument\tPOST\t/pets\tthe response has no `id`\n";
        let report = report(calls, PASSED, None);
        assert!(report.is_successful());
        let expected = "\
server  operations  calls  ok  ours  document's  server's
pets           2/3      3   2     0           1         0

pets: document: POST /pets
    the response has no `id`
";
        assert_eq!(text(&[report]), expected);
    }

    #[test]
    fn failed_tests_are_ours() {
        let output = "\nrunning 2 tests\n.F\nfailures:\n\n---- pets::lists_pets stdout ----\n\n\
            thread 'pets::lists_pets' (7) panicked at pets.rs:3:5:\nassertion failed: a == b\n\
            note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n\n\n\
            failures:\n    pets::lists_pets\n\ntest result: FAILED. 1 passed; 1 failed; 0 ignored\n";
        let report = report("call\tGET\t/pets\ncall\tGET\t/pets\n", output, None);
        assert_eq!(
            report.failures,
            [Failure::ours(
                "pets::lists_pets",
                "thread 'pets::lists_pets' (7) panicked at pets.rs:3:5:\nassertion failed: a == b"
            )]
        );
        assert_eq!((report.tests, report.ok(), report.is_successful()), (1, 1, false));
    }

    #[test]
    fn a_program_has_to_run_to_its_end() {
        assert!(!report("", "", None).is_successful());
        assert!(!report("", PASSED, Some("the program was stopped")).is_successful());
        assert!(!report("call\tGET\n", PASSED, None).is_successful());
        assert!(!report("failure\tnobody\tGET\t/pets\t?\n", PASSED, None).is_successful());
        assert!(report("", PASSED, None).is_successful());
    }
}

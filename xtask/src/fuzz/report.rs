//! Minimizes the document of each finding, writes it, and prints the findings.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use ::fuzz::Seeds;
use serde_json::{Value, json};

use super::campaign::{Finding, Results};
use super::case::Case;
use super::process::Workers;

/// The number of documents that are tried to minimize one.
const ATTEMPTS: usize = 500;

/// The maximum time to minimize one document. Each attempt for a document that hangs takes a minute.
const MAX_TIME: Duration = Duration::from_secs(600);

/// The run that the findings belong to.
pub(super) struct Report<'a> {
    pub(super) seeds: &'a Seeds,
    pub(super) seed: u64,
    /// The number of the first document.
    pub(super) first: u64,
    /// The options `--from` of the run.
    pub(super) from: String,
    /// The folder for documents.
    pub(super) folder: PathBuf,
    pub(super) took: Duration,
}

/// A finding, and the file with its document.
pub(super) struct Written {
    finding: Finding,
    file: PathBuf,
    /// The command that repeats the failure.
    command: String,
}

impl Report<'_> {
    /// Minimizes and writes the documents of all findings.
    pub(super) fn findings(
        &self,
        results: &mut Results,
        workers: &mut Workers,
    ) -> Result<Vec<Written>, String> {
        let findings = std::mem::take(&mut results.findings).into_values();
        findings.map(|finding| self.written(finding, workers)).collect()
    }

    fn written(&self, finding: Finding, workers: &mut Workers) -> Result<Written, String> {
        let case = minimized(Case::new(self.seeds, self.seed, finding.index), &finding, workers);
        let command =
            format!("cargo xtask fuzz{} --seed {} --document {}", self.from, self.seed, finding.index);
        let name = format!("{}-{}-{}", finding.failure.kind.replace(' ', "-"), self.seed, finding.index);
        let file = self.folder.join(name).with_extension(case.extension());
        let mut notes =
            format!("{}\n\n{}\n\nrepeat: {command}\n", finding.failure.cause, finding.failure.detail);
        if !case.settings().is_empty() {
            let _ = write!(notes, "settings:\n{}", case.settings());
        }
        write(&self.folder, &file, &case.text())?;
        write(&self.folder, &file.with_extension("txt"), &notes)?;
        Ok(Written { finding, file, command })
    }

    /// Returns the findings for people.
    pub(super) fn text(&self, results: &Results, findings: &[Written]) -> String {
        let mut text = String::new();
        for Written { finding, file, command } in findings {
            let (count, kind, cause) = (finding.count, &finding.failure.kind, &finding.failure.cause);
            let documents = number_of(count);
            let _ = writeln!(text, "{kind}: {cause}\n  {documents}, such as {}", file.display());
            let _ = writeln!(text, "  repeat: {command}\n");
        }
        let documents = results.documents();
        let range = match documents {
            0 => String::new(),
            count => {
                format!(" ({} to {} of seed {})", self.first, self.first.saturating_add(count - 1), self.seed)
            }
        };
        let documents = number_of(documents);
        let _ = write!(
            text,
            "{documents}{range} in {:.1} s; a crate: {}, errors in the document: {}, failures: {}",
            self.took.as_secs_f64(),
            results.generated,
            results.rejected,
            results.failed
        );
        text
    }

    /// Returns the findings for other programs.
    pub(super) fn json(&self, results: &Results, findings: &[Written]) -> Value {
        let findings = findings.iter().map(|Written { finding, file, command }| {
            json!({
                "kind": finding.failure.kind,
                "cause": finding.failure.cause,
                "detail": finding.failure.detail,
                "count": finding.count,
                "document": finding.index,
                "file": file.display().to_string(),
                "command": command,
            })
        });
        json!({
            "seed": self.seed,
            "first": self.first,
            "documents": results.documents(),
            "generated": results.generated,
            "rejected": results.rejected,
            "failed": results.failed,
            "seconds": self.took.as_secs_f64(),
            "findings": findings.collect::<Value>(),
        })
    }
}

fn number_of(documents: u64) -> String {
    if documents == 1 { "1 document".to_owned() } else { format!("{documents} documents") }
}

/// Returns a smaller case that fails with the same cause.
fn minimized(case: Case, finding: &Finding, workers: &mut Workers) -> Case {
    let start = Instant::now();
    let choices = case.choices;
    let document = ::fuzz::minimize(case.document, ATTEMPTS, &mut |document| {
        if start.elapsed() > MAX_TIME {
            return false;
        }
        let result = workers.check(&Case { document: document.clone(), choices });
        let same = |kind: &str, cause: &str| kind == finding.failure.kind && cause == finding.failure.cause;
        matches!(result, Ok(Err(failure)) if same(&failure.kind, &failure.cause))
    });
    Case { document, choices }
}

fn write(folder: &Path, path: &Path, text: &str) -> Result<(), String> {
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    written.map_err(|error| format!("cannot write `{}`: {error}", path.display()))
}

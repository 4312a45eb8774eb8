//! Accepts and denies findings by the arguments, and counts them.

use super::args::Allowed;
use super::client_run::ClientRun;
use crate::Diagnostics;
use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::inputs::{Paths, count};
use crate::diagnostics::Severity;

impl ClientRun<'_> {
    /// Removes the findings that `--allow` accepts.
    pub(super) fn allow(&self, diagnostics: &mut Diagnostics, console: &mut Console<'_>) {
        // A warning that codegen.toml allows as well is not reported any more.
        let has_finding =
            |flag: &Allowed| diagnostics.iter().chain(diagnostics.allowed()).any(|found| flag.covers(found));
        let is_unused = |flag: &&Allowed| !has_finding(flag);
        // After an error, not all findings are known.
        let is_complete = !diagnostics.has_errors();
        for unused in self.args.findings.allow.iter().filter(|_| is_complete).filter(is_unused) {
            console.eprint(format_args!("note: there is no finding for `--allow {unused}`"));
        }
        diagnostics.allow(|found| self.args.findings.allow.iter().any(|allowed| allowed.covers(found)));
    }

    /// Returns the number of findings that `--deny` treats as errors.
    pub(super) fn denied(&self, diagnostics: &Diagnostics) -> usize {
        diagnostics
            .iter()
            .filter(|found| self.args.findings.deny.iter().any(|denied| denied.covers(found.code)))
            .count()
    }

    /// Returns the failure of a run whose findings are errors.
    pub(super) fn nothing_generated(&self, diagnostics: &Diagnostics) -> Failure {
        let Paths { spec, out, .. } = &self.paths;
        let findings = findings_after(": ", diagnostics);
        let error =
            format!("nothing was generated from `{}`{findings}; `{}` is unchanged", spec.name, out.name);
        let help = match self.denied(diagnostics) {
            0 => Vec::new(),
            denied => vec![format!("fix {} denied by `--deny`", count(denied, "finding") + that_was(denied))],
        };
        Failure::failed(error, help)
    }
}

/// Counts the errors and warnings after a separator, for example `; 1 error, 4 warnings, 1 warning allowed`. Returns an empty text if there
/// are none.
pub(super) fn findings_after(separator: &str, diagnostics: &Diagnostics) -> String {
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning")].map(|(severity, noun)| {
        (diagnostics.iter().filter(|found| found.code.severity() == severity).count(), noun)
    });
    let counts = counts.iter().filter(|(number, _)| *number > 0).map(|(number, noun)| count(*number, noun));
    let allowed = diagnostics.allowed().len();
    let allowed = (allowed > 0).then(|| format!("{} allowed", count(allowed, "warning")));
    let counts: Vec<_> = counts.chain(allowed).collect();
    if counts.is_empty() { String::new() } else { format!("{separator}{}", counts.join(", ")) }
}

fn that_was(number: usize) -> &'static str {
    if number == 1 { " that was" } else { " that were" }
}

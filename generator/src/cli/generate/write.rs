//! Writes the folder of a crate, and prints a line about it.

use super::args::Format;
use super::client_run::ClientRun;
use super::findings::findings_after;
use crate::cli::console::Console;
use crate::cli::diff::bump;
use crate::cli::diff::crate_files::is_code;
use crate::cli::failure::Failure;
use crate::cli::inputs::count;
use crate::disk::{Change, Counts, OutputFolder};
use crate::{Diagnostics, Generated};

impl ClientRun<'_> {
    /// Writes the folder.
    pub(super) fn write(
        &self,
        target: &OutputFolder,
        generated: &Generated,
        diagnostics: &Diagnostics,
        console: &mut Console<'_>,
    ) -> Result<(), Failure> {
        let is_first = !target.exists();
        let plan = target.compare(&generated.files).map_err(Failure::wrong_use)?;
        let mut changed = plan.changes().filter(|(_, change)| **change != Change::Keep);
        let summary = match self.args.format {
            Format::Text if !is_first && changed.any(|(path, _)| is_code(path)) => {
                bump::summary(&self.paths.out, generated)
            }
            _ => None,
        };
        let written = target.write(&generated.files).map_err(Failure::wrong_use)?;
        if let Some(kept) = written.kept {
            console.eprint(format_args!(
                "note: an interrupted run left files whose paths in `{}` are taken; they were moved to `{}`",
                self.paths.out.name,
                kept.display()
            ));
        }
        if self.args.format == Format::Json {
            return Ok(());
        }
        let Counts { files, written, unchanged, removed } = written.plan.counts();
        console.print(format_args!(
            "{}: {}, {} ({written} written, {unchanged} unchanged, {removed} removed) in {:.2} s{}",
            self.paths.out.name,
            describe(generated),
            count(files, "file"),
            self.start.elapsed().as_secs_f64(),
            findings_after("; ", diagnostics)
        ));
        if let Some(summary) = summary {
            console.print(summary);
        }
        Ok(())
    }
}

/// Counts the operations and the types of a crate.
pub(super) fn describe(generated: &Generated) -> String {
    let summary = &generated.summary;
    let unions = count(summary.unions(), "union");
    format!("{}, {} ({unions})", count(summary.operations, "operation"), count(summary.types, "type"))
}

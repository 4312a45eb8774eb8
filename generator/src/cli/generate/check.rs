//! Compares the folder of a crate with the generated files, and judges its version.

use super::args::{Args, Format};
use super::client_run::ClientRun;
use super::findings::findings_after;
use super::write::describe;
use crate::cli::Program;
use crate::cli::console::Console;
use crate::cli::diff::bump;
use crate::cli::diff::comparison::Comparison;
use crate::cli::failure::Failure;
use crate::cli::inputs::{count, quoted};
use crate::disk::{OutputFolder, Report};
use crate::{Diagnostics, Generated, Lock};

impl ClientRun<'_> {
    /// Compares the folder, and judges the version for the changes since a commit. Reports the problems of both.
    pub(super) fn check(
        &self,
        target: &OutputFolder,
        (lock, generated): (&Lock, &Generated),
        since: Result<Option<Comparison>, Failure>,
        diagnostics: &Diagnostics,
        console: &mut Console<'_>,
    ) -> Result<(), Failure> {
        let generate = console.program().generate();
        let too_low = |comparison: Comparison| {
            let error = bump::too_low(&comparison)?;
            let (paths, since) = (self.path_flags(), quoted(&comparison.old));
            let command = format!("{generate}{paths} --bump --since {since}");
            Some(Failure::failed(
                error,
                vec![format!("run `{command}` to raise it and describe the changes")],
            ))
        };
        let version = match since.map(|comparison| comparison.and_then(too_low)) {
            Ok(too_low) => too_low.map_or(Ok(()), Err),
            Err(failure) => Err(failure),
        };
        match (self.check_folder(target, (lock, generated), diagnostics, console), version) {
            (Err(folder), Err(version)) => Err(folder.and(version)),
            (folder, version) => folder.and(version),
        }
    }

    fn check_folder(
        &self,
        target: &OutputFolder,
        (lock, generated): (&Lock, &Generated),
        diagnostics: &Diagnostics,
        console: &mut Console<'_>,
    ) -> Result<(), Failure> {
        let name = &self.paths.out.name;
        let plan = target.compare(&generated.files).map_err(Failure::wrong_use)?;
        let report = Report::new(&plan);
        if let Some(hidden) = target.leftover().map_err(Failure::wrong_use)? {
            let hidden = hidden.display();
            console.eprint(format_args!(
                "note: an interrupted run left `{hidden}`; run without `--check` to remove it"
            ));
        }
        if report.is_empty() && self.args.format == Format::Json {
            return Ok(());
        }
        if report.is_empty() {
            let files = count(plan.counts().files, "file");
            let seconds = self.start.elapsed().as_secs_f64();
            let findings = findings_after("; ", diagnostics);
            console.print(format_args!(
                "{name}: up to date, {}, {files} in {seconds:.2} s{findings}",
                describe(generated)
            ));
            return Ok(());
        }

        if let (Some(before), Some(now)) = (lock.generator(), generated.lock.generator())
            && before != now
        {
            console.eprint(format_args!(
                "note: openapi-crate {before} wrote `{name}`, and this is openapi-crate {now}, so files can differ although the document is the same"
            ));
        }
        let mut help = Vec::new();
        if !plan.is_done() {
            help.push(format!("run `{}` to update it", self.update_command(console.program())));
        }
        if report.has_foreign() {
            help.push(
                "move or delete the files that are not generated, or list them in `folder.keep` of codegen.toml".to_owned(),
            );
        }
        if !target.exists() {
            return Err(Failure::failed(format!("`{name}` does not exist"), help));
        }
        if self.args.format == Format::Text {
            console.print(report.differences().trim_end());
        }
        Err(Failure::failed(format!("`{name}` is not up to date: {}", report.counts()), help))
    }

    fn path_flags(&self) -> String {
        self.args.inputs.flags()
    }

    /// Returns the command that updates the folder: the given one without `--check`.
    pub(super) fn update_command(&self, program: &Program) -> String {
        let mut command = program.generate();
        let Args { round_trip, rebuild_lock, prune_lock, .. } = self.args;
        command.push_str(&self.path_flags());
        let flags =
            [("--round-trip", round_trip), ("--rebuild-lock", rebuild_lock), ("--prune-lock", prune_lock)];
        for (flag, _) in flags.into_iter().filter(|(_, is_set)| **is_set) {
            command.push_str(&format!(" {flag}"));
        }
        command
    }
}

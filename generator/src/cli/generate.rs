//! `openapi-crate generate`: generates a crate from a document, and writes or checks it.

use std::process::ExitCode;
use std::time::Instant;

use serde_json::{Value, json};

mod args;

use self::args::Allowed;
pub use self::args::{FindingArgs, Format};
use crate::cli::console::Console;
use crate::cli::diff::bump::{self, Bump};
use crate::cli::diff::comparison::Comparison;
use crate::cli::diff::crate_files::is_code;
use crate::cli::diff::document::Document;
use crate::cli::diff::side::SideArg;
use crate::cli::failure::Failure;
use crate::cli::inputs::{InputArgs, Paths, count, parse_config, quoted};
use crate::cli::{Program, diff, json_output};
use crate::diagnostics::{Severity, Style};
use crate::disk::{CHANGELOG, Change, Counts, OutputFolder, Report, changelog_beside};
use crate::{Config, Diagnostics, Generated, Lock, Outcome, Sources};

/// Write the Rust client crate for an OpenAPI document
///
/// The output folder (`--out`) belongs to the generator: it removes files of earlier runs that it no longer generates, and
/// leaves other files alone. Files whose content stays the same are not rewritten. The folder must be new, empty, or
/// generated before.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = "\
Examples:
  openapi-crate generate          write the client of codegen.toml
  openapi-crate generate --check  fail if it is out of date, like `check`
  openapi-crate generate acme.yaml --out crates/acme
  openapi-crate generate --deny warnings --allow ambiguous-union
  openapi-crate generate --allow 'untyped-schema=#/components/schemas/Pet'
  openapi-crate generate --bump   raise the version as the changes require

To explain an error or warning by its code, run: openapi-crate explain CODE

Exit codes:
  0  the crate was written, or is up to date
  1  a finding is an error or is denied, --check found differences, or the
     version is too low
  2  invalid arguments or settings, or a file cannot be read or written")]
pub struct Args {
    #[command(flatten)]
    inputs: InputArgs,
    /// Write nothing; show the differences, and exit with code 1 if there are any
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    findings: FindingArgs,
    /// Add a test to the crate: each valid example of the document must be unchanged after decoding and encoding; same
    /// as `round-trip = true` in codegen.toml
    #[arg(long)]
    round_trip: bool,
    /// Take a folder that has other files, for example after `cargo init`: generated files replace the files at the same paths
    #[arg(long, conflicts_with_all = ["check", "bump"])]
    adopt: bool,
    /// Name all items anew, as if there were no codegen.lock; this can rename items
    #[arg(long)]
    rebuild_lock: bool,
    /// Forget the names of items that the document no longer has, so that others can get them
    #[arg(long, conflicts_with = "rebuild_lock")]
    prune_lock: bool,
    /// Raise `package.version` in codegen.toml as the changes require, and describe them in CHANGELOG.md next to it
    #[arg(long, conflicts_with = "check")]
    bump: bool,
    /// Compare with this state for --bump: `git:REV` or the folder of a crate [default: git:HEAD]
    #[arg(long, value_name = "git:REV", value_parser = SideArg::parse, requires = "bump")]
    since: Option<SideArg>,
    /// Fail if `package.version` is too low for the changes since a commit [default: the merge base with `origin/HEAD` if
    /// it exists, else git:HEAD]
    #[arg(long, value_name = "git:REV", value_parser = SideArg::parse, num_args = 0..=1, require_equals = true)]
    #[arg(requires = "check")]
    require_bump: Option<Option<SideArg>>,
    /// Output format; `json` prints one JSON value on standard output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Args {
    /// Returns the arguments that check a crate.
    pub(super) fn check(
        inputs: InputArgs,
        findings: FindingArgs,
        require_bump: Option<Option<SideArg>>,
        format: Format,
    ) -> Self {
        Self { inputs, findings, require_bump, format, check: true, ..Self::default() }
    }
}

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
    let result = args.inputs.paths(console).and_then(|paths| Run::new(args, paths).run(generate, console));
    match result {
        Ok(()) => 0,
        Err(failure) => failure.print(console),
    }
}

struct Run<'a> {
    args: &'a Args,
    paths: Paths,
    start: Instant,
}

impl<'a> Run<'a> {
    fn new(args: &'a Args, paths: Paths) -> Self {
        Self { args, paths, start: Instant::now() }
    }

    fn run(&self, generate: Generate<'_>, console: &mut Console<'_>) -> Result<(), Failure> {
        let Paths { spec, out, .. } = &self.paths;
        let document = Document::working_tree(&self.paths)?;
        let mut config = parse_config(document.settings.as_ref(), console.style())?;
        config.round_trip |= self.args.round_trip;
        if !self.args.adopt {
            let kept = config.folder.kept_files();
            OutputFolder::open_keeping(&out.path, kept).map_err(Failure::wrong_use)?;
        }
        let lock = self.lock()?;

        let sources = document.sources();
        let Outcome { generated, mut diagnostics } = generate(sources, &config, &lock);
        self.allow(&mut diagnostics, console);
        let generate_seconds = self.start.elapsed().as_secs_f64();
        if self.args.format == Format::Text && !diagnostics.is_empty() {
            console.eprint(format_args!("{}\n", diagnostics.render_in(console.style(), sources).trim_end()));
        }
        let generated = generated.filter(|_| self.denied(&diagnostics) == 0);
        let mut report = json!({
            "document": spec.name,
            "crate": out.name,
            "generated": generated.as_ref().map(json_output::summary),
            "diagnostics": json_output::findings(&diagnostics, sources),
            "allowed": diagnostics.allowed().len(),
            "seconds": generate_seconds,
            "peak_memory": json_output::peak_memory(),
        });
        let Some(mut generated) = generated else {
            self.print_json(report, None, console);
            return Err(self.nothing_generated(&diagnostics));
        };
        let kept = config.folder.kept_files();
        let target = match self.args.adopt {
            true => OutputFolder::adopt(&out.path, &generated.files, kept),
            false => OutputFolder::open_keeping(&out.path, kept),
        };
        let target = target.map_err(Failure::wrong_use)?;

        if self.args.bump {
            let next =
                |document: &Document, config: &Config| generate(document.sources(), config, &lock).generated;
            let bumped = self.bump((document, config), generated, &next, console.style());
            self.print_json(report, bumped.as_ref().ok().map(|(_, _, comparison)| comparison), console);
            let (bump, generated, _) = bumped?;
            // Files of others are found before the settings change.
            target.compare(&generated.files).map_err(Failure::wrong_use)?;
            bump.write(&self.paths).map_err(Failure::wrong_use)?;
            bump.notes.iter().for_each(|note| console.eprint(format_args!("note: {note}")));
            return self.write(&target, &generated, &diagnostics, console);
        }
        let since = match &self.args.require_bump {
            Some(commit) => {
                bump::since_commit(commit.as_ref(), &self.paths, &document, &generated, console.style())
            }
            None => Ok(None),
        };
        self.add_changelog(&mut generated, console)?;
        if self.args.check {
            let plan = target.compare(&generated.files).map_err(Failure::wrong_use)?;
            report["differences"] = json_output::differences(&Report::new(&plan));
        }
        self.print_json(report, since.as_ref().ok().and_then(Option::as_ref), console);
        match self.args.check {
            true => self.check(&target, (&lock, &generated), since, &diagnostics, console),
            false => self.write(&target, &generated, &diagnostics, console),
        }
    }

    /// Prints the report, with the changes since a commit, if the format is JSON.
    fn print_json(&self, mut report: Value, since: Option<&Comparison>, console: &mut Console<'_>) {
        if self.args.format == Format::Json {
            report["changes"] = since.map_or(Value::Null, diff::json::summary);
            console.print_json(report);
        }
    }

    /// Adds the copy of the changelog to the crate.
    fn add_changelog(&self, generated: &mut Generated, console: &mut Console<'_>) -> Result<(), Failure> {
        if let Some(changelog) = changelog_beside(&self.paths.config.path) {
            if let Some(note) =
                bump::interrupted(&self.paths, &changelog, generated, &console.program().generate())
            {
                console.eprint(format_args!("note: {note}"));
            }
            generated.files.insert(CHANGELOG, changelog);
        }
        Ok(())
    }

    /// Raises the version as the changes require. Returns the new texts, the crate of the new version, and its changes.
    fn bump(
        &self,
        (mut document, mut config): (Document, Config),
        mut generated: Generated,
        generate: &dyn Fn(&Document, &Config) -> Option<Generated>,
        style: Style,
    ) -> Result<(Bump, Generated, Comparison), Failure> {
        let paths = &self.paths;
        let head = SideArg::Git("HEAD".to_owned());
        let old = bump::earlier(self.args.since.as_ref().unwrap_or(&head), paths)?;
        let mut bump = Bump::default();
        let mut comparison = bump::since(&old, paths, &document, &generated, style)?;
        if !comparison.versions.is_enough() {
            bump.raise(paths, &mut document, &mut config, &comparison.versions)?;
            // A version with breaking changes gives up old names, so the crate and the changes are not the same.
            generated = generate(&document, &config).unwrap_or(generated);
            comparison = bump::since(&old, paths, &document, &generated, style)?;
        }
        if let Some(changelog) = bump.describe(paths, &comparison)? {
            generated.files.insert(CHANGELOG, changelog);
        }
        Ok((bump, generated, comparison))
    }

    /// Removes the findings that `--allow` accepts.
    fn allow(&self, diagnostics: &mut Diagnostics, console: &mut Console<'_>) {
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
    fn denied(&self, diagnostics: &Diagnostics) -> usize {
        diagnostics
            .iter()
            .filter(|found| self.args.findings.deny.iter().any(|denied| denied.covers(found.code)))
            .count()
    }

    fn nothing_generated(&self, diagnostics: &Diagnostics) -> Failure {
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

    /// Returns the names of earlier runs.
    fn lock(&self) -> Result<Lock, Failure> {
        if self.args.rebuild_lock {
            return Ok(Lock::default());
        }
        let lock = self.paths.lock()?;
        Ok(if self.args.prune_lock { lock.pruned() } else { lock })
    }

    fn write(
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

    /// Compares the folder, and judges the version for the changes since a commit. Reports the problems of both.
    fn check(
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
    fn update_command(&self, program: &Program) -> String {
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

fn describe(generated: &Generated) -> String {
    let summary = &generated.summary;
    let unions = count(summary.unions(), "union");
    format!("{}, {} ({unions})", count(summary.operations, "operation"), count(summary.types, "type"))
}

/// Counts the errors and warnings after a separator, for example `; 1 error, 4 warnings, 1 warning allowed`. Returns an empty text if there
/// are none.
fn findings_after(separator: &str, diagnostics: &Diagnostics) -> String {
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

#[cfg(test)]
mod tests;

//! `cargo xtask codegen`: generates a crate from a document, and writes or checks it.

use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use codegen::diagnostics::{Code, Diagnostic, Severity, Style};
use codegen::{Config, Diagnostics, Generated, Lock, Outcome, Sources};
use serde_json::{Value, json};

use crate::console::Console;
use crate::diff::bump::{self, Bump, CHANGELOG};
use crate::diff::comparison::Comparison;
use crate::diff::crate_files::is_code;
use crate::diff::document::Document;
use crate::diff::side::SideArg;
use crate::failure::Failure;
use crate::inputs::{Paths, count, parse_config, quoted};
use crate::report::Report;
use crate::target::{Change, Counts, Target};
use crate::{diff, explain, json_output};

/// Write the Rust client crate for an OpenAPI document
///
/// codegen manages the output folder (`--out`): it removes files of earlier runs that it no longer generates, and leaves
/// other files alone. Files whose content stays the same are not rewritten. The folder must be new, empty, or written by
/// codegen before.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask codegen           write generated-client/ from spec/openapi.yaml
  cargo xtask codegen --check   fail if generated-client/ is out of date (in CI)
  cargo xtask codegen --spec acme.yaml --out ../acme-client
  cargo xtask codegen --deny warnings --allow ambiguous-union
  cargo xtask codegen --allow 'untyped-schema=#/components/schemas/Pet'
  cargo xtask codegen --bump    raise the version as the last changes require
  cargo xtask codegen --check --require-bump   fail if it is too low (in CI)

To explain an error or warning by its code, run: cargo xtask explain CODE

Exit codes:
  0  the crate was written, or is up to date
  1  a finding is an error or is denied, --check found differences, or the
     version is too low
  2  invalid arguments or settings, or a file cannot be read or written")]
pub(crate) struct Args {
    /// OpenAPI document, YAML or JSON [default: spec/openapi.yaml in the workspace]
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
    /// Settings file [default: codegen.toml next to the document, if it exists]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Output folder of the client crate [default: generated-client in the workspace]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write nothing; show the differences, and exit with code 1 if there are any
    #[arg(long)]
    check: bool,
    /// Treat warnings with this code as errors; `warnings` means all warnings (can be repeated)
    #[arg(long, value_name = "warnings|CODE", value_parser = Denied::parse)]
    deny: Vec<Denied>,
    /// Accept warnings with this code, in the whole document or at a place such as `#/components/schemas/Pet` (can be
    /// repeated); accepted warnings are not shown; like `[allow]` in codegen.toml, where an unused entry is an error
    #[arg(long, value_name = "CODE[=PLACE]", value_parser = Allowed::parse)]
    allow: Vec<Allowed>,
    /// Add a test to the crate: each valid example of the document must be unchanged after decoding and encoding; same
    /// as `round-trip = true` in codegen.toml
    #[arg(long)]
    round_trip: bool,
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

/// The output format of a command.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// Human-readable text
    #[default]
    Text,
    /// JSON for other programs
    Json,
}

/// Findings that are treated as errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Denied {
    Warnings,
    Code(Code),
}

/// Warnings that are accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Allowed {
    code: Code,
    /// A reference, which is `#` for the whole document.
    place: String,
}

/// Parses the code of a warning.
fn warning(text: &str) -> Result<Code, String> {
    let code = explain::parse(text)?;
    match code.severity() {
        Severity::Warning => Ok(code),
        Severity::Error => {
            Err(format!("`{code}` is always an error; only warnings can be allowed or denied"))
        }
    }
}

impl Allowed {
    fn parse(text: &str) -> Result<Self, String> {
        let (code, place) = text.split_once('=').unwrap_or((text, "#"));
        if !place.contains('#') {
            return Err(format!(
                "`{place}` is not a place; write a reference such as `#/components/schemas/Pet`"
            ));
        }
        Ok(Self { code: warning(code)?, place: place.to_owned() })
    }

    fn covers(&self, found: &Diagnostic) -> bool {
        found.code == self.code && found.is_at(&self.place)
    }
}

impl fmt::Display for Allowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place == "#" { write!(f, "{}", self.code) } else { write!(f, "{}={}", self.code, self.place) }
    }
}

impl Denied {
    fn parse(text: &str) -> Result<Self, String> {
        if text == "warnings" { Ok(Self::Warnings) } else { warning(text).map(Self::Code) }
    }

    fn covers(self, code: Code) -> bool {
        match self {
            Self::Warnings => code.severity() == Severity::Warning,
            Self::Code(denied) => code == denied,
        }
    }
}

/// Runs the command, and prints its errors.
pub(crate) fn run(
    args: &Args,
    generate: impl Fn(Sources<'_>, &Config, &Lock) -> Outcome,
    console: &mut Console<'_>,
) -> ExitCode {
    match Run::new(args).run(generate, console) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(console),
    }
}

struct Run<'a> {
    args: &'a Args,
    paths: Paths,
    start: Instant,
}

impl<'a> Run<'a> {
    fn new(args: &'a Args) -> Self {
        Self {
            args,
            paths: Paths::new(args.spec.as_deref(), args.config.as_deref(), args.out.as_deref()),
            start: Instant::now(),
        }
    }

    fn run(
        &self,
        generate: impl Fn(Sources<'_>, &Config, &Lock) -> Outcome,
        console: &mut Console<'_>,
    ) -> Result<(), Failure> {
        let Paths { spec, out, .. } = &self.paths;
        let document = Document::working_tree(&self.paths)?;
        let mut config = parse_config(document.settings.as_ref(), console.style())?;
        config.round_trip |= self.args.round_trip;
        let target = Target::open(&out.path).map_err(Failure::wrong_use)?;
        let lock = self.lock()?;

        let sources = document.sources();
        let Outcome { generated, mut diagnostics } = generate(sources, &config, &lock);
        self.allow(&mut diagnostics, console);
        let generate_seconds = self.start.elapsed().as_secs_f64();
        if self.args.format == Format::Text && !diagnostics.is_empty() {
            console.eprint(format_args!("{}\n", diagnostics.render_in(console.style(), sources).trim_end()));
        }
        let generated = generated.filter(|_| self.denied(&diagnostics) == 0);
        let report = json!({
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

        if self.args.bump {
            let next =
                |document: &Document, config: &Config| generate(document.sources(), config, &lock).generated;
            let bumped = self.bump((document, config), generated, &next, console.style());
            self.print_json(report, bumped.as_ref().ok().map(|(_, _, comparison)| comparison), console);
            let (bump, generated, _) = bumped?;
            // Files that codegen did not write are found before the settings change.
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
        self.print_json(report, since.as_ref().ok().and_then(Option::as_ref), console);
        self.add_changelog(&mut generated, console)?;
        match self.args.check {
            true => self.check(&target, (&lock, &generated), since, &diagnostics, console),
            false => self.write(&target, &generated, &diagnostics, console),
        }
    }

    /// Prints the report, with the changes since a commit, if the format is JSON.
    fn print_json(&self, mut report: Value, since: Option<&Comparison>, console: &mut Console<'_>) {
        if self.args.format == Format::Json {
            report["changes"] = since.map_or(Value::Null, diff::json::summary);
            console.print(report);
        }
    }

    /// Adds the copy of the changelog to the crate.
    fn add_changelog(&self, generated: &mut Generated, console: &mut Console<'_>) -> Result<(), Failure> {
        if let Some(changelog) = bump::changelog(&self.paths)? {
            if let Some(note) = bump::interrupted(&self.paths, &changelog, generated) {
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
        for unused in self.args.allow.iter().filter(|_| is_complete).filter(is_unused) {
            console.eprint(format_args!("note: there is no finding for `--allow {unused}`"));
        }
        diagnostics.allow(|found| self.args.allow.iter().any(|allowed| allowed.covers(found)));
    }

    /// Returns the number of findings that `--deny` treats as errors.
    fn denied(&self, diagnostics: &Diagnostics) -> usize {
        diagnostics
            .iter()
            .filter(|found| self.args.deny.iter().any(|denied| denied.covers(found.code)))
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
        target: &Target,
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
        target: &Target,
        (lock, generated): (&Lock, &Generated),
        since: Result<Option<Comparison>, Failure>,
        diagnostics: &Diagnostics,
        console: &mut Console<'_>,
    ) -> Result<(), Failure> {
        let too_low = |comparison: Comparison| {
            let error = bump::too_low(&comparison)?;
            let (paths, since) = (self.path_flags(), quoted(&comparison.old));
            let command = format!("cargo xtask codegen{paths} --bump --since {since}");
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
        target: &Target,
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
                "note: codegen {before} wrote `{name}`, and this is codegen {now}, so files can differ although the document is the same"
            ));
        }
        let mut help = Vec::new();
        if !plan.is_done() {
            help.push(format!("run `{}` to update it", self.update_command()));
        }
        if report.has_foreign() {
            help.push(
                "move or delete the files that are not generated; codegen leaves them alone".to_owned(),
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
        self.paths.flags(self.args.spec.as_deref(), self.args.out.as_deref())
    }

    /// Returns the command that updates the folder: the given one without `--check`.
    fn update_command(&self) -> String {
        let mut command = "cargo xtask codegen".to_owned();
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

//! `cargo xtask codegen`: generates a crate from a document, and writes or checks it.

use std::borrow::Cow;
use std::env;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use codegen::diagnostics::{Code, Diagnostic, Severity, Style};
use codegen::{Config, Diagnostics, Generated, LOCK_FILE_NAME, Lock, Outcome, Source, Sources};
use serde_json::json;

use crate::console::{Console, FAILED, WRONG_USE};
use crate::folder::Folder;
use crate::report::Report;
use crate::target::{Counts, Target};
use crate::{explain, json_output};

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

To explain an error or warning by its code, run: cargo xtask explain CODE

Exit codes:
  0  the crate was written, or is up to date
  1  a finding is an error or is denied, or --check found differences
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
    generate: impl FnOnce(Sources<'_>, &Config, &Lock) -> Outcome,
    console: &mut Console<'_>,
) -> ExitCode {
    match Run::new(args).run(generate, console) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { code, rendered, errors, help }) => {
            if let Some(rendered) = rendered {
                console.eprint(rendered);
            }
            for error in errors {
                console.eprint(format_args!("error: {error}"));
            }
            for help in help {
                console.eprint(format_args!("help: {help}"));
            }
            ExitCode::from(code)
        }
    }
}

/// The errors of a failed command, and help that the errors do not contain.
struct Failure {
    code: u8,
    /// Errors about codegen.toml, rendered with their lines.
    rendered: Option<String>,
    errors: Vec<String>,
    help: Vec<String>,
}

fn wrong_use(error: impl ToString) -> Failure {
    Failure { code: WRONG_USE, rendered: None, errors: vec![error.to_string()], help: Vec::new() }
}

fn failed(error: String, help: Vec<String>) -> Failure {
    Failure { code: FAILED, rendered: None, errors: vec![error], help }
}

/// A path and its name in messages: the path as given by the user, or the default.
struct NamedPath {
    path: PathBuf,
    name: String,
}

impl NamedPath {
    /// Resolves the default against the workspace, and a given path against the current folder.
    fn new(given: Option<&Path>, default: &str) -> Self {
        match given {
            Some(path) => Self { path: path.to_owned(), name: path.display().to_string() },
            None => Self { path: workspace().join(default), name: default.to_owned() },
        }
    }
}

/// Returns the folder of the workspace if cargo runs the program, or else the current folder.
pub(crate) fn workspace() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    package.as_deref().and_then(Path::parent).map(Path::to_owned).unwrap_or_default()
}

/// The text of codegen.toml.
struct Settings {
    name: String,
    text: String,
}

impl Settings {
    fn source(&self) -> Source<'_> {
        Source { name: &self.name, text: &self.text }
    }
}

struct Run<'a> {
    args: &'a Args,
    spec: NamedPath,
    out: NamedPath,
    start: Instant,
}

impl<'a> Run<'a> {
    fn new(args: &'a Args) -> Self {
        Self {
            args,
            spec: NamedPath::new(args.spec.as_deref(), "spec/openapi.yaml"),
            out: NamedPath::new(args.out.as_deref(), "generated-client"),
            start: Instant::now(),
        }
    }

    fn run(
        &self,
        generate: impl FnOnce(Sources<'_>, &Config, &Lock) -> Outcome,
        console: &mut Console<'_>,
    ) -> Result<(), Failure> {
        let text = self.document()?;
        let settings = self.settings()?;
        let config = self.config(settings.as_ref(), console.style())?;
        let target = Target::open(&self.out.path).map_err(wrong_use)?;
        let lock = self.lock()?;

        let folder = Folder::of(&self.spec.path);
        let document = Source { name: &self.spec.name, text: &text };
        let config_source = settings.as_ref().map(Settings::source);
        let sources = Sources { document, files: &folder, config: config_source };
        let Outcome { generated, mut diagnostics } = generate(sources, &config, &lock);
        self.allow(&mut diagnostics, console);
        let generate_seconds = self.start.elapsed().as_secs_f64();
        if self.args.format == Format::Text && !diagnostics.is_empty() {
            console.eprint(format_args!("{}\n", diagnostics.render_in(console.style(), sources).trim_end()));
        }
        let generated = generated.filter(|_| self.denied(&diagnostics) == 0);
        if self.args.format == Format::Json {
            let result = json!({
                "document": self.spec.name,
                "crate": self.out.name,
                "generated": generated.as_ref().map(json_output::summary),
                "diagnostics": json_output::findings(&diagnostics, sources),
                "allowed": diagnostics.allowed().len(),
                "seconds": generate_seconds,
                "peak_memory": json_output::peak_memory(),
            });
            console.print(result);
        }
        let generated = generated.ok_or_else(|| self.nothing_generated(&diagnostics))?;

        if self.args.check {
            self.check(&target, &generated, &diagnostics, console)
        } else {
            self.write(&target, &generated, &diagnostics, console)
        }
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
        let Self { spec, out, .. } = self;
        let findings = findings_after(": ", diagnostics);
        let error =
            format!("nothing was generated from `{}`{findings}; `{}` is unchanged", spec.name, out.name);
        let help = match self.denied(diagnostics) {
            0 => Vec::new(),
            denied => vec![format!("fix {} denied by `--deny`", count(denied, "finding") + that_was(denied))],
        };
        failed(error, help)
    }

    fn config(&self, settings: Option<&Settings>, style: Style) -> Result<Config, Failure> {
        let mut config = match settings {
            None => Config::default(),
            Some(settings) => Config::parse(&settings.text).map_err(|error| {
                let rendered = error.render(settings.source(), style).trim_end().to_owned();
                Failure { code: WRONG_USE, rendered: Some(rendered), errors: Vec::new(), help: Vec::new() }
            })?,
        };
        config.round_trip |= self.args.round_trip;
        Ok(config)
    }

    /// Reads the document.
    fn document(&self) -> Result<String, Failure> {
        let name = &self.spec.name;
        if name.starts_with("https://") || name.starts_with("http://") {
            return Err(wrong_use(format!(
                "`{name}` is a URL, and documents are not downloaded; save it as a file, and pass the file with `--spec`"
            )));
        }
        let remedy = match self.args.spec {
            Some(_) => "correct the path after `--spec`",
            None => "pass the document with `--spec`",
        };
        read(&self.spec, remedy)
    }

    /// Reads the settings, if there are any.
    fn settings(&self) -> Result<Option<Settings>, Failure> {
        let path = match &self.args.config {
            Some(path) => NamedPath { path: path.clone(), name: path.display().to_string() },
            None => {
                let beside = |path: &Path| path.with_file_name("codegen.toml");
                let name = beside(Path::new(&self.spec.name)).display().to_string();
                NamedPath { path: beside(&self.spec.path), name }
            }
        };
        let is_optional = self.args.config.is_none();
        if is_optional
            && fs::symlink_metadata(&path.path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
        {
            return Ok(None);
        }
        let text = read(&path, "pass another file with `--config`")?;
        Ok(Some(Settings { name: path.name, text }))
    }

    /// Reads the names of earlier runs from the output folder. A new folder has none.
    fn lock(&self) -> Result<Lock, Failure> {
        if self.args.rebuild_lock {
            return Ok(Lock::default());
        }
        let path = self.out.path.join(LOCK_FILE_NAME);
        let name = Path::new(&self.out.name).join(LOCK_FILE_NAME).display().to_string();
        match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Lock::default()),
            _ => {}
        }
        let text = read(&NamedPath { path, name: name.clone() }, "restore it from version control")?;
        let lock = Lock::parse(&text).map_err(|error| Failure {
            code: WRONG_USE,
            rendered: None,
            errors: vec![format!("{name}:{}: {}", error.line(), error.problem())],
            help: vec![error.help().to_owned()],
        })?;
        Ok(if self.args.prune_lock { lock.pruned() } else { lock })
    }

    fn write(
        &self,
        target: &Target,
        generated: &Generated,
        diagnostics: &Diagnostics,
        console: &mut Console<'_>,
    ) -> Result<(), Failure> {
        let written = target.write(&generated.files).map_err(wrong_use)?;
        if let Some(kept) = written.kept {
            console.eprint(format_args!(
                "note: an interrupted run left files whose paths in `{}` are taken; they were moved to `{}`",
                self.out.name,
                kept.display()
            ));
        }
        if self.args.format == Format::Json {
            return Ok(());
        }
        let Counts { files, written, unchanged, removed } = written.plan.counts();
        console.print(format_args!(
            "{}: {}, {} ({written} written, {unchanged} unchanged, {removed} removed) in {:.2} s{}",
            self.out.name,
            describe(generated),
            count(files, "file"),
            self.start.elapsed().as_secs_f64(),
            findings_after("; ", diagnostics)
        ));
        Ok(())
    }

    fn check(
        &self,
        target: &Target,
        generated: &Generated,
        diagnostics: &Diagnostics,
        console: &mut Console<'_>,
    ) -> Result<(), Failure> {
        let name = &self.out.name;
        let plan = target.compare(&generated.files).map_err(wrong_use)?;
        let report = Report::new(&plan);
        if let Some(hidden) = target.leftover().map_err(wrong_use)? {
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
            return Err(failed(format!("`{name}` does not exist"), help));
        }
        if self.args.format == Format::Text {
            console.print(report.differences().trim_end());
        }
        Err(failed(format!("`{name}` is not up to date: {}", report.counts()), help))
    }

    /// Returns the command that updates the folder: the given one without `--check`.
    fn update_command(&self) -> String {
        let mut command = "cargo xtask codegen".to_owned();
        let Args { spec, config, out, round_trip, rebuild_lock, prune_lock, .. } = self.args;
        for (flag, path) in [("--spec", spec), ("--config", config), ("--out", out)] {
            if let Some(path) = path {
                command.push_str(&format!(" {flag} {}", quoted(&path.display().to_string())));
            }
        }
        let flags =
            [("--round-trip", round_trip), ("--rebuild-lock", rebuild_lock), ("--prune-lock", prune_lock)];
        for (flag, _) in flags.into_iter().filter(|(_, is_set)| **is_set) {
            command.push_str(&format!(" {flag}"));
        }
        command
    }
}

/// Reads a file whose path the user can set.
fn read(named: &NamedPath, remedy: &str) -> Result<String, Failure> {
    let NamedPath { path, name } = named;
    let what = match fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => return Ok(text),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                return Err(wrong_use(format!(
                    "`{name}` is not text in UTF-8 (byte {offset}); check that it is the right file, or save it as UTF-8"
                )));
            }
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => format!("`{name}` does not exist"),
        Err(_) if path.is_dir() => format!("`{name}` is a folder"),
        Err(error) => format!("cannot read `{name}`: {error}"),
    };
    Err(wrong_use(format!("{what}; {remedy}")))
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

fn count(number: usize, noun: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{s}")
}

fn that_was(number: usize) -> &'static str {
    if number == 1 { " that was" } else { " that were" }
}

/// Quotes a word for a POSIX shell if necessary.
fn quoted(word: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_alphanumeric() || "_-./:@%+=,~".contains(c);
    if word.chars().all(is_plain) { word.into() } else { format!("'{}'", word.replace('\'', r"'\''")).into() }
}

//! `cargo xtask codegen`: reads a document, generates a crate, writes or checks it.

use std::borrow::Cow;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use codegen::diagnostics::{Code, Severity};
use codegen::{Config, Diagnostics, Generated, Outcome, Source, Sources};
use serde_json::json;

use crate::console::Console;
use crate::folder::Folder;
use crate::report::Report;
use crate::target::{Counts, Target};
use crate::{explain, machine};

/// The document found something wrong, or the folder is not what it should be.
pub(crate) const FAILED: u8 = 1;

/// The command cannot be carried out as it was given.
pub(crate) const WRONG_USE: u8 = 2;

/// Writes the Rust client that an OpenAPI document describes.
///
/// The folder is codegen's own: files that it wrote before and no longer writes are removed, and files of anybody else
/// are left alone. Only files whose contents differ are touched.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask codegen                  write generated-client/ from spec/openapi.yaml
  cargo xtask codegen --check          in CI: fail if generated-client/ is not up to date
  cargo xtask codegen --spec acme.yaml --out ../acme-client
  cargo xtask codegen --deny untyped-schema

What a finding means: cargo xtask explain CODE

Exit code: 0 done or up to date; 1 the document has errors or what is denied, or --check found differences;
2 wrong use.")]
pub(crate) struct Args {
    /// The OpenAPI document, YAML or JSON [default: the workspace's spec/openapi.yaml]
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
    /// What the document cannot say [default: the codegen.toml beside the document, if there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of the client crate [default: the workspace's generated-client]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write nothing; show what differs and exit with 1 if anything does
    #[arg(long)]
    check: bool,
    /// Generate nothing if there are warnings, or a warning with this code; may be given several times
    #[arg(long, value_name = "warnings|CODE", value_parser = Denied::parse)]
    deny: Vec<Denied>,
    /// Give the crate a test that decodes the document's examples and encodes them again, as `round-trip = true` in
    /// codegen.toml does
    #[arg(long)]
    round_trip: bool,
    /// How to say what was found and done: for people, or as one JSON object on standard output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Who reads what a command says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// People.
    #[default]
    Text,
    /// Machines.
    Json,
}

/// Findings that are taken for errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Denied {
    Warnings,
    Code(Code),
}

impl Denied {
    fn parse(text: &str) -> Result<Self, String> {
        if text == "warnings" { Ok(Self::Warnings) } else { explain::parse(text).map(Self::Code) }
    }

    fn covers(self, code: Code) -> bool {
        match self {
            Self::Warnings => code.severity() == Severity::Warning,
            Self::Code(denied) => code == denied,
        }
    }
}

/// Runs the command.
pub(crate) fn run(
    args: &Args,
    generate: impl FnOnce(Sources<'_>, &Config) -> Outcome,
    console: &mut Console<'_>,
) -> ExitCode {
    match Run::new(args).run(generate, console) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { code, errors, help }) => {
            for error in errors {
                console.warn(format_args!("error: {error}"));
            }
            for help in help {
                console.warn(format_args!("help: {help}"));
            }
            ExitCode::from(code)
        }
    }
}

/// Why the command did not succeed, and what to do about it where the errors do not say so.
struct Failure {
    code: u8,
    errors: Vec<String>,
    help: Vec<String>,
}

fn wrong_use(error: impl ToString) -> Failure {
    Failure { code: WRONG_USE, errors: vec![error.to_string()], help: Vec::new() }
}

fn failed(error: String, help: Vec<String>) -> Failure {
    Failure { code: FAILED, errors: vec![error], help }
}

/// A path, and what to call it in a message: the path as the user wrote it, or its default.
struct Place {
    path: PathBuf,
    name: String,
}

impl Place {
    /// A default is meant from the workspace, wherever cargo was called; anything given, from the current folder.
    fn new(given: Option<&Path>, default: &str) -> Self {
        match given {
            Some(path) => Self { path: path.to_owned(), name: path.display().to_string() },
            None => Self { path: workspace().join(default), name: default.to_owned() },
        }
    }
}

/// The workspace, as cargo tells the programs that it runs; else the current folder.
pub(crate) fn workspace() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    package.as_deref().and_then(Path::parent).map(Path::to_owned).unwrap_or_default()
}

struct Run<'a> {
    args: &'a Args,
    spec: Place,
    out: Place,
    start: Instant,
}

impl<'a> Run<'a> {
    fn new(args: &'a Args) -> Self {
        Self {
            args,
            spec: Place::new(args.spec.as_deref(), "spec/openapi.yaml"),
            out: Place::new(args.out.as_deref(), "generated-client"),
            start: Instant::now(),
        }
    }

    fn run(
        &self,
        generate: impl FnOnce(Sources<'_>, &Config) -> Outcome,
        console: &mut Console<'_>,
    ) -> Result<(), Failure> {
        let text = read(&self.spec, "name the document with `--spec`")?;
        let config = self.config()?;
        let target = Target::open(&self.out.path).map_err(wrong_use)?;

        let folder = Folder::of(&self.spec.path);
        let document = Source { name: &self.spec.name, text: &text };
        let sources = Sources { document, files: &folder };
        let Outcome { generated, diagnostics } = generate(sources, &config);
        let generate_seconds = self.start.elapsed().as_secs_f64();
        if self.args.format == Format::Text && !diagnostics.is_empty() {
            console.warn(diagnostics.render_in(console.style(), sources).trim_end());
        }
        let generated = generated.filter(|_| self.denied(&diagnostics) == 0);
        if self.args.format == Format::Json {
            let said = json!({
                "document": self.spec.name,
                "crate": self.out.name,
                "generated": generated.as_ref().map(machine::summary),
                "diagnostics": machine::findings(&diagnostics, sources),
                "seconds": generate_seconds,
                "peak_memory": machine::peak_memory(),
            });
            console.say(said);
        }
        let generated = generated.ok_or_else(|| self.nothing(&diagnostics))?;

        if self.args.check {
            self.check(&target, &generated, console)
        } else {
            self.write(&target, &generated, console)
        }
    }

    /// How many findings were denied on the command line.
    fn denied(&self, diagnostics: &Diagnostics) -> usize {
        diagnostics
            .iter()
            .filter(|found| self.args.deny.iter().any(|denied| denied.covers(found.code)))
            .count()
    }

    fn nothing(&self, diagnostics: &Diagnostics) -> Failure {
        let Self { spec, out, .. } = self;
        let error = format!("nothing was generated from `{}`, and `{}` is as it was", spec.name, out.name);
        let help = match self.denied(diagnostics) {
            0 => Vec::new(),
            denied => vec![format!("{} denied by `--deny`", count(denied, "finding") + was(denied))],
        };
        failed(error, help)
    }

    fn config(&self) -> Result<Config, Failure> {
        let mut config = self.config_file()?;
        config.round_trip |= self.args.round_trip;
        Ok(config)
    }

    fn config_file(&self) -> Result<Config, Failure> {
        let path = match &self.args.config {
            Some(path) => Place { path: path.clone(), name: path.display().to_string() },
            None => {
                let beside = |path: &Path| path.with_file_name("codegen.toml");
                let name = beside(Path::new(&self.spec.name)).display().to_string();
                Place { path: beside(&self.spec.path), name }
            }
        };
        let is_optional = self.args.config.is_none();
        if is_optional
            && fs::symlink_metadata(&path.path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
        {
            return Ok(Config::default());
        }
        let text = read(&path, "name another with `--config`")?;
        Config::parse(&text).map_err(|error| {
            let lines = error.problems().iter().map(|problem| format!("{}:{problem}", path.name));
            Failure { code: WRONG_USE, errors: lines.collect(), help: Vec::new() }
        })
    }

    fn write(
        &self,
        target: &Target,
        generated: &Generated,
        console: &mut Console<'_>,
    ) -> Result<(), Failure> {
        let written = target.write(&generated.files).map_err(wrong_use)?;
        if let Some(kept) = written.kept {
            console.warn(format_args!(
                "note: a stopped run left files whose places in `{}` are taken; they are in `{}` now",
                self.out.name,
                kept.display()
            ));
        }
        if self.args.format == Format::Json {
            return Ok(());
        }
        let Counts { files, changed, unchanged, removed } = written.plan.counts();
        console.say(format_args!(
            "{}: {}, {} ({changed} changed, {unchanged} unchanged, {removed} removed) in {:.2} s",
            self.out.name,
            contents(generated),
            count(files, "file"),
            self.start.elapsed().as_secs_f64()
        ));
        Ok(())
    }

    fn check(
        &self,
        target: &Target,
        generated: &Generated,
        console: &mut Console<'_>,
    ) -> Result<(), Failure> {
        let name = &self.out.name;
        let plan = target.compare(&generated.files).map_err(wrong_use)?;
        let report = Report::new(&plan);
        if let Some(hidden) = target.leftover().map_err(wrong_use)? {
            let hidden = hidden.display();
            console.warn(format_args!(
                "note: a stopped run left `{hidden}`; the next one that writes clears it up"
            ));
        }
        if report.is_empty() && self.args.format == Format::Json {
            return Ok(());
        }
        if report.is_empty() {
            let files = count(plan.counts().files, "file");
            let seconds = self.start.elapsed().as_secs_f64();
            console
                .say(format_args!("{name}: up to date, {}, {files} in {seconds:.2} s", contents(generated)));
            return Ok(());
        }

        let mut help = Vec::new();
        if !plan.is_done() {
            help.push(format!("to bring it up to date, run: {}", self.command_that_mends()));
        }
        if report.has_foreign() {
            help.push(
                "files that are not generated: move or delete them, codegen leaves them alone".to_owned(),
            );
        }
        if !target.exists() {
            return Err(failed(format!("`{name}` does not exist"), help));
        }
        if self.args.format == Format::Text {
            console.say(report.details().trim_end());
        }
        Err(failed(format!("`{name}` is not up to date: {}", report.counts()), help))
    }

    /// The command that was given, without `--check`.
    fn command_that_mends(&self) -> String {
        let mut command = "cargo xtask codegen".to_owned();
        let Args { spec, config, out, round_trip, check: _, deny: _, format: _ } = self.args;
        for (flag, path) in [("--spec", spec), ("--config", config), ("--out", out)] {
            if let Some(path) = path {
                command.push_str(&format!(" {flag} {}", quoted(&path.display().to_string())));
            }
        }
        if *round_trip {
            command.push_str(" --round-trip");
        }
        command
    }
}

/// Reads a file that the user named.
fn read(place: &Place, remedy: &str) -> Result<String, Failure> {
    let Place { path, name } = place;
    let what = match fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => return Ok(text),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                return Err(wrong_use(format!("`{name}` is not UTF-8 at byte {offset}; save it as UTF-8")));
            }
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => format!("`{name}` does not exist"),
        Err(_) if path.is_dir() => format!("`{name}` is a folder"),
        Err(error) => format!("cannot read `{name}`: {error}"),
    };
    Err(wrong_use(format!("{what}; {remedy}")))
}

fn contents(generated: &Generated) -> String {
    let summary = &generated.summary;
    let unions = count(summary.unions(), "union");
    format!("{}, {} ({unions})", count(summary.operations, "operation"), count(summary.types, "type"))
}

fn count(number: usize, noun: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{s}")
}

fn was(number: usize) -> &'static str {
    if number == 1 { " was" } else { " were" }
}

/// A word of a command, so that a shell takes it as one.
fn quoted(word: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_alphanumeric() || "_-./:@%+=,~".contains(c);
    if word.chars().all(is_plain) { word.into() } else { format!("'{}'", word.replace('\'', r"'\''")).into() }
}

//! Generates the crate of one document, and checks it with cargo.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::absolute;
use super::behavior;
use super::cargo::Crate;
use super::documents::Document;
use super::features;
use openapi_crate::cli::inputs::workspace;

/// The folders of a run, and the steps to run.
pub(super) struct Context {
    crates: PathBuf,
    programs: PathBuf,
    target: PathBuf,
    configs: PathBuf,
    extent: Extent,
}

/// The steps that are run for each document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// Generate the crate.
    Generate,
    /// Generate the crate, and run its hand-written tests.
    Test,
    /// All of this, and check the crate with cargo, optionally with different sets of features.
    All { features: bool },
}

impl Context {
    pub(super) fn new(out: PathBuf, configs: PathBuf, extent: Extent) -> Result<Self, String> {
        let out = absolute(&out)?;
        Ok(Self {
            crates: out.join("crates"),
            programs: out.join("programs"),
            target: out.join("target"),
            configs: absolute(&configs)?,
            extent,
        })
    }

    /// Returns the settings of a document.
    fn config(&self, document: &Document) -> Option<PathBuf> {
        self.companion_file(document, &[".toml"])
    }

    /// Returns the program with the hand-written tests for the crate of a document.
    pub(super) fn program(&self, document: &Document) -> Option<PathBuf> {
        self.companion_file(document, &[".rs", "/main.rs"])
    }

    /// Finds a file that belongs to a document: next to the document, or in the folder of settings with the name of the
    /// document or of one of its parent folders.
    fn companion_file(&self, document: &Document, ends: &[&str]) -> Option<PathBuf> {
        let beside = document.path.with_extension("");
        let named = Path::new(&document.name).ancestors().filter(|name| name.file_name().is_some());
        let stems = std::iter::once(beside).chain(named.map(|name| self.configs.join(name)));
        // Not `with_extension`, because the name of a document can end in a date.
        let paths = stems.flat_map(|stem| ends.iter().map(move |end| format!("{}{end}", stem.display())));
        paths.map(PathBuf::from).find(|path| path.is_file())
    }
}

/// Numbers by name.
pub(super) type Counts = BTreeMap<String, u64>;

/// The results for one document.
#[derive(Debug, Default)]
pub(super) struct DocumentReport {
    pub(super) name: String,
    pub(super) version: String,
    /// The number of operations in the document.
    pub(super) found: u64,
    /// The number of operations that the crate calls.
    pub(super) callable: u64,
    pub(super) types: u64,
    pub(super) unions: Counts,
    pub(super) untyped: Counts,
    pub(super) diagnostics: Counts,
    /// The numbers of examples by result.
    pub(super) examples: Counts,
    /// The number of hand-written tests that passed.
    pub(super) tests: Option<u64>,
    /// The number of sets of features that the crate compiles with.
    pub(super) features: Option<u64>,
    pub(super) lines: u64,
    /// The time to generate the crate, in seconds.
    pub(super) generate: f64,
    /// The peak memory of generating the crate, in bytes.
    pub(super) memory: Option<u64>,
    /// The time to check the crate without its dependencies, in seconds.
    pub(super) check: Option<f64>,
    /// The reasons that the document failed.
    pub(super) problems: Vec<String>,
}

impl DocumentReport {
    pub(super) fn json(&self) -> Value {
        json!({
            "document": self.name,
            "version": self.version,
            "operations": { "found": self.found, "callable": self.callable },
            "types": self.types,
            "unions": self.unions,
            "untyped": self.untyped,
            "diagnostics": self.diagnostics,
            "examples": self.examples,
            "tests": self.tests,
            "features": self.features,
            "lines": self.lines,
            "seconds": { "generate": self.generate, "check": self.check },
            "peak_memory": self.memory,
            "problems": self.problems,
        })
    }

    fn set_summary(&mut self, result: &Value) {
        let summary = &result["generated"];
        self.callable = number(&summary["operations"]);
        self.types = number(&summary["types"]);
        self.unions = counts(&summary["unions"]);
        self.untyped = counts(&summary["untyped"]);
        self.lines = number(&summary["lines"]);
        self.generate = result["seconds"].as_f64().unwrap_or_default();
        self.memory = result["peak_memory"].as_u64();
        for finding in result["diagnostics"].as_array().into_iter().flatten() {
            let code = finding["code"].as_str().unwrap_or_default().to_owned();
            *self.diagnostics.entry(code).or_default() += 1;
        }
    }
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}

fn counts(value: &Value) -> Counts {
    let entries = value.as_object().into_iter().flatten();
    entries.map(|(name, count)| (name.clone(), number(count))).collect()
}

/// Generates a document's crate, and checks it with cargo.
pub(super) fn examine(
    document: &Document,
    context: &Context,
    progress: &mut dyn FnMut(&str),
) -> DocumentReport {
    let mut report = DocumentReport {
        name: document.name.clone(),
        version: document.version.clone(),
        found: document.operations as u64,
        ..DocumentReport::default()
    };
    let folder = context.crates.join(document.name.replace('/', "--"));
    progress("generate");
    match generate(document, context, &folder, &[]) {
        Ok(result) => report.set_summary(&result),
        Err((result, problem)) => {
            report.set_summary(&result);
            report.problems.push(problem);
            return report;
        }
    }
    if report.callable < report.found {
        let lost = report.found - report.callable;
        report.problems.push(format!("{lost} of {} operations cannot be called", report.found));
    }
    if let Extent::All { features } = context.extent {
        // In a second run, because validating examples is slow and the first run is measured.
        progress("examples");
        match generate(document, context, &folder, &["--round-trip"]) {
            Ok(result) => report.examples = counts(&result["generated"]["examples"]),
            Err((_, problem)) => report.problems.push(problem),
        }
        let generated_crate = Crate { folder: &folder, target: &context.target };
        compile(&mut report, &generated_crate, progress);
        if features && report.problems.is_empty() {
            match features::check_feature_sets(&generated_crate, progress) {
                Ok(sets) => report.features = Some(sets),
                Err(problem) => report.problems.push(problem),
            }
        }
    }
    if context.extent != Extent::Generate && report.problems.is_empty() {
        if let Some(program) = context.program(document) {
            progress("tests");
            match test(&program, &folder, context) {
                Ok(passed) => report.tests = Some(passed),
                Err(problem) => report.problems.push(problem),
            }
        }
    }
    report
}

/// Generates a crate in another process, so that crashes are isolated and memory is measured for each document.
fn generate(
    document: &Document,
    context: &Context,
    folder: &Path,
    options: &[&str],
) -> Result<Value, (Value, String)> {
    let mut command = match env::current_exe() {
        Ok(program) => Command::new(program),
        Err(error) => return Err((Value::Null, format!("cannot run codegen: {error}"))),
    };
    command.args(["codegen", "--rebuild-lock", "--format", "json"]).args(options);
    command.arg("--spec").arg(&document.path).arg("--out").arg(folder);
    match context.config(document) {
        Some(config) => command.arg("--config").arg(config),
        None => &mut command,
    };
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => return Err((Value::Null, format!("cannot run codegen: {error}"))),
    };
    let result: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    if output.status.success() && result["generated"].is_object() {
        return Ok(result);
    }
    let is_error = |finding: &&Value| finding["severity"] == "error";
    let errors = result["diagnostics"].as_array().into_iter().flatten().filter(is_error);
    let mut problem = format!("codegen failed\n{}", String::from_utf8_lossy(&output.stderr).trim());
    for error in errors.take(10) {
        let text = |key: &str| error[key].as_str().unwrap_or_default().to_owned();
        let (code, line, message) = (text("code"), &error["line"], text("message"));
        problem.push_str(&format!("\n{}:{line}: error[{code}]: {message}", document.path.display()));
    }
    Err((result, problem))
}

/// Lints, checks, documents and tests a crate. Stops if it does not compile.
fn compile(report: &mut DocumentReport, generated_crate: &Crate<'_>, progress: &mut dyn FnMut(&str)) {
    report.problems.extend(lock(generated_crate.folder).err());
    progress("clippy");
    let linted = generated_crate.clippy();
    progress("check");
    match generated_crate.check() {
        Ok(seconds) => report.check = Some(seconds),
        // Clippy has reported the same error.
        Err(problem) => return report.problems.push(linted.err().unwrap_or(problem)),
    }
    report.problems.extend(linted.err());
    progress("doc");
    report.problems.extend(generated_crate.doc().err());
    for (name, step) in [("round_trip", "round trip"), ("unions", "unions")] {
        if generated_crate.folder.join("tests").join(name).exists() {
            progress(step);
            report.problems.extend(generated_crate.generated_test(name).err());
        }
    }
}

/// Runs the hand-written tests of a crate, and returns the number of tests that passed.
fn test(program: &Path, crate_folder: &Path, context: &Context) -> Result<u64, String> {
    let name = crate_folder.file_name().unwrap_or_default();
    let folder = context.programs.join(name);
    behavior::write(program, crate_folder, &folder)?;
    lock(&folder)?;
    behavior::run(&Crate { folder: &folder, target: &context.target })
}

/// Copies the lock file, so that a package has the dependencies that the workspace is tested with.
pub(crate) fn lock(folder: &Path) -> Result<(), String> {
    let (lock, copy) = (workspace().join("Cargo.lock"), folder.join("Cargo.lock"));
    if copy.exists() || !lock.is_file() {
        return Ok(());
    }
    fs::copy(&lock, &copy).map(drop).map_err(|error| format!("cannot copy the lock file: {error}"))
}

//! One document: its crate is generated, counted and judged.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::absolute;
use super::behaviour;
use super::cargo::Crate;
use super::documents::Document;
use super::features;
use crate::codegen::workspace;

/// Where everything is written, and what is done.
pub(super) struct Workplace {
    crates: PathBuf,
    programs: PathBuf,
    target: PathBuf,
    configs: PathBuf,
    extent: Extent,
}

/// How much is done about a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// Its crate is generated.
    Generate,
    /// And the tests run that somebody wrote for it.
    Test,
    /// And cargo judges it: as it is, and maybe with some of its features alone.
    All { features: bool },
}

impl Workplace {
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

    /// The settings of a document.
    fn config(&self, document: &Document) -> Option<PathBuf> {
        self.belonging(document, &[".toml"])
    }

    /// The tests that somebody wrote for the crate of a document.
    pub(super) fn program(&self, document: &Document) -> Option<PathBuf> {
        self.belonging(document, &[".rs", "/main.rs"])
    }

    /// What belongs to a document: beside it; or in the folder of settings, by its name or by that of a folder that
    /// it lies in.
    fn belonging(&self, document: &Document, ends: &[&str]) -> Option<PathBuf> {
        let beside = document.path.with_extension("");
        let named = Path::new(&document.name).ancestors().filter(|name| name.file_name().is_some());
        let stems = std::iter::once(beside).chain(named.map(|name| self.configs.join(name)));
        // Not `with_extension`: a name may end in the date of a document.
        let paths = stems.flat_map(|stem| ends.iter().map(move |end| format!("{}{end}", stem.display())));
        paths.map(PathBuf::from).find(|path| path.is_file())
    }
}

/// How many of a kind there are.
pub(super) type Counts = BTreeMap<String, u64>;

/// What came of a document.
#[derive(Debug, Default)]
pub(super) struct Examined {
    pub(super) name: String,
    pub(super) version: String,
    /// Operations that the document describes.
    pub(super) found: u64,
    /// Operations that the crate calls.
    pub(super) callable: u64,
    pub(super) types: u64,
    pub(super) unions: Counts,
    pub(super) untyped: Counts,
    pub(super) diagnostics: Counts,
    /// Examples by what became of them.
    pub(super) examples: Counts,
    /// How many tests have passed that somebody wrote for the crate.
    pub(super) tests: Option<u64>,
    /// How many sets of features the crate compiles with.
    pub(super) features: Option<u64>,
    pub(super) lines: u64,
    /// Seconds to generate.
    pub(super) generate: f64,
    /// The most memory that generating took, in bytes.
    pub(super) memory: Option<u64>,
    /// Seconds to check the crate, its dependencies apart.
    pub(super) check: Option<f64>,
    /// What is not as it should be.
    pub(super) problems: Vec<String>,
}

impl Examined {
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

    fn generated(&mut self, said: &Value) {
        let summary = &said["generated"];
        self.callable = number(&summary["operations"]);
        self.types = number(&summary["types"]);
        self.unions = counts(&summary["unions"]);
        self.untyped = counts(&summary["untyped"]);
        self.lines = number(&summary["lines"]);
        self.generate = said["seconds"].as_f64().unwrap_or_default();
        self.memory = said["peak_memory"].as_u64();
        for finding in said["diagnostics"].as_array().into_iter().flatten() {
            let code = finding["code"].as_str().unwrap_or_default().to_owned();
            *self.diagnostics.entry(code).or_default() += 1;
        }
    }
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}

fn counts(value: &Value) -> Counts {
    let members = value.as_object().into_iter().flatten();
    members.map(|(name, count)| (name.clone(), number(count))).collect()
}

/// Generates a document's crate and lets cargo judge it.
pub(super) fn examine(
    document: &Document,
    workplace: &Workplace,
    progress: &mut dyn FnMut(&str),
) -> Examined {
    let mut examined = Examined {
        name: document.name.clone(),
        version: document.version.clone(),
        found: document.operations as u64,
        ..Examined::default()
    };
    let folder = workplace.crates.join(document.name.replace('/', "--"));
    progress("generate");
    match generate(document, workplace, &folder, &[]) {
        Ok(said) => examined.generated(&said),
        Err((said, problem)) => {
            examined.generated(&said);
            examined.problems.push(problem);
            return examined;
        }
    }
    if examined.callable < examined.found {
        let lost = examined.found - examined.callable;
        examined.problems.push(format!("{lost} of {} operations cannot be called", examined.found));
    }
    if let Extent::All { features } = workplace.extent {
        // Apart from the first run, which took as long as it does for everybody: examples are judged slowly.
        progress("examples");
        match generate(document, workplace, &folder, &["--round-trip"]) {
            Ok(said) => examined.examples = counts(&said["generated"]["examples"]),
            Err((_, problem)) => examined.problems.push(problem),
        }
        let judged = Crate { folder: &folder, target: &workplace.target };
        compile(&mut examined, &judged, progress);
        if features && examined.problems.is_empty() {
            match features::sweep(&judged, progress) {
                Ok(sets) => examined.features = Some(sets),
                Err(problem) => examined.problems.push(problem),
            }
        }
    }
    if workplace.extent != Extent::Generate && examined.problems.is_empty() {
        if let Some(program) = workplace.program(document) {
            progress("tests");
            match test(&program, &folder, workplace) {
                Ok(passed) => examined.tests = Some(passed),
                Err(problem) => examined.problems.push(problem),
            }
        }
    }
    examined
}

/// Generates in a process of its own: it may end as it likes, and its memory is its own.
fn generate(
    document: &Document,
    workplace: &Workplace,
    folder: &Path,
    options: &[&str],
) -> Result<Value, (Value, String)> {
    let mut command = match env::current_exe() {
        Ok(program) => Command::new(program),
        Err(error) => return Err((Value::Null, format!("codegen does not run: {error}"))),
    };
    command.args(["codegen", "--format", "json"]).args(options);
    command.arg("--spec").arg(&document.path).arg("--out").arg(folder);
    match workplace.config(document) {
        Some(config) => command.arg("--config").arg(config),
        None => &mut command,
    };
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => return Err((Value::Null, format!("codegen does not run: {error}"))),
    };
    let said: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    if output.status.success() && said["generated"].is_object() {
        return Ok(said);
    }
    let is_error = |finding: &&Value| finding["severity"] == "error";
    let errors = said["diagnostics"].as_array().into_iter().flatten().filter(is_error);
    let mut problem = format!("codegen fails\n{}", String::from_utf8_lossy(&output.stderr).trim());
    for error in errors.take(10) {
        let text = |key: &str| error[key].as_str().unwrap_or_default().to_owned();
        let (code, line, message) = (text("code"), &error["line"], text("message"));
        problem.push_str(&format!("\n{}:{line}: error[{code}]: {message}", document.path.display()));
    }
    Err((said, problem))
}

/// Lints, checks, documents and tests a crate. What does not compile is not looked at any further.
fn compile(examined: &mut Examined, judged: &Crate<'_>, progress: &mut dyn FnMut(&str)) {
    examined.problems.extend(lock(judged.folder).err());
    progress("clippy");
    let linted = judged.clippy();
    progress("check");
    match judged.check() {
        Ok(seconds) => examined.check = Some(seconds),
        // Clippy has said the same.
        Err(problem) => return examined.problems.push(linted.err().unwrap_or(problem)),
    }
    examined.problems.extend(linted.err());
    progress("doc");
    examined.problems.extend(judged.doc().err());
    if judged.folder.join("tests/round_trip").exists() {
        progress("round trip");
        examined.problems.extend(judged.round_trip().err());
    }
}

/// Runs the tests that somebody wrote for a crate: how many have passed.
fn test(program: &Path, of: &Path, workplace: &Workplace) -> Result<u64, String> {
    let name = of.file_name().unwrap_or_default();
    let folder = workplace.programs.join(name);
    behaviour::write(program, of, &folder)?;
    lock(&folder)?;
    behaviour::run(&Crate { folder: &folder, target: &workplace.target })
}

/// Gives a package the versions that the workspace is tested with.
fn lock(folder: &Path) -> Result<(), String> {
    let (lock, copy) = (workspace().join("Cargo.lock"), folder.join("Cargo.lock"));
    if copy.exists() || !lock.is_file() {
        return Ok(());
    }
    fs::copy(&lock, &copy).map(drop).map_err(|error| format!("the lock file is not copied: {error}"))
}

//! Compiles programs with a generated crate, to see which ones do not compile.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::crates::Crate;
use crate::corpus;

/// The lines before the first program. Programs are checked and never run, so a value of any type is enough.
const HEADER: &str = "#![allow(warnings)]\nuse std::collections::*;\nfn value<T>() -> T { loop {} }\n";

/// A package that has one program in each line, and depends on a crate.
pub(super) struct Compiler {
    folder: PathBuf,
    target: PathBuf,
    import: String,
}

impl Compiler {
    /// Writes the manifest of the package, with these features of the crate, or with all features.
    pub(super) fn new(
        of: &Crate,
        features: Option<&[String]>,
        folder: PathBuf,
        target: &Path,
    ) -> Result<Self, String> {
        let features = match features {
            Some(features) => format!("default-features = false, features = {features:?}"),
            None => format!("features = {:?}", of.features()),
        };
        let manifest = format!(
            "[package]\nname = \"programs\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
             [workspace]\n\n[dependencies]\nserde_json = \"1\"\n{} = {{ path = {:?}, {features} }}\n",
            of.surface.package, of.folder,
        );
        let compiler = Self { folder, target: target.to_owned(), import: format!("use {}::*;\n", of.name) };
        fs::create_dir_all(compiler.folder.join("src"))
            .map_err(|error| format!("cannot create `{}`: {error}", compiler.folder.display()))?;
        compiler.write("Cargo.toml", &manifest)?;
        corpus::lock(&compiler.folder)?;
        Ok(compiler)
    }

    /// Returns the numbers of the programs that do not compile.
    ///
    /// The compiler stops after the first phase with errors, such as names that do not exist. So the programs that fail are
    /// removed, and the others are compiled again.
    pub(super) fn failing(&self, programs: &BTreeMap<usize, String>) -> Result<BTreeSet<usize>, String> {
        let mut failing = BTreeSet::new();
        loop {
            let rest = programs.iter().filter(|(number, _)| !failing.contains(*number));
            let (numbers, lines): (Vec<usize>, Vec<String>) =
                rest.map(|(number, program)| (*number, format!("fn program_{number}{program}\n"))).unzip();
            self.write("src/lib.rs", &format!("{HEADER}{}{}", self.import, lines.concat()))?;
            let errors = self.check()?;
            let is_done = errors.is_empty();
            for (line, text) in errors {
                let first = HEADER.lines().count() + self.import.lines().count();
                let number = line.checked_sub(first + 1).and_then(|index| numbers.get(index));
                failing.insert(*number.ok_or(text)?);
            }
            if is_done {
                return Ok(failing);
            }
        }
    }

    /// Returns the lines with errors.
    fn check(&self) -> Result<BTreeMap<usize, String>, String> {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(["check", "--lib", "--quiet", "--message-format", "json"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .env_remove("CARGO_MANIFEST_DIR")
            .output()
            .map_err(|error| format!("cannot run cargo check: {error}"))?;
        let stdout = String::from_utf8_lossy(&output.stdout);
        let messages: Vec<Value> =
            stdout.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        if !messages.iter().any(|message| message["reason"] == "build-finished") {
            return Err(format!("cargo check failed\n{}", String::from_utf8_lossy(&output.stderr).trim()));
        }
        let is_error = |message: &&Value| message["message"]["level"] == "error";
        let (own, others): (Vec<&Value>, Vec<&Value>) =
            messages.iter().filter(is_error).partition(|message| message["target"]["name"] == "programs");
        match others.first() {
            Some(error) => {
                Err(format!("a generated crate does not compile: {}", error["message"]["rendered"]))
            }
            None => Ok(own.into_iter().filter_map(located).collect()),
        }
    }

    fn write(&self, name: &str, text: &str) -> Result<(), String> {
        let path = self.folder.join(name);
        fs::write(&path, text).map_err(|error| format!("cannot write `{}`: {error}", path.display()))
    }
}

/// Returns the line of an error, and its text. `None` for the error that counts the others.
fn located(error: &Value) -> Option<(usize, String)> {
    let message = &error["message"];
    let spans = message["spans"].as_array()?;
    let span = spans.iter().find(|span| span["is_primary"] == true)?;
    let line = usize::try_from(span["line_start"].as_u64()?).ok()?;
    Some((line, message["rendered"].as_str().unwrap_or_default().to_owned()))
}

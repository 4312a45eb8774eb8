//! The programs of the kinds: each is a binary of its own, so that an error in one of them hides no other error. All packages
//! are in one workspace, and cargo compiles them at once, without generating code.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use openapi_crate::Generated;
use serde_json::Value;

use super::super::made_file::write;
use super::table::Kind;

/// The packages of all pairs, each with the crate that it uses.
#[derive(Default)]
pub(super) struct Workspace {
    packages: Vec<String>,
    files: BTreeMap<PathBuf, String>,
}

/// The first error of each program that does not compile.
pub(super) struct Errors(BTreeMap<(String, String), String>);

impl Errors {
    /// Returns the error of a program of a package.
    pub(super) fn of(&self, package: &str, program: &str) -> Option<&str> {
        self.0.get(&(package.to_owned(), program.to_owned())).map(String::as_str)
    }
}

impl Workspace {
    /// Adds a package with programs of a pair, which use the crate with the same features.
    pub(super) fn add(&mut self, package: &str, generated: &Generated, kinds: &[&Kind]) {
        let folder = Path::new(package);
        let features = kinds.first().and_then(|kind| kind.features.as_deref());
        self.files.insert(folder.join("Cargo.toml"), manifest(package, features));
        for (path, text) in generated.files.iter() {
            let text = match path {
                // Packages of a workspace have different names.
                "Cargo.toml" => text.replacen("\nname = \"", &format!("\nname = \"{package}-"), 1),
                _ => text.to_owned(),
            };
            self.files.insert(folder.join("client").join(path), text);
        }
        for kind in kinds {
            for (name, _, statements) in kind.programs() {
                self.files.insert(folder.join("src/bin").join(format!("{name}.rs")), program(statements));
            }
        }
        self.packages.push(package.to_owned());
    }

    /// Compiles all programs. Files that are the same as in the last run stay, so that the next run is fast.
    pub(super) fn check(mut self) -> Errors {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("changes");
        let members = format!("[workspace]\nresolver = \"3\"\nmembers = {:?}\n", self.packages);
        self.files.insert("Cargo.toml".into(), members);
        remove_others(&root, Path::new(""), &self.files);
        self.files.iter().for_each(|(path, text)| write(&root.join(path), text));
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        fs::copy(lock, root.join("Cargo.lock")).expect("the lock file can be copied");
        let target =
            Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the folder is in the target folder");
        let output = Command::new(env!("CARGO"))
            .args(["check", "--bins", "--keep-going", "--offline", "--message-format", "json"])
            // Without the clients, which would be compiled with their default features for all programs.
            .args(self.packages.iter().flat_map(|package| ["--package", package]))
            .arg("--target-dir")
            .arg(target)
            .current_dir(&root)
            .output()
            .expect("cargo runs");
        let stdout = String::from_utf8_lossy(&output.stdout);
        let messages: Vec<Value> =
            stdout.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let is_done = messages.iter().any(|message| message["reason"] == "build-finished");
        assert!(is_done, "{}", String::from_utf8_lossy(&output.stderr));
        errors(&root, &messages)
    }
}

/// Returns the first error of each program from the messages of cargo.
fn errors(root: &Path, messages: &[Value]) -> Errors {
    let mut errors = BTreeMap::new();
    for message in messages.iter().filter(|message| message["message"]["level"] == "error") {
        let rendered = message["message"]["rendered"].as_str().unwrap_or_default();
        let is_program = message["target"]["kind"][0] == "bin";
        assert!(is_program, "a generated crate does not compile: {rendered}");
        let manifest = Path::new(message["manifest_path"].as_str().unwrap_or_default());
        let package = manifest.strip_prefix(root).ok().and_then(Path::parent).and_then(Path::to_str);
        let package = package.unwrap_or_else(|| panic!("the error belongs to no package: {rendered}"));
        let program = message["target"]["name"].as_str().unwrap_or_default();
        let text = message["message"]["message"].as_str().unwrap_or_default();
        errors.entry((package.to_owned(), program.to_owned())).or_insert_with(|| text.to_owned());
    }
    Errors(errors)
}

fn manifest(package: &str, features: Option<&[String]>) -> String {
    let features = match features {
        Some(features) => format!("default-features = false, features = {features:?}"),
        None => "features = [\"mock\"]".to_owned(),
    };
    format!(
        "[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\nchanges = {{ package = \"{package}-changes\", path = \"client\", {features} }}\n"
    )
}

/// Returns the text of a program from its statements.
fn program(statements: &str) -> String {
    format!(
        "#![allow(unused, deprecated)]\n\
         use changes::{{Client, Error, types, wire}};\n\n\
         fn main() {{}}\n\n\
         async fn run(client: &Client) -> Result<(), Error> {{\n{statements}\nOk(())\n}}\n"
    )
}

/// Removes files of earlier runs.
fn remove_others(root: &Path, path: &Path, files: &BTreeMap<PathBuf, String>) {
    let Ok(entries) = fs::read_dir(root.join(path)) else { return };
    for entry in entries.map_while(Result::ok) {
        let path = path.join(entry.file_name());
        if entry.path().is_dir() {
            remove_others(root, &path, files);
        } else if !files.contains_key(&path) {
            fs::remove_file(entry.path()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
    }
}

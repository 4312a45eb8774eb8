//! The tests that somebody wrote for the crate of a document: a program `NAME.rs`, or `NAME/main.rs`, where its settings
//! `NAME.toml` would be. It becomes a package of its own, so that nothing of it is in the crate.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;

use super::absolute;
use super::cargo::Crate;
use crate::codegen::workspace;

/// What is on in the crate besides its defaults.
const FEATURES: [&str; 3] = ["blocking", "mock", "tracing"];

/// What a program may use besides the crate: what the tests of this workspace use, in the versions of its lock file.
const DEPENDENCIES: &str = r#"chrono = { version = "0.4.42", default-features = false }
http = "1.4"
serde = { version = "1.0.228", default-features = false }
serde_json = "1.0.145"
tokio = { version = "1.48", features = ["macros", "rt", "time"] }
tracing = { version = "0.1.41", default-features = false, features = ["std"] }
wiremock = "0.6.5"
"#;

/// Writes the package around a program, for the crate in another folder.
pub(super) fn write(program: &Path, of: &Path, folder: &Path) -> Result<(), String> {
    let manifest = fs::read_to_string(of.join("Cargo.toml"))
        .map_err(|error| format!("the manifest of the crate is not read: {error}"))?;
    let shared = absolute(&workspace().join("tests"))?;
    let manifest = self::manifest(program, of, &shared, &manifest);
    let write = || -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let path = folder.join("Cargo.toml");
        if fs::read_to_string(&path).is_ok_and(|before| before == manifest) {
            return Ok(());
        }
        fs::write(path, &manifest)
    };
    write().map_err(|error| format!("the package of `{}` is not written: {error}", program.display()))
}

/// The manifest of a program's package, by that of the crate.
fn manifest(program: &Path, of: &Path, shared: &Path, crate_manifest: &str) -> String {
    let name = package(crate_manifest);
    let features = quoted(&FEATURES);
    // `tests` is a part of this workspace, and not of others from which this program is run.
    let shared = match shared.join("Cargo.toml").is_file() {
        true => format!("tests = {{ path = {} }}\n", quoted(&[&shared.to_string_lossy()])),
        false => String::new(),
    };
    let [of, program] = [of, program].map(|path| quoted(&[&path.to_string_lossy()]));
    format!(
        "[package]\nname = \"behaviour-of-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\n{name} = {{ path = {of}, features = [{features}] }}\n{DEPENDENCIES}{shared}\n\
         [[test]]\nname = \"behaviour\"\npath = {program}\n\n[workspace]\n"
    )
}

/// The name of a package.
fn package(manifest: &str) -> &str {
    let line = manifest.lines().find_map(|line| line.strip_prefix("name = \""));
    line.and_then(|rest| rest.split('"').next()).unwrap_or_default()
}

/// Strings of TOML, which are those of JSON.
fn quoted(texts: &[&str]) -> String {
    texts.iter().map(|text| Value::from(*text).to_string()).collect::<Vec<_>>().join(", ")
}

/// Runs the program of a package: how many tests have passed.
pub(super) fn run(package: &Crate<'_>) -> Result<u64, String> {
    let said = package.behaviour()?;
    let passed = said.lines().filter_map(|line| line.strip_prefix("test result: ok. "));
    let passed = passed.filter_map(|rest| rest.split(' ').next()?.parse::<u64>().ok()).sum();
    match passed {
        0 => Err("there are no tests in the program".to_owned()),
        passed => Ok(passed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_has_a_package_that_depends_on_the_crate() {
        let crate_manifest = "# Pets\n\n[package]\nname = \"pets-client\"\nversion = \"0.1.0\"\n";
        let manifest = manifest(
            Path::new("/a/pets.rs"),
            Path::new("/o \"ut\"/pets"),
            Path::new("/none"),
            crate_manifest,
        );
        assert!(manifest.starts_with("[package]\nname = \"behaviour-of-pets-client\"\n"), "{manifest}");
        let dependency =
            r#"pets-client = { path = "/o \"ut\"/pets", features = ["blocking", "mock", "tracing"] }"#;
        assert!(manifest.contains(&format!("\n[dependencies]\n{dependency}\n")), "{manifest}");
        assert!(manifest.contains("\n[[test]]\nname = \"behaviour\"\npath = \"/a/pets.rs\"\n"), "{manifest}");
    }
}

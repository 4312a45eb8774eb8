//! Runs hand-written tests for the crate of a document: a program `NAME.rs` or `NAME/main.rs` in the same
//! folders as the settings `NAME.toml`. The program becomes a separate package, so the crate is not changed.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;

use super::absolute;
use super::cargo::Crate;
use openapi_crate::cli::inputs::workspace;

/// The features of the crate that are enabled in addition to its defaults.
const FEATURES: [&str; 3] = ["blocking", "mock", "tracing"];

/// The dependencies of a program besides the crate. They are dependencies of the workspace's tests as well, so the lock
/// file has their versions.
const DEPENDENCIES: &str = r#"chrono = { version = "0.4.42", default-features = false }
http = "1.4"
serde = { version = "1.0.228", default-features = false }
serde_json = "1.0.145"
tokio = { version = "1.48", features = ["macros", "rt", "time"] }
tracing = { version = "0.1.41", default-features = false, features = ["std"] }
wiremock = "0.6.5"
"#;

/// Writes the package of a program to `folder`, with a dependency on the crate in `crate_folder`.
pub(crate) fn write(program: &Path, crate_folder: &Path, folder: &Path) -> Result<(), String> {
    let manifest = fs::read_to_string(crate_folder.join("Cargo.toml"))
        .map_err(|error| format!("cannot read the manifest of the crate: {error}"))?;
    let shared = absolute(&workspace().join("tests"))?;
    let manifest = self::manifest(program, crate_folder, &shared, &manifest);
    let write = || -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let path = folder.join("Cargo.toml");
        if fs::read_to_string(&path).is_ok_and(|before| before == manifest) {
            return Ok(());
        }
        fs::write(path, &manifest)
    };
    write().map_err(|error| format!("cannot write the package of `{}`: {error}", program.display()))
}

/// Returns the manifest of a program's package.
fn manifest(program: &Path, crate_folder: &Path, shared: &Path, crate_manifest: &str) -> String {
    let name = package(crate_manifest);
    let features = quoted(&FEATURES);
    // Other workspaces can run this command, but do not have the package `tests`.
    let shared = match shared.join("Cargo.toml").is_file() {
        true => format!("tests = {{ path = {} }}\n", quoted(&[&shared.to_string_lossy()])),
        false => String::new(),
    };
    let [crate_folder, program] = [crate_folder, program].map(|path| quoted(&[&path.to_string_lossy()]));
    format!(
        "[package]\nname = \"behavior-of-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\n{name} = {{ path = {crate_folder}, features = [{features}] }}\n{DEPENDENCIES}{shared}\n\
         [[test]]\nname = \"behavior\"\npath = {program}\n\n[workspace]\n"
    )
}

/// Returns the name of a package.
fn package(manifest: &str) -> &str {
    let line = manifest.lines().find_map(|line| line.strip_prefix("name = \""));
    line.and_then(|rest| rest.split('"').next()).unwrap_or_default()
}

/// Returns strings as TOML, which uses the same syntax as JSON.
fn quoted(texts: &[&str]) -> String {
    texts.iter().map(|text| Value::from(*text).to_string()).collect::<Vec<_>>().join(", ")
}

/// Runs the tests of a package, and returns the number of tests that passed.
pub(super) fn run(package: &Crate<'_>) -> Result<u64, String> {
    let output = package.behavior()?;
    let passed = output.lines().filter_map(|line| line.strip_prefix("test result: ok. "));
    let passed = passed.filter_map(|rest| rest.split(' ').next()?.parse::<u64>().ok()).sum();
    match passed {
        0 => Err("the program contains no tests".to_owned()),
        passed => Ok(passed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_test_package_depends_on_the_crate() {
        let crate_manifest = "# Pets\n\n[package]\nname = \"pets-client\"\nversion = \"0.1.0\"\n";
        let manifest = manifest(
            Path::new("/a/pets.rs"),
            Path::new("/o \"ut\"/pets"),
            Path::new("/none"),
            crate_manifest,
        );
        assert!(manifest.starts_with("[package]\nname = \"behavior-of-pets-client\"\n"), "{manifest}");
        let dependency =
            r#"pets-client = { path = "/o \"ut\"/pets", features = ["blocking", "mock", "tracing"] }"#;
        assert!(manifest.contains(&format!("\n[dependencies]\n{dependency}\n")), "{manifest}");
        assert!(manifest.contains("\n[[test]]\nname = \"behavior\"\npath = \"/a/pets.rs\"\n"), "{manifest}");
    }
}

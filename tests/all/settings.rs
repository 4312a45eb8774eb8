//! Compiles a crate with the settings that other crates of tests do not have: overlays, package metadata, default features,
//! files of people, and lints.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::made_file::write;
use openapi_crate::{Config, FileTree, Source, Sources};
use serde_json::{Value, json};

fn generated() -> FileTree {
    let config = Config::parse(include_str!("../settings/codegen.toml")).expect("the settings are valid");
    let files = BTreeMap::from([("fixes.yaml".to_owned(), include_str!("../settings/fixes.yaml"))]);
    let document = Source { name: "api.yaml", text: include_str!("../settings/api.yaml") };
    let outcome = openapi_crate::generate(Sources { document, files: &files, config: None }, &config);
    outcome.generated.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics)).files
}

/// Writes the crate to a folder of the test, with more code in its module `ext`, and returns the folder.
fn written(test: &str, more: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("settings").join(test);
    for (path, text) in generated().iter() {
        let workspace = if path == "Cargo.toml" { "\n[workspace]\n" } else { "" };
        write(&folder.join(path), &format!("{text}{workspace}"));
    }
    write(&folder.join("src/ext.rs"), &format!("{}{more}", include_str!("../settings/ext.rs")));
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file can be copied");
    folder
}

fn cargo(folder: &Path, arguments: &[&str]) -> Output {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the folder is in the target folder");
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(folder).env("CARGO_TARGET_DIR", target);
    command.output().expect("cargo runs")
}

#[test]
fn a_crate_with_all_kinds_of_settings_compiles() {
    let clippy = ["clippy", "--offline", "--quiet", "--", "-D", "warnings"];
    let output = cargo(&written("code", ""), &clippy);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // The lints of the settings apply.
    let output = cargo(&written("code", "\n/// Not done.\npub fn later() {\n    todo!()\n}\n"), &clippy);
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && messages.contains("clippy::todo"), "{messages}");
}

#[test]
fn cargo_reads_the_metadata_of_the_settings() {
    let output =
        cargo(&written("metadata", ""), &["metadata", "--offline", "--no-deps", "--format-version", "1"]);
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let package = &metadata["packages"][0];
    for (key, expected) in [
        ("name", json!("bent")),
        ("version", json!("1.2.3")),
        ("authors", json!(["Pets <pets@example.com>"])),
        ("description", json!("Pets and toys.")),
        ("license", json!("MIT OR Apache-2.0")),
        ("repository", json!("https://git.example.com/pets")),
        ("homepage", json!("https://pets.example.com")),
        ("documentation", json!("https://docs.example.com/pets")),
        ("keywords", json!(["pets"])),
        ("categories", json!(["api-bindings"])),
        ("publish", json!([])),
    ] {
        assert_eq!(package[key], expected, "{key}");
    }
    assert_eq!(package["features"]["default"], json!(["pets"]));
    assert_eq!(package["metadata"]["docs"]["rs"]["all-features"], json!(true));
}

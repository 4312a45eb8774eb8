//! Runs cargo-semver-checks and cargo-public-api.

use std::env;
use std::path::Path;
use std::process::{Command, Output};

use super::listing::{self, Findings, Items};

/// The installed tools. Each is a subcommand of cargo.
pub(super) struct Tools(());

impl Tools {
    /// Returns an error that says how to install the tools, if one is missing.
    pub(super) fn find() -> Result<Self, String> {
        let is_missing =
            |name: &&str| !cargo(&[name, "--version"]).is_ok_and(|output| output.status.success());
        let missing: Vec<&str> =
            ["semver-checks", "public-api"].into_iter().filter(|it| is_missing(it)).collect();
        if missing.is_empty() {
            return Ok(Self(()));
        }
        let names: Vec<String> = missing.iter().map(|name| format!("cargo-{name}")).collect();
        let (list, is) = (names.join("` and `"), if names.len() == 1 { "is" } else { "are" });
        Err(format!("`{list}` {is} not installed; run `cargo install --locked {}`", names.join(" ")))
    }

    /// Returns the items that cargo-public-api finds removed, changed or added.
    pub(super) fn public_api(&self, old: &Path, new: &Path) -> Result<Items, String> {
        let (old, new) = (text(old)?, text(new)?);
        let arguments = ["public-api", "-ss", "--color", "never", "diff", &old, &new];
        let output = cargo(&arguments).map_err(|error| format!("cannot run cargo public-api: {error}"))?;
        match output.status.success() {
            true => Ok(listing::items(&String::from_utf8_lossy(&output.stdout))),
            false => Err(failure("cargo public-api", &output)),
        }
    }

    /// Returns the findings of cargo-semver-checks.
    pub(super) fn semver_checks(&self, old: &Path, new: &Path) -> Result<Findings, String> {
        let (old, new) = (text(old)?, text(new)?);
        let arguments = [
            "semver-checks",
            "--baseline-rustdoc",
            &old,
            "--current-rustdoc",
            &new,
            "--release-type",
            "patch",
            "--color",
            "never",
        ];
        let output = cargo(&arguments).map_err(|error| format!("cannot run cargo semver-checks: {error}"))?;
        // The summary is on standard error.
        let text = [&output.stderr, &output.stdout].map(|text| String::from_utf8_lossy(text));
        let findings = listing::findings(&text.join("\n"));
        // The exit code is the same for findings and for errors.
        match output.status.success() || !findings.items.is_empty() {
            true => Ok(findings),
            false => Err(failure("cargo semver-checks", &output)),
        }
    }
}

fn cargo(arguments: &[&str]) -> std::io::Result<Output> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    Command::new(cargo).args(arguments).env_remove("CARGO_MANIFEST_DIR").env("RUSTC_BOOTSTRAP", "1").output()
}

fn text(path: &Path) -> Result<String, String> {
    path.to_str().map(str::to_owned).ok_or_else(|| format!("`{}` is not UTF-8", path.display()))
}

fn failure(what: &str, output: &Output) -> String {
    format!("{what} failed\n{}", String::from_utf8_lossy(&output.stderr).trim())
}

//! Sets the text of `openapi-crate --version`: the version, and the commit if it is known.

use std::env;
use std::fs;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=OPENAPI_CRATE_COMMIT");
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let version = match commit() {
        Some(commit) => format!("{version} ({commit})"),
        None => version,
    };
    println!("cargo::rustc-env=OPENAPI_CRATE_VERSION={version}");
}

/// Returns the commit of the sources, shortened: from the environment, from the package, or from git for a release build. A
/// development build has none, because each commit would compile the library again.
fn commit() -> Option<String> {
    let of_package = || {
        let text = fs::read_to_string(".cargo_vcs_info.json").ok()?;
        let start = text.split("\"sha1\": \"").nth(1)?;
        Some(start.split('"').next()?.to_owned())
    };
    let of_git = || {
        if env::var("PROFILE").as_deref() != Ok("release") {
            return None;
        }
        let output = Command::new("git").args(["rev-parse", "HEAD"]).output().ok()?;
        let commit = String::from_utf8(output.stdout).ok()?.trim().to_owned();
        (output.status.success() && !commit.is_empty()).then_some(commit)
    };
    let commit = env::var("OPENAPI_CRATE_COMMIT").ok().or_else(of_package).or_else(of_git)?;
    Some(commit.chars().take(9).collect())
}

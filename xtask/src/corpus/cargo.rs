//! What cargo says of a generated crate.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// How many lines of what cargo says are repeated.
const LINES: usize = 40;

/// A crate and where cargo builds it.
pub(super) struct Crate<'a> {
    pub(super) folder: &'a Path,
    /// One folder for all crates, so that their dependencies are built once.
    pub(super) target: &'a Path,
}

impl Crate<'_> {
    /// Compiler and clippy, warnings denied.
    pub(super) fn clippy(&self) -> Result<(), String> {
        self.run("cargo clippy", &["clippy", "--quiet", "--all-targets", "--", "-D", "warnings"], &[])
            .map(drop)
    }

    /// Compiler and clippy with these features and no others, warnings denied.
    pub(super) fn with_features(&self, features: &[String]) -> Result<(), String> {
        let features = features.join(",");
        let what = format!("cargo clippy --no-default-features --features {features:?}");
        let arguments = ["clippy", "--quiet", "--no-default-features", "--features", &features];
        self.run(&what, &[&arguments[..], &["--", "-D", "warnings"]].concat(), &[]).map(drop)
    }

    /// How long a check of the crate takes that has not changed since [`clippy`](Self::clippy), which built what it
    /// depends on.
    pub(super) fn check(&self) -> Result<f64, String> {
        let touched = std::fs::OpenOptions::new().append(true).open(self.folder.join("src/lib.rs"));
        let touched = touched.and_then(|file| file.set_modified(std::time::SystemTime::now()));
        touched.map_err(|error| format!("cargo check: {error}"))?;
        let start = Instant::now();
        self.run("cargo check", &["check", "--quiet"], &[])?;
        Ok(start.elapsed().as_secs_f64())
    }

    /// The documentation, warnings denied.
    pub(super) fn doc(&self) -> Result<(), String> {
        self.run("cargo doc", &["doc", "--quiet", "--no-deps"], &[("RUSTDOCFLAGS", "-D warnings")]).map(drop)
    }

    /// The test of the document's examples: what it prints.
    pub(super) fn round_trip(&self) -> Result<String, String> {
        self.run("cargo test", &["test", "--quiet", "--test", "round_trip", "--", "--nocapture"], &[])
    }

    /// The tests that somebody wrote for a crate: what they print.
    pub(super) fn behaviour(&self) -> Result<String, String> {
        let variables = [
            // A proxy would stand between the tests and their servers.
            ("NO_PROXY", "127.0.0.1,localhost"),
            ("no_proxy", "127.0.0.1,localhost"),
            // What fails says where, and of what it says only the beginning is shown.
            ("RUST_BACKTRACE", "0"),
            // A gigabyte a crate, for whoever builds it again after a small change.
            ("CARGO_INCREMENTAL", "0"),
        ];
        self.run("cargo test", &["test", "--quiet", "--test", "behaviour"], &variables)
    }

    fn run(&self, what: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Result<String, String> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let variables = variables.iter().map(|(name, value)| (OsStr::new(name), OsStr::new(value)));
        let output = Command::new(cargo)
            .args(arguments)
            .current_dir(self.folder)
            .env("CARGO_TARGET_DIR", self.target)
            // Nobody debugs these, and line tables take as long as the code.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_TERM_COLOR", "never")
            .env_remove("CARGO_MANIFEST_DIR")
            .envs(variables)
            .output()
            .map_err(|error| format!("{what} does not run: {error}"))?;
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() {
            return Ok(out);
        }
        let said = format!("{out}{}", String::from_utf8_lossy(&output.stderr));
        Err(format!("{what} fails\n{}", shortened(said.trim())))
    }
}

/// The beginning of a text, and its end.
fn shortened(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() <= LINES {
        return lines.join("\n");
    }
    let (head, tail) = (&lines[..LINES - 10], &lines[lines.len() - 10..]);
    format!("{}\n... {} more lines ...\n{}", head.join("\n"), lines.len() - LINES, tail.join("\n"))
}

//! Runs cargo on a generated crate.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// The maximum number of lines of cargo's output in an error.
const MAX_OUTPUT_LINES: usize = 40;

/// A crate and its target folder.
pub(crate) struct Crate<'a> {
    pub(crate) folder: &'a Path,
    /// The target folder, which all crates share so that their dependencies are built once.
    pub(crate) target: &'a Path,
}

impl Crate<'_> {
    /// Runs the compiler and clippy, with warnings denied.
    pub(super) fn clippy(&self) -> Result<(), String> {
        self.run("cargo clippy", &["clippy", "--quiet", "--all-targets", "--", "-D", "warnings"], &[])
            .map(drop)
    }

    /// Runs the compiler and clippy with exactly these features, with warnings denied.
    pub(super) fn with_features(&self, features: &[String]) -> Result<(), String> {
        let features = features.join(",");
        let what = format!("cargo clippy --no-default-features --features {features:?}");
        let arguments = ["clippy", "--quiet", "--no-default-features", "--features", &features];
        self.run(&what, &[&arguments[..], &["--", "-D", "warnings"]].concat(), &[]).map(drop)
    }

    /// Measures `cargo check` of the crate alone, in seconds. [`clippy`](Self::clippy) has built the dependencies.
    pub(super) fn check(&self) -> Result<f64, String> {
        let touched = std::fs::OpenOptions::new().append(true).open(self.folder.join("src/lib.rs"));
        let touched = touched.and_then(|file| file.set_modified(std::time::SystemTime::now()));
        touched.map_err(|error| format!("cargo check: {error}"))?;
        let start = Instant::now();
        self.run("cargo check", &["check", "--quiet"], &[])?;
        Ok(start.elapsed().as_secs_f64())
    }

    /// Builds the documentation, with warnings denied.
    pub(super) fn doc(&self) -> Result<(), String> {
        self.run("cargo doc", &["doc", "--quiet", "--no-deps"], &[("RUSTDOCFLAGS", "-D warnings")]).map(drop)
    }

    /// Runs a generated test, and returns its output.
    pub(super) fn generated_test(&self, name: &str) -> Result<String, String> {
        self.run("cargo test", &["test", "--quiet", "--test", name, "--", "--nocapture"], &[])
    }

    /// Runs the hand-written tests of a crate, and returns their output.
    pub(super) fn behavior(&self) -> Result<String, String> {
        let variables = [
            // Do not use a proxy for the servers of the tests.
            ("NO_PROXY", "127.0.0.1,localhost"),
            ("no_proxy", "127.0.0.1,localhost"),
            // A failure has its location, and the shown output is limited.
            ("RUST_BACKTRACE", "0"),
            // Incremental compilation needs a gigabyte per crate.
            ("CARGO_INCREMENTAL", "0"),
        ];
        self.run("cargo test", &["test", "--quiet", "--test", "behavior"], &variables)
    }

    /// Compiles the hand-written tests of a crate, and returns cargo's messages as JSON.
    pub(crate) fn build_behavior(&self) -> Result<String, String> {
        // Incremental compilation needs a gigabyte per crate.
        let variables = [("CARGO_INCREMENTAL", "0")];
        let arguments = ["test", "--quiet", "--test", "behavior", "--no-run"];
        self.run("cargo test --no-run", &arguments, &variables)?;
        // In a second run, because an error of the first one must not be in the middle of messages.
        let format = ["--message-format", "json"];
        self.run("cargo test --no-run", &[&arguments[..], &format].concat(), &variables)
    }

    /// Runs cargo with more environment variables, and returns its output.
    pub(crate) fn run(
        &self,
        what: &str,
        arguments: &[&str],
        variables: &[(&str, &str)],
    ) -> Result<String, String> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let variables = variables.iter().map(|(name, value)| (OsStr::new(name), OsStr::new(value)));
        let output = Command::new(cargo)
            .args(arguments)
            .current_dir(self.folder)
            .env("CARGO_TARGET_DIR", self.target)
            // Line tables are not needed, and take as long to build as the code.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_TERM_COLOR", "never")
            .env_remove("CARGO_MANIFEST_DIR")
            .envs(variables)
            .output()
            .map_err(|error| format!("cannot run {what}: {error}"))?;
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() {
            return Ok(out);
        }
        let text = format!("{out}{}", String::from_utf8_lossy(&output.stderr));
        Err(format!("{what} failed\n{}", truncated(text.trim())))
    }
}

/// Returns the first and the last lines of a text, at most [`MAX_OUTPUT_LINES`].
fn truncated(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() <= MAX_OUTPUT_LINES {
        return lines.join("\n");
    }
    let (head, tail) = (&lines[..MAX_OUTPUT_LINES - 10], &lines[lines.len() - 10..]);
    format!("{}\n... {} more lines ...\n{}", head.join("\n"), lines.len() - MAX_OUTPUT_LINES, tail.join("\n"))
}

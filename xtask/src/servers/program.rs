//! The client of a server, and the hand-written program that calls it.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::corpus::{Crate, lock, write_program};

/// The maximum time that a program runs. A program whose pages never end is stopped.
const TIMEOUT: Duration = Duration::from_secs(600);

/// The environment variable with the URL of the server, which `tests::calls` reads.
const URL: &str = "SERVER_URL";

/// The environment variable with the file that `tests::calls` records calls in.
const CALLS: &str = "SERVER_CALLS";

/// The files of a server's program.
pub(super) struct Program<'a> {
    /// The folder with the settings and the program, in `tests/servers`.
    pub(super) source: PathBuf,
    /// The folder for the document, the crates and the logs.
    pub(super) folder: &'a Path,
    /// The target folder.
    pub(super) target: &'a Path,
}

/// The results of a run.
pub(super) struct Run {
    /// The lines of the recorder.
    pub(super) calls: String,
    /// The output of the test harness.
    pub(super) output: String,
    /// The reason that the harness did not end by itself.
    pub(super) interruption: Option<String>,
}

impl Program<'_> {
    /// Generates the client with `cargo xtask codegen`, and returns the number of operations.
    pub(super) fn generate(&self, document: &str) -> Result<u64, String> {
        let spec = self.folder.join("openapi.json");
        fs::write(&spec, document).map_err(|error| format!("cannot write `{}`: {error}", spec.display()))?;
        let program = env::current_exe().map_err(|error| format!("cannot run codegen: {error}"))?;
        let output = Command::new(program)
            .args(["codegen", "--rebuild-lock", "--format", "json", "--spec"])
            .arg(&spec)
            .arg("--config")
            .arg(self.source.join("codegen.toml"))
            .arg("--out")
            .arg(self.client())
            .output()
            .map_err(|error| format!("cannot run codegen: {error}"))?;
        let result: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        match result["generated"]["operations"].as_u64() {
            Some(operations) if output.status.success() => Ok(operations),
            _ => Err(format!("codegen failed\n{}", String::from_utf8_lossy(&output.stderr).trim())),
        }
    }

    /// Compiles the program, and returns the path of the executable.
    pub(super) fn build(&self) -> Result<PathBuf, String> {
        let package = self.folder.join("program");
        write_program(&self.source.join("main.rs"), &self.client(), &package)?;
        lock(&package)?;
        let output = Crate { folder: &package, target: self.target }.build_behavior()?;
        let artifacts = output.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let executable = artifacts
            .filter(|artifact| artifact["target"]["name"] == "behavior")
            .find_map(|artifact| artifact["executable"].as_str().map(PathBuf::from));
        executable.ok_or_else(|| "cargo did not report the executable".to_owned())
    }

    /// Runs the program, one test after another: some tests count what others create.
    pub(super) fn run(&self, executable: &Path, url: &str) -> Result<Run, String> {
        let (calls, log) = (self.folder.join("calls.tsv"), self.folder.join("program.log"));
        let create = |path: &Path| {
            File::create(path).map_err(|error| format!("cannot write `{}`: {error}", path.display()))
        };
        create(&calls)?;
        let mut process = Command::new(executable)
            .args(["--quiet", "--test-threads=1"])
            .env(URL, url)
            .env(CALLS, &calls)
            .env("NO_PROXY", "127.0.0.1,localhost")
            .env("no_proxy", "127.0.0.1,localhost")
            .env("RUST_BACKTRACE", "0")
            .current_dir(self.folder)
            .stdin(Stdio::null())
            .stdout(create(&log)?)
            .stderr(create(&self.folder.join("program-errors.log"))?)
            .spawn()
            .map_err(|error| format!("cannot run the program: {error}"))?;
        let start = Instant::now();
        let interruption = loop {
            match process.try_wait() {
                Ok(None) if start.elapsed() > TIMEOUT => {
                    let _ = process.kill();
                    let _ = process.wait();
                    break Some(format!("the program was stopped after {} seconds", TIMEOUT.as_secs()));
                }
                Ok(None) => thread::sleep(Duration::from_millis(50)),
                // The harness exits with 101 if a test fails.
                Ok(Some(status)) if matches!(status.code(), Some(0 | 101)) => break None,
                Ok(Some(status)) => break Some(format!("the program ended early: {status}")),
                Err(error) => break Some(format!("cannot wait for the program: {error}")),
            }
        };
        let read = |path: &Path| {
            let bytes = fs::read(path);
            let bytes = bytes.map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
            Ok::<_, String>(String::from_utf8_lossy(&bytes).into_owned())
        };
        Ok(Run { calls: read(&calls)?, output: read(&log)?, interruption })
    }

    fn client(&self) -> PathBuf {
        self.folder.join("client")
    }
}

//! Virtual environments with the packages of a server.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::Stop;

/// A Python interpreter that can make virtual environments.
pub(super) struct Python {
    path: PathBuf,
}

/// A virtual environment with the packages of one server.
pub(super) struct Environment {
    pub(super) folder: PathBuf,
}

impl Python {
    /// Finds out whether the interpreter can make virtual environments.
    pub(super) fn find(path: &Path) -> Result<Self, Stop> {
        if !cfg!(unix) {
            return Err(Stop::Skipped("the servers are only started on Unix".to_owned()));
        }
        let shown = path.display();
        let run = |code: &str| Command::new(path).args(["-c", code]).stdin(Stdio::null()).output();
        let version = run("import sys; sys.exit(sys.version_info < (3, 11))")
            .map_err(|error| Stop::Skipped(format!("cannot run `{shown}`: {error}")))?;
        if !version.status.success() {
            return Err(Stop::Skipped(format!("`{shown}` is older than Python 3.11")));
        }
        let modules =
            run("import ensurepip, venv").map_err(|error| Stop::Skipped(format!("`{shown}`: {error}")))?;
        if !modules.status.success() {
            return Err(Stop::Skipped(format!("`{shown}` has no module `venv` or `ensurepip`")));
        }
        Ok(Self { path: path.to_owned() })
    }

    /// Returns the virtual environment in `folder`. Makes it, and installs the packages, unless it already has
    /// exactly these.
    pub(super) fn environment(&self, folder: &Path, requirements: &Path) -> Result<Environment, Stop> {
        let environment = Environment { folder: folder.to_owned() };
        let wanted = fs::read_to_string(requirements)
            .map_err(|error| format!("cannot read `{}`: {error}", requirements.display()))?;
        let installed = folder.join("installed.txt");
        if fs::read_to_string(&installed).is_ok_and(|text| text == wanted) {
            return Ok(environment);
        }
        succeed("python -m venv", Command::new(&self.path).args(["-m", "venv", "--clear"]).arg(folder))?;
        let mut pip = Command::new(environment.interpreter());
        pip.args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]);
        succeed("pip install", pip.arg("--requirement").arg(requirements))?;
        fs::write(&installed, wanted)
            .map_err(|error| format!("cannot write `{}`: {error}", installed.display()))?;
        Ok(environment)
    }
}

impl Environment {
    /// Returns the folder of the programs.
    pub(super) fn bin(&self) -> PathBuf {
        self.folder.join("bin")
    }

    /// Returns the path of the interpreter.
    pub(super) fn interpreter(&self) -> PathBuf {
        self.bin().join("python")
    }
}

/// Runs a command that has to succeed.
fn succeed(what: &str, command: &mut Command) -> Result<Output, String> {
    let output =
        command.stdin(Stdio::null()).output().map_err(|error| format!("cannot run {what}: {error}"))?;
    match output.status.success() {
        true => Ok(output),
        false => Err(format!("{what} failed\n{}", String::from_utf8_lossy(&output.stderr).trim())),
    }
}

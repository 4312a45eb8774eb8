//! The generated client of a document, and a program that calls every operation of it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use codegen::{Config, Source, Sources};

use super::ConfigFile;
use crate::folder::files_beside;
use crate::inputs::workspace;

/// The source of the program.
pub(super) struct Program {
    folder: PathBuf,
}

/// The compiled program.
pub(super) struct Executable {
    path: PathBuf,
}

impl Program {
    /// Generates the client with `cargo xtask codegen`, and the program next to it.
    pub(super) fn generate(spec: &Path, config: &ConfigFile, folder: &Path) -> Result<Self, String> {
        let program = env::current_exe().map_err(|error| format!("cannot run codegen: {error}"))?;
        let mut command = Command::new(program);
        command
            .args(["codegen", "--rebuild-lock", "--spec"])
            .arg(spec)
            .arg("--out")
            .arg(folder.join("program/client"));
        if let Some(path) = &config.path {
            command.arg("--config").arg(path);
        }
        let output = command.output().map_err(|error| format!("cannot run codegen: {error}"))?;
        if !output.status.success() {
            return Err(format!("codegen failed\n{}", String::from_utf8_lossy(&output.stderr).trim()));
        }
        let folder = folder.join("program");
        let files = caller(spec, &config.settings)?;
        let write = |path: &str, text: &str| -> std::io::Result<()> {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap_or(&folder))?;
            if fs::read_to_string(&path).is_ok_and(|before| before == text) {
                Ok(())
            } else {
                fs::write(&path, text)
            }
        };
        for (path, text) in files.iter() {
            write(path, text).map_err(|error| format!("cannot write `{path}`: {error}"))?;
        }
        Ok(Self { folder })
    }

    /// Compiles the program.
    pub(super) fn build(self, features: &str, target: &Path) -> Result<Executable, String> {
        // Use the dependencies that the workspace is tested with.
        let lock = workspace().join("Cargo.lock");
        let copy = self.folder.join("Cargo.lock");
        if !copy.exists() && lock.is_file() {
            fs::copy(&lock, &copy).map_err(|error| format!("cannot copy the lock file: {error}"))?;
        }
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(["build", "--quiet", "--features", features])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target)
            // Line tables are not needed, and take as long to build as the code.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env_remove("CARGO_MANIFEST_DIR")
            .output()
            .map_err(|error| format!("cannot run cargo build: {error}"))?;
        if !output.status.success() {
            return Err(format!("cargo build failed\n{}", String::from_utf8_lossy(&output.stderr).trim()));
        }
        Ok(Executable { path: target.join("debug").join(format!("conformance{}", env::consts::EXE_SUFFIX)) })
    }
}

impl Executable {
    /// Calls every operation, and returns one line of JSON for each call.
    pub(super) fn run(&self, server: Option<&str>) -> Result<String, String> {
        let output = Command::new(&self.path)
            .args(server)
            // Do not use a proxy.
            .env("NO_PROXY", "127.0.0.1")
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| format!("cannot run the program: {error}"))?;
        if !output.status.success() {
            return Err(format!("the program failed: {}", output.status));
        }
        String::from_utf8(output.stdout)
            .map_err(|error| format!("the output of the program is not UTF-8: {error}"))
    }
}

/// Generates the program that calls every operation.
fn caller(spec: &Path, config: &Config) -> Result<codegen::FileTree, String> {
    let text =
        fs::read_to_string(spec).map_err(|error| format!("cannot read `{}`: {error}", spec.display()))?;
    let name = spec.display().to_string();
    let files = files_beside(spec);
    let sources = Sources { document: Source { name: &name, text: &text }, files: &files, config: None };
    let generated = codegen::generate_conformance_program(sources, config).generated;
    // The client has been generated, so the document has no errors.
    generated.map(|generated| generated.files).ok_or_else(|| "the program was not generated".to_owned())
}

//! The client of a document, and the program that calls every operation of it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use codegen::{Config, Source, Sources};

use super::Configured;
use crate::codegen::workspace;
use crate::folder::Folder;

/// The program as source.
pub(super) struct Program {
    folder: PathBuf,
}

/// The program as it runs.
pub(super) struct Executable {
    path: PathBuf,
}

impl Program {
    /// Generates the client, as everybody does, and the program around it.
    pub(super) fn generate(spec: &Path, config: &Configured, folder: &Path) -> Result<Self, String> {
        let program = env::current_exe().map_err(|error| format!("codegen does not run: {error}"))?;
        let mut command = Command::new(program);
        command.arg("codegen").arg("--spec").arg(spec).arg("--out").arg(folder.join("program/client"));
        if let Some(path) = &config.path {
            command.arg("--config").arg(path);
        }
        let output = command.output().map_err(|error| format!("codegen does not run: {error}"))?;
        if !output.status.success() {
            return Err(format!("codegen fails\n{}", String::from_utf8_lossy(&output.stderr).trim()));
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

    /// Compiles it.
    pub(super) fn build(self, features: &str, target: &Path) -> Result<Executable, String> {
        // The versions that the workspace is tested with.
        let lock = workspace().join("Cargo.lock");
        let copy = self.folder.join("Cargo.lock");
        if !copy.exists() && lock.is_file() {
            fs::copy(&lock, &copy).map_err(|error| format!("the lock file is not copied: {error}"))?;
        }
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(["build", "--quiet", "--features", features])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target)
            // Nobody debugs these, and line tables take as long as the code.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env_remove("CARGO_MANIFEST_DIR")
            .output()
            .map_err(|error| format!("cargo build does not run: {error}"))?;
        if !output.status.success() {
            return Err(format!("cargo build fails\n{}", String::from_utf8_lossy(&output.stderr).trim()));
        }
        Ok(Executable { path: target.join("debug").join(format!("conformance{}", env::consts::EXE_SUFFIX)) })
    }
}

impl Executable {
    /// Calls every operation: a line of JSON for each call.
    pub(super) fn run(&self, server: Option<&str>) -> Result<String, String> {
        let output = Command::new(&self.path)
            .args(server)
            // A proxy would stand between.
            .env("NO_PROXY", "127.0.0.1")
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| format!("the program does not run: {error}"))?;
        if !output.status.success() {
            return Err(format!("the program ends with {}", output.status));
        }
        String::from_utf8(output.stdout).map_err(|error| format!("the program says what is no text: {error}"))
    }
}

/// The program that calls every operation, beside the client.
fn caller(spec: &Path, config: &Config) -> Result<codegen::FileTree, String> {
    let text =
        fs::read_to_string(spec).map_err(|error| format!("cannot read `{}`: {error}", spec.display()))?;
    let name = spec.display().to_string();
    let folder = Folder::of(spec);
    let sources = Sources { document: Source { name: &name, text: &text }, files: &folder };
    let generated = codegen::generate_caller(sources, config).generated;
    // The client has been generated, so there is nothing wrong with the document.
    generated.map(|generated| generated.files).ok_or_else(|| "the program is not generated".to_owned())
}

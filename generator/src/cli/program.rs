//! The program that offers the commands.

use super::inputs::{NamedPath, workspace};

/// A program that offers the commands: its name, the names of commands, and default paths.
///
/// # Examples
///
/// ```
/// use openapi_crate::cli::Program;
///
/// assert_eq!(Program::OPENAPI_CRATE.generate(), "openapi-crate generate");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Program {
    /// Name of the program on a command line, such as `cargo xtask`.
    pub name: &'static str,
    /// The command that writes a crate.
    pub generate: &'static str,
    /// The command that checks a crate.
    pub check: &'static str,
    /// Default settings files. The first file that exists is used.
    pub settings: &'static [&'static str],
    /// True if default paths start in the folder of the workspace of the program, which cargo runs.
    pub is_in_workspace: bool,
    /// The document that is used if neither an argument nor the settings have one.
    pub document: Option<&'static str>,
    /// The folder that is used if neither an argument nor the settings have one.
    pub out: Option<&'static str>,
}

impl Program {
    /// The program `openapi-crate`.
    pub const OPENAPI_CRATE: Self = Self {
        name: "openapi-crate",
        generate: "generate",
        check: "check",
        settings: &["codegen.toml", "api/codegen.toml", "spec/codegen.toml"],
        is_in_workspace: false,
        document: None,
        out: None,
    };

    /// Returns the command line that writes a crate.
    pub fn generate(&self) -> String {
        format!("{} {}", self.name, self.generate)
    }

    /// Returns a default path.
    pub(crate) fn default_path(&self, path: &str) -> NamedPath {
        let folder = if self.is_in_workspace { workspace() } else { Default::default() };
        NamedPath { path: folder.join(path), name: path.to_owned() }
    }

    /// Returns the command line that checks a crate.
    pub fn check(&self) -> String {
        format!("{} {}", self.name, self.check)
    }
}

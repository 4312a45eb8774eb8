//! Package metadata of the generated crate.

/// Package metadata of the generated crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Package {
    /// Name in `Cargo.toml`.
    pub(crate) name: String,
    pub(crate) version: String,
    /// One sentence.
    pub(crate) description: String,
    /// An SPDX expression.
    pub(crate) license: Option<String>,
    /// URL of the source repository.
    pub(crate) repository: Option<String>,
}

impl Package {
    /// Returns the name of the crate in code.
    pub(crate) fn library_name(&self) -> String {
        self.name.replace('-', "_")
    }
}

//! The package metadata of the generated crate.

/// Package metadata of the generated crate.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Package {
    /// Name in `Cargo.toml`.
    pub(crate) name: String,
    pub(crate) version: String,
    /// One sentence.
    pub(crate) description: String,
    /// An SPDX expression.
    pub(crate) license: Option<String>,
    /// Other entries of `[package]`, in the order in which they are written.
    pub(crate) entries: Vec<(&'static str, toml::Value)>,
    /// The table `[package.metadata]`.
    pub(crate) metadata: toml::Table,
    /// The table `[dependencies]` of codegen.toml.
    pub(crate) dependencies: toml::Table,
    /// The crate of the runtime, if several clients share it.
    pub(crate) runtime: Option<SharedRuntime>,
    /// The table `[lints]`.
    pub(crate) lints: toml::Table,
    /// Public modules that people add to the crate.
    pub(crate) modules: Vec<String>,
    /// Features that are enabled by default. `None`: those that the document suggests.
    pub(crate) default_features: Option<Vec<String>>,
}

/// The crate of a runtime that several clients share.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SharedRuntime {
    /// Path of its folder, relative to the folder of the client crate.
    pub(crate) path: String,
    /// Name in `Cargo.toml`.
    pub(crate) name: String,
}

impl SharedRuntime {
    /// Returns the name of the crate in code.
    pub(crate) fn library_name(&self) -> String {
        self.name.replace('-', "_")
    }
}

impl Package {
    /// Returns the name of the crate in code.
    pub(crate) fn library_name(&self) -> String {
        self.name.replace('-', "_")
    }

    /// Adds the table `[package.metadata.openapi-crate]`, which says what the crate was generated from.
    pub(crate) fn describe_generation<'e>(&mut self, entries: impl Iterator<Item = (&'static str, &'e str)>) {
        let table = toml::Table::from_iter(entries.map(|(key, value)| (key.to_owned(), value.into())));
        self.metadata.insert("openapi-crate".to_owned(), table.into());
    }
}

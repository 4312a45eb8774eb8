//! `[runtime]`: the crate of the runtime, if several clients share it.

use super::read::Section;
use super::values::{self, Violation};

/// The crate of the runtime that several clients share. Without it, each crate has a runtime of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedRuntime {
    /// Path of its folder, relative to the folder of the client crate, as in Cargo.toml: `"../runtime"`. The generator writes
    /// this folder as well. `runtime.path`.
    pub path: String,
    /// Name of the crate. `runtime.name`. Default: the name of the folder.
    pub name: String,
}

impl SharedRuntime {
    pub(super) fn read(from: &mut Section<'_>) -> Option<Self> {
        let path = from.text("path", values::neighbor);
        let name = from.text("name", values::runtime_name);
        let Some(path) = path else {
            if from.looked_up("path").is_none() {
                from.report_key("name", "has no `runtime.path`", "add the path of its folder");
            }
            return None;
        };
        let name = name.unwrap_or_else(|| folder_name(&path).to_owned());
        Some(Self { path, name })
    }
}

/// Checks the name of the crate.
pub(super) fn check(runtime: Option<&SharedRuntime>, dependencies: &toml::Table) -> Vec<(String, Violation)> {
    let Some(SharedRuntime { path, name }) = runtime else { return Vec::new() };
    let violation = |key: &str, message: String, remedy: &str| {
        vec![(key.to_owned(), Violation { message, remedy: remedy.to_owned() })]
    };
    if dependencies.keys().any(|other| other.replace('_', "-") == name.replace('_', "-")) {
        return violation(
            "path",
            format!("`[dependencies]` has a crate with the name `{name}`"),
            "set another `runtime.name`",
        );
    }
    match values::runtime_name(name) {
        Err(Violation { message, .. }) if name == folder_name(path) => violation(
            "path",
            format!("the name of the folder is not a valid name of the crate: {message}"),
            "set `runtime.name`",
        ),
        // An invalid name in the settings has been reported.
        _ => Vec::new(),
    }
}

/// Returns the last name in a path.
fn folder_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

//! `[dependencies]`: crates that the generated crate depends on because of the settings, and the paths into them.

use super::values::{self, Violation};

/// Crates whose types represent string formats. An entry of the user replaces the entry of the generator.
const LIBRARIES: [&str; 4] = ["chrono", "jiff", "time", "uuid"];

/// Crates that every generated crate depends on. An entry of the user adds features.
const ALWAYS: [&str; 8] =
    ["base64", "bytes", "futures-core", "http", "httpdate", "percent-encoding", "serde", "serde_json"];

/// Modules of every generated crate that have types.
const MODULES: [&str; 2] = ["runtime", "types"];

/// Checks the table: the names of crates, and their requirements.
pub(super) fn check(table: &toml::Table) -> Vec<(String, Violation)> {
    let entries = table.iter().map(|(name, value)| (name.clone(), check_entry(name, value)));
    entries.filter_map(|(name, checked)| Some((name, checked.err()?))).collect()
}

fn check_entry(name: &str, value: &toml::Value) -> Result<(), Violation> {
    let violation =
        |message: &str, remedy: &str| Err(Violation { message: message.into(), remedy: remedy.into() });
    if ALWAYS.contains(&name) {
        return match only_features(value) {
            true => Ok(()),
            false => violation(
                "the generated crate depends on this crate already",
                "write `{ features = [\"...\"] }` to enable features, or remove it",
            ),
        };
    }
    if values::DEPENDENCIES.contains(&name.replace('_', "-").as_str()) {
        if !LIBRARIES.contains(&name) {
            return violation("the generated crate can depend on a crate of this name", "remove it");
        }
    } else {
        values::crate_name(name)?;
    }
    match value {
        toml::Value::String(version) if semver::VersionReq::parse(version).is_ok() => Ok(()),
        toml::Value::Table(table) if table.contains_key("optional") => {
            violation("types of the crate cannot depend on an optional crate", "remove `optional`")
        }
        toml::Value::Table(table) if !table.is_empty() => Ok(()),
        _ => violation(
            "this is not a dependency",
            "write it as in Cargo.toml, such as `\"1\"` or `{ version = \"1\", features = [\"serde\"] }`",
        ),
    }
}

/// Returns `true` if a dependency enables features, and says nothing else.
fn only_features(value: &toml::Value) -> bool {
    let Some(table) = value.as_table().filter(|table| table.len() == 1) else { return false };
    let features = table.get("features").and_then(toml::Value::as_array);
    features.is_some_and(|features| !features.is_empty() && features.iter().all(toml::Value::is_str))
}

/// Accepts a path that begins in the crate, in the standard library, or in a dependency.
pub(super) fn check_path(
    path: &[String],
    dependencies: &toml::Table,
    modules: &[String],
) -> Result<(), Violation> {
    let (first, second) = (path.first().map_or("", String::as_str), path.get(1));
    if let ("crate", Some(module)) = (first, second) {
        if MODULES.contains(&module.as_str()) || modules.contains(module) {
            return Ok(());
        }
        let message = format!("the crate has no module `{module}`");
        return Err(Violation { message, remedy: format!("add `{module}` to `folder.modules`") });
    }
    let is_dependency = dependencies.keys().any(|name| name.replace('-', "_") == first);
    match second.is_some() && (is_dependency || matches!(first, "std" | "core" | "alloc" | "serde_json")) {
        true => Ok(()),
        false if second.is_none() => Err(Violation {
            message: "it does not say where the type is".to_owned(),
            remedy: "begin with `crate::`, `std::` or the name of a dependency".to_owned(),
        }),
        false => Err(Violation {
            message: format!("`{first}` is not a dependency"),
            remedy: format!("add `{first}` to `[dependencies]`, or begin with `crate::` or `std::`"),
        }),
    }
}

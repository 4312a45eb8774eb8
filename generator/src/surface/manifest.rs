//! Reads the part of `Cargo.toml` that is part of an API: version, features, `rust-version` and public dependencies.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use super::error::SurfaceError;
use super::item::{Item, ItemKind, Origin};
use super::skeleton;

/// The contents of a manifest.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    pub(super) package: String,
    pub(super) version: String,
    crate_name: Option<String>,
    rust_version: Option<String>,
    features: BTreeMap<String, Vec<String>>,
    dependencies: BTreeMap<String, String>,
}

impl Manifest {
    pub(super) fn parse(path: &str, text: &str) -> Result<Self, SurfaceError> {
        let table: Table = text.parse().map_err(|error: toml::de::Error| SurfaceError {
            file: path.to_owned(),
            line: error.span().map_or(1, |span| skeleton::line(text, span.start)),
            message: error.message().to_owned(),
        })?;
        if let Some(key) = inherited(&table) {
            let line = text.lines().position(|line| line.contains(key) && line.contains("workspace"));
            let message = format!(
                "`{key}` is inherited from a workspace, whose manifest is not read; write the value in its place"
            );
            return Err(SurfaceError { file: path.to_owned(), line: line.unwrap_or_default() + 1, message });
        }
        let package = |key: &str| table.get("package")?.get(key)?.as_str().map(str::to_owned);
        let crate_name = table.get("lib").and_then(|lib| lib.get("name")?.as_str()).map(str::to_owned);
        let crate_name = crate_name.or_else(|| package("name").map(|name| name.replace('-', "_")));
        let features = table.get("features").and_then(Value::as_table).into_iter().flatten();
        let mut features: BTreeMap<String, Vec<String>> =
            features.map(|(name, enabled)| (name.clone(), strings(enabled))).collect();
        add_implicit(&mut features, table.get("dependencies"));
        let targets = table.get("target").and_then(Value::as_table);
        let targets = targets.into_iter().flatten().filter_map(|(_, target)| target.get("dependencies"));
        let dependencies = table.get("dependencies").into_iter().chain(targets);
        Ok(Self {
            package: package("name").unwrap_or_default(),
            version: package("version").unwrap_or_default(),
            crate_name,
            rust_version: package("rust-version"),
            features,
            dependencies: dependencies
                .filter_map(Value::as_table)
                .flatten()
                .filter_map(requirement)
                .collect(),
        })
    }

    /// Returns the items of the manifest. `crates` are the crates whose items are public.
    pub(super) fn items(&self, crates: &BTreeSet<String>) -> Vec<Item> {
        let crate_name = self.crate_name.iter();
        let crate_name = crate_name.map(|it| ("crate name".to_owned(), ItemKind::CrateName(it.clone())));
        let rust_version = self.rust_version.iter();
        let rust_version =
            rust_version.map(|it| ("rust-version".to_owned(), ItemKind::RustVersion(it.clone())));
        let features = self.features.iter();
        let features =
            features.map(|(name, enabled)| (format!("feature {name}"), ItemKind::Feature(enabled.clone())));
        let is_public = |name: &str| crates.contains(&name.replace('-', "_"));
        let dependencies = self.dependencies.iter().filter(|(name, _)| is_public(name));
        let dependencies = dependencies
            .map(|(name, version)| (format!("dependency {name}"), ItemKind::Dependency(version.clone())));
        crate_name.chain(rust_version).chain(features).chain(dependencies).map(item).collect()
    }
}

fn item((path, kind): (String, ItemKind)) -> Item {
    Item {
        path,
        kind,
        origin: Origin::Document,
        conditions: Vec::new(),
        deprecated: None,
        must_use: false,
        non_exhaustive: false,
        docs: 0,
        code: 0,
    }
}

/// Adds the features that optional dependencies have unless a feature names them with `dep:`.
fn add_implicit(features: &mut BTreeMap<String, Vec<String>>, dependencies: Option<&Value>) {
    let named: BTreeSet<String> =
        features.values().flatten().filter_map(|it| it.strip_prefix("dep:").map(str::to_owned)).collect();
    let is_optional = |value: &Value| value.get("optional").and_then(Value::as_bool) == Some(true);
    let dependencies = dependencies.and_then(Value::as_table).into_iter().flatten();
    for (name, _) in dependencies.filter(|(name, value)| is_optional(value) && !named.contains(*name)) {
        features.entry(name.clone()).or_default();
    }
}

fn strings(value: &Value) -> Vec<String> {
    let values = value.as_array().into_iter().flatten();
    let mut values: Vec<String> = values.filter_map(|it| it.as_str().map(str::to_owned)).collect();
    values.sort();
    values
}

/// Returns the first key of the package or its dependencies whose value is in the manifest of a workspace.
fn inherited(table: &Table) -> Option<&str> {
    let package = table.get("package").and_then(Value::as_table).into_iter().flatten();
    let package = package.filter(|(key, _)| matches!(key.as_str(), "name" | "version" | "rust-version"));
    let dependencies = table.get("dependencies").and_then(Value::as_table).into_iter().flatten();
    let is_inherited = |value: &Value| value.get("workspace").and_then(Value::as_bool) == Some(true);
    package.chain(dependencies).find(|(_, value)| is_inherited(value)).map(|(key, _)| key.as_str())
}

/// Returns the name and the version requirement of a dependency.
fn requirement((name, value): (&String, &Value)) -> Option<(String, String)> {
    let version = value.as_str().or_else(|| value.get("version")?.as_str())?;
    Some((name.clone(), version.to_owned()))
}

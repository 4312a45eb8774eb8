//! Required properties that codegen.toml makes optional, for servers that leave them out.
//!
//! Unions are still distinguished by the document as it is. A value without a property that distinguishes it
//! is unknown to the union, and is preserved.

use std::collections::{BTreeMap, BTreeSet};

use super::stale::StaleEntry;
use crate::classify::Property;
use crate::config;
use crate::diagnostics::Pointer;
use crate::document::Document;

/// The overrides, by the location of the schema.
#[derive(Debug, Default)]
pub(super) struct RequiredOverrides {
    all: bool,
    schemas: BTreeMap<Pointer, Entry>,
    properties: BTreeMap<(Pointer, String), Entry>,
    /// Entries that match no schema.
    unmatched: Vec<StaleEntry>,
}

/// An entry of codegen.toml.
#[derive(Debug)]
struct Entry {
    /// The finding if nothing uses the entry.
    stale: StaleEntry,
    is_used: bool,
}

impl RequiredOverrides {
    pub(super) fn new(config: &config::OptionalProperties, document: &Document) -> Self {
        let mut required_overrides = Self { all: config.all, ..Self::default() };
        let entry = |path: &[&str], name: &str, message: String| Entry {
            stale: StaleEntry::new(path, name, message),
            is_used: false,
        };
        let no_schema = |path: &[&str], name: &str| {
            StaleEntry::new(path, name, format!("the document has no schema `{name}`"))
        };
        for (index, name) in config.schemas.iter().enumerate() {
            let path = ["optional", "schemas", &index.to_string()];
            match document.schema_of_setting(name) {
                Some(at) => {
                    let entry = entry(&path, name, format!("`{name}` has no required property"));
                    required_overrides.schemas.insert(at, entry);
                }
                None => required_overrides.unmatched.push(no_schema(&path, name)),
            }
        }
        for (name, properties) in &config.properties {
            let Some(at) = document.schema_of_setting(name) else {
                required_overrides.unmatched.push(no_schema(&["optional", "properties", name], name));
                continue;
            };
            for (index, property) in properties.iter().enumerate() {
                let path = ["optional", "properties", name, &index.to_string()];
                let message = format!("`{property}` is not a required property of `{name}`");
                let key = (at.clone(), property.clone());
                required_overrides.properties.insert(key, entry(&path, property, message));
            }
        }
        required_overrides
    }

    /// Returns true if codegen.toml makes a required property optional: for the schema at `at`, or for a
    /// schema that the property is inherited from.
    pub(super) fn is_made_optional(&mut self, at: &Pointer, name: &str, property: &Property<'_>) -> bool {
        let owners = property.contributions().filter_map(|it| owner_of(&it.at));
        let of: BTreeSet<Pointer> = [at.clone()].into_iter().chain(owners).collect();
        let mut is_made_optional = self.all;
        for at in of {
            let key = (at, name.to_owned());
            let field = self.properties.get_mut(&key);
            let of_field = field.into_iter().chain(self.schemas.get_mut(&key.0));
            for entry in of_field {
                entry.is_used = true;
                is_made_optional = true;
            }
        }
        is_made_optional
    }

    /// Returns the entries that name no schema.
    pub(super) fn stale_schemas(&self) -> Vec<StaleEntry> {
        self.unmatched.clone()
    }

    /// Returns the entries whose schema or property is not required anywhere; none with a selection of operations,
    /// because not every schema is lowered then.
    pub(super) fn stale_properties(&self, is_selection: bool) -> Vec<StaleEntry> {
        let entries = self.schemas.values().chain(self.properties.values());
        entries.filter(|entry| !entry.is_used && !is_selection).map(|entry| entry.stale.clone()).collect()
    }
}

/// Returns the schema that lists a property.
pub(super) fn owner_of(property: &Pointer) -> Option<Pointer> {
    let (properties, _) = property.as_str().rsplit_once('/')?;
    properties.strip_suffix("/properties").map(Pointer::parse)
}

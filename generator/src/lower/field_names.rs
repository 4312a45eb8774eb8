//! The names of `[names.fields]`, which structs take while they are defined: a struct has the properties of several schemas.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::name_entry::schema_of_entry;
use super::required_overrides::owner_of;
use super::stale::{self, HELP, StaleEntry};
use crate::classify::{Property, Schemas};
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostics, Pointer, closest};
use crate::document::Document;
use crate::ir::{GivenName, TypeId};

/// The entries by schema and property, and the fields that they name.
#[derive(Debug, Default)]
pub(super) struct FieldNames {
    entries: HashMap<Pointer, BTreeMap<String, Entry>>,
    /// Entries that match no schema, or whose schema has several entries.
    unmatched: Vec<StaleEntry>,
    given: BTreeMap<(TypeId, usize), GivenName>,
}

/// The name of a property.
#[derive(Debug)]
struct Entry {
    given: GivenName,
    /// The key of the table.
    schema: String,
    is_used: bool,
}

impl FieldNames {
    pub(super) fn new(config: &Config, document: &Document, schemas: &Schemas<'_>) -> Self {
        let mut names = Self::default();
        for (schema, properties) in &config.names.fields {
            let id = match schema_of_entry("fields", schema, document, schemas) {
                Ok(id) => id,
                Err(stale) => {
                    names.unmatched.push(stale);
                    continue;
                }
            };
            let entries = names.entries.entry(schemas.at(id).clone()).or_default();
            for (property, name) in properties {
                let at = Pointer::in_config(["names", "fields", schema, property]);
                let given = GivenName { name: name.clone(), at };
                let entry = Entry { given, schema: schema.clone(), is_used: false };
                if entries.insert(property.clone(), entry).is_some() {
                    let message = format!("another entry names `{property}` of this schema");
                    let path = ["names", "fields", schema, property];
                    names.unmatched.push(StaleEntry::new(&path, "", message));
                }
            }
        }
        names
    }

    /// Names a field of a struct, if an entry for the schema at `at`, or for a schema that the property is inherited from,
    /// has its name. The schema at `at` comes first, then the last schema that describes the property.
    pub(super) fn name(&mut self, field: (TypeId, usize), at: &Pointer, name: &str, property: &Property<'_>) {
        if self.entries.is_empty() {
            return;
        }
        let inherited = property.contributions().rev().filter_map(|it| owner_of(&it.at));
        let mut seen = BTreeSet::new();
        for owner in [at.clone()].into_iter().chain(inherited) {
            let entry = self.entries.get_mut(&owner).and_then(|entries| entries.get_mut(name));
            if let Some(entry) = entry.filter(|_| seen.insert(owner)) {
                entry.is_used = true;
                self.given.entry(field).or_insert_with(|| entry.given.clone());
            }
        }
    }

    /// Names the fields of a struct like those of another one.
    pub(super) fn copy(&mut self, copy: TypeId, original: TypeId) {
        let range = (original, 0)..=(original, usize::MAX);
        let names = self.given.range(range).map(|((_, field), given)| ((copy, *field), given.clone()));
        let names: Vec<_> = names.collect();
        self.given.extend(names);
    }

    /// Returns the names of fields, and reports entries that match nothing. `properties` are the properties of the structs at
    /// a schema.
    pub(super) fn finish(
        self,
        is_selection: bool,
        properties: &HashMap<Pointer, Vec<&str>>,
        schemas: &[&str],
        diagnostics: &mut Diagnostics,
    ) -> BTreeMap<(TypeId, usize), GivenName> {
        stale::report(Code::StaleName, self.unmatched, schemas, HELP, diagnostics);
        let mut unused: Vec<(&Pointer, &String, &Entry)> = Vec::new();
        for (at, entries) in &self.entries {
            let entries = entries.iter().filter(|(_, entry)| !entry.is_used && !is_selection);
            unused.extend(entries.map(|(property, entry)| (at, property, entry)));
        }
        unused.sort_by(|one, other| one.2.given.at.cmp(&other.2.given.at));
        for (at, property, entry) in unused {
            let known = properties.get(at).into_iter().flatten().copied();
            let help = closest(property, known).map(|meant| format!("did you mean `{meant}`?"));
            diagnostics.report(
                Code::StaleName,
                &entry.given.at,
                format!("`{property}` is not a property of `{}`", entry.schema),
                help.unwrap_or_else(|| HELP.to_owned()),
            );
        }
        self.given
    }
}

//! Members that may be missing although the document requires them, as codegen.toml says: their fields are as those of
//! members that are not required.
//!
//! Unions are told apart by the document as it is. What a server leaves out tells nothing apart, so such a value is one that
//! the union does not know, and is kept as it came.

use std::collections::{BTreeMap, BTreeSet};

use super::Lower;
use super::fields::Property;
use crate::config;
use crate::diagnostics::Pointer;
use crate::document::Document;

/// The members that may be missing, by where their schemas stand.
#[derive(Debug, Default)]
pub(super) struct Softened {
    everything: bool,
    types: BTreeMap<Pointer, Entry>,
    fields: BTreeMap<(Pointer, String), Entry>,
    /// Entries that name no schema.
    strangers: Vec<String>,
}

/// An entry of codegen.toml, and whether something has answered to it.
#[derive(Debug)]
struct Entry {
    text: String,
    is_met: bool,
}

impl Softened {
    pub(super) fn new(config: &config::Soften, document: &Document) -> Self {
        let mut softened = Self { everything: config.everything, ..Self::default() };
        let entry = |text: String| Entry { text, is_met: false };
        for name in &config.types {
            let text = format!("soften.types `{name}`");
            match place_of(name, document) {
                Some(at) => drop(softened.types.insert(at, entry(text))),
                None => softened.strangers.push(text),
            }
        }
        for (name, members) in &config.fields {
            for member in members {
                let text = format!("[soften.fields] `{name}`, `{member}`");
                match place_of(name, document) {
                    Some(at) => drop(softened.fields.insert((at, member.clone()), entry(text))),
                    None => softened.strangers.push(text),
                }
            }
        }
        softened
    }

    /// The entries that nothing answers to. Of a selection not every schema is looked at.
    pub(super) fn stale(&self, is_selection: bool) -> Vec<String> {
        let entries = self.types.values().chain(self.fields.values());
        let unmet = entries.filter(|entry| !entry.is_met && !is_selection).map(|entry| entry.text.clone());
        self.strangers.iter().cloned().chain(unmet).collect()
    }
}

impl<'a> Lower<'a, '_> {
    /// Whether a required member of the schema at `at` may be missing all the same. It may come from other schemas that
    /// this one is made of, and then those count as well.
    pub(super) fn is_softened(&mut self, at: &Pointer, name: &str, property: &Property<'a>) -> bool {
        let owners = property.descriptions().filter_map(|it| owner_of(&it.at));
        let of: BTreeSet<Pointer> = [at.clone()].into_iter().chain(owners).collect();
        let mut is_softened = self.softened.everything;
        for at in of {
            let key = (at, name.to_owned());
            let field = self.softened.fields.get_mut(&key);
            let of_field = field.into_iter().chain(self.softened.types.get_mut(&key.0));
            for entry in of_field {
                entry.is_met = true;
                is_softened = true;
            }
        }
        is_softened
    }
}

/// Where the schema stands that codegen.toml names; a reference may lead to what no reference of the document names.
fn place_of(name: &str, document: &Document) -> Option<Pointer> {
    if name.starts_with('#') { document.target(name) } else { document.mapping_target(name) }
}

/// The schema that a property stands in.
fn owner_of(property: &Pointer) -> Option<Pointer> {
    let (properties, _) = property.as_str().rsplit_once('/')?;
    properties.strip_suffix("/properties").map(Pointer::parse)
}

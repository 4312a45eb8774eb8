//! The old and the new crate of a pair of documents, which consist of the parts of many kinds.

use openapi_crate::diff::{self, Change};
use openapi_crate::surface::Surface;
use openapi_crate::{Config, Generated, Lock, Source};
use serde_json::{Value, json};

use super::table::Kind;

/// An old crate, and the new crate that is generated with its lock.
pub(super) struct Pair {
    pub(super) old: Generated,
    pub(super) new: Generated,
}

impl Pair {
    pub(super) fn generate(kinds: &[&Kind]) -> Self {
        let old = generate(kinds.iter().flat_map(|kind| &kind.old), &Lock::default());
        let new = generate(kinds.iter().flat_map(|kind| &kind.new), &old.lock);
        Self { old, new }
    }

    pub(super) fn changes(&self) -> Vec<Change> {
        let surface =
            |generated: &Generated| Surface::read(generated.files.iter()).expect("the crate is valid");
        diff::compare(&surface(&self.old), &surface(&self.new))
    }
}

/// Generates a crate from the parts of a document.
fn generate<'p>(parts: impl Iterator<Item = &'p Value>, lock: &Lock) -> Generated {
    let mut document = json!({ "openapi": "3.1.0", "info": { "title": "Changes", "version": "1.0.0" } });
    parts.for_each(|part| merge(&mut document, part));
    let settings = document.as_object_mut().and_then(|document| document.remove("settings"));
    let settings = toml::to_string(&settings.unwrap_or_else(|| json!({}))).expect("the settings are TOML");
    let config = Config::parse(&settings).unwrap_or_else(|error| panic!("{error}: {settings}"));
    let text = serde_json::to_string_pretty(&document).expect("the document is JSON");
    let source = Source { name: "api.json", text: &text };
    let outcome = openapi_crate::regenerate(source, &config, lock);
    outcome.generated.unwrap_or_else(|| panic!("{}", outcome.diagnostics.render(source)))
}

/// Adds a part to a document. Objects are merged, lists are joined, and other values are replaced.
fn merge(document: &mut Value, part: &Value) {
    match (document, part) {
        (Value::Object(document), Value::Object(part)) => {
            for (key, value) in part {
                match document.get_mut(key) {
                    Some(before) => merge(before, value),
                    None => drop(document.insert(key.clone(), value.clone())),
                }
            }
        }
        (Value::Array(document), Value::Array(part)) => document.extend(part.iter().cloned()),
        (document, part) => *document = part.clone(),
    }
}

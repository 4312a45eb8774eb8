//! The examples of a document, each with the type that it is one of and whether its schema allows it.
//!
//! [`find`] walks the document, [`schema`] turns its schemas into JSON Schema, and [`judge`] holds the one against the
//! other. [`answers`] judges what a server answers in the same way. Imports `document`, `ir`, `diagnostics` and `config`; its tests `lower` as well.

mod answers;
mod find;
mod judge;
mod schema;

use std::cell::RefCell;

use serde_json::Value;

pub use self::answers::Answers;

use crate::config::Config;
use crate::diagnostics::Pointer;
use crate::document::Document;
use crate::ir::{Api, Example, Judgement};

/// Every example that has a type in the crate; those of schemas that make no code have none.
pub(crate) fn of(document: &Document, api: &Api, config: &Config) -> Vec<Example> {
    let Ok(written) = serde_json::to_value(document.openapi()) else { return Vec::new() };
    let found = find::examples(&written);
    let written = schemas(document, config);
    let mut judge = judge::Judge::new(&written, config.protojson);
    let mut examples = Vec::new();
    for found in found {
        // Null says nothing about a type: it is the absence of a value.
        let Some(ty) = api.places.get(&found.schema).filter(|_| found.value != Value::Null) else { continue };
        examples.push(Example {
            pointer: document.written(&found.pointer),
            ty: ty.clone(),
            verdict: judge.verdict(&found.schema, &found.value),
            value: found.value,
        });
    }
    examples
}

/// A document whose schemas are JSON Schema.
pub(crate) fn schemas(document: &Document, config: &Config) -> Value {
    // What has been read can be written.
    let mut written = serde_json::to_value(document.openapi()).unwrap_or_default();
    schema::convert(&mut written, config.protojson);
    written
}

/// Judges values by the schemas at places of such a document.
pub(crate) fn judge<'a>(
    schemas: &'a Value,
    config: &Config,
) -> impl Fn(&Pointer, &Value) -> Judgement + use<'a> {
    let judge = RefCell::new(judge::Judge::new(schemas, config.protojson));
    move |at, value| judge.borrow_mut().judgement(at, value)
}

#[cfg(test)]
mod tests;

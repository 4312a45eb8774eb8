//! Finds the examples of a document and validates them against their schemas.
//!
//! [`find`] finds the examples, [`schema`] converts OpenAPI schemas to JSON Schema, and [`validator`] validates the
//! examples. [`response_validator`] validates responses of servers in the same way. Imports `document`, `ir`,
//! `diagnostics` and `config`; the tests also import `lower`.

mod find;
mod response_validator;
mod schema;
mod validator;

use std::cell::RefCell;
use std::collections::HashSet;

use serde_json::Value;

pub use self::response_validator::ResponseValidator;

use crate::config::Config;
use crate::diagnostics::Pointer;
use crate::document::Document;
use crate::ir::{Example, SchemaMatch, SchemaTypes};

/// Returns every example whose schema has a type in the generated crate, sorted by location.
pub(crate) fn of(document: &Document, types: &SchemaTypes, config: &Config) -> Vec<Example> {
    let mut found = find::examples(&document.to_value());
    // The order of the components has no effect on the test.
    found.sort_by_cached_key(|found| document.original(&found.pointer));
    let written = schemas(document, config);
    let mut validator = validator::SchemaValidator::new(&written, config.protojson);
    let mut examples = Vec::new();
    let mut known = HashSet::new();
    for found in found {
        // Null is the absence of a value and does not test the type.
        let Some(ty) = types.get(&found.schema).filter(|_| found.value != Value::Null) else {
            continue;
        };
        examples.push(Example {
            pointer: document.original(&found.pointer),
            ty: ty.clone(),
            verdict: validator.verdict(&found.schema, &found.value),
            is_repeated: !known.insert((ty, found.value.to_string())),
            value: found.value,
        });
    }
    examples
}

/// Returns the document with its schemas converted to JSON Schema.
pub(crate) fn schemas(document: &Document, config: &Config) -> Value {
    let mut written = document.to_value();
    schema::convert(&mut written, config.protojson);
    written
}

/// Returns a function that validates a value against the schema at a location of a document from [`schemas`].
pub(crate) fn validator<'a>(
    schemas: &'a Value,
    config: &Config,
) -> impl Fn(&Pointer, &Value) -> SchemaMatch + use<'a> {
    let validator = RefCell::new(validator::SchemaValidator::new(schemas, config.protojson));
    move |at, value| validator.borrow_mut().schema_match(at, value)
}

#[cfg(test)]
mod tests;

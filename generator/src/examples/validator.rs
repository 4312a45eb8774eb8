//! Validates values against the schemas of a document.
//!
//! Imports `ir` and `diagnostics`.

use std::collections::HashMap;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Registry, Validator};
use serde_json::Value;

use crate::diagnostics::Pointer;
use crate::ir::{SchemaMatch, Verdict};

/// URI of the document in references.
pub(super) const DOCUMENT: &str = "urn:document";

/// Maximum length of an error message, in characters. Messages contain the value.
const MAX_MESSAGE_LENGTH: usize = 200;

/// Validates values against the schemas of a document, which have been converted to JSON Schema.
pub(super) struct SchemaValidator<'a> {
    document: &'a Value,
    registry: Option<Registry<'a>>,
    protojson: bool,
    /// Compiled validators. Compiling is much slower than validating, and many schemas are equal.
    compiled: Vec<Option<Validator>>,
    /// Positions in `compiled`, by text of the schema.
    by_text: HashMap<String, usize>,
    /// Positions in `compiled`, by location of the schema. A large schema can have many examples.
    by_location: HashMap<Pointer, usize>,
}

impl<'a> SchemaValidator<'a> {
    pub(super) fn new(document: &'a Value, protojson: bool) -> Self {
        let registry = Registry::new().add(DOCUMENT, document).and_then(|registry| registry.prepare());
        Self {
            document,
            registry: registry.ok(),
            protojson,
            compiled: Vec::new(),
            by_text: HashMap::new(),
            by_location: HashMap::new(),
        }
    }

    /// Validates `value` against the schema at `at`.
    pub(super) fn verdict(&mut self, at: &Pointer, value: &Value) -> Verdict {
        match self.compiled(at) {
            Some(validator) if validator.is_valid(value) => Verdict::Valid,
            Some(_) => Verdict::Invalid,
            None => Verdict::Unknown,
        }
    }

    /// Returns the first violation of the schema at `at` by `value`.
    pub(super) fn violation(&mut self, at: &Pointer, value: &Value) -> Option<String> {
        let error = self.compiled(at)?.validate(value).err()?;
        let (place, message) = (error.instance_path().to_string(), error.to_string());
        Some(format!("{place}: {}", message.chars().take(MAX_MESSAGE_LENGTH).collect::<String>()))
    }

    /// Validates `value` against the schema at `at`, and reports ambiguous matches of a `oneOf` separately.
    pub(super) fn schema_match(&mut self, at: &Pointer, value: &Value) -> SchemaMatch {
        let Some(validator) = self.compiled(at) else { return SchemaMatch::Unknown };
        let Err(error) = validator.validate(value) else { return SchemaMatch::Allowed };
        let is_at_root = error.instance_path().as_str().is_empty();
        match error.kind() {
            ValidationErrorKind::OneOfMultipleValid { .. } if is_at_root => SchemaMatch::Ambiguous,
            _ => SchemaMatch::Refused,
        }
    }

    fn compiled(&mut self, at: &Pointer) -> Option<&Validator> {
        if let Some(position) = self.by_location.get(at) {
            return self.compiled[*position].as_ref();
        }
        let schema = self.document.pointer(at.as_str())?;
        let text = schema.to_string();
        let position = match self.by_text.get(&text) {
            Some(position) => *position,
            None => {
                self.compiled.push(self.validator(schema));
                self.by_text.insert(text, self.compiled.len() - 1);
                self.compiled.len() - 1
            }
        };
        self.by_location.insert(at.clone(), position);
        self.compiled[position].as_ref()
    }

    fn validator(&self, schema: &Value) -> Option<Validator> {
        let options = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .with_format("byte", is_base64)
            .with_format("base64", is_base64)
            .with_format("int32", |text: &str| text.parse::<i32>().is_ok())
            .with_format("int64", |text: &str| text.parse::<i64>().is_ok())
            .with_format("uint32", |text: &str| text.parse::<u32>().is_ok())
            .with_format("uint64", |text: &str| text.parse::<u64>().is_ok());
        let options = if self.protojson { options.with_format("duration", is_seconds) } else { options };
        options.with_registry(self.registry.as_ref()?).build(schema).ok()
    }
}

/// Returns `true` for base64 or base64url (RFC 4648, sections 4 and 5), with or without padding.
fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_');
    text.len() - digits.len() <= 2 && digits.len() % 4 != 1 && digits.bytes().all(is_digit)
}

/// Returns `true` for a duration in ProtoJSON, such as `3.5s`.
fn is_seconds(text: &str) -> bool {
    text.strip_suffix('s').is_some_and(|number| number.parse::<f64>().is_ok_and(f64::is_finite))
}

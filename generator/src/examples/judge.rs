//! Whether an example is what its schema asks for.
//!
//! Imports `ir` and `diagnostics`.

use std::collections::HashMap;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Registry, Validator};
use serde_json::Value;

use crate::diagnostics::Pointer;
use crate::ir::{Judgement, Verdict};

/// What references call the document.
pub(super) const DOCUMENT: &str = "urn:document";

/// How much of a complaint is told: it repeats the value that it is about.
const LENGTH: usize = 200;

/// Knows the schemas of a document, as JSON Schema.
pub(super) struct Judge<'a> {
    document: &'a Value,
    registry: Option<Registry<'a>>,
    protojson: bool,
    /// Preparing takes much longer than judging, and hundreds of properties are described in the same few words.
    prepared: HashMap<String, Option<Validator>>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(document: &'a Value, protojson: bool) -> Self {
        let registry = Registry::new().add(DOCUMENT, document).and_then(|registry| registry.prepare());
        Self { document, registry: registry.ok(), protojson, prepared: HashMap::new() }
    }

    /// Whether `value` is what the schema at `at` asks for.
    pub(super) fn verdict(&mut self, at: &Pointer, value: &Value) -> Verdict {
        match self.prepared(at) {
            Some(validator) if validator.is_valid(value) => Verdict::Valid,
            Some(_) => Verdict::Invalid,
            None => Verdict::Unknown,
        }
    }

    /// What about `value` is not what the schema at `at` asks for.
    pub(super) fn complaint(&mut self, at: &Pointer, value: &Value) -> Option<String> {
        let error = self.prepared(at)?.validate(value).err()?;
        let (place, message) = (error.instance_path().to_string(), error.to_string());
        Some(format!("{place}: {}", message.chars().take(LENGTH).collect::<String>()))
    }

    /// What the schema at `at` makes of `value`.
    pub(super) fn judgement(&mut self, at: &Pointer, value: &Value) -> Judgement {
        let Some(validator) = self.prepared(at) else { return Judgement::Unknown };
        let Err(error) = validator.validate(value) else { return Judgement::Allowed };
        let is_of_this = error.instance_path().as_str().is_empty();
        match error.kind() {
            ValidationErrorKind::OneOfMultipleValid { .. } if is_of_this => Judgement::Ambiguous,
            _ => Judgement::Refused,
        }
    }

    fn prepared(&mut self, at: &Pointer) -> Option<&Validator> {
        let schema = self.document.pointer(at.as_str())?;
        let text = schema.to_string();
        if !self.prepared.contains_key(&text) {
            let validator = self.validator(schema);
            self.prepared.insert(text.clone(), validator);
        }
        self.prepared.get(&text)?.as_ref()
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

/// RFC 4648, section 4 or 5, padded or not.
fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_');
    text.len() - digits.len() <= 2 && digits.len() % 4 != 1 && digits.bytes().all(is_digit)
}

/// Protobuf's way to write a span of time.
fn is_seconds(text: &str) -> bool {
    text.strip_suffix('s').is_some_and(|number| number.parse::<f64>().is_ok_and(f64::is_finite))
}

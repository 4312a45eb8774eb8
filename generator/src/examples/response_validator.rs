//! Validates responses of servers against the document.
//!
//! Imports `document`, `diagnostics` and `config`.

use serde_json::Value;

use super::validator::SchemaValidator;
use crate::config::Config;
use crate::diagnostics::{Diagnostics, Pointer, Sources};
use crate::document::Document;

/// Validates responses against the schemas of a document.
///
/// Uses the crate `jsonschema`, independently of the types that the generator creates.
pub struct ResponseValidator {
    /// The document with its schemas converted to JSON Schema.
    written: Value,
    protojson: bool,
}

impl ResponseValidator {
    /// Creates a validator. Returns `None` if the document cannot be loaded.
    pub fn of<'s>(sources: impl Into<Sources<'s>>, config: &Config) -> Option<Self> {
        let document = Document::load(&sources.into(), &config.overlays, &mut Diagnostics::new())?;
        Some(Self { written: super::schemas(&document, config), protojson: config.protojson })
    }

    /// Returns `true` if an operation documents a response that is neither informational nor an error, or no
    /// response at all.
    pub fn has_success_response(&self, method: &str, path: &str) -> bool {
        let responses = self.at(&operation(method, path).child("responses")).and_then(Value::as_object);
        responses.is_none_or(|responses| responses.keys().any(|status| !status.starts_with(['1', '4', '5'])))
    }

    /// Returns why the document does not allow a JSON response body. Returns `None` if the body is valid, or if the
    /// document has no schema for it.
    pub fn violation(&self, method: &str, path: &str, status: u16, body: &Value) -> Option<String> {
        let responses = operation(method, path).child("responses");
        let status = status.to_string();
        let range = format!("{}XX", status.get(..1)?);
        let response = [status.as_str(), &range, "default"].into_iter().find_map(|status| {
            let place = responses.child(status);
            self.at(&place).map(|_| self.resolve(place))
        })?;
        let content = response.child("content");
        let media_types = self.at(&content)?.as_object()?;
        let media_type = media_types.keys().find(|media_type| media_type.contains("json"))?;
        let schema = content.child(media_type).child("schema");
        SchemaValidator::new(&self.written, self.protojson).violation(&schema, body)
    }

    /// Returns other paths with the same method that match the same URLs, such as `/pets/{name}` for `/pets/{id}`.
    pub fn overlapping_paths(&self, method: &str, path: &str) -> Vec<&str> {
        let paths = self.at(&Pointer::root().child("paths")).and_then(Value::as_object);
        let others =
            paths.into_iter().flatten().filter(|(_, item)| item.get(method.to_lowercase()).is_some());
        others
            .map(|(other, _)| other.as_str())
            .filter(|other| *other != path && match_same_urls(other, path))
            .collect()
    }

    fn at(&self, place: &Pointer) -> Option<&Value> {
        self.written.pointer(place.as_str())
    }

    /// Resolves a reference. Documents with cyclic references have been rejected.
    fn resolve(&self, place: Pointer) -> Pointer {
        let reference = self.at(&place).and_then(|value| value.get("$ref")?.as_str()?.strip_prefix('#'));
        match reference {
            Some(target) => self.resolve(Pointer::parse(target)),
            None => place,
        }
    }
}

fn operation(method: &str, path: &str) -> Pointer {
    Pointer::root().child("paths").child(path).child(method.to_lowercase())
}

/// Returns `true` if two paths are equal apart from the names of their parameters.
fn match_same_urls(path: &str, other: &str) -> bool {
    let shape = |path: &str| -> Vec<String> {
        let is_parameter = |segment: &str| segment.starts_with('{') && segment.ends_with('}');
        path.split('/').map(|segment| if is_parameter(segment) { "{}" } else { segment }.to_owned()).collect()
    };
    shape(path) == shape(other)
}

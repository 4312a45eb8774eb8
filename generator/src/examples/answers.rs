//! What a document allows a server to answer.
//!
//! Imports `document`, `diagnostics` and `config`.

use serde_json::Value;

use super::judge::Judge;
use crate::config::Config;
use crate::diagnostics::{Diagnostics, Pointer, Sources};
use crate::document::Document;

/// What a document allows a server to answer: judged by the crate `jsonschema`, whatever the generator makes of the document.
pub struct Answers {
    /// The document, whose schemas are JSON Schema.
    written: Value,
    protojson: bool,
}

impl Answers {
    /// What this document allows; none where it is no document.
    pub fn of<'s>(sources: impl Into<Sources<'s>>, config: &Config) -> Option<Self> {
        let document = Document::load(&sources.into(), &mut Diagnostics::new())?;
        Some(Self { written: super::schemas(&document, config), protojson: config.protojson })
    }

    /// Whether an operation has an answer that ends a call and is no error; 101 only begins another protocol. Where it
    /// has none, its errors are all that it answers.
    pub fn has_success(&self, method: &str, path: &str) -> bool {
        let responses = self.at(&operation(method, path).child("responses")).and_then(Value::as_object);
        responses.is_none_or(|responses| responses.keys().any(|status| !status.starts_with(['1', '4', '5'])))
    }

    /// What the document does not allow about the JSON of an answer; none where it allows it, or says nothing about it.
    pub fn violation(&self, method: &str, path: &str, status: u16, body: &Value) -> Option<String> {
        let responses = operation(method, path).child("responses");
        let status = status.to_string();
        let range = format!("{}XX", status.get(..1)?);
        let response = [status.as_str(), &range, "default"].into_iter().find_map(|status| {
            let place = responses.child(status);
            self.at(&place).map(|_| self.followed(place))
        })?;
        let content = response.child("content");
        let media_types = self.at(&content)?.as_object()?;
        let media_type = media_types.keys().find(|media_type| media_type.contains("json"))?;
        let schema = content.child(media_type).child("schema");
        Judge::new(&self.written, self.protojson).complaint(&schema, body)
    }

    /// Other operations of the same method to whose paths a request for this one belongs as well: `/pets/{id}` and
    /// `/pets/{name}`.
    pub fn look_alikes(&self, method: &str, path: &str) -> Vec<&str> {
        let paths = self.at(&Pointer::root().child("paths")).and_then(Value::as_object);
        let others =
            paths.into_iter().flatten().filter(|(_, item)| item.get(method.to_lowercase()).is_some());
        others
            .map(|(other, _)| other.as_str())
            .filter(|other| *other != path && same_shape(other, path))
            .collect()
    }

    fn at(&self, place: &Pointer) -> Option<&Value> {
        self.written.pointer(place.as_str())
    }

    /// What a reference leads to. One that goes round in a circle has been refused with the document.
    fn followed(&self, place: Pointer) -> Pointer {
        let reference = self.at(&place).and_then(|value| value.get("$ref")?.as_str()?.strip_prefix('#'));
        match reference {
            Some(target) => self.followed(Pointer::parse(target)),
            None => place,
        }
    }
}

fn operation(method: &str, path: &str) -> Pointer {
    Pointer::root().child("paths").child(path).child(method.to_lowercase())
}

/// Whether two paths differ in the names of their parameters at most.
fn same_shape(path: &str, other: &str) -> bool {
    let shape = |path: &str| -> Vec<String> {
        let is_parameter = |segment: &str| segment.starts_with('{') && segment.ends_with('}');
        path.split('/').map(|segment| if is_parameter(segment) { "{}" } else { segment }.to_owned()).collect()
    };
    shape(path) == shape(other)
}

//! Recognizes documents of other formats, which people pass in place of an OpenAPI document.
//!
//! Imports nothing.

use serde_json::{Map, Value};

/// A format that is not OpenAPI.
pub(super) struct OtherFormat {
    /// The field that gives the format away.
    pub(super) field: &'static str,
    /// The name with its article: `an AsyncAPI document`.
    pub(super) name: &'static str,
    pub(super) remedy: &'static str,
    /// Returns true for the value of the field in a document of the format.
    is_value: fn(&Value) -> bool,
}

const CONVERT: &str = "convert it to OpenAPI 3 first";
const PASS_OPENAPI: &str = "pass the OpenAPI document of the API";

const FORMATS: [OtherFormat; 12] = [
    format("asyncapi", |_| true, "an AsyncAPI document", PASS_OPENAPI),
    format("arazzo", |_| true, "an Arazzo document", "pass a document that it lists in `sourceDescriptions`"),
    format("overlay", |_| true, "an overlay", "pass the document that it changes, and list it in `overlays`"),
    format("info", is_postman, "a Postman collection", CONVERT),
    format("collection", |value| value.get("info").is_some_and(is_postman), "a Postman collection", CONVERT),
    format("__export_format", |_| true, "an export of Insomnia", CONVERT),
    format("swaggerVersion", |_| true, "written in Swagger 1", CONVERT),
    format("discoveryVersion", |_| true, "a discovery document of Google", CONVERT),
    format("log", |value| value.get("entries").is_some(), "a recording of requests (HAR)", PASS_OPENAPI),
    format("data", is_graphql, "a GraphQL schema", PASS_OPENAPI),
    format("__schema", |_| true, "a GraphQL schema", PASS_OPENAPI),
    format("$schema", Value::is_string, "a JSON Schema", "refer to the schema from an OpenAPI document"),
];

const fn format(
    field: &'static str,
    is_value: fn(&Value) -> bool,
    name: &'static str,
    remedy: &'static str,
) -> OtherFormat {
    OtherFormat { field, name, remedy, is_value }
}

fn is_postman(info: &Value) -> bool {
    let schema = info.get("schema").and_then(Value::as_str).unwrap_or_default();
    info.get("_postman_id").is_some() || schema.contains("getpostman.com")
}

fn is_graphql(data: &Value) -> bool {
    data.get("__schema").is_some()
}

/// Returns the format of a document without the field `openapi`, if it is a known one.
pub(super) fn other_format(document: &Map<String, Value>) -> Option<&'static OtherFormat> {
    FORMATS.iter().find(|format| document.get(format.field).is_some_and(format.is_value))
}

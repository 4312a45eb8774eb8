//! Checks that a value is an OpenAPI document of a supported version.
//!
//! Imports `diagnostics` and `other_formats`.

use serde_json::{Map, Value};

use super::other_formats::{OtherFormat, other_format};
use crate::diagnostics::{Code, Diagnostics, Pointer, closest};

/// Fields of an OpenAPI document.
const CONTENTS: [&str; 4] = ["info", "paths", "components", "webhooks"];

/// Returns the fields of an OpenAPI document, or reports an error and returns `None`.
///
/// In the result, `openapi` is a string that begins with `3.`, and `paths` is present.
pub(super) fn identify(document: Value, diagnostics: &mut Diagnostics) -> Option<Map<String, Value>> {
    let root = Pointer::root();
    let mut fields = match document {
        Value::Object(fields) => fields,
        other => {
            let what = if other.is_array() { "an array" } else { "a single value" };
            diagnostics.report(
                Code::NotAnObject,
                &root,
                format!("the document is {what}, not an object with `openapi`, `info` and `paths`"),
                "check that this is the right file",
            );
            return None;
        }
    };
    let version = match fields.get("openapi") {
        Some(Value::String(version)) => version.trim().to_owned(),
        // `openapi: 3.0`, without quotes, is a number.
        Some(Value::Number(version)) => version.to_string(),
        Some(_) => {
            diagnostics.report(
                Code::UnsupportedVersion,
                &root.child("openapi"),
                "`openapi` is not a version string",
                "write a version such as `3.1.0`",
            );
            return None;
        }
        None => {
            report_no_version(&fields, diagnostics);
            return None;
        }
    };
    check_version(&version, diagnostics)?;
    fields.insert("openapi".to_owned(), Value::String(version));
    check_contents(&mut fields, diagnostics)?;
    Some(fields)
}

/// The newest minor version of OpenAPI 3 that is read as it is.
const NEWEST: u32 = 2;

/// Returns the minor version that an identified document declares: 0 for OpenAPI 3.0. A newer version than the newest
/// known one counts as that one.
pub(super) fn minor(document: &Map<String, Value>) -> u32 {
    let version = document.get("openapi").and_then(Value::as_str).unwrap_or_default();
    let minor = version.split('.').nth(1).and_then(|minor| minor.parse::<u32>().ok());
    minor.unwrap_or_default().min(NEWEST)
}

fn report_no_version(fields: &Map<String, Value>, diagnostics: &mut Diagnostics) {
    let root = Pointer::root();
    if fields.contains_key("swagger") {
        diagnostics.report(
            Code::Swagger2,
            &root.child("swagger"),
            "the document is written in Swagger 2.0, which is not supported",
            "convert it to OpenAPI 3 first, for example with `swagger2openapi`",
        );
        return;
    }
    if let Some(OtherFormat { field, name, remedy, .. }) = other_format(fields) {
        let message = format!("the document is {name}, not an OpenAPI document");
        diagnostics.report(Code::NotOpenApi, &root.child(field), message, *remedy);
        return;
    }
    let near = closest("openapi", fields.keys().map(String::as_str));
    let (pointer, remedy) = match near {
        Some(key) => (root.child(key), format!("rename `{key}` to `openapi`")),
        None if CONTENTS.iter().any(|field| fields.contains_key(*field)) => {
            (root, "add `openapi: 3.1.0`, or the version that the document is written in".to_owned())
        }
        None => (root, "check that this is the right file, and not an error message of a server".to_owned()),
    };
    let message = "the document has no `openapi` field, so its version is unknown";
    diagnostics.report(Code::NotOpenApi, &pointer, message, remedy);
}

fn check_version(version: &str, diagnostics: &mut Diagnostics) -> Option<()> {
    let mut parts = version.split('.');
    let major = parts.next().and_then(|part| part.parse::<u32>().ok());
    let minor = parts.next().and_then(|part| part.parse::<u32>().ok());
    let pointer = Pointer::root().child("openapi");
    match (major, minor) {
        (Some(3), Some(0..=NEWEST)) => Some(()),
        (Some(3), Some(_)) => {
            diagnostics.report(
                Code::NewerVersion,
                &pointer,
                format!("OpenAPI {version} is not fully supported, so the document is read as 3.2"),
                "check the generated code for features that are new in this version",
            );
            Some(())
        }
        _ => {
            diagnostics.report(
                Code::UnsupportedVersion,
                &pointer,
                format!("OpenAPI `{version}` is not supported, only 3.0, 3.1 and 3.2"),
                "convert the document to OpenAPI 3.2",
            );
            None
        }
    }
}

fn check_contents(fields: &mut Map<String, Value>, diagnostics: &mut Diagnostics) -> Option<()> {
    let has = |key: &str| fields.get(key).is_some_and(|value| !value.is_null());
    if !has("paths") && !has("components") && !has("webhooks") {
        diagnostics.report(
            Code::NoContents,
            &Pointer::root(),
            "the document has no `paths`, `components` or `webhooks`",
            "describe the operations under `paths`",
        );
        return None;
    }
    if !has("paths") {
        if minor(fields) == 0 {
            diagnostics.report(
                Code::OmittedField,
                &Pointer::root(),
                "the document has no `paths`, which OpenAPI 3.0 requires",
                "add `paths: {}`",
            );
        }
        fields.insert("paths".to_owned(), Value::Object(Map::new()));
    }
    Some(())
}

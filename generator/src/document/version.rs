//! Is this an OpenAPI document, and one that can be read?
//!
//! Imports `diagnostics`.

use serde_json::{Map, Value};

use crate::diagnostics::{Code, Diagnostics, Pointer};

/// The document's members, if it is one; otherwise `diagnostics` says what it is instead.
///
/// Afterwards `openapi` is a text that begins with `3.`, and there are `paths`.
pub(super) fn identify(document: Value, diagnostics: &mut Diagnostics) -> Option<Map<String, Value>> {
    let root = Pointer::root();
    let mut members = match document {
        Value::Object(members) => members,
        other => {
            let what = if other.is_array() { "a list" } else { "a single value" };
            diagnostics.report(
                Code::NotAnObject,
                &root,
                format!(
                    "the document is {what}, where an object with `openapi`, `info` and `paths` should be"
                ),
                "check that this is the right file",
            );
            return None;
        }
    };
    let version = match members.get("openapi") {
        Some(Value::String(version)) => version.trim().to_owned(),
        // `openapi: 3.0`, without quotes, is a number.
        Some(Value::Number(version)) => version.to_string(),
        Some(_) => {
            diagnostics.report(
                Code::UnsupportedVersion,
                &root.child("openapi"),
                "`openapi` is not a version",
                "write a version such as `3.1.0`",
            );
            return None;
        }
        None => {
            report_no_version(&members, diagnostics);
            return None;
        }
    };
    check_version(&version, diagnostics)?;
    members.insert("openapi".to_owned(), Value::String(version));
    check_contents(&mut members, diagnostics)?;
    Some(members)
}

/// Whether an identified document says that it is written in 3.0.
pub(super) fn is_3_0(document: &Map<String, Value>) -> bool {
    document.get("openapi").and_then(Value::as_str).is_some_and(|version| version.starts_with("3.0"))
}

fn report_no_version(members: &Map<String, Value>, diagnostics: &mut Diagnostics) {
    let root = Pointer::root();
    if members.contains_key("swagger") {
        diagnostics.report(
            Code::Swagger2,
            &root.child("swagger"),
            "the document is written in Swagger 2.0",
            "convert it to OpenAPI 3 first, with swagger2openapi for instance",
        );
        return;
    }
    let near = members.keys().find(|key| strsim::damerau_levenshtein(&key.to_lowercase(), "openapi") <= 2);
    let (pointer, remedy) = match near {
        Some(key) => (root.child(key), format!("write `openapi` instead of `{key}`")),
        None => (root, "add `openapi: 3.1.0`, or whatever version the document is written in".to_owned()),
    };
    diagnostics.report(Code::NotOpenApi, &pointer, "there is no `openapi` that says the version", remedy);
}

fn check_version(version: &str, diagnostics: &mut Diagnostics) -> Option<()> {
    let mut parts = version.split('.');
    let major = parts.next().and_then(|part| part.parse::<u32>().ok());
    let minor = parts.next().and_then(|part| part.parse::<u32>().ok());
    let pointer = Pointer::root().child("openapi");
    match (major, minor) {
        (Some(3), Some(0 | 1)) => Some(()),
        (Some(3), Some(_)) => {
            diagnostics.report(
                Code::NewerVersion,
                &pointer,
                format!("the document is written in OpenAPI {version}, and is read as 3.1"),
                "look over what the crate makes of the parts that are new",
            );
            Some(())
        }
        _ => {
            diagnostics.report(
                Code::UnsupportedVersion,
                &pointer,
                format!("OpenAPI `{version}` is not supported, only 3.0 and 3.1 are"),
                "convert the document to OpenAPI 3.1",
            );
            None
        }
    }
}

fn check_contents(members: &mut Map<String, Value>, diagnostics: &mut Diagnostics) -> Option<()> {
    let has = |key: &str| members.get(key).is_some_and(|value| !value.is_null());
    if !has("paths") && !has("components") && !has("webhooks") {
        diagnostics.report(
            Code::NoContents,
            &Pointer::root(),
            "the document has neither `paths` nor `components` nor `webhooks`",
            "describe the operations under `paths`",
        );
        return None;
    }
    if !has("paths") {
        if is_3_0(members) {
            diagnostics.report(
                Code::OmittedMember,
                &Pointer::root(),
                "the document has no `paths`, which OpenAPI 3.0 requires",
                "write `paths: {}` if there are none",
            );
        }
        members.insert("paths".to_owned(), Value::Object(Map::new()));
    }
    Some(())
}

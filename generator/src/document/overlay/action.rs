//! Reads the actions of an overlay, and reports those that are not valid.
//!
//! Imports `diagnostics`, `fault` and `query`.

use serde_json::{Map, Value};

use super::fault::Fault;
use super::query::Query;
use crate::diagnostics::{Code, Diagnostics, Pointer};

/// A change to all values that a query selects.
pub(super) struct Action {
    pub(super) target: Query,
    pub(super) change: Change,
    /// The location of the action in the overlay.
    pub(super) at: Pointer,
}

pub(super) enum Change {
    /// Removes the values.
    Remove,
    /// Merges a value into the values.
    Update(Value),
    /// Merges a value of the document into the values.
    Copy(Query),
}

/// The fields of an action. A field that starts with `x-` is an extension.
const FIELDS: [&str; 5] = ["target", "description", "update", "copy", "remove"];

/// Reads the actions of an overlay.
pub(super) fn read(overlay: Value, diagnostics: &mut Diagnostics) -> Vec<Action> {
    let root = Pointer::root();
    let mut report = |at: &Pointer, message: &str, remedy: &str| {
        diagnostics.report(Code::InvalidOverlay, at, message, remedy);
        Vec::new()
    };
    let Value::Object(mut overlay) = overlay else {
        return report(
            &root,
            "the overlay is not an object",
            "write the fields `overlay`, `info` and `actions`",
        );
    };
    match overlay.get("overlay") {
        Some(Value::String(version)) if is_known(version) => {}
        Some(version) => {
            let message = format!("the version of the overlay is {version}, expected 1.0.0 or 1.1.0");
            return report(&root.child("overlay"), &message, "write `overlay: 1.1.0`");
        }
        None => return report(&root, "the overlay has no field `overlay`", "add `overlay: 1.1.0`"),
    }
    match overlay.remove("actions") {
        Some(Value::Array(actions)) if !actions.is_empty() => {
            let at = root.child("actions");
            let actions = actions.into_iter().enumerate();
            actions.filter_map(|(index, action)| Action::read(action, at.index(index), diagnostics)).collect()
        }
        Some(_) => {
            report(&root.child("actions"), "`actions` is not a list with entries", "write a list of actions")
        }
        None => report(&root, "the overlay has no field `actions`", "add a list of actions"),
    }
}

/// Returns true for the versions 1.0 and 1.1, whatever the patch version is.
fn is_known(version: &str) -> bool {
    let mut numbers = version.split('.');
    numbers.next() == Some("1") && matches!(numbers.next(), Some("0" | "1")) && numbers.next().is_some()
}

impl Action {
    fn read(action: Value, at: Pointer, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut report = |at: &Pointer, message: String, remedy: &str| {
            diagnostics.report(Code::InvalidOverlay, at, message, remedy);
        };
        let Value::Object(mut fields) = action else {
            report(&at, "the action is not an object".to_owned(), "write the fields `target` and `update`");
            return None;
        };
        for unknown in fields.keys().filter(|key| !FIELDS.contains(&key.as_str()) && !key.starts_with("x-")) {
            let message = format!("an action has no field `{unknown}`");
            report(&at.child(unknown), message, "use `target`, `update`, `copy` and `remove`");
        }
        let target = query(&fields, "target", &at, &mut report)?;
        let update = fields.remove("update");
        let change = match (fields.get("remove"), update) {
            (Some(Value::Bool(true)), _) => Some(Change::Remove),
            (Some(Value::Bool(false)) | None, Some(update)) => Some(Change::Update(update)),
            (Some(Value::Bool(false)) | None, None) if fields.contains_key("copy") => {
                query(&fields, "copy", &at, &mut report).map(Change::Copy)
            }
            (Some(Value::Bool(false)) | None, None) => {
                report(
                    &at,
                    "the action changes nothing".to_owned(),
                    "add `update`, `copy` or `remove: true`",
                );
                None
            }
            (Some(_), _) => {
                report(&at.child("remove"), "`remove` is not a boolean".to_owned(), "write `remove: true`");
                None
            }
        };
        Some(Self { target, change: change?, at })
    }
}

/// Reads the query in a field of an action.
fn query(
    fields: &Map<String, Value>,
    field: &str,
    at: &Pointer,
    report: &mut impl FnMut(&Pointer, String, &str),
) -> Option<Query> {
    let text = match fields.get(field) {
        Some(Value::String(text)) => text,
        Some(_) => {
            report(&at.child(field), format!("`{field}` is not a string"), Fault::EXAMPLE);
            return None;
        }
        None => {
            report(at, format!("the action has no field `{field}`"), Fault::EXAMPLE);
            return None;
        }
    };
    match Query::parse(text) {
        Ok(query) => Some(query),
        Err(Fault { position, message, help }) => {
            let message = format!("`{field}` is not a valid JSONPath at character {position}: {message}");
            report(&at.child(field), message, &help);
            None
        }
    }
}

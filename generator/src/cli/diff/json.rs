//! The report as JSON.

use crate::diff::{Change, Class};
use serde_json::{Value, json};

use super::causes::{Located, Location};
use super::comparison::{Comparison, WireDifference};

/// Returns the report.
pub(super) fn render(comparison: &Comparison) -> Value {
    let Comparison { old, new, changes, located, generator, wire, .. } = comparison;
    let changes: Vec<Value> = changes.iter().zip(located).map(|(it, located)| change(it, located)).collect();
    json!({
        "old": old,
        "new": new,
        "is_new": comparison.is_new,
        "version": version(comparison),
        "counts": counts(comparison),
        "changes": changes,
        "generator": generator.as_ref().map(|other| json!({
            "from": other.from,
            "to": other.to,
            "is_outdated": other.is_outdated,
            "changes": other.changes.iter().map(|it| change(it, &Located::default())).collect::<Vec<_>>(),
        })),
        "wire": wire.as_ref().map(|all| all.iter().map(difference).collect::<Vec<_>>()),
    })
}

/// Returns the numbers of the changes and the version that they require, for the report of `generate` and `check`.
pub(crate) fn summary(comparison: &Comparison) -> Value {
    json!({ "since": comparison.old, "version": version(comparison), "counts": counts(comparison) })
}

fn version(comparison: &Comparison) -> Value {
    let versions = &comparison.versions;
    json!({
        "old": versions.old.to_string(),
        "new": versions.new.to_string(),
        "required": versions.required.to_string(),
        "is_enough": versions.is_enough(),
    })
}

fn counts(comparison: &Comparison) -> Value {
    let count = |class: &Class| (class.to_string(), comparison.count(*class).into());
    Value::Object(Class::ALL.iter().map(count).collect())
}

fn change(change: &Change, located: &Located) -> Value {
    json!({
        "id": change.kind.id(),
        "class": change.class.as_str(),
        "group": change.group,
        "path": change.path,
        "argument": change.argument,
        "message": change.message,
        "old": change.old,
        "new": change.new,
        "advice": change.advice,
        "old_call": change.calls.as_ref().map(|(old, _)| old),
        "new_call": change.calls.as_ref().map(|(_, new)| new),
        "cause": { "old": location(located.old.as_ref()), "new": location(located.new.as_ref()) },
    })
}

fn difference(difference: &WireDifference) -> Value {
    let WireDifference { change, located, changes_api } = difference;
    json!({
        "id": change.kind.id(),
        "severity": change.severity.to_string(),
        "direction": change.direction.to_string(),
        "operations": change.operations,
        "message": change.message,
        "advice": change.advice,
        "changes_api": changes_api,
        "cause": { "old": location(located.old.as_ref()), "new": location(located.new.as_ref()) },
    })
}

fn location(location: Option<&Location>) -> Option<Value> {
    location.map(|Location { shown, file, position, .. }| {
        json!({ "pointer": shown.as_str(), "file": file, "line": position.line, "column": position.column })
    })
}

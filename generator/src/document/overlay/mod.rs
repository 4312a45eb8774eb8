//! Applies overlays to a document: changes to a document that its readers cannot change themselves.
//!
//! Overlays follow the [Overlay Specification](https://spec.openapis.org/overlay/latest.html), versions 1.0 and 1.1. Both
//! versions are applied alike, because 1.1 only adds to 1.0. There is one difference to the specification: an action that
//! selects nothing is an error, because it usually means that the document has changed.
//!
//! ```text
//! action   reads the actions of an overlay
//! query    parses the queries of actions
//! scan     splits queries into segments, and limits them before they are parsed
//! pattern  measures the regular expressions of queries
//! fault    says why a text is not a query
//! select   selects values by a query
//! apply    changes the values
//! merge    merges a value into another one
//! step     is a step of a path in the document
//! budget   limits the work of overlays, and the size of their results
//! origin   knows which values come from an overlay, and how elements of lists have moved
//! corrections  finds the values that an overlay changes inside
//! ```
//!
//! Imports `diagnostics`, `moves` and `text`.

mod action;
mod apply;
mod budget;
mod corrections;
mod fault;
mod merge;
mod origin;
mod pattern;
mod query;
mod scan;
mod select;
mod step;

use std::sync::Arc;

use serde_json::Value;

use self::apply::Application;
pub(super) use self::corrections::corrections;
use super::moves::Moves;
use super::text;
use crate::diagnostics::{Code, Diagnostics, Pointer, Sources, Unreadable};

/// Applies the overlays at the given paths, one after the other, and records where the new values come from. Paths are
/// relative to the folder of the document.
pub(super) fn apply(
    document: Value,
    overlays: &[String],
    sources: &Sources<'_>,
    diagnostics: &mut Diagnostics,
) -> (Value, Moves) {
    let mut application = Application::new(document);
    for (index, path) in overlays.iter().enumerate() {
        let text = match sources.files.read(path) {
            Ok(text) => text,
            Err(reason) => {
                let at = Pointer::in_config(["overlays", &index.to_string()]);
                let (message, remedy) = unreadable(path, &reason);
                diagnostics.report(Code::InvalidOverlay, &at, message, remedy);
                continue;
            }
        };
        let mut found = Diagnostics::new();
        if let Some(overlay) = text::parse(&text, &mut found) {
            let path: Arc<str> = Arc::from(path.as_str());
            let in_overlay = |at: &Pointer| at.clone().in_file(Some(path.clone()));
            for action in action::read(overlay, &mut found) {
                application.run(action, &in_overlay, &mut found);
            }
        }
        let path: Arc<str> = Arc::from(path.as_str());
        diagnostics.extend_at(found, |at| at.clone().in_file(Some(path.clone())));
    }
    application.finish()
}

fn unreadable<'r>(path: &str, reason: &'r Unreadable) -> (String, &'r str) {
    match reason {
        Unreadable::Missing => (
            format!("the overlay `{path}` does not exist"),
            "correct the path, which starts in the folder of the document",
        ),
        Unreadable::Outside => (
            format!("the overlay `{path}` is outside of the document's folder"),
            "copy the file into the folder, instead of a link to it",
        ),
        Unreadable::Because { cause, help } => (format!("the overlay `{path}` {cause}"), help),
    }
}

#[cfg(test)]
mod tests;

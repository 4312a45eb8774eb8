// @generated from the OpenAPI document. Change the document, and generate again.

//! Patterns of strings. This crate has none, because its document has no patterns.

/// Decides nothing.
pub(super) fn is_match(_: &str, _: &str) -> Option<bool> {
    None
}

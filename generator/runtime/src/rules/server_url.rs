//! The URLs of servers in a document, which can have variables in braces.

/// Returns true if the URL of a server has no host of its own.
pub(in super::super) fn is_relative(template: &str) -> bool {
    !template.starts_with("//") && !template.starts_with('{') && !template.contains("://")
}

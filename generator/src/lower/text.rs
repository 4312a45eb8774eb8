//! Texts of the document, such as descriptions.

/// Returns a text without surrounding space, or `None` if nothing is left.
pub(super) fn trimmed(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

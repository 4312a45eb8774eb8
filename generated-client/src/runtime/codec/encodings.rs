// @generated from the OpenAPI document. Change the document, and generate again.

//! Charsets other than UTF-8. This crate has none, because its document has no text responses.

/// Returns a message.
pub(super) fn decode(charset: &str, _: &[u8]) -> Result<String, String> {
    Err(format!("the charset {charset:?} of the response body is not supported"))
}

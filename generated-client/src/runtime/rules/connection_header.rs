// @generated from the OpenAPI document. Change the document, and generate again.

//! Headers that only the HTTP client sets.

/// Headers that frame a message or belong to a connection ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110), sections
/// 7.2, 7.6.1, 8.6 and 11.7.2; [RFC 9112](https://www.rfc-editor.org/rfc/rfc9112), section 6.1).
const CONNECTION_HEADERS: [&str; 10] = [
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Returns true if only the HTTP client sets the header with this name.
pub(in super::super) fn is_connection_header(name: &str) -> bool {
    CONNECTION_HEADERS.iter().any(|header| name.eq_ignore_ascii_case(header))
}

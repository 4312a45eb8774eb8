// @generated from the OpenAPI document. Change the document, and generate again.

//! Media types ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110), section 8.3.1).

/// Returns a media type without its parameters: `text/html` for `text/html; charset=utf-8`. Its case does not matter, so
/// compare it with [`is`].
pub(in super::super) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// Returns true if a media type is the one with this essence, whatever its parameters and its case are.
pub(in super::super) fn is(media_type: &str, wanted: &str) -> bool {
    essence(media_type).eq_ignore_ascii_case(wanted)
}

/// Returns true if a body of this media type is one JSON value: `application/json`, its alias `text/json`, or a type with
/// the suffix `+json` ([RFC 6839](https://www.rfc-editor.org/rfc/rfc6839), section 3.1).
///
/// `application/stream+json` is a stream of values, in spite of its suffix.
pub(in super::super) fn is_json(media_type: &str) -> bool {
    const SUFFIX: &str = "+json";
    let Some((_, subtype)) = essence(media_type).split_once('/') else { return false };
    let (name, suffix) =
        subtype.split_at_checked(subtype.len().saturating_sub(SUFFIX.len())).unwrap_or_default();
    let has_suffix = !name.is_empty() && suffix.eq_ignore_ascii_case(SUFFIX);
    is(media_type, "application/json")
        || is(media_type, "text/json")
        || (has_suffix && !name.eq_ignore_ascii_case("stream"))
}

// @generated from the OpenAPI document. Change the document, and generate again.

//! Text bodies: their charset, and their decoding.

use std::str::Utf8Error;

/// A byte order mark in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Decodes a body from the charset of its media type, or else from UTF-8.
pub(in super::super) fn decode(content_type: Option<&str>, body: &[u8]) -> Result<String, NotText> {
    match content_type.and_then(charset).filter(|charset| !is_utf8(charset)) {
        Some(charset) => Err(NotText {
            problem: format!("the charset {charset:?} of the response body is not supported"),
            source: None,
        }),
        None => {
            let body = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
            std::str::from_utf8(body).map(str::to_owned).map_err(|error| NotText {
                problem: "the response body is not valid UTF-8".to_owned(),
                source: Some(error),
            })
        }
    }
}

/// Returns the parameter `charset` of a media type.
fn charset(content_type: &str) -> Option<&str> {
    let mut parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let (_, charset) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(charset.trim().trim_matches(['"', '\''])).filter(|charset| !charset.is_empty())
}

/// ASCII is a part of UTF-8.
fn is_utf8(charset: &str) -> bool {
    ["utf-8", "utf8", "us-ascii", "ascii"].iter().any(|name| charset.eq_ignore_ascii_case(name))
}

/// A body that is not valid text.
pub(in super::super) struct NotText {
    pub(in super::super) problem: String,
    pub(in super::super) source: Option<Utf8Error>,
}

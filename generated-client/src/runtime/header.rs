// @generated from the OpenAPI document: change that, and generate again.

//! Headers that a user adds by hand.

use http::{HeaderName, HeaderValue};

/// What frames a message or belongs to a connection: whoever sends the request sets it, and nobody else.
const OF_CONNECTION: [&str; 10] = [
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

/// A header of the user's, if it can be sent. Else a sentence about it that does not show the value.
///
/// The value is marked as sensitive, since keys travel in headers whose names nobody has heard of.
pub(super) fn of_user(name: &str, value: Option<HeaderValue>) -> Result<(HeaderName, HeaderValue), String> {
    let (Ok(header), Some(mut value)) = (HeaderName::try_from(name), value) else {
        return Err(format!("the header {name:?} holds a character that headers cannot"));
    };
    if OF_CONNECTION.contains(&header.as_str()) {
        return Err(format!("the header {name:?} belongs to the connection, and cannot be set"));
    }
    value.set_sensitive(true);
    Ok((header, value))
}

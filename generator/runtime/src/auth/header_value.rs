//! Header values with secrets.

use http::HeaderValue;

use super::super::net::transport_error::BoxError;
use super::secret::Secret;

/// Returns the value of `authorization` for a bearer token.
///
/// # Errors
///
/// Returns an error if the token is empty or contains anything but visible ASCII characters. The error does
/// not contain the token.
pub(super) fn bearer(token: &Secret) -> Result<HeaderValue, BoxError> {
    let token = token.expose();
    if token.is_empty() {
        return Err("the bearer token is empty".into());
    }
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(
            "the bearer token contains a character that is not allowed, such as a space or a line break"
                .into(),
        );
    }
    Ok(sensitive(HeaderValue::try_from(format!("Bearer {token}"))?))
}

/// Marks a value as sensitive, so that it is not shown.
pub(super) fn sensitive(mut value: HeaderValue) -> HeaderValue {
    value.set_sensitive(true);
    value
}

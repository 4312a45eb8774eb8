//! The headers of a request, and rules for those that users add.

use std::ops::{Deref, DerefMut};

use http::{HeaderMap, HeaderName, HeaderValue};

/// Headers that frame a message or belong to a connection. Only the transport sets them.
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

/// Parts of a header name that mark its value as a secret, compared without separators.
const SECRET_NAME_PARTS: [&str; 19] = [
    "accesscode",
    "apikey",
    "authentication",
    "authorization",
    "bearer",
    "cookie",
    "credential",
    "csrf",
    "hmac",
    "jwt",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "secret",
    "session",
    "signature",
    "token",
    "xsrf",
];

/// Words of a header name that mark its value as a secret.
const SECRET_NAME_WORDS: [&str; 8] = ["auth", "key", "keys", "otp", "pass", "pin", "pwd", "sig"];

/// Words that mark a key as harmless, such as `idempotency-key`.
const NON_SECRET_KEY_WORDS: [&str; 5] = ["cache", "idempotency", "partition", "routing", "sort"];

/// Returns true if the name of a header suggests that its value is a secret.
pub(super) fn has_secret_name(name: &HeaderName) -> bool {
    is_secret_name(name.as_str())
}

/// Returns true if a name in lower case suggests that its value is a secret.
pub(super) fn is_secret_name(name: &str) -> bool {
    let words = || name.split(|c: char| !c.is_ascii_alphabetic());
    let joined: String = words().collect();
    let is_secret = SECRET_NAME_PARTS.iter().any(|secret| joined.contains(secret))
        || words().any(|word| SECRET_NAME_WORDS.contains(&word));
    is_secret && !words().any(|word| NON_SECRET_KEY_WORDS.contains(&word))
}

/// The headers of a request, without its credentials.
#[derive(Clone, Default)]
pub(super) struct Headers {
    all: HeaderMap,
    /// Headers of the user that may be shown if the server repeats their value.
    quotable: Vec<HeaderName>,
}

impl Headers {
    /// Sets a header of the user. The error message does not contain the value.
    ///
    /// The value is marked as sensitive, as secrets are also sent in headers with other names. So it is not
    /// logged, and not sent to another host. But if the server repeats a value that is not secret by its mark
    /// or by its name, such as `sandbox`, error messages show it to stay readable.
    pub(super) fn insert_custom(&mut self, name: &str, value: Option<HeaderValue>) -> Result<(), String> {
        let (Ok(header), Some(mut value)) = (HeaderName::try_from(name), value) else {
            return Err(format!("the header {name:?} contains a character that is not allowed in headers"));
        };
        if CONNECTION_HEADERS.contains(&header.as_str()) {
            return Err(format!("the header {name:?} belongs to the connection and cannot be set"));
        }
        self.quotable.retain(|known| *known != header);
        if !value.is_sensitive() && !has_secret_name(&header) {
            self.quotable.push(header.clone());
        }
        value.set_sensitive(true);
        self.all.insert(header, value);
        Ok(())
    }

    /// Returns true if the value of this header may be shown if the server repeats it, although it is marked
    /// as sensitive.
    pub(super) fn is_quotable(&self, name: &HeaderName, value: &HeaderValue) -> bool {
        // Middleware or credentials may have replaced the value.
        self.quotable.contains(name) && self.all.get(name) == Some(value)
    }
}

impl Deref for Headers {
    type Target = HeaderMap;

    fn deref(&self) -> &HeaderMap {
        &self.all
    }
}

impl DerefMut for Headers {
    fn deref_mut(&mut self) -> &mut HeaderMap {
        &mut self.all
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::has_secret_name;

    #[track_caller]
    fn check(name: &'static str, expected: bool) {
        assert_eq!(has_secret_name(&HeaderName::from_static(name)), expected, "{name}");
    }

    #[test]
    fn recognizes_secret_header_names() {
        check("authorization", true);
        check("cookie", true);
        check("x-api-key", true);
        check("x-apikey", true);
        check("x_auth", true);
        check("x-token-2", true);
        check("private.key", true);
        check("x-hub-signature-256", true);
        check("x-credentials", true);
        check("x-sessionid", true);
        check("x-github-otp", true);
        check("x-access-code", true);
        check("x-shopify-hmac-sha256", true);
        check("x-apikeyv2", true);
        check("x-env", false);
        check("x-request-id", false);
        check("accept-language", false);
        check("x-keyboard", false);
        check("x-author", false);
        check("x-country-code", false);
        check("x-shipping-zone", false);
        check("idempotency-key", false);
        check("x-idempotency-key", false);
        check("x-partition-key", false);
    }
}

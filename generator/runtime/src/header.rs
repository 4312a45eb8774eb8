//! The headers of a request, and what is special about those that a user adds by hand.

use std::ops::{Deref, DerefMut};

use http::{HeaderMap, HeaderName, HeaderValue};

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

/// What the name of a header has in it, without regard to separators, whose value is for the server alone.
const OF_SECRETS: [&str; 19] = [
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

/// Likewise, where it is a word of its own.
const WORDS_OF_SECRETS: [&str; 8] = ["auth", "key", "keys", "otp", "pass", "pin", "pwd", "sig"];

/// What a key is for that opens nothing.
const OF_OTHER_KEYS: [&str; 5] = ["cache", "idempotency", "partition", "routing", "sort"];

/// Whether a header is called like one whose value is for the server alone.
pub(super) fn is_called_secret(name: &HeaderName) -> bool {
    let words = || name.as_str().split(|c: char| !c.is_ascii_alphabetic());
    let joined: String = words().collect();
    let is_secret = OF_SECRETS.iter().any(|secret| joined.contains(secret))
        || words().any(|word| WORDS_OF_SECRETS.contains(&word));
    is_secret && !words().any(|word| OF_OTHER_KEYS.contains(&word))
}

/// The headers of a request, but for its credentials.
#[derive(Clone, Default)]
pub(super) struct Headers {
    all: HeaderMap,
    /// Those that the user has added, and that a server may speak of.
    spoken_of: Vec<HeaderName>,
}

impl Headers {
    /// Adds a header of the user's, if it can be sent. Else the error is a sentence about it that does not show the value.
    ///
    /// The value is marked as sensitive: keys travel in headers whose names nobody has heard of, so it stays out of logs and
    /// with the server that it is meant for. What that server itself says is another matter. If it repeats `sandbox`, which
    /// is no secret by its mark or its name, nobody is helped by an error that cannot be read.
    pub(super) fn add_of_user(&mut self, name: &str, value: Option<HeaderValue>) -> Result<(), String> {
        let (Ok(header), Some(mut value)) = (HeaderName::try_from(name), value) else {
            return Err(format!("the header {name:?} holds a character that headers cannot"));
        };
        if OF_CONNECTION.contains(&header.as_str()) {
            return Err(format!("the header {name:?} belongs to the connection, and cannot be set"));
        }
        self.spoken_of.retain(|known| *known != header);
        if !value.is_sensitive() && !is_called_secret(&header) {
            self.spoken_of.push(header.clone());
        }
        value.set_sensitive(true);
        self.all.insert(header, value);
        Ok(())
    }

    /// Whether a server may speak of a header that it was sent, although the value is marked as sensitive.
    pub(super) fn may_be_spoken_of(&self, name: &HeaderName, value: &HeaderValue) -> bool {
        // Middleware or credentials may have put another value in its place.
        self.spoken_of.contains(name) && self.all.get(name) == Some(value)
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

    use super::is_called_secret;

    #[track_caller]
    fn check(name: &'static str, expected: bool) {
        assert_eq!(is_called_secret(&HeaderName::from_static(name)), expected, "{name}");
    }

    #[test]
    fn names_of_secrets() {
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

// @generated from the OpenAPI document. Change the document, and generate again.

//! Names that suggest a secret value.

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

/// Returns true if a name in lower case suggests that its value is a secret.
pub(in super::super) fn is_secret_name(name: &str) -> bool {
    let words = || name.split(|c: char| !c.is_ascii_alphabetic());
    let joined: String = words().collect();
    let is_secret = SECRET_NAME_PARTS.iter().any(|secret| joined.contains(secret))
        || words().any(|word| SECRET_NAME_WORDS.contains(&word));
    is_secret && !words().any(|word| NON_SECRET_KEY_WORDS.contains(&word))
}

/// Returns true if the name of a JSON property suggests that its value is a secret, such as `clientSecret`.
pub(in super::super) fn is_secret_property(name: &str) -> bool {
    let mut words = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            words.push('-');
        }
        words.push(c.to_ascii_lowercase());
    }
    is_secret_name(&words)
}

#[cfg(test)]
mod tests {
    use super::is_secret_name;

    #[track_caller]
    fn check(name: &str, expected: bool) {
        assert_eq!(is_secret_name(name), expected, "{name}");
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

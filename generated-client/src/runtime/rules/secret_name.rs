// @generated from the OpenAPI document. Change the document, and generate again.

//! Names that suggest a secret value, such as a password, a token, a key or a signature.
//!
//! A value is hidden rather than shown in case of doubt: a hidden value costs a reader some time, and a secret in a log
//! has to be replaced.

/// Parts of a name that suggest a secret, compared without separators.
const PARTS: [&str; 19] = [
    "accesscode",
    "apikey",
    "authentication",
    "authorization",
    "bearer",
    "clientassertion",
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
    "xsrf",
];

/// Words of a name that suggest a secret.
const WORDS: [&str; 8] = ["auth", "cvc", "cvv", "otp", "pass", "pin", "pwd", "sig"];

/// Words that make a key harmless, such as `idempotency-key`.
const HARMLESS_KEYS: [&str; 5] = ["cache", "idempotency", "partition", "routing", "sort"];

/// Words that make a token harmless: the token of a page, or a number of tokens.
const HARMLESS_TOKENS: [&str; 7] =
    ["continuation", "idempotency", "limit", "next", "page", "ratelimit", "remaining"];

/// Returns true if the name of a header or of a property suggests that its value is a secret.
pub(in super::super) fn is_secret_name(name: &str) -> bool {
    let words = words(name);
    let joined = words.concat();
    let has_word = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    PARTS.iter().any(|part| joined.contains(part))
        || has_word(&WORDS)
        || (has_word(&["key", "keys"]) && !has_word(&HARMLESS_KEYS))
        || (joined.contains("token") && !has_word(&HARMLESS_TOKENS))
}

/// Returns the words of a name in lower case, without digits: `x`, `api`, `key` for `X-Api-Key2`, `xAPIKey` and
/// `x_api_key`.
pub(in super::super) fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut previous = None;
    let mut characters = name.chars().peekable();
    while let Some(character) = characters.next() {
        let after_lower_case = previous.is_some_and(char::is_lowercase);
        // The last capital of several starts the next word: `APIKey`.
        let before_lower_case = characters.peek().is_some_and(|next| next.is_lowercase());
        if !character.is_alphabetic() || (character.is_uppercase() && (after_lower_case || before_lower_case))
        {
            words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
        }
        if character.is_alphabetic() {
            word.extend(character.to_lowercase());
        }
        previous = Some(character);
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}

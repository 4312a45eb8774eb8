//! Charsets other than UTF-8, as the [Encoding Standard](https://encoding.spec.whatwg.org/) defines them.

use encoding_rs::Encoding;

/// Decodes text from a charset. The error is a message.
pub(super) fn decode(charset: &str, body: &[u8]) -> Result<String, String> {
    let unknown = || format!("the charset {charset:?} of the response body is unknown");
    let encoding = Encoding::for_label(charset.as_bytes()).ok_or_else(unknown)?;
    // A byte order mark wins over the charset that the header names.
    let (text, encoding, is_malformed) = encoding.decode(body);
    match is_malformed {
        true => Err(format!("the response body is not valid {}", encoding.name())),
        false => Ok(text.into_owned()),
    }
}

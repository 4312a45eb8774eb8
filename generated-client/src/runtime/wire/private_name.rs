// @generated from the OpenAPI document. Change the document, and generate again.

//! Names that serde_json treats specially.
//!
//! With its feature `raw_value`, serde_json takes an object whose first property is [`PRIVATE_NAME`] for JSON inside a
//! string: the value of the property replaces the object, and its depth is not limited. With the feature
//! `arbitrary_precision`, an object with [`NUMBER_NAME`] is a number. So a body with such a property is an error.

/// The name by which serde_json recognizes that a value is requested, or passed, as text.
pub(super) const PRIVATE_NAME: &str = "$serde_json::private::RawValue";

/// The name by which serde_json recognizes a number that is passed as text.
pub(super) const NUMBER_NAME: &str = "$serde_json::private::Number";

/// The prefix of the private names.
const PREFIX: &str = "$serde_json::private::";

/// Returns the private name that a property of the JSON has, if any.
pub(super) fn private_name_in(json: &str) -> Option<&'static str> {
    // Almost no body contains the names or escapes of ASCII characters.
    let is_suspect = json.contains(PREFIX) || json.contains("\\u00");
    is_suspect.then(|| find(json.as_bytes()))?
}

fn find(json: &[u8]) -> Option<&'static str> {
    let mut rest = json;
    while let Some(start) = rest.iter().position(|byte| *byte == b'"') {
        let (private, behind) = read_string(&rest[start + 1..]);
        let next = behind.iter().find(|byte| !byte.is_ascii_whitespace());
        if private.is_some() && next == Some(&b':') {
            return private;
        }
        rest = behind;
    }
    None
}

/// Compares a string with the private names. `text` begins after the opening quote. Returns the text behind the string.
fn read_string(mut text: &[u8]) -> (Option<&'static str>, &[u8]) {
    // The names that still match, each with its remaining bytes.
    let mut names = [PRIVATE_NAME, NUMBER_NAME].map(|name| Some((name, name.bytes())));
    loop {
        let (found, behind) = match text {
            [] => return (None, text),
            [b'"', behind @ ..] => {
                let complete = names.into_iter().flatten().find(|(_, missing)| missing.len() == 0);
                return (complete.map(|(name, _)| name), behind);
            }
            [b'\\', b'u', hex @ ..] if hex.len() >= 4 => (unescaped(&hex[..4]), &hex[4..]),
            [b'\\', _, behind @ ..] => (None, behind),
            [byte, behind @ ..] => (Some(*byte), behind),
        };
        for name in &mut names {
            name.take_if(|(_, missing)| found.is_none() || missing.next() != found);
        }
        text = behind;
    }
}

/// Returns the ASCII character of an escape such as `\u0024`.
fn unescaped(hex: &[u8]) -> Option<u8> {
    let hex = std::str::from_utf8(hex).ok()?;
    u32::from_str_radix(hex, 16).ok().and_then(|code| u8::try_from(code).ok()).filter(u8::is_ascii)
}

//! [`PRIVATE_NAME`], a name that serde_json treats specially.
//!
//! With its feature `raw_value`, serde_json takes an object whose first property has this name for JSON inside a string:
//! the value of the property replaces the object, and its depth is not limited. So a body with such a property is an
//! error.

/// The name by which serde_json recognizes that a value is requested, or passed, as text.
pub(super) const PRIVATE_NAME: &str = "$serde_json::private::RawValue";

/// Returns true if a property of the JSON has the private name.
pub(super) fn has_private_name(json: &str) -> bool {
    // Almost no body contains the name or escapes of ASCII characters.
    (json.contains(PRIVATE_NAME) || json.contains("\\u00")) && find(json.as_bytes())
}

fn find(json: &[u8]) -> bool {
    let mut rest = json;
    while let Some(start) = rest.iter().position(|byte| *byte == b'"') {
        let (is_private, behind) = read_string(&rest[start + 1..]);
        let next = behind.iter().find(|byte| !byte.is_ascii_whitespace());
        if is_private && next == Some(&b':') {
            return true;
        }
        rest = behind;
    }
    false
}

/// Compares a string with the private name. `text` begins after the opening quote. Returns the text behind the string.
fn read_string(mut text: &[u8]) -> (bool, &[u8]) {
    let mut expected = PRIVATE_NAME.bytes();
    let mut is_private = true;
    loop {
        let (found, behind) = match text {
            [] => return (false, text),
            [b'"', behind @ ..] => return (is_private && expected.next().is_none(), behind),
            [b'\\', b'u', hex @ ..] if hex.len() >= 4 => (unescaped(&hex[..4]), &hex[4..]),
            [b'\\', _, behind @ ..] => (None, behind),
            [byte, behind @ ..] => (Some(*byte), behind),
        };
        is_private = is_private && found.is_some() && found == expected.next();
        text = behind;
    }
}

/// Returns the ASCII character of an escape such as `\u0024`.
fn unescaped(hex: &[u8]) -> Option<u8> {
    let hex = std::str::from_utf8(hex).ok()?;
    u32::from_str_radix(hex, 16).ok().and_then(|code| u8::try_from(code).ok()).filter(u8::is_ascii)
}

#[cfg(test)]
mod tests {
    use super::{PRIVATE_NAME, has_private_name};

    #[track_caller]
    fn check(json: &str, expected: bool) {
        assert_eq!(has_private_name(json), expected, "{json}");
    }

    #[test]
    fn finds_the_name_of_a_property() {
        check(&format!(r#"{{"labels":{{"{PRIVATE_NAME}":"1"}}}}"#), true);
        check(&format!(r#"[{{"{PRIVATE_NAME}" : 1}}]"#), true);
        check(r#"{"\u0024serde_json::private::R\u0061wValue":1}"#, true);
        check(r#"{"\u003cb\u003e":"\u0024","\"\\":1}"#, false);
        check(&format!(r#"["{PRIVATE_NAME}"]"#), false);
        check(&format!(r#"{{"{PRIVATE_NAME}s":1,"a\\":"{PRIVATE_NAME}"}}"#), false);
        check(&format!(r#"{{"{PRIVATE_NAME}"#), false);
        check(r#"{"\u00"#, false);
    }
}

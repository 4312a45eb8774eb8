// @generated from the OpenAPI document. Change the document, and generate again.

//! The parts of JSON text, without decoding them: one pass, and no memory.
//!
//! The text has to be valid JSON. Invalid text yields fewer or wrong parts.

use std::borrow::Cow;
use std::iter;

use serde::de::{Deserializer, Visitor};

/// Returns the properties of an object: the name in quotes, as received, and the value. Other values have none.
pub(in super::super) fn properties(object: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = inside(object, '{');
    iter::from_fn(move || {
        let (name, behind) = split_value(next_part(rest)?)?;
        let (value, behind) = split_value(behind.trim_ascii_start().strip_prefix(':')?.trim_ascii_start())?;
        rest = behind;
        Some((name, value))
    })
}

/// Returns the items of an array. Other values have none.
pub(in super::super) fn items(array: &str) -> impl Iterator<Item = &str> {
    let mut rest = inside(array, '[');
    iter::from_fn(move || {
        let (item, behind) = split_value(next_part(rest)?)?;
        rest = behind;
        Some(item)
    })
}

/// Returns the value of a property of an object: the last one, if there are several.
pub(in super::super) fn property<'a>(object: &'a str, name: &str) -> Option<&'a str> {
    let named = properties(object).filter(|(quoted, _)| unquoted(quoted).is_some_and(|found| found == name));
    named.last().map(|(_, value)| value)
}

/// Returns the content of a string, or `None` if it is not valid Unicode.
pub(in super::super) fn unquoted(string: &str) -> Option<Cow<'_, str>> {
    match string.strip_prefix('"')?.strip_suffix('"')? {
        content if !content.contains('\\') => Some(Cow::Borrowed(content)),
        _ => serde_json::from_str(string).ok().map(Cow::Owned),
    }
}

/// Returns the content of a string. Surrogates without their pair become U+FFFD.
pub(in super::super) fn unquoted_lossy(string: &str) -> Option<Cow<'_, str>> {
    unquoted(string).or_else(|| {
        let bytes = serde_json::Deserializer::from_str(string).deserialize_byte_buf(BytesVisitor).ok()?;
        let mut text = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            // serde_json encodes a surrogate like other characters, which takes three bytes.
            if chunk.invalid().starts_with(b"\xed") {
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        Some(Cow::Owned(text))
    })
}

struct BytesVisitor;

impl Visitor<'_> for BytesVisitor {
    type Value = Vec<u8>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a string")
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
        Ok(bytes.to_owned())
    }
}

/// Returns the text inside of an array or an object.
fn inside(container: &str, open: char) -> &str {
    container.trim_ascii().strip_prefix(open).unwrap_or_default()
}

/// Returns the text from the next property or item of a container, or `None` at the end of the container.
pub(super) fn next_part(rest: &str) -> Option<&str> {
    let rest = rest.trim_ascii_start();
    let part = rest.strip_prefix(',').map_or(rest, str::trim_ascii_start);
    (!part.is_empty() && !part.starts_with(['}', ']'])).then_some(part)
}

/// Splits a text into the value at its start and the rest. Returns `None` if there is no value.
pub(super) fn split_value(json: &str) -> Option<(&str, &str)> {
    let bytes = json.as_bytes();
    let length = match bytes.first()? {
        b'"' => string_length(bytes),
        b'{' | b'[' => container_length(bytes),
        b'}' | b']' => return None,
        _ => bytes.iter().position(|byte| b",:]} \t\r\n".contains(byte)).unwrap_or(bytes.len()),
    };
    json.split_at_checked(length).filter(|_| length > 0)
}

/// Returns the length of the string at the start of a text, with its quotes.
pub(super) fn string_length(bytes: &[u8]) -> usize {
    let mut end = 1;
    loop {
        end += find(bytes.get(end..).unwrap_or_default(), |byte| matches!(byte, b'"' | b'\\'));
        match bytes.get(end) {
            Some(b'"') => return end + 1,
            Some(_) => end += 2,
            None => return bytes.len(),
        }
    }
}

/// Returns the length of the array or the object at the start of a text.
fn container_length(bytes: &[u8]) -> usize {
    let (mut end, mut depth) = (0, 0_usize);
    loop {
        // Brackets differ in one bit.
        end += find(&bytes[end..], |byte| matches!(byte | 0x20, b'{' | b'}') || byte == b'"');
        match bytes.get(end) {
            None => return end,
            Some(b'"') => {
                end += string_length(&bytes[end..]);
                continue;
            }
            Some(b'{' | b'[') => depth += 1,
            Some(_) => depth -= 1,
        }
        end += 1;
        if depth == 0 {
            return end;
        }
    }
}

/// Returns the position of the first byte that is searched, or the number of bytes.
#[inline]
fn find(bytes: &[u8], is_searched: impl Fn(u8) -> bool) -> usize {
    /// Bytes that are compared at once: without an exit, the compiler uses vector instructions.
    const CHUNK: usize = 32;

    let mut start = 0;
    while let Some(chunk) = bytes.get(start..).and_then(|rest| rest.first_chunk::<CHUNK>()) {
        if chunk.iter().fold(false, |found, byte| found | is_searched(*byte)) {
            break;
        }
        start += CHUNK;
    }
    let rest = &bytes[start..];
    start + rest.iter().position(|byte| is_searched(*byte)).unwrap_or(rest.len())
}

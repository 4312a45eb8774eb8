//! The text of the values in a JSON text, without decoding them. Numbers keep all their digits, and a value that cannot
//! be decoded does no harm.

use std::ops::Range;

use serde::de::IgnoredAny;

/// Returns the text of the value at a JSON pointer, which has only property names.
pub(super) fn value_at<'a>(json: &'a [u8], pointer: &str) -> Option<&'a [u8]> {
    // The first part is the text before the first slash, which is empty.
    pointer.split('/').skip(1).try_fold(json, |json, name| {
        let name = name.replace("~1", "/").replace("~0", "~");
        // If a property is repeated, the last one wins, as it does when the page is decoded.
        let (_, range) = properties(json)?.into_iter().rev().find(|(known, _)| *known == name)?;
        let value = json.get(range)?;
        let mut names = serde_json::Deserializer::from_slice(value).into_iter::<String>();
        names.next()?.ok()?;
        value.get(after(value, names.byte_offset(), b':')?..)
    })
}

/// Returns the text of each element of a JSON array. Returns `None` if the JSON is not an array.
pub(super) fn elements(json: &[u8]) -> Option<Vec<&[u8]>> {
    let mut elements = Vec::new();
    let mut at = after(json, 0, b'[')?;
    while after(json, at, b']').is_none() {
        let mut values = serde_json::Deserializer::from_slice(json.get(at..)?).into_iter::<IgnoredAny>();
        values.next()?.ok()?;
        let end = at + values.byte_offset();
        elements.push(json.get(at..end)?);
        at = after(json, end, b',').unwrap_or(end);
    }
    Some(elements)
}

/// Returns the name of each property of a JSON object, and the range of its text. Returns `None` if the JSON is not an
/// object.
pub(super) fn properties(json: &[u8]) -> Option<Vec<(String, Range<usize>)>> {
    let mut properties = Vec::new();
    let mut at = after(json, 0, b'{')?;
    while after(json, at, b'}').is_none() {
        let mut names = serde_json::Deserializer::from_slice(json.get(at..)?).into_iter::<String>();
        let name = names.next()?.ok()?;
        let value = after(json, at + names.byte_offset(), b':')?;
        let mut values = serde_json::Deserializer::from_slice(json.get(value..)?).into_iter::<IgnoredAny>();
        values.next()?.ok()?;
        let end = value + values.byte_offset();
        properties.push((name, at..end));
        at = after(json, end, b',').unwrap_or(end);
    }
    Some(properties)
}

/// Returns the offset after the character `wanted`, or `None` if another character comes next. Skips white space.
fn after(json: &[u8], at: usize, wanted: u8) -> Option<usize> {
    let space = json.get(at..)?.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    (json.get(at + space) == Some(&wanted)).then_some(at + space + 1)
}

#[cfg(test)]
mod tests {
    use super::{elements, value_at};

    #[track_caller]
    fn check(json: &str, pointer: &str, expected: &[&str]) {
        let list = value_at(json.as_bytes(), pointer).and_then(elements).unwrap_or_default();
        let texts: Vec<String> =
            list.iter().map(|text| String::from_utf8_lossy(text).trim().to_owned()).collect();
        assert_eq!(texts, expected, "{json} at {pointer}");
    }

    #[test]
    fn returns_the_elements_of_an_array() {
        check("[1, [2,3] ,{\"a\":4}]", "", &["1", "[2,3]", "{\"a\":4}"]);
        check(r#"{"a": {"b/c" : [ 1e400, "]" ]}}"#, "/a/b~1c", &["1e400", "\"]\""]);
        check(r#"{"a":[1],"a":[2]}"#, "/a", &["2"]);
        check(" [ ] ", "", &[]);
    }

    #[test]
    fn returns_nothing_if_there_is_no_array() {
        check("", "", &[]);
        check("{}", "/a", &[]);
        check(r#"{"a":null}"#, "/a", &[]);
        check(r#"{"a":[1"#, "/a", &[]);
        check("[1 2]", "/a/b", &[]);
    }
}

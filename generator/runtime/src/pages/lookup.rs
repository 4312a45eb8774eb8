//! Finds the value at a JSON pointer in a JSON body, without decoding the rest.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::wire::{number, without_byte_order_mark};

/// A value that pagination reads from a response body or writes to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum PageValue {
    Missing,
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    Array,
    Object,
}

impl PageValue {
    /// Returns true if the value can be the token of a next page.
    pub(in super::super) fn is_page_token(&self) -> bool {
        matches!(self, Self::Number(_)) || matches!(self, Self::Text(text) if !text.is_empty())
    }

    /// Returns the text of a string or a number, or an empty string for other values.
    pub(in super::super) fn text(&self) -> &str {
        match self {
            Self::Number(text) | Self::Text(text) => text,
            _ => "",
        }
    }

    /// Returns the value of a number, or of a string that contains a number.
    pub(in super::super) fn number(&self) -> Option<u64> {
        match self {
            Self::Number(text) | Self::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}

/// Returns the value at a JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)), such as `/meta/next`.
///
/// The pointer has only property names. In an array, the lookup continues in the last element: in `{"data": [..]}`,
/// `/data/id` is the id of the last element. Returns [`PageValue::Missing`] if the body is not valid JSON.
pub(in super::super) fn find(json: &[u8], pointer: &str) -> PageValue {
    let mut input = serde_json::Deserializer::from_slice(without_byte_order_mark(json));
    Lookup(pointer).deserialize(&mut input).unwrap_or(PageValue::Missing)
}

struct Lookup<'a>(&'a str);

impl<'de> DeserializeSeed<'de> for Lookup<'_> {
    type Value = PageValue;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<PageValue, D::Error> {
        number::deserialize_any(input, self)
    }
}

impl Lookup<'_> {
    /// Returns the value if the whole pointer has been followed: only objects and arrays contain other values.
    fn if_at_end(&self, found: PageValue) -> PageValue {
        if self.0.is_empty() { found } else { PageValue::Missing }
    }
}

impl<'de> Visitor<'de> for Lookup<'_> {
    type Value = PageValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<PageValue, E> {
        Ok(self.if_at_end(PageValue::Null))
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<PageValue, E> {
        Ok(self.if_at_end(PageValue::Bool(truth)))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<PageValue, E> {
        Ok(self.if_at_end(PageValue::Number(number.to_string())))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<PageValue, E> {
        Ok(self.if_at_end(PageValue::Number(number.to_string())))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<PageValue, E> {
        Ok(self.if_at_end(PageValue::Number(number.to_string())))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<PageValue, E> {
        Ok(self.if_at_end(PageValue::Text(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<PageValue, A::Error> {
        if !self.0.is_empty() {
            let mut last = PageValue::Missing;
            while let Some(found) = list.next_element_seed(Lookup(self.0))? {
                last = found;
            }
            return Ok(last);
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(PageValue::Array)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<PageValue, A::Error> {
        let Some(pointer) = self.0.strip_prefix('/') else {
            while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(PageValue::Object);
        };
        let (first, rest) = pointer.split_at(pointer.find('/').unwrap_or(pointer.len()));
        let first = first.replace("~1", "/").replace("~0", "~");
        // If a property is repeated, the last one wins, as it does when the page is decoded.
        let mut found = PageValue::Missing;
        while let Some(name) = object.next_key::<String>()? {
            if name == first {
                found = object.next_value_seed(Lookup(rest))?;
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::{PageValue, find};

    #[track_caller]
    fn check(json: &str, pointer: &str, expected: PageValue) {
        assert_eq!(find(json.as_bytes(), pointer), expected, "{json} at {pointer}");
    }

    #[test]
    fn returns_the_value_at_a_pointer() {
        let page = r#"{"a":{"next":"x","n":7},"list":[1,{"next":2}],"more":true,"none":null,"price":1.5}"#;
        check(page, "/a/next", PageValue::Text("x".to_owned()));
        check(page, "/a/n", PageValue::Number("7".to_owned()));
        check(page, "/a", PageValue::Object);
        check(page, "/list", PageValue::Array);
        check(page, "/list/next", PageValue::Number("2".to_owned()));
        check(r#"{"list":[{"id":1},{}]}"#, "/list/id", PageValue::Missing);
        check(r#"{"list":[]}"#, "/list/id", PageValue::Missing);
        check(r#"[{"id":"a"},{"id":"b"}]"#, "/id", PageValue::Text("b".to_owned()));
        check(page, "/more", PageValue::Bool(true));
        check(page, "/more/next", PageValue::Missing);
        check(page, "/none", PageValue::Null);
        check(page, "/price", PageValue::Number("1.5".to_owned()));
        check(page, "/next", PageValue::Missing);
        check("[1,2,3]", "", PageValue::Array);
        check(page, "", PageValue::Object);
        check(r#"{"a/b":{"~1":true}}"#, "/a~1b/~01", PageValue::Bool(true));
    }

    #[test]
    fn returns_missing_for_invalid_json() {
        check("", "/a", PageValue::Missing);
        check(r#"{"a":"#, "/a", PageValue::Missing);
        check(r#"{"a":1"#, "/a", PageValue::Missing);
        check(&"[".repeat(100_000), "/a", PageValue::Missing);
    }

    #[test]
    fn parses_numbers_from_strings() {
        assert_eq!(PageValue::Text("12".to_owned()).number(), Some(12));
        assert_eq!(PageValue::Number("-1".to_owned()).number(), None);
        assert_eq!(PageValue::Bool(true).number(), None);
    }
}

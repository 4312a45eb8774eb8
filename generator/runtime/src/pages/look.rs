//! Looks for one value in a JSON body, without decoding the rest.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::wire::number;

/// What stands at a path, as far as it can lead to another page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Nothing,
    Null,
    Truth(bool),
    Number(String),
    Text(String),
    /// A list of this many.
    List(usize),
    Object,
}

impl Found {
    /// Whether it can be sent back to ask for another page.
    pub(super) fn is_token(&self) -> bool {
        matches!(self, Self::Number(_)) || matches!(self, Self::Text(text) if !text.is_empty())
    }

    /// A text or a number, as text.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Number(text) | Self::Text(text) => text,
            _ => "",
        }
    }

    /// The number, also if it travels in a string.
    pub(super) fn number(&self) -> Option<u64> {
        match self {
            Self::Number(text) | Self::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}

/// What stands where a JSON Pointer leads ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)) that names members of objects
/// only: `/meta/next`. Of a list it goes on in the last element: `/data/id`. Nothing, in a body that is no JSON.
pub(super) fn look(json: &[u8], pointer: &str) -> Found {
    let mut input = serde_json::Deserializer::from_slice(json);
    Look(pointer).deserialize(&mut input).unwrap_or(Found::Nothing)
}

struct Look<'a>(&'a str);

impl<'de> DeserializeSeed<'de> for Look<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Found, D::Error> {
        number::deserialize_any(input, self)
    }
}

impl Look<'_> {
    /// What is no object has no members.
    fn here(&self, found: Found) -> Found {
        if self.0.is_empty() { found } else { Found::Nothing }
    }
}

impl<'de> Visitor<'de> for Look<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Found, E> {
        Ok(self.here(Found::Null))
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<Found, E> {
        Ok(self.here(Found::Truth(truth)))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Found, E> {
        Ok(self.here(Found::Number(number.to_string())))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Found, E> {
        Ok(self.here(Found::Number(number.to_string())))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Found, E> {
        Ok(self.here(Found::Number(number.to_string())))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Found, E> {
        Ok(self.here(Found::Text(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Found, A::Error> {
        if !self.0.is_empty() {
            let mut last = Found::Nothing;
            while let Some(found) = list.next_element_seed(Look(self.0))? {
                last = found;
            }
            return Ok(last);
        }
        let mut length = 0;
        while list.next_element::<IgnoredAny>()?.is_some() {
            length += 1;
        }
        Ok(Found::List(length))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Found, A::Error> {
        let Some(pointer) = self.0.strip_prefix('/') else {
            while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(Found::Object);
        };
        let (first, rest) = pointer.split_at(pointer.find('/').unwrap_or(pointer.len()));
        let first = first.replace("~1", "/").replace("~0", "~");
        // The last one of two members of a name counts, as it does where the page is decoded.
        let mut found = Found::Nothing;
        while let Some(name) = object.next_key::<String>()? {
            if name == first {
                found = object.next_value_seed(Look(rest))?;
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, look};

    #[track_caller]
    fn check(json: &str, pointer: &str, expected: Found) {
        assert_eq!(look(json.as_bytes(), pointer), expected, "{json} at {pointer}");
    }

    #[test]
    fn what_stands_at_a_path() {
        let page = r#"{"a":{"next":"x","n":7},"list":[1,{"next":2}],"more":true,"none":null,"price":1.5}"#;
        check(page, "/a/next", Found::Text("x".to_owned()));
        check(page, "/a/n", Found::Number("7".to_owned()));
        check(page, "/a", Found::Object);
        check(page, "/list", Found::List(2));
        check(page, "/list/next", Found::Number("2".to_owned()));
        check(r#"{"list":[{"id":1},{}]}"#, "/list/id", Found::Nothing);
        check(r#"{"list":[]}"#, "/list/id", Found::Nothing);
        check(r#"[{"id":"a"},{"id":"b"}]"#, "/id", Found::Text("b".to_owned()));
        check(page, "/more", Found::Truth(true));
        check(page, "/more/next", Found::Nothing);
        check(page, "/none", Found::Null);
        check(page, "/price", Found::Number("1.5".to_owned()));
        check(page, "/next", Found::Nothing);
        check("[1,2,3]", "", Found::List(3));
        check(page, "", Found::Object);
        check(r#"{"a/b":{"~1":true}}"#, "/a~1b/~01", Found::Truth(true));
    }

    #[test]
    fn what_is_no_json_holds_nothing() {
        check("", "/a", Found::Nothing);
        check(r#"{"a":"#, "/a", Found::Nothing);
        check(r#"{"a":1"#, "/a", Found::Nothing);
        check(&"[".repeat(100_000), "/a", Found::Nothing);
    }

    #[test]
    fn numbers_may_travel_in_strings() {
        assert_eq!(Found::Text("12".to_owned()).number(), Some(12));
        assert_eq!(Found::Number("-1".to_owned()).number(), None);
        assert_eq!(Found::Truth(true).number(), None);
    }
}

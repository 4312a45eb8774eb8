//! Where a request says which page it asks for: in its query, or in its body.

use std::ops::Range;

use http::header::CONTENT_TYPE;
use serde::de::IgnoredAny;

use super::super::request::Request;
use super::look::{Found, look};

/// Where a request says which page it asks for.
#[derive(Clone, Copy, Debug)]
pub enum Ask {
    /// In a parameter of the query.
    Query(&'static str),
    /// In a member of the body, which is a JSON object or nothing.
    Body(&'static str),
}

impl Ask {
    /// What a request asks for.
    pub(super) fn read(self, request: &Request) -> Found {
        match self {
            Self::Query(name) => match request.query_of(name) {
                Some(text) => Found::Text(text.to_owned()),
                None => Found::Nothing,
            },
            Self::Body(name) => {
                request.0.body.as_bytes().map_or(Found::Nothing, |json| look(json, &pointer(name)))
            }
        }
    }

    /// Asks for something else.
    pub(super) fn write(self, request: Request, value: &Found) -> Request {
        match self {
            Self::Query(name) => request.query(name, &value.text()),
            Self::Body(name) => {
                let value = match value {
                    Found::Number(number) => number.clone(),
                    text => serde_json::Value::from(text.text()).to_string(),
                };
                let json = request.0.body.as_bytes().map(|json| with_member(json, name, &value));
                let json = json.unwrap_or_else(|| with_member(b"", name, &value));
                let media_type = request.0.headers.get(CONTENT_TYPE).and_then(|name| name.to_str().ok());
                let media_type = media_type.unwrap_or("application/json").to_owned();
                request.bytes(&media_type, json)
            }
        }
    }
}

/// The JSON Pointer of a member.
fn pointer(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// An object with another value for a member. The others stay as they are, to the digit.
fn with_member(json: &[u8], name: &str, value: &str) -> Vec<u8> {
    let mut with = vec![b'{'];
    for (member, range) in members(json).unwrap_or_default() {
        if member != name {
            with.extend_from_slice(&json[range]);
            with.push(b',');
        }
    }
    with.extend_from_slice(format!("{}:{value}}}", serde_json::Value::from(name)).as_bytes());
    with
}

/// The members of an object: their names, and where they stand. None if it is no object.
fn members(json: &[u8]) -> Option<Vec<(String, Range<usize>)>> {
    let mut members = Vec::new();
    let mut at = behind(json, 0, b'{')?;
    while behind(json, at, b'}').is_none() {
        let mut names = serde_json::Deserializer::from_slice(json.get(at..)?).into_iter::<String>();
        let name = names.next()?.ok()?;
        let value = behind(json, at + names.byte_offset(), b':')?;
        let mut values = serde_json::Deserializer::from_slice(json.get(value..)?).into_iter::<IgnoredAny>();
        values.next()?.ok()?;
        let end = value + values.byte_offset();
        members.push((name, at..end));
        at = behind(json, end, b',').unwrap_or(end);
    }
    Some(members)
}

/// What is behind a character that stands next, white space aside.
fn behind(json: &[u8], at: usize, wanted: u8) -> Option<usize> {
    let space = json.get(at..)?.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    (json.get(at + space) == Some(&wanted)).then_some(at + space + 1)
}

#[cfg(test)]
mod tests {
    use super::with_member;

    #[track_caller]
    fn check(json: &str, expected: &str) {
        let with = with_member(json.as_bytes(), "next", "\"t\"");
        assert_eq!(String::from_utf8(with).as_deref(), Ok(expected), "{json}");
    }

    #[test]
    fn a_member_is_set_and_the_others_stay() {
        check("", r#"{"next":"t"}"#);
        check("{}", r#"{"next":"t"}"#);
        check(r#"{"next":"s"}"#, r#"{"next":"t"}"#);
        check(r#"{"a":[1,{"next":2}],"next":null,"b":"}"}"#, r#"{"a":[1,{"next":2}],"b":"}","next":"t"}"#);
        check(
            r#"{"id":123456789012345678901234567890,"x":1.10,"y":-0}"#,
            r#"{"id":123456789012345678901234567890,"x":1.10,"y":-0,"next":"t"}"#,
        );
        check(r#" { "a" : true , "b" : "\"," } "#, r#"{ "a" : true, "b" : "\",","next":"t"}"#);
    }

    #[test]
    fn what_is_no_object_gives_way() {
        check("[1]", r#"{"next":"t"}"#);
        check("{\"a\"", r#"{"next":"t"}"#);
    }
}

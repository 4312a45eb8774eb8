// @generated from the OpenAPI document. Change the document, and generate again.

//! Finds the value at a JSON pointer in a JSON body, without decoding the rest.

use serde_json::value::RawValue;

use super::super::wire::{JsonNode, without_byte_order_mark};

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
    fn of(value: &JsonNode<'_>) -> Self {
        if value.is_null() {
            Self::Null
        } else if let Some(truth) = value.as_bool() {
            Self::Bool(truth)
        } else if value.is_number() {
            // Integers keep all their digits. A server can write them as `1e2`, too.
            let is_integer = value.json().bytes().all(|byte| byte.is_ascii_digit());
            let whole = value.as_whole().filter(|_| !is_integer);
            Self::Number(whole.map_or_else(|| value.json().to_owned(), |whole| whole.to_string()))
        } else if let Some(text) = value.as_str() {
            Self::Text(text.into_owned())
        } else if value.is_array() {
            Self::Array
        } else if value.is_object() {
            Self::Object
        } else {
            Self::Missing
        }
    }

    /// Returns true if there is no value, or null.
    pub(in super::super) fn is_absent(&self) -> bool {
        matches!(self, Self::Missing | Self::Null)
    }

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

/// Returns the JSON of a body. A body that is not JSON has no values.
pub(super) fn node(body: &[u8]) -> JsonNode<'_> {
    let json = serde_json::from_slice::<&RawValue>(without_byte_order_mark(body));
    JsonNode::new(json.map_or("", RawValue::get))
}

/// Returns the value at a JSON pointer of a body. See [`node_at`].
pub(in super::super) fn find(body: &[u8], pointer: &str) -> PageValue {
    find_in(&node(body), pointer)
}

/// Returns the value at a JSON pointer. See [`node_at`].
pub(super) fn find_in(json: &JsonNode<'_>, pointer: &str) -> PageValue {
    node_at(json, pointer).map_or(PageValue::Missing, |found| PageValue::of(&found))
}

/// Returns the JSON at a JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)), such as `/meta/next`.
///
/// The pointer has only property names. In an array, the lookup continues in the last element: in `{"data": [..]}`,
/// `/data/id` is the id of the last element.
pub(super) fn node_at<'a>(json: &JsonNode<'a>, pointer: &str) -> Option<JsonNode<'a>> {
    let Some(names) = pointer.strip_prefix('/') else { return Some(JsonNode::new(json.json())) };
    let (name, rest) = names.split_at(names.find('/').unwrap_or(names.len()));
    let name = name.replace("~1", "/").replace("~0", "~");
    match json.is_array() {
        true => node_at(JsonNode::new(json.items().last()?).get(&name)?, rest),
        false => node_at(json.get(&name)?, rest),
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
        // Other properties cannot hide it.
        check(r#"{"\ud800":1,"a":[1e400],"a":"b","c":"\ud800"}"#, "/a", PageValue::Text("b".to_owned()));
        check(
            "{\"n\":12345678901234567890123}",
            "/n",
            PageValue::Number("12345678901234567890123".to_owned()),
        );
        check("{\"n\":1e2}", "/n", PageValue::Number("100".to_owned()));
    }

    #[test]
    fn returns_missing_for_invalid_json() {
        check("", "/a", PageValue::Missing);
        check(r#"{"a":"#, "/a", PageValue::Missing);
        check(r#"{"a":1"#, "/a", PageValue::Missing);
        check(&"[".repeat(100_000), "/a", PageValue::Missing);
        check(&format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)), "/a", PageValue::Missing);
    }

    #[test]
    fn parses_numbers_from_strings() {
        assert_eq!(PageValue::Text("12".to_owned()).number(), Some(12));
        assert_eq!(PageValue::Number("-1".to_owned()).number(), None);
        assert_eq!(PageValue::Bool(true).number(), None);
    }
}

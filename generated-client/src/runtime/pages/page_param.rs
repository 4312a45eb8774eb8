// @generated from the OpenAPI document. Change the document, and generate again.

//! [`PageParam`], the parameter of a request that selects a page.

use http::header::CONTENT_TYPE;

use super::super::call::request::Request;
use super::json_text::properties;
use super::lookup::{PageValue, find};

/// The parameter of a request that selects a page.
#[derive(Clone, Copy, Debug)]
pub enum PageParam {
    /// A query parameter.
    Query(&'static str),
    /// A property of the request body. The body is a JSON object or empty.
    Body(&'static str),
}

impl PageParam {
    /// Returns the value of the parameter in a request.
    pub(super) fn read(self, request: &Request) -> PageValue {
        match self {
            Self::Query(name) => match request.query_value(name) {
                Some(text) => PageValue::Text(text.to_owned()),
                None => PageValue::Missing,
            },
            Self::Body(name) => {
                request.0.body.as_bytes().map_or(PageValue::Missing, |json| find(json, &pointer(name)))
            }
        }
    }

    /// Returns the request without the parameter.
    pub(super) fn remove(self, request: Request) -> Request {
        match self {
            Self::Query(name) => request.without_query(name),
            Self::Body(_) => self.write(request, &PageValue::Null),
        }
    }

    /// Returns the request with another value of the parameter.
    pub(super) fn write(self, request: Request, value: &PageValue) -> Request {
        match self {
            Self::Query(name) => request.query(name, &value.text()),
            Self::Body(name) => {
                let value = match value {
                    PageValue::Number(number) => number.clone(),
                    PageValue::Null => "null".to_owned(),
                    text => serde_json::Value::from(text.text()).to_string(),
                };
                let json = request.0.body.as_bytes().map(|json| with_property(json, name, &value));
                let json = json.unwrap_or_else(|| with_property(b"", name, &value));
                let media_type = request.0.headers.get(CONTENT_TYPE).and_then(|name| name.to_str().ok());
                let media_type = media_type.unwrap_or("application/json").to_owned();
                request.bytes(&media_type, json)
            }
        }
    }
}

/// Returns the JSON pointer to a property.
fn pointer(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Returns a JSON object in which a property has another value. The text of the other properties does not change,
/// so that numbers keep all their digits.
fn with_property(json: &[u8], name: &str, value: &str) -> Vec<u8> {
    let mut with = vec![b'{'];
    for (property, range) in properties(json).unwrap_or_default() {
        if property != name {
            with.extend_from_slice(&json[range]);
            with.push(b',');
        }
    }
    with.extend_from_slice(format!("{}:{value}}}", serde_json::Value::from(name)).as_bytes());
    with
}

#[cfg(test)]
mod tests {
    use super::with_property;

    #[track_caller]
    fn check(json: &str, expected: &str) {
        let with = with_property(json.as_bytes(), "next", "\"t\"");
        assert_eq!(String::from_utf8(with).as_deref(), Ok(expected), "{json}");
    }

    #[test]
    fn sets_a_property_and_keeps_the_others() {
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
    fn replaces_a_body_that_is_not_an_object() {
        check("[1]", r#"{"next":"t"}"#);
        check("{\"a\"", r#"{"next":"t"}"#);
    }
}

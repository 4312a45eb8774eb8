// @generated from the OpenAPI document. Change the document, and generate again.

//! [`PageParam`], the parameter of a request that selects a page.

use http::header::CONTENT_TYPE;

use super::super::call::request::Request;
use super::lookup::{PageValue, find, node};

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
            Self::Body(name) => with_body(request, name, None),
        }
    }

    /// Returns the request with another value of the parameter.
    pub(super) fn write(self, request: Request, value: &PageValue) -> Request {
        match self {
            Self::Query(name) => request.query(name, &value.text()),
            Self::Body(name) => {
                let value = match value {
                    PageValue::Number(number) => number.clone(),
                    text => serde_json::Value::from(text.text()).to_string(),
                };
                with_body(request, name, Some(&value))
            }
        }
    }
}

/// Returns a request in whose body a property has another value, or is absent.
fn with_body(request: Request, name: &str, value: Option<&str>) -> Request {
    let json = with_property(request.0.body.as_bytes().map_or(b"", |json| &**json), name, value);
    let media_type = request.0.headers.get(CONTENT_TYPE).and_then(|name| name.to_str().ok());
    let media_type = media_type.unwrap_or("application/json").to_owned();
    request.bytes(&media_type, json)
}

/// Returns the JSON pointer to a property.
fn pointer(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Returns a JSON object in which a property has another value, or is absent. The text of the other values does not
/// change, so that numbers keep all their digits.
fn with_property(json: &[u8], name: &str, value: Option<&str>) -> String {
    let json = node(json);
    let others = json.properties().filter(|(other, _)| *other != name);
    let properties =
        others.map(|(other, value)| (other, value.json())).chain(value.map(|value| (name, value)));
    let properties: Vec<String> =
        properties.map(|(name, value)| format!("{}:{value}", serde_json::Value::from(name))).collect();
    format!("{{{}}}", properties.join(","))
}

#[cfg(test)]
mod tests {
    use super::with_property;

    #[track_caller]
    fn check(json: &str, expected: &str) {
        assert_eq!(with_property(json.as_bytes(), "next", Some("\"t\"")), expected, "{json}");
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
        check(r#" { "a" : true , "b" : "\"," } "#, r#"{"a":true,"b":"\",","next":"t"}"#);
    }

    #[test]
    fn removes_a_property() {
        assert_eq!(with_property(br#"{"next":1,"a":2}"#, "next", None), r#"{"a":2}"#);
        assert_eq!(with_property(b"", "next", None), "{}");
    }

    #[test]
    fn replaces_a_body_that_is_not_an_object() {
        check("[1]", r#"{"next":"t"}"#);
        check("{\"a\"", r#"{"next":"t"}"#);
    }
}

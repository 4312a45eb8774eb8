//! Why a request was refused.

use std::fmt;

use http::header::{ALLOW, CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderValue, Method, StatusCode};
use serde_json::{Value, json};

use super::super::body::Body;

/// Why a request was refused: what is wrong with it, or with the answer that a test has set for it, and where.
///
/// As JSON, in the body of the answer: `{"message": "...", "in": "query", "name": "limit"}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    pub(super) status: StatusCode,
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) place: Where,
    pub(super) problem: String,
}

/// Where something is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Where {
    /// No operation has this path.
    Path,
    /// Operations have this path, and another method.
    Method,
    /// A credential is missing.
    Credentials,
    /// A parameter of the query, by its name.
    Query(String),
    /// A header, by its name.
    Header(String),
    /// A cookie, by its name.
    Cookie(String),
    /// The body, at this path in its JSON, such as `$.pets[0].name`; `$` is the whole body, also of what is no JSON.
    Body(String),
    /// A field or a part of a form, by its name.
    Field(String),
    /// Not the request, but the answer that the test has set, at this path in its JSON: `$` is all of it.
    Answer(String),
}

impl Rejection {
    /// The status that the request was answered with.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The method of the request.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Its path, with parameters encoded, as it came.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Where something is wrong.
    pub fn place(&self) -> &Where {
        &self.place
    }

    /// What is wrong there, in a few words. Of a body that is not of the right type, it may quote the value that is not.
    pub fn problem(&self) -> &str {
        &self.problem
    }

    /// The answer to the request.
    pub(super) fn response(&self, allowed: &[&Method]) -> http::Response<Body> {
        let (place, name) = self.place.spelled();
        let mut said = json!({ "message": format!("{self}"), "in": place });
        if let (Some(name), Value::Object(said)) = (name, &mut said) {
            said.insert("name".to_owned(), Value::from(name));
        }
        let mut response = http::Response::new(Body::from(said.to_string()));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        let allowed: Vec<&str> = allowed.iter().map(|method| method.as_str()).collect();
        if let (StatusCode::METHOD_NOT_ALLOWED, Ok(allowed)) =
            (self.status, HeaderValue::try_from(allowed.join(", ")))
        {
            headers.insert(ALLOW, allowed);
        }
        response
    }
}

/// `GET /pets: query parameter "limit": it is missing`
impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}: {}", self.method, self.path, self.place, self.problem)
    }
}

impl Where {
    /// The kind of place, as OpenAPI calls it if it does, and the name in it.
    fn spelled(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Path => ("path", None),
            Self::Method => ("method", None),
            Self::Credentials => ("security", None),
            Self::Query(name) => ("query", Some(name)),
            Self::Header(name) => ("header", Some(name)),
            Self::Cookie(name) => ("cookie", Some(name)),
            Self::Body(name) | Self::Field(name) => ("body", Some(name)),
            Self::Answer(name) => ("answer", Some(name)),
        }
    }
}

/// `query parameter "limit"`
impl fmt::Display for Where {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path => f.write_str("path"),
            Self::Method => f.write_str("method"),
            Self::Credentials => f.write_str("credentials"),
            Self::Query(name) => write!(f, "query parameter {name:?}"),
            Self::Header(name) => write!(f, "header {name:?}"),
            Self::Cookie(name) => write!(f, "cookie {name:?}"),
            Self::Body(path) if path == "$" => f.write_str("body"),
            Self::Body(path) => write!(f, "body at {path}"),
            Self::Field(name) => write!(f, "field {name:?} of the body"),
            Self::Answer(path) if path == "$" => f.write_str("answer of the test"),
            Self::Answer(path) => write!(f, "answer of the test at {path}"),
        }
    }
}

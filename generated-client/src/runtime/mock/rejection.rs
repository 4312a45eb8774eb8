// @generated from the OpenAPI document. Change the document, and generate again.

//! [`Rejection`]: why the mock server rejected a request.

use std::fmt;

use http::header::{ALLOW, CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderValue, Method, StatusCode};
use serde_json::{Value, json};

use super::super::net::body::Body;

/// The reason why a request was rejected: the problem, and its location in the request.
///
/// The body of the response contains it as JSON: `{"message": "...", "in": "query", "name": "limit"}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    pub(super) status: StatusCode,
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) location: Location,
    pub(super) problem: String,
}

/// The location of a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// No operation has this path.
    Path,
    /// The path parameter with this name.
    PathParameter(String),
    /// Operations have this path, but with other methods.
    Method,
    /// A credential is missing.
    Credentials,
    /// The query parameter with this name.
    Query(String),
    /// The header with this name.
    Header(String),
    /// The cookie with this name.
    Cookie(String),
    /// The body, at this path in its JSON, such as `$.pets[0].name`. `$` is the whole body, even if it is not JSON.
    Body(String),
    /// The form field, or the part of a multipart body, with this name.
    Field(String),
}

impl Rejection {
    /// Returns the status of the response.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the method of the request.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the path of the request as received, with its parameters percent-encoded.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the location of the problem.
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// Returns a short description of the problem. It can quote an invalid value of the body.
    pub fn problem(&self) -> &str {
        &self.problem
    }

    /// Returns the response to the request. `allowed` are the methods for the `Allow` header.
    pub(super) fn response(&self, allowed: &[Method]) -> http::Response<Body> {
        let (location, name) = self.location.parts();
        let mut body = json!({ "message": format!("{self}"), "in": location });
        if let (Some(name), Value::Object(body)) = (name, &mut body) {
            body.insert("name".to_owned(), Value::from(name));
        }
        let mut response = http::Response::new(Body::from(body.to_string()));
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

/// Formats the rejection in one line: `GET /pets: query parameter "limit": required, but missing`.
impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}: {}", self.method, self.path, self.location, self.problem)
    }
}

impl Location {
    /// Returns the kind of location, in the words of OpenAPI where it has one, and the name or path within it.
    fn parts(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Path => ("path", None),
            Self::PathParameter(name) => ("path", Some(name)),
            Self::Method => ("method", None),
            Self::Credentials => ("security", None),
            Self::Query(name) => ("query", Some(name)),
            Self::Header(name) => ("header", Some(name)),
            Self::Cookie(name) => ("cookie", Some(name)),
            Self::Body(name) | Self::Field(name) => ("body", Some(name)),
        }
    }
}

/// Formats the location for people: `query parameter "limit"`.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path => f.write_str("path"),
            Self::PathParameter(name) => write!(f, "path parameter {name:?}"),
            Self::Method => f.write_str("method"),
            Self::Credentials => f.write_str("credentials"),
            Self::Query(name) => write!(f, "query parameter {name:?}"),
            Self::Header(name) => write!(f, "header {name:?}"),
            Self::Cookie(name) => write!(f, "cookie {name:?}"),
            Self::Body(path) if path == "$" => f.write_str("body"),
            Self::Body(path) => write!(f, "body at {path}"),
            Self::Field(name) => write!(f, "field {name:?} of the body"),
        }
    }
}

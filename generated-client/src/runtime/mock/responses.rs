// @generated from the OpenAPI document. Change the document, and generate again.

//! The responses of the mock server: those that a test has set, and those that the document describes.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use http::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::Value;

use super::super::net::body::Body;
use super::super::net::payload::Payload;
use super::super::testing::MockResponse;
use super::endpoint::{Content, Endpoint};
use super::form;
use super::received::ReceivedRequest;
use super::response_body::append_event;

/// The response to a request. `None` closes the connection without a response.
pub(super) type Outcome = Option<http::Response<Body>>;

/// A response that a test has set.
#[derive(Clone)]
pub(super) enum Stub {
    /// The same for every request.
    Fixed { status: StatusCode, headers: HeaderMap, body: Payload },
    /// Closes the connection without a response.
    Disconnect,
    /// Computed from each request.
    Computed(Arc<dyn Fn(&ReceivedRequest) -> MockResponse + Send + Sync>),
}

impl Stub {
    pub(super) fn fixed(response: MockResponse) -> Self {
        match response.into_response() {
            Ok(response) => {
                let (parts, body) = response.into_parts();
                Self::Fixed { status: parts.status, headers: parts.headers, body: body.into() }
            }
            Err(_) => Self::Disconnect,
        }
    }

    pub(super) fn computed(
        response: impl Fn(&ReceivedRequest) -> MockResponse + Send + Sync + 'static,
    ) -> Self {
        Self::Computed(Arc::new(response))
    }

    /// Returns the response to a request.
    pub(super) fn response_to(&self, request: &ReceivedRequest) -> Outcome {
        match self {
            Self::Fixed { status, headers, body } => {
                // A streamed body can be sent only once: later requests get an empty body.
                let mut response = http::Response::new(body.body().unwrap_or_default());
                *response.status_mut() = *status;
                response.headers_mut().clone_from(headers);
                Some(response)
            }
            Self::Disconnect => None,
            Self::Computed(make) => make(request).into_response().ok(),
        }
    }
}

/// The stubs of an operation, in order. Each request uses up one stub, except the last, which is kept.
#[derive(Default)]
pub(super) struct Stubs(VecDeque<Stub>);

impl Stubs {
    pub(super) fn add(&mut self, stub: Stub) {
        self.0.push_back(stub);
    }

    /// Returns the stub for the next request, if any is set.
    pub(super) fn next(&mut self) -> Option<Stub> {
        if self.0.len() > 1 { self.0.pop_front() } else { self.0.front().cloned() }
    }
}

impl fmt::Debug for Stubs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} stubs", self.0.len())
    }
}

/// Returns the response that the document describes: the documented success status, with a sample body in the first
/// media type that the request accepts.
pub(super) fn documented(
    endpoint: &Endpoint,
    bodies: Option<&Value>,
    request: &HeaderMap,
) -> http::Response<Body> {
    let mut response = http::Response::new(Body::default());
    *response.status_mut() = StatusCode::from_u16(endpoint.status).unwrap_or(StatusCode::OK);
    if response.status().is_redirection() {
        response.headers_mut().insert(LOCATION, HeaderValue::from_static("/"));
    }
    if let Some(content) = accepted(endpoint.contents, request) {
        let media_type = content.media_type();
        if let Ok(media_type) = HeaderValue::try_from(media_type) {
            response.headers_mut().insert(CONTENT_TYPE, media_type);
        }
        let body = bodies.and_then(|bodies| bodies.get(media_type));
        *response.body_mut() = encode(content, body.unwrap_or(&Value::Null)).into();
    }
    response
}

/// Returns the content for the first media range in `Accept` that matches one, or the first content if none matches.
///
/// Ranges are tried in the order in which they are listed. Quality values ([RFC 9110], section 12.5.1) are ignored,
/// because generated clients do not send them.
///
/// [RFC 9110]: https://www.rfc-editor.org/rfc/rfc9110
fn accepted(contents: &[Content], request: &HeaderMap) -> Option<Content> {
    let accept = request.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let mut ranges = accept.flat_map(|value| value.split(','));
    let found = ranges.find_map(|range| {
        let is_in_range = |content: &Content| form::is_in_range(content.media_type(), range);
        form::best_match(contents, range, is_in_range, |content| content.media_type())
    });
    found.or(contents.first()).copied()
}

fn encode(content: Content, body: &Value) -> Vec<u8> {
    let items = || body.as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned).into_bytes();
    let mut bytes = Vec::new();
    match content {
        Content::Json(_) => bytes = body.to_string().into_bytes(),
        Content::Text(_) => bytes = text(body),
        Content::Events(_) => items().for_each(|item| append_event(item.to_string().as_bytes(), &mut bytes)),
        Content::TextEvents(_) => items().for_each(|item| append_event(&text(item), &mut bytes)),
        Content::Lines(_) => items().for_each(|item| bytes.extend(format!("{item}\n").into_bytes())),
    }
    bytes
}

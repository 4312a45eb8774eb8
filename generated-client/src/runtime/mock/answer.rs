// @generated from the OpenAPI document: change that, and generate again.

//! Answers: what a test has set, and what the document gives.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use http::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::Value;

use super::super::body::Body;
use super::super::payload::Payload;
use super::super::testing::Reply;
use super::check::{Fault, check_answer};
use super::endpoint::{Content, Endpoint};
use super::form;
use super::kind::append_event;
use super::received::Received;

/// The answer to a request; none where the connection is to break.
pub(super) type Answered = Option<http::Response<Body>>;

/// An answer that a test has set.
#[derive(Clone)]
pub(super) enum Answer {
    /// The same for every request.
    Fixed { status: StatusCode, headers: HeaderMap, body: Payload },
    /// None: the connection breaks.
    Broken,
    /// None either: the document has no such answer.
    Refused(Fault),
    /// One that depends on the request.
    Made(Arc<dyn Fn(&Received) -> Reply + Send + Sync>),
}

impl Answer {
    pub(super) fn fixed(reply: Reply) -> Self {
        match reply.into_response() {
            Ok(response) => {
                let (parts, body) = response.into_parts();
                Self::Fixed { status: parts.status, headers: parts.headers, body: body.into() }
            }
            Err(_) => Self::Broken,
        }
    }

    pub(super) fn made(reply: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Self {
        Self::Made(Arc::new(reply))
    }

    /// A status and a body in JSON, if the document allows the two together.
    pub(super) fn checked(endpoint: &Endpoint, status: u16, json: Vec<u8>) -> Self {
        match check_answer(endpoint, status, &json) {
            Ok(()) => Self::fixed(Reply::bytes(status, "application/json", json)),
            Err(fault) => Self::Refused(fault),
        }
    }

    /// The answer to a request.
    pub(super) fn to(&self, request: &Received) -> Answered {
        match self {
            Self::Fixed { status, headers, body } => {
                // A stream is there once: whoever comes later finds its end.
                let mut response = http::Response::new(body.body().unwrap_or_default());
                *response.status_mut() = *status;
                response.headers_mut().clone_from(headers);
                Some(response)
            }
            Self::Broken | Self::Refused(_) => None,
            Self::Made(make) => make(request).into_response().ok(),
        }
    }
}

/// The answers to an operation, one a request; the last one stays.
#[derive(Default)]
pub(super) struct Answers(VecDeque<Answer>);

impl Answers {
    pub(super) fn add(&mut self, answer: Answer) {
        self.0.push_back(answer);
    }

    /// The next one, if any is set.
    pub(super) fn next(&mut self) -> Option<Answer> {
        if self.0.len() > 1 { self.0.pop_front() } else { self.0.front().cloned() }
    }
}

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} answers", self.0.len())
    }
}

/// The answer that the document gives: the usual success, in the first media type that the request accepts.
pub(super) fn of_document(
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

/// The first of these that a request asks for, in the order of what it asks for (RFC 9110, section 12.5.1, as far as
/// clients here make use of it); the usual one where it asks for none of them.
fn accepted(contents: &[Content], request: &HeaderMap) -> Option<Content> {
    let asked = request.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let mut ranges = asked.flat_map(|value| value.split(','));
    let found =
        ranges.find_map(|range| contents.iter().find(|content| form::is_within(content.media_type(), range)));
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

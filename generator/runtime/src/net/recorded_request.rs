//! [`RecordedRequest`], a request as the server's side reads it. Test transports and the mock server record requests.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, Uri};

/// A request with its whole body.
#[derive(Clone)]
pub(in super::super) struct RecordedRequest {
    pub(in super::super) method: Method,
    pub(in super::super) uri: Uri,
    pub(in super::super) headers: HeaderMap,
    pub(in super::super) body: Bytes,
}

impl RecordedRequest {
    pub(in super::super) fn new(head: http::request::Parts, body: Bytes) -> Self {
        Self { method: head.method, uri: head.uri, headers: head.headers, body }
    }

    /// Returns the path of the URL, with its parameters percent-encoded.
    pub(in super::super) fn path(&self) -> &str {
        self.uri.path()
    }

    /// Returns the query of the URL, percent-encoded, or an empty string if there is none.
    pub(in super::super) fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// Returns the value of a header, or `None` if it is absent or not text.
    pub(in super::super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Adds the parts of the request that contain no secrets: not the query, the body or the values of headers.
    pub(in super::super) fn show(&self, debug: &mut fmt::DebugStruct<'_, '_>) {
        debug
            .field("method", &self.method)
            .field("path", &self.path())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &format_args!("{} bytes", self.body.len()));
    }
}

// @generated from the OpenAPI document: change that, and generate again.

//! A transport for the tests of programs that use the client: answers without a network, and keeps what was sent.
//!
//! ```
//! # use conductorone::runtime::testing::{Reply, TestTransport};
//! # use conductorone::runtime::{Api, ClientBuilder, Error, Method};
//! async fn test(builder: ClientBuilder) -> Result<(), Error> {
//!     let transport = TestTransport::replying([
//!         Reply::status(503),
//!         Reply::json(200, &serde_json::json!({ "name": "Rex" })),
//!     ]);
//!     let client = builder.base_url("https://pets.test").transport(transport.clone()).build()?;
//!
//!     let pet: serde_json::Value = client.request(Method::GET, "/pets/rex").await?.json()?;
//!
//!     assert_eq!(pet["name"], "Rex");
//!     assert_eq!(transport.requests()[0].path(), "/pets/rex");
//!     assert_eq!(transport.waits().len(), 1);
//!     Ok(())
//! }
//! # let test = std::pin::pin!(test(ClientBuilder::new(&Api::EMPTY)));
//! # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
//! # assert!(matches!(test.poll(&mut context), std::task::Poll::Ready(Ok(()))));
//! ```

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::body::{Body, CollectError};
use super::middleware::Attempt;
use super::time::Instant;
use super::transport::{BoxFuture, Transport, TransportError};
use super::wire;

/// A transport that answers by itself. A clone is the same transport.
///
/// Time does not pass in it: a client that waits before it tries again does not wait, but [`waits`](Self::waits) has
/// how long it would have. Nothing takes long enough to time out, so a reply may be
/// [`Reply::fails`] with [`TransportError::timeout`] instead.
#[derive(Clone)]
pub struct TestTransport(Arc<Inner>);

struct Inner {
    reply: Box<dyn Fn(&SentRequest) -> Reply + Send + Sync>,
    requests: Mutex<Vec<SentRequest>>,
    waits: Mutex<Vec<Duration>>,
}

impl TestTransport {
    /// A transport that looks at each request to reply to it.
    pub fn new(reply: impl Fn(&SentRequest) -> Reply + Send + Sync + 'static) -> Self {
        Self(Arc::new(Inner { reply: Box::new(reply), requests: Mutex::default(), waits: Mutex::default() }))
    }

    /// A transport that gives these replies, one a request. After the last one there is no connection.
    pub fn replying(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Mutex<VecDeque<Reply>> = Mutex::new(replies.into_iter().collect());
        Self::new(move |_| {
            let next = replies.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            next.unwrap_or_else(|| Reply::fails(TransportError::connect("the test has no further reply")))
        })
    }

    /// The requests so far, in the order in which they were sent.
    pub fn requests(&self) -> Vec<SentRequest> {
        self.0.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// For how long clients would have waited so far, one entry a wait.
    pub fn waits(&self) -> Vec<Duration> {
        self.0.waits.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Transport for TestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
        _: Option<Instant>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.collect(usize::MAX).await.map_err(|error| match error {
                CollectError::Transport(error) => error,
                CollectError::TooLong => TransportError::broken("the body is too long"),
            })?;
            let attempt = parts.extensions.get::<Attempt>().cloned();
            let request =
                SentRequest { method: parts.method, uri: parts.uri, headers: parts.headers, body, attempt };
            let reply = (self.0.reply)(&request);
            self.0.requests.lock().unwrap_or_else(PoisonError::into_inner).push(request);
            reply.0
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.0.waits.lock().unwrap_or_else(PoisonError::into_inner).push(duration);
        Box::pin(std::future::ready(()))
    }

    fn limit(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

impl fmt::Debug for TestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestTransport").field("requests", &self.requests()).finish_non_exhaustive()
    }
}

/// A request as it came to the transport, credentials included.
#[derive(Clone)]
pub struct SentRequest {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
    attempt: Option<Attempt>,
}

impl SentRequest {
    /// Its method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Where it was sent.
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The path of its URL, with its parameters encoded.
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The query of its URL, with its parameters encoded; empty if there is none.
    pub fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// Its headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// One of its headers, if it is there and is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Its body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Its body, decoded from JSON.
    ///
    /// # Errors
    ///
    /// If it is none, or not that of a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, wire::DecodeError> {
        wire::from_slice(&self.body)
    }

    /// The id of the operation that was called. None if the document does not know it.
    pub fn operation_id(&self) -> Option<&str> {
        self.attempt.as_ref().map(|attempt| attempt.operation().id()).filter(|id| !id.is_empty())
    }

    /// Which attempt of its call it was; 1 for the first.
    pub fn attempt(&self) -> u32 {
        self.attempt.as_ref().map_or(1, Attempt::number)
    }
}

/// Shows neither the body nor the query nor what headers say.
impl fmt::Debug for SentRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentRequest")
            .field("method", &self.method)
            .field("path", &self.path())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

/// What a [`TestTransport`] replies.
#[derive(Debug)]
pub struct Reply(Result<http::Response<Body>, TransportError>);

impl Reply {
    /// A response with this status and no body. What is no status is 500.
    pub fn status(status: u16) -> Self {
        let mut response = http::Response::new(Body::default());
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self(Ok(response))
    }

    /// A response with a body in JSON. What has no JSON form is the failure of the attempt.
    pub fn json(status: u16, body: &impl Serialize) -> Self {
        match wire::to_vec(body) {
            Ok(json) => Self::bytes(status, "application/json", json),
            Err(error) => Self::fails(TransportError::refused(error)),
        }
    }

    /// A response with a body of any media type: bytes, or a [`Body`] that arrives piece by piece.
    pub fn bytes(status: u16, media_type: &str, body: impl Into<Body>) -> Self {
        let mut reply = Self::status(status).with_header("content-type", media_type);
        if let Ok(response) = &mut reply.0 {
            *response.body_mut() = body.into();
        }
        reply
    }

    /// No response.
    pub fn fails(error: TransportError) -> Self {
        Self(Err(error))
    }

    /// The response, or what there is in place of one.
    #[cfg(all(feature = "mock", not(target_os = "unknown")))]
    pub(super) fn into_response(self) -> Result<http::Response<Body>, TransportError> {
        self.0
    }

    /// The same reply with this header too. What no header can hold is left out.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(response), Ok(name), Ok(value)) =
            (&mut self.0, HeaderName::try_from(name), HeaderValue::try_from(value))
        {
            response.headers_mut().append(name, value);
        }
        self
    }
}

// @generated from the OpenAPI document. Change the document, and generate again.

//! A test transport for programs that use the client: it responds without a network and records the requests.
//!
//! This room may import `net` and `wire`.
//!
//! ```
//! # use conductorone::runtime::testing::{MockResponse, TestTransport};
//! # use conductorone::runtime::{Api, ClientBuilder, Error, Method};
//! async fn test(builder: ClientBuilder) -> Result<(), Error> {
//!     let transport = TestTransport::with_responses([
//!         MockResponse::status(503),
//!         MockResponse::json(200, &serde_json::json!({ "name": "Rex" })),
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

use super::net::body::{Body, CollectError};
use super::net::middleware::Attempt;
use super::net::time::Instant;
use super::net::transport::{BoxFuture, Transport};
use super::net::transport_error::TransportError;
use super::wire;

/// A transport that returns prepared responses without a network. Clones share their state.
///
/// Delays pass immediately: a client retries without delay, and [`waits`](Self::waits) returns how long it would have
/// waited. Requests never time out. To test a timeout, respond with [`MockResponse::failure`] and
/// [`TransportError::timeout`].
#[derive(Clone)]
pub struct TestTransport(Arc<Inner>);

struct Inner {
    response: Box<dyn Fn(&SentRequest) -> MockResponse + Send + Sync>,
    requests: Mutex<Vec<SentRequest>>,
    waits: Mutex<Vec<Duration>>,
}

impl TestTransport {
    /// Creates a transport that computes the response to each request.
    pub fn new(response: impl Fn(&SentRequest) -> MockResponse + Send + Sync + 'static) -> Self {
        Self(Arc::new(Inner {
            response: Box::new(response),
            requests: Mutex::default(),
            waits: Mutex::default(),
        }))
    }

    /// Creates a transport that returns these responses in order, one for each request. After the last response,
    /// requests fail with a connection error.
    pub fn with_responses(responses: impl IntoIterator<Item = MockResponse>) -> Self {
        let responses: Mutex<VecDeque<MockResponse>> = Mutex::new(responses.into_iter().collect());
        Self::new(move |_| {
            let next = responses.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            next.unwrap_or_else(|| MockResponse::failure(TransportError::connect("no test response is left")))
        })
    }

    /// Returns the requests, in the order in which they were sent.
    pub fn requests(&self) -> Vec<SentRequest> {
        self.0.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the delays that clients would have waited for, in order.
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
            let response = (self.0.response)(&request);
            self.0.requests.lock().unwrap_or_else(PoisonError::into_inner).push(request);
            response.0
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

/// A request that was sent through a [`TestTransport`], including its credentials.
#[derive(Clone)]
pub struct SentRequest {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
    attempt: Option<Attempt>,
}

impl SentRequest {
    /// Returns the method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the URL.
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Returns the path of the URL, with its parameters percent-encoded.
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// Returns the query of the URL, with its parameters percent-encoded, or an empty string if there is none.
    pub fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the value of a header, or `None` if it is absent or not text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Decodes the body from JSON.
    ///
    /// # Errors
    ///
    /// If the body is not valid JSON, or not a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, wire::DecodeError> {
        wire::from_slice(&self.body)
    }

    /// Returns the id of the operation, or `None` if the request is not for an operation of the document.
    pub fn operation_id(&self) -> Option<&str> {
        self.attempt.as_ref().map(|attempt| attempt.operation().id()).filter(|id| !id.is_empty())
    }

    /// Returns the number of the attempt within its call, starting at 1.
    pub fn attempt(&self) -> u32 {
        self.attempt.as_ref().map_or(1, Attempt::number)
    }
}

/// Omits the query, the body and the values of headers, which can contain secrets.
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

/// A response of a [`TestTransport`] or of the mock server, or a failure instead of one.
#[derive(Debug)]
pub struct MockResponse(Result<http::Response<Body>, TransportError>);

impl MockResponse {
    /// Creates a response with this status and no body. A number that is not a valid status becomes 500.
    pub fn status(status: u16) -> Self {
        let mut response = http::Response::new(Body::default());
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self(Ok(response))
    }

    /// Creates a response with a JSON body. If the body cannot be encoded, the attempt fails.
    pub fn json(status: u16, body: &impl Serialize) -> Self {
        match wire::to_vec(body) {
            Ok(json) => Self::bytes(status, "application/json", json),
            Err(error) => Self::failure(TransportError::refused(error)),
        }
    }

    /// Creates a response with a body of any media type: bytes, or a [`Body`] that is streamed.
    pub fn bytes(status: u16, media_type: &str, body: impl Into<Body>) -> Self {
        let mut response = Self::status(status).with_header("content-type", media_type);
        if let Ok(response) = &mut response.0 {
            *response.body_mut() = body.into();
        }
        response
    }

    /// Creates a failure of the attempt, without a response.
    pub fn failure(error: TransportError) -> Self {
        Self(Err(error))
    }

    /// Returns the response or the failure.
    #[cfg(all(feature = "mock", not(target_os = "unknown")))]
    pub(super) fn into_response(self) -> Result<http::Response<Body>, TransportError> {
        self.0
    }

    /// Adds a header. Ignores a name or value that is not valid in a header, and has no effect on a failure.
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

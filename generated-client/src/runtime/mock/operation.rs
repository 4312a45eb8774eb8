// @generated from the OpenAPI document. Change the document, and generate again.

//! [`MockOperation`], which sets the responses of an operation.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;

use super::super::net::transport_error::TransportError;
use super::super::testing::MockResponse;
use super::super::wire;
use super::received::ReceivedRequest;
use super::response_body::ResponseBody;
use super::responses::Stub;
use super::state::State;

/// An operation of a [`MockServer`](super::MockServer): sets its responses and lists the requests that it received.
///
/// `B` is the kind of response body that the operation has in the document.
///
/// A response stays in place until another call replaces it. A `respond` method replaces all responses that were set
/// before; a `then_respond` method appends one. Each request uses up one response, except the last, which is repeated.
///
/// A method that takes a value panics if the document forbids the value: a required property is missing, an enum does not
/// list the value, no variant of a union matches, or the value exceeds a limit such as `maxLength`. To send such a value,
/// as a newer server may, call [`unchecked`](Self::unchecked) first, or set a raw response with
/// [`respond_with`](Self::respond_with).
///
/// ```
/// # use conductorone::runtime::mock::{Json, MockOperation};
/// # use conductorone::runtime::testing::MockResponse;
/// fn fail_once(get_pet: MockOperation<'_, Json<String>>) {
///     get_pet.respond_with(MockResponse::status(503)).then_respond(&"Rex".to_owned());
/// }
/// ```
pub struct MockOperation<'a, B> {
    pub(super) state: &'a State,
    pub(super) id: &'static str,
    /// True if responses are checked against the document.
    is_checked: bool,
    response_body: PhantomData<fn() -> B>,
}

impl<B: ResponseBody> MockOperation<'_, B> {
    /// Responds with this value and the success status that the document describes. Replaces the responses set before.
    ///
    /// A page of a paginated operation is the last one, unless it has a token for the next: a request for the page after
    /// it gets a page without items. To set several pages, use `respond_pages`.
    ///
    /// If the value cannot be encoded, the server closes the connection without a response.
    ///
    /// # Panics
    ///
    /// If the document forbids the value.
    #[track_caller]
    pub fn respond(self, value: &B::Value<'_>) -> Self {
        let stub = self.stub(value);
        self.state.set(self.id, stub);
        self
    }

    /// Appends a response with this value, as [`respond`](Self::respond) sets it.
    ///
    /// # Panics
    ///
    /// If the document forbids the value.
    #[track_caller]
    pub fn then_respond(self, value: &B::Value<'_>) -> Self {
        let stub = self.stub(value);
        self.state.add(self.id, stub);
        self
    }

    #[track_caller]
    pub(super) fn stub(&self, value: &B::Value<'_>) -> Stub {
        let (status, media_type) = self.state.success_response(self.id);
        Stub::fixed(match B::encode(value) {
            Ok(Some(body)) => {
                self.require(status, || B::check(&body));
                MockResponse::bytes(status, media_type.unwrap_or(B::MEDIA_TYPE), body)
            }
            // The documented status has a body, so 204 is needed to say that there is none (RFC 9110, section 15.3.5).
            Ok(None) if media_type.is_some() => MockResponse::status(204),
            Ok(None) => MockResponse::status(status),
            Err(error) => MockResponse::failure(TransportError::refused(error)),
        })
    }
}

impl<'a, B> MockOperation<'a, B> {
    /// Responds with this status and a JSON body, such as one of the errors that the document describes. Replaces the
    /// responses set before.
    ///
    /// The body is checked against the schema that the document has for this status, if any.
    ///
    /// # Panics
    ///
    /// If the document forbids the body.
    #[track_caller]
    pub fn respond_with_status(self, status: u16, value: &impl Serialize) -> Self {
        let response = self.json_response(status, wire::to_vec(value));
        self.respond_with(response)
    }

    /// Appends a response with this status and a JSON body, checked as in
    /// [`respond_with_status`](Self::respond_with_status).
    ///
    /// # Panics
    ///
    /// If the document forbids the body.
    #[track_caller]
    pub fn then_respond_with_status(self, status: u16, value: &impl Serialize) -> Self {
        let response = self.json_response(status, wire::to_vec(value));
        self.then_respond_with(response)
    }

    #[track_caller]
    fn json_response(&self, status: u16, json: Result<Vec<u8>, wire::EncodeError>) -> MockResponse {
        match json {
            Ok(json) => {
                if let Some(endpoint) = self.state.endpoint(self.id) {
                    self.require(status, || endpoint.check_response(status, &json));
                }
                MockResponse::bytes(status, "application/json", json)
            }
            Err(error) => MockResponse::failure(TransportError::refused(error)),
        }
    }

    /// Panics if a response does not match the document.
    #[track_caller]
    #[allow(clippy::panic, reason = "the test that sets the response is wrong")]
    fn require<E: fmt::Display>(&self, status: u16, check: impl FnOnce() -> Result<(), E>) {
        if let Err(error) = if self.is_checked { check() } else { Ok(()) } {
            panic!(
                "the document forbids this response of `{}` with status {status}: {error} (to send it anyway, call \
                 `unchecked` first)",
                self.id
            );
        }
    }

    /// Accepts any value in the responses that are set next, even if the document forbids it.
    #[must_use]
    pub fn unchecked(mut self) -> Self {
        self.is_checked = false;
        self
    }

    pub(super) fn new(state: &'a State, id: &'static str) -> Self {
        Self { state, id, is_checked: true, response_body: PhantomData }
    }

    /// Responds with any status, headers and body, without checking them. Replaces the responses set before.
    ///
    /// For [`MockResponse::failure`], the server closes the connection without a response.
    pub fn respond_with(self, response: MockResponse) -> Self {
        self.state.set(self.id, Stub::fixed(response));
        self
    }

    /// Appends a response, as [`respond_with`](Self::respond_with) sets it.
    pub fn then_respond_with(self, response: MockResponse) -> Self {
        self.state.add(self.id, Stub::fixed(response));
        self
    }

    /// Computes the response from each request, such as a page of results for its page token. Replaces the responses
    /// set before.
    pub fn respond_fn(
        self,
        response: impl Fn(&ReceivedRequest) -> MockResponse + Send + Sync + 'static,
    ) -> Self {
        self.state.set(self.id, Stub::computed(response));
        self
    }

    /// Removes the responses that were set: the server responds with documented examples or sample values again.
    pub fn reset(self) -> Self {
        self.state.reset(self.id);
        self
    }

    /// Returns the requests for this operation, in the order in which they arrived, including rejected ones.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        let requests = self.state.requests().into_iter();
        requests.filter(|request| request.operation_id() == Some(self.id)).collect()
    }
}

impl<B> fmt::Debug for MockOperation<'_, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("MockOperation").field(&self.id).finish()
    }
}

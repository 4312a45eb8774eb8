// @generated from the OpenAPI document: change that, and generate again.

//! What a test says about an operation: how it is to be answered.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;

use super::super::testing::Reply;
use super::super::transport::TransportError;
use super::super::wire;
use super::Mock;
use super::answer::Answer;
use super::kind::Kind;
use super::received::Received;

/// An operation of a [`Mock`], to say how it is answered, and to ask what it was sent. `K` is what it answers.
///
/// What is set holds from then on. Where several answers are set, each request takes the next one, and the last one
/// stays.
///
/// ```
/// # use conductorone::runtime::mock::{Json, On};
/// # use conductorone::runtime::testing::Reply;
/// fn fails_once(get_pet: On<'_, Json<String>>) {
///     get_pet.replies(Reply::status(503)).then_answers(&"Rex".to_owned());
/// }
/// ```
pub struct On<'a, K> {
    mock: &'a Mock,
    id: &'static str,
    kind: PhantomData<fn() -> K>,
}

impl<K: Kind> On<'_, K> {
    /// Answers with this value and the status of the document, in place of all that was set before.
    ///
    /// A value that has no form on the wire breaks the connection, as [`Reply::json`] does.
    pub fn answers(self, value: &K::Value<'_>) -> Self {
        let reply = self.encoded(value);
        self.replies(reply)
    }

    /// Answers with this value behind what has been set already.
    pub fn then_answers(self, value: &K::Value<'_>) -> Self {
        let reply = self.encoded(value);
        self.then_replies(reply)
    }

    fn encoded(&self, value: &K::Value<'_>) -> Reply {
        let (status, media_type) = self.mock.state.usual(self.id);
        match K::encode(value) {
            Ok(Some(body)) => Reply::bytes(status, media_type.unwrap_or(K::MEDIA_TYPE), body),
            // Where there might have been a body, this status says that there is none (RFC 9110, section 15.3.5).
            Ok(None) if media_type.is_some() => Reply::status(204),
            Ok(None) => Reply::status(status),
            Err(error) => Reply::fails(TransportError::refused(error)),
        }
    }
}

impl<'a, K> On<'a, K> {
    /// Answers with any status, and a value in JSON: with one of the errors that the document describes, say. In place
    /// of all that was set before.
    ///
    /// Where the document has a type for that status, and the value is none of it, requests are answered with 500, and
    /// [`Mock::rejected`] says what is wrong, at [`Where::Answer`](super::Where::Answer): a test that rests on an answer
    /// which the server never gives shows nothing. What a server should not do is set by [`replies`](Self::replies).
    pub fn answers_with(self, status: u16, value: &impl Serialize) -> Self {
        let answer = self.checked(status, wire::to_vec(value));
        self.mock.state.set(self.id, answer);
        self
    }

    /// The same, behind what has been set already.
    pub fn then_answers_with(self, status: u16, value: &impl Serialize) -> Self {
        let answer = self.checked(status, wire::to_vec(value));
        self.mock.state.add(self.id, answer);
        self
    }

    fn checked(&self, status: u16, json: Result<Vec<u8>, wire::EncodeError>) -> Answer {
        match (self.mock.state.endpoint(self.id), json) {
            (Some(endpoint), Ok(json)) => Answer::checked(endpoint, status, json),
            (None, Ok(json)) => Answer::fixed(Reply::bytes(status, "application/json", json)),
            (_, Err(error)) => Answer::fixed(Reply::fails(TransportError::refused(error))),
        }
    }

    pub(super) fn new(mock: &'a Mock, id: &'static str) -> Self {
        Self { mock, id, kind: PhantomData }
    }

    /// Answers with any status, headers and body, in place of all that was set before; for [`Reply::fails`], with a
    /// connection that breaks.
    pub fn replies(self, reply: Reply) -> Self {
        self.mock.state.set(self.id, Answer::fixed(reply));
        self
    }

    /// Answers with this behind what has been set already.
    pub fn then_replies(self, reply: Reply) -> Self {
        self.mock.state.add(self.id, Answer::fixed(reply));
        self
    }

    /// Looks at each request to answer it, in place of all that was set before: for answers that depend on what is
    /// asked, such as pages.
    pub fn replies_with(self, reply: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Self {
        self.mock.state.set(self.id, Answer::made(reply));
        self
    }

    /// Forgets what has been set: answers with what the document gives.
    pub fn resets(self) -> Self {
        self.mock.state.forget(self.id);
        self
    }

    /// The requests of this operation so far, in the order in which they came, refused ones included.
    pub fn requests(&self) -> Vec<Received> {
        let requests = self.mock.requests().into_iter();
        requests.filter(|request| request.operation_id() == Some(self.id)).collect()
    }
}

impl<K> fmt::Debug for On<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("On").field(&self.id).finish()
    }
}

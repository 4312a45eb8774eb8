//! The request of an operation that asks for nothing more than its method takes.

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::ser::Serialize;

use super::error::Error;
use super::request::Request;
use super::request_ext::RequestExt;
use super::response::{Response, ResponseFuture};

/// A request that is awaited for a `T`, and may have a `B` for a body.
///
/// It is the request of each operation that has no optional parameters: a type of its own would say nothing more, and
/// in a crate with hundreds of operations it would show in what it takes to compile.
///
/// ```
/// # use runtime::{Call, Error, RequestExt};
/// async fn on_behalf<T>(tenant: &str, call: Call<T>) -> Result<T, Error> {
///     call.with_header("x-tenant", tenant).await
/// }
/// ```
#[must_use = "a request is sent when it is awaited"]
pub struct Call<T, B = NoBody> {
    request: Request,
    decode: fn(Response) -> Result<T, Error>,
    body: PhantomData<fn(&B)>,
}

/// The body of a request that has none, or that has it already.
#[derive(Clone, Copy, Debug)]
pub enum NoBody {}

impl<T, B: Serialize> Call<T, B> {
    /// Sets the body.
    pub fn body(mut self, body: &B) -> Self {
        self.request = self.request.json(body);
        self
    }
}

impl<T, B> Call<T, B> {
    /// A request whose answer `decode` makes of the response.
    pub fn new(request: Request, decode: fn(Response) -> Result<T, Error>) -> Self {
        Self { request, decode, body: PhantomData }
    }
}

impl<T: DeserializeOwned, B> Call<T, B> {
    /// A request with an answer in JSON.
    pub fn json(request: Request) -> Self {
        Self::new(request, Response::json)
    }
}

impl<B> Call<(), B> {
    /// A request with an answer whose body, if it has one, means nothing.
    pub fn empty(request: Request) -> Self {
        Self::new(request, |_| Ok(()))
    }
}

impl<T, B> RequestExt for Call<T, B> {
    fn request_mut(&mut self) -> &mut Request {
        &mut self.request
    }
}

impl<T, B> IntoFuture for Call<T, B> {
    type Output = Result<T, Error>;
    type IntoFuture = ResponseFuture<T>;

    fn into_future(self) -> ResponseFuture<T> {
        ResponseFuture::new(self.request, self.decode)
    }
}

impl<T, B> Clone for Call<T, B> {
    fn clone(&self) -> Self {
        Self { request: self.request.clone(), decode: self.decode, body: PhantomData }
    }
}

impl<T, B> fmt::Debug for Call<T, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.request.fmt(f)
    }
}

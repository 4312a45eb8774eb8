//! The request type of operations without optional parameters.

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::ser::Serialize;

use super::super::error::Error;
use super::super::net::response::Response;
use super::request::Request;
use super::request_ext::RequestExt;
use super::response_future::ResponseFuture;

/// A request that returns a `T` when awaited, and can have a body of type `B`.
///
/// This is the request type of every operation without optional parameters. Such operations have no request
/// type of their own, to keep crates with hundreds of operations fast to compile.
///
/// ```
/// # use runtime::{Call, Error, RequestExt};
/// async fn on_behalf<T>(tenant: &str, call: Call<T>) -> Result<T, Error> {
///     call.with_header("x-tenant", tenant).await
/// }
/// ```
#[must_use = "a request does nothing until it is awaited"]
pub struct Call<T, B: ?Sized = NoBody> {
    request: Request,
    decode: fn(Response) -> Result<T, Error>,
    body: PhantomData<fn(&B)>,
}

/// The body type of a request that has no body, or whose body is set already.
#[derive(Clone, Copy, Debug)]
pub enum NoBody {}

impl<T, B: Serialize + ?Sized> Call<T, B> {
    /// Sets the request body, encoded as JSON.
    pub fn body(mut self, body: &B) -> Self {
        self.request = self.request.json(body);
        self
    }
}

impl<T, B: ?Sized> Call<T, B> {
    /// Creates a request whose response `decode` converts into a `T`.
    pub fn new(request: Request, decode: fn(Response) -> Result<T, Error>) -> Self {
        Self { request, decode, body: PhantomData }
    }
}

impl<T: DeserializeOwned, B: ?Sized> Call<T, B> {
    /// Creates a request whose response body is JSON.
    pub fn json(request: Request) -> Self {
        Self::new(request, Response::json)
    }
}

impl<B: ?Sized> Call<(), B> {
    /// Creates a request whose response body is ignored.
    pub fn empty(request: Request) -> Self {
        Self::new(request, |_| Ok(()))
    }
}

impl<T, B: ?Sized> RequestExt for Call<T, B> {
    fn request_mut(&mut self) -> &mut Request {
        &mut self.request
    }
}

impl<T, B: ?Sized> IntoFuture for Call<T, B> {
    type Output = Result<T, Error>;
    type IntoFuture = ResponseFuture<T>;

    fn into_future(self) -> ResponseFuture<T> {
        ResponseFuture::new(self.request, self.decode)
    }
}

impl<T, B: ?Sized> Clone for Call<T, B> {
    fn clone(&self) -> Self {
        Self { request: self.request.clone(), decode: self.decode, body: PhantomData }
    }
}

impl<T, B: ?Sized> fmt::Debug for Call<T, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.request.fmt(f)
    }
}

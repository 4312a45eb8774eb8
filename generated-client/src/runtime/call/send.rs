// @generated from the OpenAPI document. Change the document, and generate again.

//! Sending a [`Request`]: the whole response, or its body in chunks.

use super::super::error::Error;
use super::super::net::response::Response;
use super::super::net::transport::BoxFuture;
use super::exchange::exchange;
use super::request::Request;

impl Request {
    /// Sends the request and reads the whole response.
    ///
    /// # Errors
    ///
    /// Returns an error if the request cannot be sent, or if the response is incomplete or does not have a
    /// success status.
    pub fn send(self) -> BoxFuture<'static, Result<Response, Error>> {
        Box::pin(exchange(self))
    }
}

impl IntoFuture for Request {
    type Output = Result<Response, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

//! Responses whose body is read in chunks, such as files.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, StatusCode};

use super::super::error::{Error, new_error};
use super::super::net::body::Body;
use super::super::net::response::Response;
use super::exchange;
use super::request::Request;

/// A response whose body is read in chunks, while it arrives.
///
/// ```
/// # use runtime::{BoxError, Download};
/// use std::io::Write;
///
/// async fn save(mut photo: Download, file: &mut impl Write) -> Result<(), BoxError> {
///     while let Some(piece) = photo.next().await {
///         file.write_all(&piece?)?;
///     }
///     Ok(())
/// }
/// ```
#[derive(Debug)]
pub struct Download {
    head: Response,
    body: Body,
    limit: usize,
}

impl Download {
    pub(in super::super) async fn open(request: Request) -> Result<Self, Error> {
        let (head, body) = exchange::open(&request).await?;
        Ok(Self { head, body, limit: request.0.client.shared.response_limit })
    }

    /// Returns the status of the response.
    pub fn status(&self) -> StatusCode {
        self.head.status()
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        self.head.headers()
    }

    /// Returns the response without its body, for functions that read the documented headers of a
    /// [`Response`].
    pub fn response(&self) -> &Response {
        &self.head
    }

    /// Returns the request ID of the server, if the response has one.
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id()
    }

    /// Returns the length of the body in bytes, if the server has declared it in `content-length`.
    pub fn length(&self) -> Option<u64> {
        self.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
    }

    /// Returns the next chunk of the body, or `None` at its end. The timeout of the call covers the whole
    /// body.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let next = ready!(self.body.poll_next(context));
        Poll::Ready(
            next.map(|piece| {
                piece.map_err(|error| new_error::incomplete_body(self.head.clone(), error.into()))
            }),
        )
    }

    /// Reads the whole body into memory.
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_response_limit`] if the body is longer than
    /// [`ClientBuilder::response_limit`](super::super::ClientBuilder::response_limit), and the error of the
    /// transport if the body does not arrive completely.
    pub async fn bytes(self) -> Result<Bytes, Error> {
        let collected = self.body.collect(self.limit).await;
        collected.map_err(|error| new_error::incomplete_body(self.head, error))
    }

    /// Returns the head, the rest of the body, and the limit on its size.
    #[cfg(feature = "streams")]
    pub(in super::super) fn into_parts(self) -> (Response, Body, usize) {
        (self.head, self.body, self.limit)
    }

    /// Returns the rest of the body, for example to send it in another request.
    pub fn into_body(self) -> Body {
        self.body
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

//! Answers that are read as they arrive: files, and whatever else need not fit into memory.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, StatusCode};

use super::body::Body;
use super::error::Error;
use super::exchange;
use super::request::Request;
use super::response::Response;

/// An answer that has begun, and whose body is read as it arrives.
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
    pub(super) async fn open(request: Request) -> Result<Self, Error> {
        let (head, body) = exchange::open(&request).await?;
        Ok(Self { head, body, limit: request.0.client.shared.response_limit })
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.head.status()
    }

    /// Its headers.
    pub fn headers(&self) -> &HeaderMap {
        self.head.headers()
    }

    /// The answer without its body: what reads documented headers takes this.
    pub fn response(&self) -> &Response {
        &self.head
    }

    /// The id under which the server knows the request, if it told.
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id()
    }

    /// How many bytes the server has announced, if it has.
    pub fn length(&self) -> Option<u64> {
        self.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
    }

    /// The next piece of the body; none at its end. The time that a call may take goes on until then.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let next = ready!(self.body.poll_next(context));
        Poll::Ready(next.map(|piece| piece.map_err(|error| Error::no_body(self.head.clone(), error.into()))))
    }

    /// The whole body, if it is no longer than the client takes: `ClientBuilder::response_limit`.
    ///
    /// # Errors
    ///
    /// If the body is longer, or the connection breaks.
    pub async fn bytes(self) -> Result<Bytes, Error> {
        let collected = self.body.collect(self.limit).await;
        collected.map_err(|error| Error::no_body(self.head, error))
    }

    /// The head, the rest of the body, and how much of that the client takes.
    pub(super) fn into_parts(self) -> (Response, Body, usize) {
        (self.head, self.body, self.limit)
    }

    /// The rest of the body, without the head: to be sent on, say.
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

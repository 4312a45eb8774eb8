// @generated from the OpenAPI document. Change the document, and generate again.

//! Bodies of requests and responses, in memory or streamed.

use std::collections::VecDeque;
use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::transport_error::{BoxError, TransportError};

/// The body of a request or a response, in memory or streamed in chunks.
#[derive(Default)]
pub struct Body(Source);

#[derive(Default)]
enum Source {
    #[default]
    Done,
    Whole(Bytes),
    /// Several bodies, one after the other.
    Joined(VecDeque<Body>),
    Stream(Pin<Box<dyn BodyStream>>, Option<u64>),
}

/// A body that is streamed in chunks. Implemented by every [`Stream`] of `Result`s whose items convert into
/// [`Bytes`].
pub trait BodyStream: Send + 'static {
    /// Polls for the next chunk. Returns `None` at the end of the body.
    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>>;
}

/// An error of the stream breaks the connection. A [`TransportError`] is passed on as it is.
impl<S, B, E> BodyStream for S
where
    S: Stream<Item = Result<B, E>> + Send + 'static,
    B: Into<Bytes>,
    E: Into<BoxError>,
{
    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        let next = ready!(Stream::poll_next(self, context));
        Poll::Ready(next.map(|piece| piece.map(Into::into).map_err(|error| broken(error.into()))))
    }
}

fn broken(error: BoxError) -> TransportError {
    match error.downcast::<TransportError>() {
        Ok(error) => *error,
        Err(error) => TransportError::broken(error),
    }
}

/// The error of [`Body::collect`].
#[derive(Debug)]
#[non_exhaustive]
pub enum CollectError {
    /// The body is longer than the limit.
    TooLong,
    /// The body did not arrive completely.
    Transport(TransportError),
}

impl Body {
    /// Creates a body that is streamed in chunks. Its length is unknown.
    ///
    /// ```
    /// # use conductorone::runtime::{Body, Bytes};
    /// # use futures_core::Stream;
    /// fn body_of(rows: impl Stream<Item = std::io::Result<Bytes>> + Send + 'static) -> Body {
    ///     Body::from_stream(rows)
    /// }
    /// ```
    pub fn from_stream(stream: impl BodyStream) -> Self {
        Self(Source::Stream(Box::pin(stream), None))
    }

    /// Creates a body that is streamed in chunks and has `length` bytes in total. The request declares this
    /// length in `content-length`, which some servers require.
    pub fn from_sized_stream(stream: impl BodyStream, length: u64) -> Self {
        Self(Source::Stream(Box::pin(stream), Some(length)))
    }

    /// Concatenates bodies.
    pub(in super::super) fn joined(bodies: impl IntoIterator<Item = Self>) -> Self {
        Self(Source::Joined(bodies.into_iter().collect()))
    }

    /// Returns the length in bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Source::Done => Some(0),
            Source::Whole(bytes) => Some(bytes.len() as u64),
            Source::Joined(bodies) => bodies.iter().map(Self::length).sum(),
            Source::Stream(_, length) => *length,
        }
    }

    /// Returns the whole body if it is in memory, in one piece.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Source::Done => Some(&[]),
            Source::Whole(bytes) => Some(bytes),
            Source::Joined(_) | Source::Stream(..) => None,
        }
    }

    /// Returns the whole body if it is in memory, in one piece, and the body itself otherwise.
    pub(in super::super) fn into_bytes(self) -> Result<Bytes, Self> {
        match self.0 {
            Source::Done => Ok(Bytes::new()),
            Source::Whole(bytes) => Ok(bytes),
            source => Err(Self(source)),
        }
    }

    /// Returns the next chunk, or `None` at the end of the body. No chunk is lost if the future is dropped.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|context| self.poll_next(context)).await
    }

    /// Polls for the next chunk, as [`next`](Self::next) does.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        let next = match &mut self.0 {
            Source::Done => return Poll::Ready(None),
            Source::Whole(bytes) => {
                let bytes = std::mem::take(bytes);
                self.0 = Source::Done;
                return Poll::Ready(Some(Ok(bytes)));
            }
            Source::Joined(bodies) => loop {
                let Some(first) = bodies.front_mut() else { break None };
                match ready!(first.poll_next(context)) {
                    None => drop(bodies.pop_front()),
                    next => break next,
                }
            },
            Source::Stream(stream, _) => ready!(stream.as_mut().poll_next(context)),
        };
        if !matches!(next, Some(Ok(_))) {
            // A stream must not be polled after its end.
            self.0 = Source::Done;
        }
        Poll::Ready(next)
    }

    /// Reads the whole body into memory, up to `limit` bytes. At most one chunk beyond the limit is held in
    /// memory.
    ///
    /// # Errors
    ///
    /// Returns [`CollectError::TooLong`] if the body is longer than `limit`, and [`CollectError::Transport`]
    /// if it does not arrive completely.
    pub async fn collect(mut self, limit: usize) -> Result<Bytes, CollectError> {
        // Most bodies arrive in one chunk, which is returned without a copy.
        let mut only = Bytes::new();
        let mut joined = BytesMut::new();
        while let Some(next) = self.next().await {
            let next = next.map_err(CollectError::Transport)?;
            if next.len() > limit - only.len() - joined.len() {
                return Err(CollectError::TooLong);
            }
            if only.is_empty() && joined.is_empty() {
                only = next;
            } else {
                joined.extend_from_slice(&std::mem::take(&mut only));
                joined.extend_from_slice(&next);
            }
        }
        Ok(if joined.is_empty() { only } else { joined.freeze() })
    }
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Self::poll_next(self.get_mut(), context)
    }
}

impl fmt::Display for CollectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => f.write_str("the body is too long"),
            Self::Transport(error) => write!(f, "{error} before the end of the body"),
        }
    }
}

impl StdError for CollectError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::TooLong => None,
            Self::Transport(error) => error.source(),
        }
    }
}

impl From<TransportError> for CollectError {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self(Source::Whole(bytes.into()))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Done => f.write_str("Body(empty)"),
            Source::Whole(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Source::Joined(_) | Source::Stream(..) => f.write_str("Body(stream)"),
        }
    }
}

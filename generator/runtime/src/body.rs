//! Bodies, on their way out and on their way in: in memory, or piece by piece.

use std::collections::VecDeque;
use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::transport::{BoxError, TransportError};

/// The body of a request or a response: in memory, or moving piece by piece.
#[derive(Default)]
pub struct Body(Source);

#[derive(Default)]
enum Source {
    #[default]
    Done,
    Whole(Bytes),
    /// One behind the other.
    Joined(VecDeque<Body>),
    Stream(Pin<Box<dyn BodyStream>>, Option<u64>),
}

/// A body that moves piece by piece. Every [`Stream`] of bytes is one, or of what becomes bytes.
pub trait BodyStream: Send + 'static {
    /// The next piece; none at the end.
    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>>;
}

/// Any error but a [`TransportError`], which stays what it is, breaks the connection on which the body is sent.
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

/// Why a body could not be [collected](Body::collect).
#[derive(Debug)]
#[non_exhaustive]
pub enum CollectError {
    /// It is longer than the limit.
    TooLong,
    /// It did not arrive.
    Transport(TransportError),
}

impl Body {
    /// A body that moves piece by piece: what a program makes up as it goes, or reads from somewhere else.
    ///
    /// ```
    /// # use runtime::{Body, Bytes};
    /// # use futures_core::Stream;
    /// fn body_of(rows: impl Stream<Item = std::io::Result<Bytes>> + Send + 'static) -> Body {
    ///     Body::from_stream(rows)
    /// }
    /// ```
    pub fn from_stream(stream: impl BodyStream) -> Self {
        Self(Source::Stream(Box::pin(stream), None))
    }

    /// A body that moves piece by piece, and has this many bytes. A request says its length to the server, which may
    /// insist on that.
    pub fn from_sized_stream(stream: impl BodyStream, length: u64) -> Self {
        Self(Source::Stream(Box::pin(stream), Some(length)))
    }

    /// Bodies one behind the other.
    pub(super) fn joined(bodies: impl IntoIterator<Item = Self>) -> Self {
        Self(Source::Joined(bodies.into_iter().collect()))
    }

    /// How many bytes it has, as far as that is known.
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Source::Done => Some(0),
            Source::Whole(bytes) => Some(bytes.len() as u64),
            Source::Joined(bodies) => bodies.iter().map(Self::length).sum(),
            Source::Stream(_, length) => *length,
        }
    }

    /// The whole body, if it is in memory and in one piece.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Source::Done => Some(&[]),
            Source::Whole(bytes) => Some(bytes),
            Source::Joined(_) | Source::Stream(..) => None,
        }
    }

    /// The whole body, if it is in memory and in one piece; else the body again.
    pub(super) fn into_bytes(self) -> Result<Bytes, Self> {
        match self.0 {
            Source::Done => Ok(Bytes::new()),
            Source::Whole(bytes) => Ok(bytes),
            source => Err(Self(source)),
        }
    }

    /// The next piece; none at the end. Nothing is lost if the future is dropped.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|context| self.poll_next(context)).await
    }

    /// [`next`](Self::next), for those who poll.
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
            // A stream is not polled after its end.
            self.0 = Source::Done;
        }
        Poll::Ready(next)
    }

    /// All of it, if it is no longer than `limit` bytes. Never holds more than the limit and one piece.
    ///
    /// # Errors
    ///
    /// If it is longer, or does not arrive.
    pub async fn collect(mut self, limit: usize) -> Result<Bytes, CollectError> {
        // Most bodies come in one piece, which is handed on without a copy.
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

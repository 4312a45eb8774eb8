// @generated from the OpenAPI document: change that, and generate again.

//! The body of a response, while it arrives.
//!
//! Today every body is collected, up to a limit, before it is decoded.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};

use super::transport::TransportError;

/// The body of a response: in memory already, or arriving piece by piece.
#[derive(Default)]
pub struct Body(Source);

#[derive(Default)]
enum Source {
    #[default]
    Done,
    Whole(Bytes),
    Stream(Pin<Box<dyn BodyStream>>),
}

/// A body that arrives piece by piece.
pub trait BodyStream: Send + 'static {
    /// The next piece; none at the end.
    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>>;
}

/// Why a body could not be collected.
#[derive(Debug)]
pub(super) enum CollectError {
    /// It is longer than the limit.
    TooLong,
    /// It did not arrive.
    Transport(TransportError),
}

impl Body {
    /// A body that arrives piece by piece.
    pub fn from_stream(stream: impl BodyStream) -> Self {
        Self(Source::Stream(Box::pin(stream)))
    }

    /// The next piece; none at the end. Nothing is lost if the future is dropped.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        let next = match &mut self.0 {
            Source::Done => return None,
            Source::Stream(stream) => poll_fn(|context| stream.as_mut().poll_next(context)).await,
            Source::Whole(bytes) => {
                let bytes = std::mem::take(bytes);
                self.0 = Source::Done;
                return Some(Ok(bytes));
            }
        };
        if !matches!(next, Some(Ok(_))) {
            // A stream is not polled after its end.
            self.0 = Source::Done;
        }
        next
    }

    /// All of it, if it is no longer than `limit`. Never holds more than the limit and one piece.
    pub(super) async fn collect(mut self, limit: usize) -> Result<Bytes, CollectError> {
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
            Source::Stream(_) => f.write_str("Body(stream)"),
        }
    }
}

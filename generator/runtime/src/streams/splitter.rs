//! Splits a body into pieces while it arrives: lines, or whatever stands between separators.

use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};

use super::super::body::{Body, CollectError};
use super::super::transport::TransportError;

/// What ends a piece.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ends {
    /// `\n`, `\r` or `\r\n`.
    Lines,
    /// This byte.
    With(u8),
}

/// A body in pieces, of which it holds the one under way.
pub(super) struct Splitter {
    body: Body,
    buffer: BytesMut,
    /// How many bytes of the buffer have been looked at.
    seen: usize,
    /// How long a piece may be.
    limit: usize,
    /// Whether a `\n` still belongs to the end of the last line.
    is_behind_return: bool,
    is_over: bool,
    failure: Option<TransportError>,
}

impl Splitter {
    pub(super) fn new(body: Body, limit: usize) -> Self {
        Self {
            body,
            buffer: BytesMut::new(),
            seen: 0,
            limit,
            is_behind_return: false,
            is_over: false,
            failure: None,
        }
    }

    /// The next piece, without its end; none behind the last. What the body leaves without an end is a piece as well.
    ///
    /// After an error there are no more.
    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
        ends: Ends,
    ) -> Poll<Option<Result<Piece, CollectError>>> {
        if let Some(error) = self.failure.take() {
            self.end();
            return Poll::Ready(Some(Err(error.into())));
        }
        loop {
            let piece = self.take(ends);
            if piece.as_ref().map_or(self.buffer.len(), |piece| piece.bytes.len()) > self.limit {
                self.end();
                return Poll::Ready(Some(Err(CollectError::TooLong)));
            }
            if let Some(piece) = piece {
                return Poll::Ready(Some(Ok(piece)));
            }
            if self.is_over {
                let rest = self.buffer.split().freeze();
                self.seen = 0;
                return Poll::Ready((!rest.is_empty()).then_some(Ok(Piece { bytes: rest, is_whole: false })));
            }
            match ready!(self.body.poll_next(context)) {
                Some(Ok(bytes)) => self.buffer.extend_from_slice(&bytes),
                Some(Err(error)) => {
                    self.end();
                    return Poll::Ready(Some(Err(error.into())));
                }
                None => self.is_over = true,
            }
        }
    }

    /// The byte that the rest begins with; none if there is no rest, or it cannot be had.
    pub(super) fn poll_first(&mut self, context: &mut Context<'_>) -> Poll<Option<u8>> {
        loop {
            if let Some(first) = self.buffer.first() {
                return Poll::Ready(Some(*first));
            }
            if self.is_over {
                return Poll::Ready(None);
            }
            match ready!(self.body.poll_next(context)) {
                Some(Ok(bytes)) => self.buffer.extend_from_slice(&bytes),
                Some(Err(error)) => {
                    // It is told when a piece is asked for.
                    self.failure = Some(error);
                    return Poll::Ready(None);
                }
                None => self.is_over = true,
            }
        }
    }

    /// Gives the body up.
    pub(super) fn end(&mut self) {
        (self.body, self.buffer) = (Body::default(), BytesMut::new());
        (self.seen, self.is_over) = (0, true);
    }

    fn take(&mut self, ends: Ends) -> Option<Piece> {
        if self.is_behind_return && !self.buffer.is_empty() {
            self.is_behind_return = false;
            if self.buffer[0] == b'\n' {
                let _ = self.buffer.split_to(1);
                self.seen = 0;
            }
        }
        let is_end = |byte: &u8| match ends {
            Ends::Lines => matches!(byte, b'\n' | b'\r'),
            Ends::With(end) => *byte == end,
        };
        let Some(at) = self.buffer[self.seen..].iter().position(is_end).map(|at| self.seen + at) else {
            self.seen = self.buffer.len();
            return None;
        };
        self.seen = 0;
        let mut piece = self.buffer.split_to(at + 1);
        self.is_behind_return = piece[at] == b'\r' && matches!(ends, Ends::Lines);
        piece.truncate(at);
        Some(Piece { bytes: piece.freeze(), is_whole: true })
    }
}

/// A piece of a body.
pub(super) struct Piece {
    pub(super) bytes: Bytes,
    /// Whether its end has come.
    pub(super) is_whole: bool,
}

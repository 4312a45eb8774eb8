// @generated from the OpenAPI document. Change the document, and generate again.

//! Splits a body into lines, or into records with another delimiter, while it arrives.

use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};

use super::super::net::body::{Body, CollectError};
use super::super::net::transport_error::TransportError;

/// The end of a piece.
#[derive(Clone, Copy, Debug)]
pub(super) enum Delimiter {
    /// `\n`, `\r` or `\r\n`.
    LineBreak,
    /// This byte.
    Byte(u8),
}

/// Splits a body into pieces. Holds only the incomplete piece in memory.
pub(super) struct Splitter {
    body: Body,
    buffer: BytesMut,
    /// The number of bytes in the buffer that were searched for a delimiter.
    scanned: usize,
    /// The maximum length of a piece in bytes.
    limit: usize,
    /// True if the last line ended with `\r`. A `\n` that follows belongs to the same line break.
    is_after_carriage_return: bool,
    /// True if the body has ended.
    is_finished: bool,
    /// An error of `poll_first` that the next `poll` returns.
    failure: Option<TransportError>,
}

impl Splitter {
    pub(super) fn new(body: Body, limit: usize) -> Self {
        Self {
            body,
            buffer: BytesMut::new(),
            scanned: 0,
            limit,
            is_after_carriage_return: false,
            is_finished: false,
            failure: None,
        }
    }

    /// Returns the next piece without its delimiter, or `None` after the last piece or an error.
    ///
    /// The rest of the body after the last delimiter is a piece that is not complete.
    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
        delimiter: Delimiter,
    ) -> Poll<Option<Result<Piece, CollectError>>> {
        if let Some(error) = self.failure.take() {
            self.close();
            return Poll::Ready(Some(Err(error.into())));
        }
        loop {
            let piece = self.take_piece(delimiter);
            if piece.as_ref().map_or(self.buffer.len(), |piece| piece.bytes.len()) > self.limit {
                self.close();
                return Poll::Ready(Some(Err(CollectError::TooLong)));
            }
            if let Some(piece) = piece {
                return Poll::Ready(Some(Ok(piece)));
            }
            if self.is_finished {
                let rest = self.buffer.split().freeze();
                self.scanned = 0;
                return Poll::Ready(
                    (!rest.is_empty()).then_some(Ok(Piece { bytes: rest, is_complete: false })),
                );
            }
            match ready!(self.body.poll_next(context)) {
                Some(Ok(bytes)) => self.buffer.extend_from_slice(&bytes),
                Some(Err(error)) => {
                    self.close();
                    return Poll::Ready(Some(Err(error.into())));
                }
                None => self.is_finished = true,
            }
        }
    }

    /// Returns the next byte without removing it, or `None` if the body has ended or failed.
    pub(super) fn poll_first(&mut self, context: &mut Context<'_>) -> Poll<Option<u8>> {
        loop {
            if let Some(first) = self.buffer.first() {
                return Poll::Ready(Some(*first));
            }
            if self.is_finished {
                return Poll::Ready(None);
            }
            match ready!(self.body.poll_next(context)) {
                Some(Ok(bytes)) => self.buffer.extend_from_slice(&bytes),
                Some(Err(error)) => {
                    // The next `poll` returns the error.
                    self.failure = Some(error);
                    return Poll::Ready(None);
                }
                None => self.is_finished = true,
            }
        }
    }

    /// Drops the body and the buffer.
    pub(super) fn close(&mut self) {
        (self.body, self.buffer) = (Body::default(), BytesMut::new());
        (self.scanned, self.is_finished) = (0, true);
    }

    fn take_piece(&mut self, delimiter: Delimiter) -> Option<Piece> {
        if self.is_after_carriage_return && !self.buffer.is_empty() {
            self.is_after_carriage_return = false;
            if self.buffer[0] == b'\n' {
                let _ = self.buffer.split_to(1);
                self.scanned = 0;
            }
        }
        let is_end = |byte: &u8| match delimiter {
            Delimiter::LineBreak => matches!(byte, b'\n' | b'\r'),
            Delimiter::Byte(end) => *byte == end,
        };
        let Some(at) = self.buffer[self.scanned..].iter().position(is_end).map(|at| self.scanned + at) else {
            self.scanned = self.buffer.len();
            return None;
        };
        self.scanned = 0;
        let mut piece = self.buffer.split_to(at + 1);
        self.is_after_carriage_return = piece[at] == b'\r' && matches!(delimiter, Delimiter::LineBreak);
        piece.truncate(at);
        Some(Piece { bytes: piece.freeze(), is_complete: true })
    }
}

/// A piece of a body.
pub(super) struct Piece {
    pub(super) bytes: Bytes,
    /// True if the piece ended with a delimiter.
    pub(super) is_complete: bool,
}

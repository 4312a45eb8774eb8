// @generated from the OpenAPI document: change that, and generate again.

//! What a request carries: its body in a form that can be copied, as a request can.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use super::body::Body;

/// What a request carries.
///
/// A copy of bytes is the same bytes. A stream there is only once: whichever request is sent first has it.
#[derive(Clone, Default)]
pub(super) struct Payload(Vec<Piece>);

#[derive(Clone)]
enum Piece {
    Bytes(Bytes),
    Stream(Arc<Mutex<Option<Body>>>),
}

impl Payload {
    pub(super) fn push(&mut self, bytes: impl Into<Bytes>) {
        self.0.push(Piece::Bytes(bytes.into()));
    }

    pub(super) fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// All of it, if it is in memory and in one piece.
    pub(super) fn as_bytes(&self) -> Option<&Bytes> {
        match self.0.as_slice() {
            [Piece::Bytes(bytes)] => Some(bytes),
            _ => None,
        }
    }

    /// Whether there is a body each time, however often it is asked for.
    pub(super) fn is_repeatable(&self) -> bool {
        self.0.iter().all(|piece| matches!(piece, Piece::Bytes(_)))
    }

    /// The body to send. None if a stream in it has been sent already.
    pub(super) fn body(&self) -> Option<Body> {
        let body = |piece: &Piece| match piece {
            Piece::Bytes(bytes) => Some(Body::from(bytes.clone())),
            Piece::Stream(stream) => stream.lock().unwrap_or_else(PoisonError::into_inner).take(),
        };
        match self.0.as_slice() {
            [] => Some(Body::default()),
            [only] => body(only),
            pieces => Some(Body::joined(pieces.iter().map(body).collect::<Option<Vec<_>>>()?)),
        }
    }
}

impl From<Body> for Payload {
    fn from(body: Body) -> Self {
        Self(vec![match body.into_bytes() {
            Ok(bytes) => Piece::Bytes(bytes),
            Err(stream) => Piece::Stream(Arc::new(Mutex::new(Some(stream)))),
        }])
    }
}

/// Shows bytes by their number only.
impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = |piece: &Piece| match piece {
            Piece::Bytes(bytes) => Some(bytes.len()),
            Piece::Stream(_) => None,
        };
        match self.0.iter().map(length).sum::<Option<usize>>() {
            Some(length) => write!(f, "{length} bytes"),
            None => f.write_str("a stream"),
        }
    }
}

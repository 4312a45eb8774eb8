// @generated from the OpenAPI document. Change the document, and generate again.

//! The body of a request, in a form that can be cloned with the request.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use super::body::Body;

/// The body of a request.
///
/// A clone shares the bytes. A stream can be sent only once, by the first request or clone that is sent.
#[derive(Clone, Default)]
pub(in super::super) struct Payload(Vec<Piece>);

#[derive(Clone)]
enum Piece {
    Bytes(Bytes),
    Stream(Arc<Mutex<Option<Body>>>),
}

impl Payload {
    /// Returns true if the body can be sent several times.
    pub(in super::super) fn is_repeatable(&self) -> bool {
        self.0.iter().all(|piece| matches!(piece, Piece::Bytes(_)))
    }

    /// Returns the body to send, or `None` if it contains a stream that was already sent.
    pub(in super::super) fn body(&self) -> Option<Body> {
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

/// Shows the length only.
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

//! Errors of several types, by their status.

use crate::runtime::{Error, ErrorKind, wire::DecodeError};
use crate::types;

/// What the server says of an error: one of several types, by the status.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum OwnerResponseOrProblem {
    /// `409`
    OwnerResponse(types::OwnerResponse),
    /// `404`, `4XX`
    Problem(types::Problem),
}

impl OwnerResponseOrProblem {
    /// What the server says of an error, as the type that the document has for its status. None if it is no
    /// answer of the server's with such a status.
    pub fn of(error: &Error) -> Option<Result<Self, DecodeError>> {
        let status = error.status().filter(|_| error.kind() == ErrorKind::Status)?;
        match status.as_u16() {
            409 => error.decode().map(|body| body.map(Self::OwnerResponse)),
            404 => error.decode().map(|body| body.map(Self::Problem)),
            400..=499 => error.decode().map(|body| body.map(Self::Problem)),
            _ => None,
        }
    }
}

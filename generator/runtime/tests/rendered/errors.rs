//! Error bodies with a type for each status.

use crate::runtime::{Error, ErrorKind, wire::DecodeError};
use crate::types;

/// The body of an error response: one of several types, by status.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum OwnerResponseOrProblem {
    /// `409`
    OwnerResponse(types::OwnerResponse),
    /// `404`, `4XX`
    Problem(types::Problem),
}

impl OwnerResponseOrProblem {
    /// Decodes the body of an error response as the type that the document has for its status. Returns `None` if the
    /// error is not a response with one of these statuses.
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

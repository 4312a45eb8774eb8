//! The bodies of error responses.

use crate::runtime::{Error, wire::DecodeError};
use crate::types;

/// The body of an error response: a variant for each type that the document has for one.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ErrorBody {
    /// The body for `409`.
    OwnerResponse(types::OwnerResponse),
    /// The body for `404` and `4XX`.
    Problem(types::Problem),
}

impl Error {
    /// Decodes the response body as the type that the document has for the operation and the status.
    pub fn decoded(&self) -> Option<Result<ErrorBody, DecodeError>> {
        match self.documented_type()? {
            "OwnerResponse" => self.decode().map(|body| body.map(ErrorBody::OwnerResponse)),
            "Problem" => self.decode().map(|body| body.map(ErrorBody::Problem)),
            _ => None,
        }
    }
}

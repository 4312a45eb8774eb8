// @generated from the OpenAPI document. Change the document, and generate again.

//! The bodies of error responses.
#![allow(unused_imports, reason = "the features decide which types are compiled")]

use crate::runtime::{Error, wire::DecodeError};
use crate::types;

/// The body of an error response. It has a variant for each type that the document defines for errors.
///
/// [`Error::decoded`] returns this enum. The documentation of an operation lists the variants for its statuses.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ErrorBody {
    /// The body for `400`, `401`, `403`, `404`, `409`, `429` and any other status.
    Status(types::Status),
}

impl Error {
    /// Decodes the response body as the type that the document defines for the operation and the status.
    ///
    /// Returns `None` if there is no such type, or no response.
    ///
    /// # Errors
    ///
    /// Returns an error if the body does not match the type.
    ///
    /// ```
    /// use conductorone::{Error, ErrorBody};
    ///
    /// fn report(error: &Error) {
    ///     match error.decoded() {
    ///         Some(Ok(ErrorBody::Status(body))) => eprintln!("{body:?}"),
    ///         _ => eprintln!("{error}"),
    ///     }
    /// }
    /// ```
    pub fn decoded(&self) -> Option<Result<ErrorBody, DecodeError>> {
        match self.documented_type()? {
            "Status" => self.decode().map(|body| body.map(ErrorBody::Status)),
            _ => None,
        }
    }
}

// @generated from the OpenAPI document. Change the document, and generate again.

//! The body of an error response: the raw bytes, the decoded value, and the server's message.

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::super::net::response::Response;
use super::super::wire;
use super::{Error, ErrorKind, server_message};

/// The response body.
impl Error {
    /// Returns the response body as it was received, or `None` if it was not received completely.
    pub fn raw_body(&self) -> Option<&Bytes> {
        let is_whole = matches!(
            self.kind(),
            ErrorKind::Redirect
                | ErrorKind::Status
                | ErrorKind::Decode
                | ErrorKind::NoContent
                | ErrorKind::Pages
        );
        self.0.response.as_ref().filter(|_| is_whole).map(Response::body)
    }

    /// Decodes the response body from JSON, or returns `None` if there is no body. The types of error
    /// responses are in the documentation of each operation.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not valid JSON or does not match `T`.
    pub fn decode<T: DeserializeOwned>(&self) -> Option<Result<T, wire::DecodeError>> {
        self.raw_body().map(|body| wire::from_slice(body).map_err(wire::DecodeError::bounded))
    }

    /// Returns the name of the type that the document has for the response body, by operation and status. If several
    /// clients share the runtime, the name begins with the client: `pets::Problem`.
    pub fn documented_type(&self) -> Option<&'static str> {
        let status = self.status().filter(|_| self.kind() == ErrorKind::Status)?;
        self.operation()?.error_type(status)
    }

    /// Returns the error code for programs, as text. It is read from the first of `code`, `error.code` and
    /// `error` (OAuth 2) that the body has.
    pub fn code(&self) -> Option<&str> {
        self.0.server_message.code.as_deref()
    }

    /// Returns the error message for users, followed by the problems that the server lists: `Validation
    /// failed: body.name: field required; query.limit: must be positive`.
    ///
    /// The message is read from the first of `message`, `error.message`, `error_description` (OAuth 2),
    /// `detail` and `title` ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)) that the body has as text, or
    /// of similar properties. The problems are read from `errors`, `detail`, `error` or `message` if they
    /// are lists or objects, such as `detail: [{loc, msg}]`. At most eight problems are listed. Secrets of
    /// the request are replaced by `(hidden)`.
    pub fn message(&self) -> Option<&str> {
        self.0.server_message.message.as_deref()
    }

    /// Decodes the error details: the first of `details`, `error.details` and `errors` that the body has.
    /// Returns `None` if there are none, or if they do not match `T`.
    ///
    /// ```
    /// # use conductorone::runtime::{Error, wire};
    /// fn fields(error: &Error) -> Vec<wire::Any> {
    ///     error.details().unwrap_or_default()
    /// }
    /// ```
    pub fn details<T: DeserializeOwned>(&self) -> Option<T> {
        server_message::details(self.raw_body()?)
    }
}

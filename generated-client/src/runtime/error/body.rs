// @generated from the OpenAPI document: change that, and generate again.

//! What the server says about an error: the body of its answer, as it came, decoded, and in short.

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::super::response::Response;
use super::super::wire;
use super::{Error, ErrorKind, said};

/// What the server says.
impl Error {
    /// The body of the response as it came, if all of it came.
    pub fn raw_body(&self) -> Option<&Bytes> {
        let is_whole = matches!(
            self.kind(),
            ErrorKind::Redirect | ErrorKind::Status | ErrorKind::Decode | ErrorKind::Pages
        );
        self.0.response.as_ref().filter(|_| is_whole).map(Response::body)
    }

    /// The body of the response, decoded from JSON: as the type that the document has for this status, say, which the
    /// documentation of the operation names. None if no body came.
    ///
    /// # Errors
    ///
    /// If the body is no JSON, or not that of a `T`.
    pub fn decode<T: DeserializeOwned>(&self) -> Option<Result<T, wire::DecodeError>> {
        self.raw_body().map(|body| wire::from_slice(body))
    }

    /// What programs go by, if the body has it where most APIs do: `code`, `error.code` or `error` (OAuth 2), as text.
    pub fn code(&self) -> Option<&str> {
        self.0.said.code.as_deref()
    }

    /// What people go by, if the body has it where most APIs do: `message`, `error.message`, `error_description`
    /// (OAuth 2), or `detail` or `title` ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)). Secrets that the request
    /// was sent with are left out.
    pub fn message(&self) -> Option<&str> {
        self.0.said.message.as_deref()
    }

    /// What more is told, if the body has it where most APIs do: `details`, `error.details` or `errors`. None if there
    /// is nothing, or it is nothing of the kind that is asked for.
    ///
    /// ```
    /// # use conductorone::runtime::{Error, wire};
    /// fn fields(error: &Error) -> Vec<wire::Any> {
    ///     error.details().unwrap_or_default()
    /// }
    /// ```
    pub fn details<T: DeserializeOwned>(&self) -> Option<T> {
        said::details(self.raw_body()?)
    }
}

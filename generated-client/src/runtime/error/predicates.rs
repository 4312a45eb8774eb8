// @generated from the OpenAPI document. Change the document, and generate again.

//! Predicates of [`Error`]: one for each kind, and one for each common status.

use http::StatusCode;

use super::{Error, ErrorKind};

impl Error {
    /// Returns true if the client could not be built.
    pub fn is_configuration(&self) -> bool {
        self.kind() == ErrorKind::Configuration
    }

    /// Returns true if the request is not valid. Nothing was sent.
    pub fn is_invalid_request(&self) -> bool {
        self.kind() == ErrorKind::InvalidRequest
    }

    /// Returns true if middleware refused to send the request.
    pub fn is_refused(&self) -> bool {
        self.kind() == ErrorKind::Refused
    }

    /// Returns true if the credentials for the request could not be obtained. Nothing was sent.
    pub fn is_credentials(&self) -> bool {
        self.kind() == ErrorKind::Credentials
    }

    /// Returns true if no connection could be opened, or if it was closed before the request was sent. Nothing was sent.
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Connect
    }

    /// Returns true if a timeout elapsed.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Returns true if the network failed: no connection could be opened, or it broke.
    pub fn is_transport(&self) -> bool {
        matches!(self.kind(), ErrorKind::Connect | ErrorKind::Transport)
    }

    /// Returns true if the response body exceeds the response limit.
    pub fn is_response_limit(&self) -> bool {
        self.kind() == ErrorKind::ResponseLimit
    }

    /// Returns true if the response is a redirect that the client does not follow.
    pub fn is_redirect(&self) -> bool {
        self.kind() == ErrorKind::Redirect
    }

    /// Returns true if a successful response does not match the document. [`is_no_content`](Self::is_no_content) is one of
    /// the reasons.
    pub fn is_decode(&self) -> bool {
        matches!(self.kind(), ErrorKind::Decode | ErrorKind::NoContent)
    }

    /// Returns true if the response is a success without content, such as 204 No Content, but the method returns a value.
    /// The server has handled the request, so it need not be repeated.
    pub fn is_no_content(&self) -> bool {
        self.kind() == ErrorKind::NoContent
    }

    /// Returns true if a listing has ended although it may not be complete. `Pages` lists the causes.
    pub fn is_pages(&self) -> bool {
        self.kind() == ErrorKind::Pages
    }

    /// Returns true if a blocking call was made on a thread that runs asynchronous tasks. Nothing was sent.
    pub fn is_blocking(&self) -> bool {
        self.kind() == ErrorKind::Blocking
    }

    /// Returns true for 400 Bad Request: the server rejects the request as not valid.
    pub fn is_bad_request(&self) -> bool {
        self.status() == Some(StatusCode::BAD_REQUEST)
    }

    /// Returns true for 401 Unauthorized: the credentials are missing or not valid.
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(StatusCode::UNAUTHORIZED)
    }

    /// Returns true for 403 Forbidden: the credentials do not permit the call.
    pub fn is_forbidden(&self) -> bool {
        self.status() == Some(StatusCode::FORBIDDEN)
    }

    /// Returns true for 404 Not Found: the resource does not exist.
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Returns true for 409 Conflict: the request conflicts with the current state.
    pub fn is_conflict(&self) -> bool {
        self.status() == Some(StatusCode::CONFLICT)
    }

    /// Returns true for 429 Too Many Requests.
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Returns true for 5xx: the server failed.
    pub fn is_server_error(&self) -> bool {
        self.status().is_some_and(|status| status.is_server_error())
    }
}

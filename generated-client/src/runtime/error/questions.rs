// @generated from the OpenAPI document: change that, and generate again.

//! The questions that callers ask of an error.

use http::StatusCode;

use super::{Error, ErrorKind};

impl Error {
    /// The client could not be built.
    pub fn is_configuration(&self) -> bool {
        self.kind() == ErrorKind::Configuration
    }

    /// The request could not be sent as it was. Nothing was.
    pub fn is_invalid_request(&self) -> bool {
        self.kind() == ErrorKind::InvalidRequest
    }

    /// Middleware kept the request from being sent.
    pub fn is_refused(&self) -> bool {
        self.kind() == ErrorKind::Refused
    }

    /// There were no credentials to send with the request.
    pub fn is_credentials(&self) -> bool {
        self.kind() == ErrorKind::Credentials
    }

    /// There was no connection.
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Connect
    }

    /// The time for the call was up.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// The network failed: there was no connection, or it broke.
    pub fn is_transport(&self) -> bool {
        matches!(self.kind(), ErrorKind::Connect | ErrorKind::Transport)
    }

    /// The body of the response was longer than the client takes.
    pub fn is_response_limit(&self) -> bool {
        self.kind() == ErrorKind::ResponseLimit
    }

    /// The server answered with a redirect that is not followed.
    pub fn is_redirect(&self) -> bool {
        self.kind() == ErrorKind::Redirect
    }

    /// The server answered with success, and a body that is not what the document says.
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// The server answered with a page, and with a next one that is not asked for, or with too many that have no items.
    pub fn is_pages(&self) -> bool {
        self.kind() == ErrorKind::Pages
    }

    /// The thread could not wait for the answer, as it runs asynchronous tasks. Nothing was sent.
    pub fn is_blocking(&self) -> bool {
        self.kind() == ErrorKind::Blocking
    }

    /// 400: the server does not take the request.
    pub fn is_bad_request(&self) -> bool {
        self.status() == Some(StatusCode::BAD_REQUEST)
    }

    /// 401: the credentials are missing or not valid.
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(StatusCode::UNAUTHORIZED)
    }

    /// 403: the credentials do not allow it.
    pub fn is_forbidden(&self) -> bool {
        self.status() == Some(StatusCode::FORBIDDEN)
    }

    /// 404: there is no such thing.
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// 409: it does not go with what is there.
    pub fn is_conflict(&self) -> bool {
        self.status() == Some(StatusCode::CONFLICT)
    }

    /// 429: too many requests.
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// 5xx: the server's fault.
    pub fn is_server_error(&self) -> bool {
        self.status().is_some_and(|status| status.is_server_error())
    }
}

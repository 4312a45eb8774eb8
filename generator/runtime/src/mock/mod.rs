//! A mock server for testing programs that use the client.
//!
//! The server listens on loopback, responds to every operation of the document, records the requests, and rejects
//! requests that the document does not allow.
//!
//! `endpoint` describes the operations, as constants in generated code. `route` finds the operation of a request,
//! `check` validates the request, `readings` reads the texts of parameters, `constraints` has the limits on values (which
//! `check_values` checks), and
//! `responses` selects the response: a test can set it through `operation`, and the documented response is the default. `page_sequence` has the pages that a test sets. `server` is the network side.
//!
//! This room may import `api`, `auth`, `client`, `codec`, `error`, `net`, `pages`, `rules`, `testing` and `wire`.
//!
//! A generated crate adds `MockServer::start`, and `mock.on()` with a method for each operation. Without them, look
//! up an operation by its id:
//!
//! ```
//! # use runtime::mock::MockServer;
//! # use runtime::testing::MockResponse;
//! # use runtime::{Error, Method};
//! async fn test(mock: MockServer) -> Result<(), Error> {
//!     if let Some(get_pet) = mock.operation("pets.get") {
//!         get_pet.respond_with(MockResponse::json(200, &serde_json::json!({ "name": "Rex" })));
//!     }
//!
//!     let pet: serde_json::Value = mock.client()?.request(Method::GET, "/pets/rex").await?.json()?;
//!
//!     assert_eq!(pet["name"], "Rex");
//!     assert_eq!(mock.requests()[0].path(), "/pets/rex");
//!     assert_eq!(mock.rejections(), []);
//!     Ok(())
//! }
//! ```

mod check;
#[cfg(feature = "constraints")]
mod check_values;
#[cfg(feature = "constraints")]
mod conditions;
#[cfg(feature = "constraints")]
mod constraints;
mod credentials;
mod endpoint;
#[cfg(feature = "constraints")]
mod expected;
mod form;
#[cfg(feature = "constraints")]
mod formats;
#[cfg(feature = "constraints")]
mod limits;
#[cfg(feature = "multipart")]
mod multipart;
mod operation;
#[cfg(feature = "pages")]
mod page_sequence;
#[cfg(feature = "pages")]
mod pages;
#[cfg(feature = "patterns")]
mod pattern;
#[cfg(feature = "constraints")]
mod readings;
mod received;
mod rejection;
mod response_body;
mod responses;
mod route;
#[cfg(feature = "constraints")]
mod schema_check;
mod server;
mod state;
#[cfg(feature = "constraints")]
mod text_values;
#[cfg(feature = "constraints")]
mod violation;

use std::fmt;
use std::io;
use std::sync::Arc;

use super::api::Api;
use super::client::Client;
use super::client::builder::ClientBuilder;
use super::error::Error;
use server::Server;
use state::State;

#[cfg(feature = "constraints")]
#[doc(hidden)]
pub use constraints::Constraints;
#[cfg(feature = "multipart")]
pub use endpoint::Part;
pub use endpoint::{
    AcceptedBody, BodySchema, Content, DocumentedResponse, Endpoint, Parameter, Resource, accepts_anything,
    decodes_request, decodes_response,
};
pub use operation::MockOperation;
pub use received::ReceivedRequest;
pub use rejection::{Location, Rejection};
pub use response_body::{Bytes, Events, Json, Lines, NoBody, Optional, Raw, ResponseBody, Text, TextEvents};

/// A mock server on loopback that implements the API of the document. It stops when it is dropped.
///
/// The server runs on its own thread, so tests can be blocking or use any async runtime. It responds to each operation
/// with an example from the document, or with a sample value of the response schema, until a test sets a response. A page
/// is the last page of its listing, unless a test says otherwise (`respond_pages`).
///
/// The server rejects requests that the document does not allow, even if a test has set a response:
///
/// - 404 or 405 if the document has no such operation,
/// - 401 if required credentials are missing,
/// - 415 if the body has the wrong media type,
/// - 400 if a required parameter or the body is missing, or the body does not match its schema.
///
/// The response body is a JSON object with the problem and its location. [`rejections`](Self::rejections) returns both
/// as well.
///
/// These values do not match their schema:
///
/// - a value that an enum does not list, or that matches no variant of a union,
/// - a value that exceeds a limit, such as `maxLength`, `pattern` or `minimum`,
/// - a value that is valid for the schema under `not`,
/// - text without the required format (`email`, `hostname`, `ipv4`, `ipv6`, `uri`),
/// - an object with a property that `additionalProperties: false` forbids,
/// - an object without a property that `dependentRequired` requires.
///
/// A value that may be valid is accepted. The server does not check `contains`, `propertyNames`, `patternProperties`,
/// `if`, `dependentSchemas`, `unevaluatedProperties` and `unevaluatedItems`.
pub struct MockServer {
    state: Arc<State>,
    server: Server,
}

impl MockServer {
    /// Starts a server for the operations of an API. The generated `MockServer::start` calls this function.
    ///
    /// # Errors
    ///
    /// If the server cannot listen on a loopback port or start its thread.
    pub fn serve(api: &'static Api, resources: &'static [&'static Resource]) -> io::Result<Self> {
        Self::start_with(State::new(api, resources))
    }

    /// Starts a server that checks the constraints of the document as well.
    ///
    /// # Errors
    ///
    /// If the server cannot listen on a loopback port or start its thread.
    #[cfg(feature = "constraints")]
    #[doc(hidden)]
    pub fn serve_checking(
        api: &'static Api,
        resources: &'static [&'static Resource],
        constraints: &'static Constraints,
    ) -> io::Result<Self> {
        Self::start_with(State::new(api, resources).checking(constraints))
    }

    fn start_with(state: State) -> io::Result<Self> {
        let state = Arc::new(state);
        let server = Server::start(state.clone())?;
        Ok(Self { state, server })
    }

    /// Returns the base URL of the server, such as `http://127.0.0.1:49152`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// Returns the URL of the token endpoint ([RFC 6749], section 3.2), or `None` if the document has none.
    ///
    /// The endpoint issues a token for every grant. If the document has a relative token URL, clients of this server
    /// use this endpoint by default. If the document has an absolute token URL, pass this URL to the grant.
    ///
    /// [RFC 6749]: https://www.rfc-editor.org/rfc/rfc6749
    pub fn token_url(&self) -> Option<String> {
        self.state.token_path().map(|path| format!("{}{path}", self.base_url()))
    }

    /// Returns a builder for a client of this server, with placeholder credentials for all security schemes of the
    /// document. The client ignores proxies that are set in the environment.
    pub fn builder(&self) -> ClientBuilder {
        let builder = ClientBuilder::new(self.state.api).base_url(self.base_url());
        #[cfg(feature = "reqwest")]
        let builder = builder.on_loopback();
        self.state.api.schemes.iter().fold(builder, |builder, scheme| {
            builder.credential(scheme.name, credentials::placeholder(scheme.kind))
        })
    }

    /// Returns a client of this server with placeholder credentials and default settings.
    ///
    /// The client retries transient failures, with a delay before each retry. To turn retries off, build the client
    /// with `mock.builder().retry(RetryPolicy::none()).build()`.
    ///
    /// # Errors
    ///
    /// The errors of [`ClientBuilder::build`], such as a missing transport if the feature `reqwest` is off.
    pub fn client(&self) -> Result<Client, Error> {
        self.builder().build()
    }

    /// Returns an operation by its id, or `None` if the document has no such operation.
    ///
    /// The generated `mock.on()` returns operations with typed responses.
    pub fn operation(&self, id: &str) -> Option<MockOperation<'_, Raw>> {
        Some(MockOperation::new(&self.state, self.state.endpoint(id)?.operation.id()))
    }

    /// Returns an operation whose response body is of the kind `B`. Generated code calls this method.
    ///
    /// Does not check that the document has an operation with this id.
    pub fn typed_operation<B>(&self, id: &'static str) -> MockOperation<'_, B> {
        MockOperation::new(&self.state, id)
    }

    /// Returns all requests, in the order in which they arrived, including rejected ones. Does not include the requests
    /// to the token endpoint.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.state.requests()
    }

    /// Returns the requests to the token endpoint, in the order in which they arrived.
    pub fn token_requests(&self) -> Vec<ReceivedRequest> {
        self.state.token_requests()
    }

    /// Returns the rejections of all rejected requests, in the order in which the requests arrived.
    pub fn rejections(&self) -> Vec<Rejection> {
        self.state.requests().iter().filter_map(|request| request.rejection().cloned()).collect()
    }
}

impl fmt::Debug for MockServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockServer").field("base_url", &self.base_url()).finish_non_exhaustive()
    }
}

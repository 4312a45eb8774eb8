//! A server for the tests of programs that use the client: it listens on loopback, answers every operation of the
//! document, keeps the requests that it got, and refuses those that the document does not allow.
//!
//! `endpoint` is what a document says of its operations, as constants of generated code. A request finds its way
//! to one of them in `route`, is held against it in `check`, and is answered by what a test has set (`on`), or
//! by what the document gives (`answer`). `server` is the network around all that.
//!
//! What is particular to a document is generated: `Mock::start`, and `mock.on()` with a method for each operation. Without
//! that, an operation is found by its id.
//!
//! ```
//! # use runtime::mock::Mock;
//! # use runtime::testing::Reply;
//! # use runtime::{Error, Method};
//! async fn test(mock: Mock) -> Result<(), Error> {
//!     if let Some(get_pet) = mock.operation("pets.get") {
//!         get_pet.replies(Reply::json(200, &serde_json::json!({ "name": "Rex" })));
//!     }
//!
//!     let pet: serde_json::Value = mock.client()?.request(Method::GET, "/pets/rex").await?.json()?;
//!
//!     assert_eq!(pet["name"], "Rex");
//!     assert_eq!(mock.requests()[0].path(), "/pets/rex");
//!     assert_eq!(mock.rejected(), []);
//!     Ok(())
//! }
//! ```

mod answer;
mod check;
mod credentials;
mod endpoint;
mod form;
mod kind;
mod on;
mod received;
mod rejection;
mod route;
mod server;
mod state;

use std::fmt;
use std::io;
use std::sync::Arc;

use super::api::Api;
use super::client::{Client, ClientBuilder};
use super::error::Error;
use server::Server;
use state::State;

pub use endpoint::{
    BodyForm, Content, Documented, Endpoint, Holds, Parameter, Part, Resource, answers, anything, decodes,
};
pub use kind::{Bytes, Events, Json, Kind, Lines, Nothing, Optional, Raw, Text, TextEvents};
pub use on::On;
pub use received::Received;
pub use rejection::{Rejection, Where};

/// A server on loopback that knows the document. It stops when it is dropped.
///
/// It runs on a thread of its own, so it serves tests of any kind, with an async runtime or without. Each operation is
/// answered with an example of the document's, or with a value made from its schemas, until a test says otherwise.
///
/// A request that the document does not allow is refused, whatever a test has set: with 404 or 405 if there is no such
/// operation, with 401 if credentials are missing, with 415 for a body of another media type, and else with 400. The
/// body of such an answer is a JSON object that says what is wrong and where, and [`rejected`](Self::rejected) has it
/// as well. What a server may check beyond the types, such as lengths and patterns, it does not check.
pub struct Mock {
    state: Arc<State>,
    server: Server,
}

impl Mock {
    /// Starts a server for the operations of an API. Generated code calls this in `Mock::start`.
    ///
    /// # Errors
    ///
    /// If there is no free port on loopback, or no thread to be had.
    pub fn serve(api: &'static Api, resources: &'static [&'static Resource]) -> io::Result<Self> {
        let state = Arc::new(State::new(api, resources));
        let server = Server::start(state.clone())?;
        Ok(Self { state, server })
    }

    /// Where it listens, as a base URL for a client: `http://127.0.0.1:49152`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// Where it hands out tokens (RFC 6749, section 3.2): any client with a grant gets one. A client asks here by
    /// itself where the document says so by a path; where the document has a URL of another host, a grant has to be
    /// told this one. None if the document says nothing about tokens.
    pub fn token_url(&self) -> Option<String> {
        self.state.token_path().map(|path| format!("{}{path}", self.base_url()))
    }

    /// Starts to build a client of this server, with made-up credentials for all that the document asks for. Proxies of
    /// the environment do not count, as the server is on this machine.
    pub fn builder(&self) -> ClientBuilder {
        let builder = ClientBuilder::new(self.state.api).base_url(self.base_url());
        #[cfg(feature = "reqwest")]
        let builder = builder.nearby();
        self.state.api.schemes.iter().fold(builder, |builder, scheme| {
            builder.credential(scheme.name, credentials::made_up(scheme.place))
        })
    }

    /// A client of this server, with made-up credentials and the settings that every client has unless it is told
    /// otherwise. An answer that tells of a passing failure is tried again, after a wait: a test that is not about
    /// that may want `mock.builder().retry(RetryPolicy::none())`.
    ///
    /// # Errors
    ///
    /// As for [`ClientBuilder::build`]: where there is no transport, as the feature `reqwest` is off.
    pub fn client(&self) -> Result<Client, Error> {
        self.builder().build()
    }

    /// What to set the answers of an operation by, found by its id: for one that is not known when the test is
    /// compiled. None if the document has no such operation.
    pub fn operation(&self, id: &str) -> Option<On<'_, Raw>> {
        Some(On::new(self, self.state.endpoint(id)?.operation.id()))
    }

    /// The same, for an operation that is known to be there and to have answers of the kind `K`. Generated code calls
    /// this.
    pub fn operation_of<K>(&self, id: &'static str) -> On<'_, K> {
        On::new(self, id)
    }

    /// The requests so far, in the order in which they came, refused ones included. Those for tokens are not among
    /// them.
    pub fn requests(&self) -> Vec<Received> {
        self.state.requests()
    }

    /// The requests for tokens so far.
    pub fn token_requests(&self) -> Vec<Received> {
        self.state.token_requests()
    }

    /// What was wrong with the requests that were refused, in the order in which they came.
    pub fn rejected(&self) -> Vec<Rejection> {
        self.state.requests().iter().filter_map(|request| request.rejection().cloned()).collect()
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock").field("base_url", &self.base_url()).finish_non_exhaustive()
    }
}

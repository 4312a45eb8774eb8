//! Calls over real connections to a server on loopback, which records and writes raw bytes.

#![allow(unreachable_pub, reason = "nothing of a test binary is reachable, and `pub` is shorter")]

mod base_url;
#[cfg(feature = "blocking")]
mod blocking;
mod bodies;
mod closing;
mod credentials;
mod environment;
mod error_messages;
mod errors;
mod hostile;
mod idle;
mod limits;
mod listings;
mod middleware;
#[cfg(feature = "mock")]
mod mock;
#[cfg(feature = "mock")]
mod mock_pages;
#[cfg(feature = "mock")]
mod mock_parameters;
mod network;
mod oauth;
mod page_ends;
mod pages;
mod parameters;
mod pointers;
mod redirects;
mod requests;
mod response_headers;
mod retries;
mod server_messages;
mod streams;
mod styles;
mod transport;

use std::sync::LazyLock;

use runtime::{
    Api, Client, ClientBuilder, Error, Method, Operation, Request, ReqwestTransport, RetryPolicy,
    ServerVariable,
};
use tests::server::{self, Server};

/// The secret that no output may contain.
const TOKEN: &str = "t0k3n-t0k3n";

static API: Api = Api {
    user_agent: "pets/0.1.0",
    server: Some("https://{tenant}.pets.test/{version}"),
    variables: &[
        ServerVariable { name: "tenant", default: None, values: &[] },
        ServerVariable { name: "version", default: Some("v1"), values: &["v1", "v2"] },
    ],
    request_id_header: Some("x-request-id"),
    ..Api::EMPTY
};

static GET_PET: Operation = Operation::new("pets.get", Method::GET, "/owners/{owner}/pets/{pet}");
static LIST_PETS: Operation = Operation::new("pets.list", Method::GET, "/pets");
static CREATE_PET: Operation = Operation::new("pets.create", Method::POST, "/pets");

/// The default transport. Tests share it, because loading the system's certificates takes longer than most tests.
static TRANSPORT: LazyLock<ReqwestTransport> = LazyLock::new(|| ReqwestTransport::new().unwrap());

/// Returns a builder for a client that does not retry, because most tests need a single attempt.
fn builder(server: &Server) -> ClientBuilder {
    let builder = ClientBuilder::new(&API).base_url(server.url()).transport(TRANSPORT.clone());
    builder.retry(RetryPolicy::none())
}

fn client(server: &Server) -> Client {
    builder(server).bearer_token(TOKEN).build().unwrap()
}

/// Lists pets, decoded as any JSON.
async fn list(client: &Client) -> Result<serde_json::Value, Error> {
    Request::new(client, &LIST_PETS).send().await?.json()
}

/// Returns everything that an error shows: the `Display` and `Debug` output of the error and of its causes.
fn all_of(error: &Error) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}\n");
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        text += &format!("{source}\n{source:?}\n");
        cause = source;
    }
    text
}

//! Tests of both operations over real connections on loopback: to a wiremock server, or to [`tests::server`] if the
//! exact bytes matter.
//!
//! `tests/corpus/conductorone` also runs these tests with the crate of the whole document.

mod blocking;
mod concurrency;
mod connections;
mod credentials;
mod hostile;
mod messages;
mod mock;
mod redirects;
mod requests;
mod responses;
mod retries;
mod secrets;
mod settings;
mod spans;
mod tokens;

use std::sync::LazyLock;

use conductorone::runtime::{ReqwestTransport, RetryPolicy};
use conductorone::types::{GetAppEntitlementResponse, GetConnectorEntitlementOwnerResponse};
use conductorone::{Client, ClientBuilder, Error};
use wiremock::MockServer;

/// The token, which no output may contain.
const TOKEN: &str = "t0k3n-t0k3n";

const OWNER_PATH: &str =
    "/api/v2/apps/app_crm/connectors/con_crm/owners/entitlements/owner/app_crm/ent_export";
const ENTITLEMENT_PATH: &str = "/api/v1/apps/app_ci/entitlements/ent_release";

/// The default transport of a client. Creating it reads the certificates of the system, which takes longer than most
/// tests, so they share it.
static TRANSPORT: LazyLock<ReqwestTransport> = LazyLock::new(|| ReqwestTransport::new().unwrap());

/// Returns a builder without retries.
fn builder(url: impl Into<String>) -> ClientBuilder {
    let builder = Client::builder().base_url(url).bearer_token(TOKEN).transport(TRANSPORT.clone());
    builder.retry(RetryPolicy::none())
}

pub(crate) fn client(url: impl Into<String>) -> Client {
    builder(url).build().unwrap()
}

/// Returns a wiremock server on a new port. The servers that wiremock pools can reuse a port to which the shared
/// transport still has connections of another test.
async fn mock_server() -> MockServer {
    MockServer::builder().start().await
}

/// Calls [`OWNER_PATH`].
async fn get_owner(client: &Client) -> Result<GetConnectorEntitlementOwnerResponse, Error> {
    let owners = client.connector_owners_v2();
    owners.get_entitlement_owner("app_crm", "con_crm", "owner", "app_crm", "ent_export").await
}

/// Calls [`ENTITLEMENT_PATH`].
async fn get_entitlement(client: &Client) -> Result<GetAppEntitlementResponse, Error> {
    client.app_entitlements().get("app_ci", "ent_release").await
}

/// Returns all text of an error: `Display` and `Debug`, also of its sources.
fn all_of(error: &Error) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}\n");
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        text += &format!("{source}\n{source:?}\n");
        cause = source;
    }
    text
}

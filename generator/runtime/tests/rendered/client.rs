//! The client: the constants of the API, and the methods that return its resources.

use crate::resources::ConnectorOwnersV2;
use crate::runtime::{Api, Client, ClientBuilder, ServerVariable};

/// The constants of the API.
static API: Api = Api {
    user_agent: "conductorone/0.1.0",
    server: Some("https://{tenantDomain}.conductor.one"),
    variables: &[ServerVariable { name: "tenantDomain", default: None, values: &[] }],
    request_id_header: Some("c1-trace-id"),
    ..Api::EMPTY
};

impl Client {
    /// Returns a builder for a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new(&API)
    }

    /// Entitlement owners of connectors.
    pub fn connector_owners_v2(&self) -> ConnectorOwnersV2 {
        ConnectorOwnersV2 { client: self.clone() }
    }
}

impl ClientBuilder {
    /// The domain of the tenant to use for this request.
    pub fn tenant_domain(self, tenant_domain: impl Into<String>) -> Self {
        self.server_variable("tenantDomain", tenant_domain)
    }
}

//! The way in: what the document says about the API as a whole.

use crate::runtime::{Api, Client, ClientBuilder, ServerVariable};

static API: Api = Api {
    user_agent: "conductorone/0.1.0",
    server: Some("https://{tenantDomain}.conductor.one"),
    variables: &[ServerVariable { name: "tenantDomain", default: None, values: &[] }],
    request_id_header: Some("c1-trace-id"),
};

impl Client {
    /// Starts to build a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new(&API)
    }
}

/// Where the server is.
impl ClientBuilder {
    /// The domain of the tenant to use for this request.
    pub fn tenant_domain(self, tenant_domain: impl Into<String>) -> Self {
        self.server_variable("tenantDomain", tenant_domain)
    }
}

// @generated from the OpenAPI document: change that, and generate again.

use crate::runtime::{self, Client, ClientBuilder};

/// What the document says about the API as a whole.
static API: runtime::Api = runtime::Api {
    user_agent: "conductorone/0.1.0",
    server: Some("https://{tenantDomain}.conductor.one"),
    variables: &[
        runtime::ServerVariable {
            name: "tenantDomain",
            default: None,
            values: &[],
        },
    ],
    request_id_header: Some("c1-trace-id"),
    schemes: &[
        runtime::SecurityScheme {
            name: "bearerAuth",
            place: runtime::Place::Bearer,
        },
        runtime::SecurityScheme {
            name: "oauth",
            place: runtime::Place::Bearer,
        },
    ],
    security: &[&["bearerAuth"], &["oauth"]],
};

impl Client {
    /// Starts to build a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new(&API)
    }

    /// What can be granted in an app.
    #[cfg(feature = "app-entitlements")]
    pub fn app_entitlements(&self) -> crate::resources::AppEntitlements {
        crate::resources::AppEntitlements::new(self)
    }

    /// Who owns a connector, and which entitlements make them so.
    #[cfg(feature = "connector-owners-v2")]
    pub fn connector_owners_v2(&self) -> crate::resources::ConnectorOwnersV2 {
        crate::resources::ConnectorOwnersV2::new(self)
    }
}

impl ClientBuilder {
    /// What stands before `.conductor.one` in the address of your tenant.
    ///
    /// A client cannot be built without it.
    pub fn tenant_domain(self, tenant_domain: impl Into<String>) -> Self {
        self.server_variable("tenantDomain", tenant_domain)
    }
}

// @generated from the OpenAPI document: change that, and generate again.

use crate::runtime::{self, Client, ClientBuilder};

/// What the document says about the API as a whole.
pub(crate) static API: runtime::Api = runtime::Api {
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
    oauth: Some(runtime::OAuth {
        authentication: runtime::ClientAuthentication::Assertion,
        audience: runtime::Audience::Host,
        nonce: runtime::Nonce::Header,
        key_prefix: Some("secret-token:conductorone.com:v1:"),
        host_in_client_id: true,
        ..runtime::OAuth::at("/auth/v1/token")
    }),
};

/// The variables of the environment that a client may be built from.
static ENVIRONMENT: runtime::Environment = runtime::Environment {
    credentials: &[
        &[
            runtime::Way {
                variables: &["CONDUCTORONE_ACCESS_TOKEN"],
                set: |builder, values| builder.bearer_token(values[0].clone()),
            },
            runtime::Way {
                variables: &["CONDUCTORONE_CLIENT_ID", "CONDUCTORONE_OIDC_TOKEN"],
                set: |builder, values| {
                    let subject = runtime::Token::new(values[1].clone());
                    builder
                        .token_exchange(
                            values[0].expose(),
                            move || { std::future::ready(Ok(subject.clone())) },
                        )
                },
            },
            runtime::Way {
                variables: &["CONDUCTORONE_CLIENT_ID", "CONDUCTORONE_CLIENT_SECRET"],
                set: |builder, values| {
                    builder.client_credentials(values[0].expose(), values[1].clone())
                },
            },
        ],
    ],
    base_url: Some("CONDUCTORONE_SERVER_URL"),
    server_variables: &[("tenantDomain", "CONDUCTORONE_TENANT_DOMAIN")],
};

impl Client {
    /// Starts to build a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new(&API)
    }

    /// Builds a client from the environment, and from nothing else.
    ///
    /// Reads the environment, of each line the first that is there:
    ///
    /// - `CONDUCTORONE_ACCESS_TOKEN`, or `CONDUCTORONE_CLIENT_ID` and `CONDUCTORONE_OIDC_TOKEN`, or `CONDUCTORONE_CLIENT_ID` and `CONDUCTORONE_CLIENT_SECRET`
    /// - `CONDUCTORONE_SERVER_URL`: the URL of the API
    /// - `CONDUCTORONE_TENANT_DOMAIN`: `tenantDomain` in that URL
    ///
    /// # Errors
    ///
    /// If there are no credentials: [`Error::is_configuration`](runtime::Error::is_configuration). The error names variables, and shows no value.
    pub fn from_env() -> Result<Self, runtime::Error> {
        ClientBuilder::from_env()?.build()
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
    /// Starts to build a client from the environment.
    ///
    /// Reads the environment, of each line the first that is there:
    ///
    /// - `CONDUCTORONE_ACCESS_TOKEN`, or `CONDUCTORONE_CLIENT_ID` and `CONDUCTORONE_OIDC_TOKEN`, or `CONDUCTORONE_CLIENT_ID` and `CONDUCTORONE_CLIENT_SECRET`
    /// - `CONDUCTORONE_SERVER_URL`: the URL of the API
    /// - `CONDUCTORONE_TENANT_DOMAIN`: `tenantDomain` in that URL
    ///
    /// # Errors
    ///
    /// If there are no credentials: [`Error::is_configuration`](runtime::Error::is_configuration). The error names variables, and shows no value.
    pub fn from_env() -> Result<Self, runtime::Error> {
        Self::new(&API).environment(&ENVIRONMENT, &|name| std::env::var_os(name))
    }

    /// What stands before `.conductor.one` in the address of your tenant.
    ///
    /// A client cannot be built without it, unless its credentials name their host.
    pub fn tenant_domain(self, tenant_domain: impl Into<String>) -> Self {
        self.server_variable("tenantDomain", tenant_domain)
    }
}

// @generated from the OpenAPI document. Change the document, and generate again.

use crate::runtime::{self, Client, ClientBuilder};

/// The document's description of the API as a whole.
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
            kind: runtime::SchemeKind::Bearer,
        },
        runtime::SecurityScheme {
            name: "oauth",
            kind: runtime::SchemeKind::Bearer,
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

/// The environment variables that configure a client.
static ENVIRONMENT: runtime::Environment = runtime::Environment {
    credentials: &[
        &[
            runtime::EnvCredential {
                variables: &["CONDUCTORONE_ACCESS_TOKEN"],
                set: |builder, values| builder.bearer_token(values[0].clone()),
            },
            runtime::EnvCredential {
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
            runtime::EnvCredential {
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
    /// Returns a builder for a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new(&API)
    }

    /// Builds a client from environment variables.
    ///
    /// Uses the first complete alternative of each line:
    ///
    /// - `CONDUCTORONE_ACCESS_TOKEN`, or `CONDUCTORONE_CLIENT_ID` and `CONDUCTORONE_OIDC_TOKEN`, or `CONDUCTORONE_CLIENT_ID` and `CONDUCTORONE_CLIENT_SECRET`
    /// - `CONDUCTORONE_SERVER_URL`: the URL of the API
    /// - `CONDUCTORONE_TENANT_DOMAIN`: `tenantDomain` in that URL
    ///
    /// # Errors
    ///
    /// Returns an error ([`is_configuration`](runtime::Error::is_configuration)) if no alternative for credentials is complete, the base URL is not known, or a value is not valid. The error names the variables, never their values.
    pub fn from_env() -> Result<Self, runtime::Error> {
        ClientBuilder::from_env()?.build()
    }

    /// Entitlements: the access that an app offers.
    #[cfg(feature = "app-entitlements")]
    pub fn app_entitlements(&self) -> crate::resources::AppEntitlements {
        crate::resources::AppEntitlements {
            client: self.clone(),
        }
    }

    /// Entitlements whose holders own a connector.
    #[cfg(feature = "connector-owners-v2")]
    pub fn connector_owners_v2(&self) -> crate::resources::ConnectorOwnersV2 {
        crate::resources::ConnectorOwnersV2 {
            client: self.clone(),
        }
    }
}

impl ClientBuilder {
    /// Returns a builder that is configured by environment variables.
    ///
    /// Uses the first complete alternative of each line:
    ///
    /// - `CONDUCTORONE_ACCESS_TOKEN`, or `CONDUCTORONE_CLIENT_ID` and `CONDUCTORONE_OIDC_TOKEN`, or `CONDUCTORONE_CLIENT_ID` and `CONDUCTORONE_CLIENT_SECRET`
    /// - `CONDUCTORONE_SERVER_URL`: the URL of the API
    /// - `CONDUCTORONE_TENANT_DOMAIN`: `tenantDomain` in that URL
    ///
    /// # Errors
    ///
    /// Returns an error ([`is_configuration`](runtime::Error::is_configuration)) if no alternative for credentials is complete or a value is not valid. The error names the variables, never their values.
    pub fn from_env() -> Result<Self, runtime::Error> {
        Self::new(&API).environment(&ENVIRONMENT, &|name| std::env::var_os(name))
    }

    /// The part of your tenant's address before `.conductor.one`.
    ///
    /// Required, unless the client id contains the host.
    pub fn tenant_domain(self, tenant_domain: impl Into<String>) -> Self {
        self.server_variable("tenantDomain", tenant_domain)
    }
}

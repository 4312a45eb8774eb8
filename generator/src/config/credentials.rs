//! `[client.oauth]` and `[client.env]`: facts about credentials that the document cannot express.

use std::collections::BTreeMap;

use super::read::Section;
use super::values;

/// OAuth 2 settings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OAuth {
    /// Token endpoint: a URL, or a path on the server of the API such as `"/oauth/token"`. `client.oauth.token-url`.
    /// Default: the `tokenUrl` of the document.
    pub token_url: Option<String>,
    /// Endpoint that accepts refresh tokens: a URL, or a path on the server of the API. `client.oauth.refresh-url`.
    /// Default: the `refreshUrl` of the document.
    pub refresh_url: Option<String>,
    /// Scopes to request unless the user of the client sets others. `client.oauth.scopes`. Default: none.
    pub scopes: Vec<String>,
    /// Authentication of the client at the token endpoint. `client.oauth.client-authentication`. Default: `body`.
    pub client_authentication: Option<ClientAuthentication>,
    /// Audience of client assertions. `client.oauth.assertion-audience`. Default: `token-url`.
    pub assertion_audience: Option<Audience>,
    /// Where a client assertion carries its nonce. `client.oauth.assertion-nonce`. Default: `claim`.
    pub assertion_nonce: Option<Nonce>,
    /// Prefix of client secrets that hold a signing key. The rest of the secret is a JWK in base64url.
    /// `client.oauth.signing-key-prefix`. Default: none.
    pub signing_key_prefix: Option<String>,
    /// True if client ids contain the host of the server, as in `any@host/any`.
    /// `client.oauth.host-in-client-id`. Default: false.
    pub host_in_client_id: bool,
    /// Type of the token that is exchanged for an access token (RFC 8693), a URI. `client.oauth.subject-token-type`.
    /// Default: `urn:ietf:params:oauth:token-type:jwt`.
    pub subject_token_type: Option<String>,
}

/// Authentication of a client at the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuthentication {
    /// `"body"`: the client secret, in the request body.
    Body,
    /// `"basic"`: the client secret, as the password of basic authentication.
    Basic,
    /// `"assertion"`: a JSON web token that the client signs (RFC 7523).
    Assertion,
}

/// Audience of client assertions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// `"token-url"`: the URL of the token endpoint.
    TokenUrl,
    /// `"host"`: the host name of the server, without the port.
    Host,
}

/// Where a client assertion carries its nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nonce {
    /// `"claim"`: in the claim `jti`.
    Claim,
    /// `"header"`: in the header parameter `nonce`.
    Header,
}

/// Environment variables that `Client::from_env` reads. Without any of them, the crate has no such function.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Env {
    /// Holds a bearer token. `client.env.bearer-token`.
    pub bearer_token: Option<String>,
    /// Holds a token that the client exchanges for an access token. Requires `client-id`. `client.env.subject-token`.
    pub subject_token: Option<String>,
    /// Holds the id of the OAuth 2 client. `client.env.client-id`.
    pub client_id: Option<String>,
    /// Holds the secret of the OAuth 2 client. `client.env.client-secret`.
    pub client_secret: Option<String>,
    /// Holds the user name for basic authentication. `client.env.username`.
    pub username: Option<String>,
    /// Holds the password for basic authentication. `client.env.password`.
    pub password: Option<String>,
    /// Holds the base URL of the API. `client.env.base-url`.
    pub base_url: Option<String>,
    /// Hold API keys, by name of the security scheme. `[client.env.api-keys]`.
    pub api_keys: BTreeMap<String, String>,
    /// Hold variables of the server URL, by their names. `[client.env.server-variables]`.
    pub server_variables: BTreeMap<String, String>,
}

impl OAuth {
    pub(super) fn read(from: &mut Section<'_>) -> Self {
        let authentications = &[
            ("body", ClientAuthentication::Body),
            ("basic", ClientAuthentication::Basic),
            ("assertion", ClientAuthentication::Assertion),
        ];
        let audiences = &[("token-url", Audience::TokenUrl), ("host", Audience::Host)];
        let nonces = &[("claim", Nonce::Claim), ("header", Nonce::Header)];
        Self {
            token_url: from.text("token-url", values::any_text),
            refresh_url: from.text("refresh-url", values::any_text),
            scopes: from.texts("scopes"),
            client_authentication: from.one_of("client-authentication", authentications),
            assertion_audience: from.one_of("assertion-audience", audiences),
            assertion_nonce: from.one_of("assertion-nonce", nonces),
            signing_key_prefix: from.text("signing-key-prefix", values::any_text),
            host_in_client_id: from.boolean("host-in-client-id"),
            subject_token_type: from.text("subject-token-type", values::any_text),
        }
    }
}

impl Env {
    pub(super) fn read(from: &mut Section<'_>) -> Self {
        Self {
            bearer_token: from.text("bearer-token", values::env_var_name),
            subject_token: from.text("subject-token", values::env_var_name),
            client_id: from.text("client-id", values::env_var_name),
            client_secret: from.text("client-secret", values::env_var_name),
            username: from.text("username", values::env_var_name),
            password: from.text("password", values::env_var_name),
            base_url: from.text("base-url", values::env_var_name),
            api_keys: from.names("api-keys", values::env_var_name),
            server_variables: from.names("server-variables", values::env_var_name),
        }
    }
}

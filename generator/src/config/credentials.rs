//! `[client.oauth]` and `[client.env]`: what a document cannot say about credentials.

use std::collections::BTreeMap;

use super::read::Section;
use super::values;

/// How the server hands out tokens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OAuth {
    /// The URL that is asked for tokens, or its path on the server of the API; as the document says when absent.
    /// `client.oauth.token-url`, for example `"/oauth/token"`.
    pub token_url: Option<String>,
    /// The URL that takes refresh tokens, or its path; as the document says when absent. `client.oauth.refresh-url`.
    pub refresh_url: Option<String>,
    /// The scopes that are asked for unless the builder says otherwise. `client.oauth.scopes`.
    pub scopes: Vec<String>,
    /// How a client shows who it is; by its secret in the body when absent. `client.oauth.authentication`.
    pub authentication: Option<ClientAuthentication>,
    /// Who an assertion is addressed to; the token URL when absent. `client.oauth.audience`.
    pub audience: Option<Audience>,
    /// Where an assertion says what makes it unique; in its claims when absent. `client.oauth.nonce`.
    pub nonce: Option<Nonce>,
    /// What a client's secret begins with that is a key: the rest is a JWK in base64url. `client.oauth.key-prefix`.
    pub key_prefix: Option<String>,
    /// Whether a client's id names the host that serves it: `anything@host/anything`.
    /// `client.oauth.host-in-client-id`, false when absent.
    pub host_in_client_id: bool,
    /// What kind of token is exchanged; a JSON web token when absent. `client.oauth.subject-token-type`, a URI.
    pub subject_token_type: Option<String>,
}

/// How a client shows who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuthentication {
    /// `"body"`: by its secret, in the body.
    Body,
    /// `"basic"`: by its secret, as the password of basic authentication.
    Basic,
    /// `"assertion"`: by an assertion that it signs.
    Assertion,
}

/// Who an assertion is addressed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// `"token-url"`.
    TokenUrl,
    /// `"host"`: the host of the server, without a port.
    Host,
}

/// Where an assertion says what makes it unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nonce {
    /// `"claim"`: as `jti` among its claims.
    Claim,
    /// `"header"`: as `nonce` in its header.
    Header,
}

/// The variables of the environment that `Client::from_env` reads. Without any of them there is no such function.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Env {
    /// A bearer token. `client.env.bearer-token`.
    pub bearer_token: Option<String>,
    /// A token that is exchanged for one, with the client's id. `client.env.subject-token`.
    pub subject_token: Option<String>,
    /// The id of a client. `client.env.client-id`.
    pub client_id: Option<String>,
    /// The secret of a client. `client.env.client-secret`.
    pub client_secret: Option<String>,
    /// The name of a user. `client.env.user`.
    pub user: Option<String>,
    /// The password of a user. `client.env.password`.
    pub password: Option<String>,
    /// The URL of the API. `client.env.base-url`.
    pub base_url: Option<String>,
    /// Keys, by the name of their security scheme. `[client.env.api-keys]`.
    pub api_keys: BTreeMap<String, String>,
    /// Variables of the server's URL, by their names. `[client.env.server-variables]`.
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
            token_url: from.text("token-url", values::anything),
            refresh_url: from.text("refresh-url", values::anything),
            scopes: from.texts("scopes"),
            authentication: from.one_of("authentication", authentications),
            audience: from.one_of("audience", audiences),
            nonce: from.one_of("nonce", nonces),
            key_prefix: from.text("key-prefix", values::anything),
            host_in_client_id: from.flag("host-in-client-id"),
            subject_token_type: from.text("subject-token-type", values::anything),
        }
    }
}

impl Env {
    pub(super) fn read(from: &mut Section<'_>) -> Self {
        Self {
            bearer_token: from.text("bearer-token", values::variable),
            subject_token: from.text("subject-token", values::variable),
            client_id: from.text("client-id", values::variable),
            client_secret: from.text("client-secret", values::variable),
            user: from.text("user", values::variable),
            password: from.text("password", values::variable),
            base_url: from.text("base-url", values::variable),
            api_keys: from.names("api-keys", values::variable),
            server_variables: from.names("server-variables", values::variable),
        }
    }
}

// @generated from the OpenAPI document. Change the document, and generate again.

//! The token exchange grant (RFC 8693).

use super::super::api::Api;
use super::super::auth::{Grant, GrantContext, Secret, Token, TokenProvider};
use super::super::client::builder::ClientBuilder;
use super::super::net::transport::BoxFuture;
use super::super::net::transport_error::BoxError;
use super::endpoint::{Endpoint, Form, TokenOptions};

/// The token exchange grant: exchanges a token of another issuer, such as a workload identity, for a token of
/// the API.
///
/// ```
/// # use conductorone::runtime::{Api, BoxError, ClientBuilder, OAuth, Token, oauth::TokenExchange};
/// # static API: Api =
/// #     Api { server: Some("https://pets.example.com"), oauth: Some(OAuth::at("/token")), ..Api::EMPTY };
/// let workload = || async {
///     let token = std::fs::read_to_string("/var/run/secrets/tokens/pets")?;
///     Ok::<_, BoxError>(Token::new(token.trim()))
/// };
/// let client = ClientBuilder::new(&API).grant(TokenExchange::new("my-client", workload)).build();
/// # #[cfg(feature = "reqwest")]
/// # client.unwrap();
/// ```
pub struct TokenExchange {
    client_id: String,
    client_secret: Option<Secret>,
    subject: Box<dyn TokenProvider>,
    subject_token_type: Option<String>,
    options: TokenOptions,
}

impl ClientBuilder {
    /// Exchanges tokens of another issuer for tokens of the API, for all security schemes that accept a
    /// bearer token.
    ///
    /// `subject` is called for each exchange, as its tokens can expire. For scopes and other settings, pass
    /// [`TokenExchange`] to [`grant`](Self::grant).
    pub fn token_exchange(self, client_id: impl Into<String>, subject: impl TokenProvider) -> Self {
        self.grant(TokenExchange::new(client_id, subject))
    }
}

impl TokenExchange {
    /// Creates a grant from a client ID and a source of tokens to exchange.
    pub fn new(client_id: impl Into<String>, subject: impl TokenProvider) -> Self {
        Self {
            client_id: client_id.into(),
            client_secret: None,
            subject: Box::new(subject),
            subject_token_type: None,
            options: TokenOptions::default(),
        }
    }

    /// Sets the client secret, which is sent in the request body.
    pub fn with_client_secret(self, secret: impl Into<Secret>) -> Self {
        Self { client_secret: Some(secret.into()), ..self }
    }

    /// Sets the type of the token to exchange (RFC 8693, section 3), in place of the default of the API,
    /// which is a JSON Web Token unless configured otherwise.
    pub fn with_subject_token_type(self, uri: impl Into<String>) -> Self {
        Self { subject_token_type: Some(uri.into()), ..self }
    }

    /// Sets the scopes to request, in place of the default scopes of the API.
    pub fn with_scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.options.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the token URL, in place of that in the document.
    pub fn with_token_url(mut self, url: impl Into<String>) -> Self {
        self.options.token_url = Some(url.into());
        self
    }

    /// Adds a parameter to token requests, such as `audience`, `resource` or `requested_token_type`. Neither
    /// `Debug` nor errors show the value.
    pub fn with_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.add_parameter(name.into(), value.into());
        self
    }
}

impl Grant for TokenExchange {
    fn server(&self, api: &'static Api) -> Option<String> {
        api.oauth?.server_of(&self.client_id)
    }

    fn provider(self: Box<Self>, context: &GrantContext<'_>) -> Result<Box<dyn TokenProvider>, String> {
        let endpoint = Endpoint::new(&self.client_id, &self.options, context)?;
        let api_default = context.api.oauth.map_or(JWT, |oauth| oauth.subject_token_type);
        let Self { client_secret, subject, subject_token_type, .. } = *self;
        let subject_token_type = subject_token_type.unwrap_or_else(|| api_default.to_owned());
        Ok(Box::new(TokenExchangeProvider { endpoint, client_secret, subject, subject_token_type }))
    }
}

const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";

struct TokenExchangeProvider {
    endpoint: Endpoint,
    client_secret: Option<Secret>,
    subject: Box<dyn TokenProvider>,
    subject_token_type: String,
}

impl TokenProvider for TokenExchangeProvider {
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(async {
            let subject = self.subject.token().await?;
            let mut form = Form::for_grant("urn:ietf:params:oauth:grant-type:token-exchange")
                .with_secret("subject_token", subject.value())
                .with("subject_token_type", self.subject_token_type.as_str());
            if let Some(secret) = &self.client_secret {
                form = form.with_secret("client_secret", secret);
            }
            Ok(self.endpoint.request_token(form).await?.token)
        })
    }
}

impl std::fmt::Debug for TokenExchange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenExchange").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

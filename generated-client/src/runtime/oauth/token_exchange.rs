// @generated from the OpenAPI document: change that, and generate again.

//! Tokens for a token that somebody else has issued (RFC 8693).

use super::super::api::Api;
use super::super::auth::{Grant, Secret, Surroundings, Token, TokenProvider};
use super::super::client::ClientBuilder;
use super::super::transport::{BoxError, BoxFuture};
use super::endpoint::{Endpoint, Form, Wishes};

/// A client that has a token of another issuer, a workload's identity say, and exchanges it for one of the API's.
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
    wishes: Wishes,
}

impl ClientBuilder {
    /// Exchanges tokens of another issuer for tokens of the API, wherever the document asks for a bearer token.
    ///
    /// `subject` is asked for a token whenever one is to be exchanged: such tokens expire. See [`TokenExchange`] for
    /// scopes and the like, which [`grant`](Self::grant) takes.
    pub fn token_exchange(self, client_id: impl Into<String>, subject: impl TokenProvider) -> Self {
        self.grant(TokenExchange::new(client_id, subject))
    }
}

impl TokenExchange {
    /// A client, and where its tokens of another issuer come from.
    pub fn new(client_id: impl Into<String>, subject: impl TokenProvider) -> Self {
        Self {
            client_id: client_id.into(),
            client_secret: None,
            subject: Box::new(subject),
            subject_token_type: None,
            wishes: Wishes::default(),
        }
    }

    /// Sends the client's secret too, in the body.
    pub fn with_client_secret(self, secret: impl Into<Secret>) -> Self {
        Self { client_secret: Some(secret.into()), ..self }
    }

    /// Says that the tokens are of this kind (RFC 8693, section 3), in place of the API's usual one: JSON web tokens,
    /// unless it says otherwise.
    pub fn with_subject_token_type(self, uri: impl Into<String>) -> Self {
        Self { subject_token_type: Some(uri.into()), ..self }
    }

    /// Asks for these scopes, in place of the API's usual ones.
    pub fn with_scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.wishes.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Asks this URL for tokens, in place of the API's own.
    pub fn with_token_url(mut self, url: impl Into<String>) -> Self {
        self.wishes.token_url = Some(url.into());
        self
    }

    /// Says something else in the requests: `audience`, `resource`, `requested_token_type`. `Debug` does not show the
    /// value, and errors leave it out.
    pub fn with_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.wishes.say(name.into(), value.into());
        self
    }
}

impl Grant for TokenExchange {
    fn server(&self, api: &'static Api) -> Option<String> {
        api.oauth?.server_of(&self.client_id)
    }

    fn provider(self: Box<Self>, around: &Surroundings<'_>) -> Result<Box<dyn TokenProvider>, String> {
        let endpoint = Endpoint::new(&self.client_id, &self.wishes, around)?;
        let usual = around.api.oauth.map_or(JWT, |oauth| oauth.subject_token_type);
        let Self { client_secret, subject, subject_token_type, .. } = *self;
        let subject_token_type = subject_token_type.unwrap_or_else(|| usual.to_owned());
        Ok(Box::new(Exchanged { endpoint, client_secret, subject, subject_token_type }))
    }
}

const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";

struct Exchanged {
    endpoint: Endpoint,
    client_secret: Option<Secret>,
    subject: Box<dyn TokenProvider>,
    subject_token_type: String,
}

impl TokenProvider for Exchanged {
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(async {
            let subject = self.subject.token().await?;
            let mut form = Form::of_grant("urn:ietf:params:oauth:grant-type:token-exchange")
                .with_secret("subject_token", subject.value())
                .with("subject_token_type", self.subject_token_type.as_str());
            if let Some(secret) = &self.client_secret {
                form = form.with_secret("client_secret", secret);
            }
            Ok(self.endpoint.ask(form).await?.token)
        })
    }
}

impl std::fmt::Debug for TokenExchange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenExchange").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

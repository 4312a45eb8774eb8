//! The credentials that a user sets on the builder.

use super::super::auth::{Authorize, Clock, Credential, Grant, Secret, TokenProvider};
use super::builder::ClientBuilder;

/// Credentials. A request gets the credentials that its operation requires, if they are configured.
/// Operations without security requirements are sent without credentials.
impl ClientBuilder {
    /// Sets the bearer token for all security schemes that accept one, including OAuth 2 and OpenID Connect.
    /// It is sent as `authorization: Bearer <token>`.
    ///
    /// If the document has no such scheme, the token is sent with every operation, except those that
    /// explicitly need no credentials. The token is never renewed. For tokens that expire, see
    /// [`token_provider`](Self::token_provider).
    pub fn bearer_token(self, token: impl Into<Secret>) -> Self {
        self.bearer(Credential::bearer_token(token))
    }

    /// Sets a source of bearer tokens for all security schemes that accept one: a [`TokenProvider`] or a
    /// closure.
    ///
    /// ```
    /// # use runtime::{Api, BoxError, ClientBuilder, Token};
    /// # static API: Api = Api { server: Some("https://pets.example.com"), ..Api::EMPTY };
    /// # async fn fetch() -> Result<(String, std::time::Duration), BoxError> {
    /// #     Ok(("a-token".to_owned(), std::time::Duration::from_secs(600)))
    /// # }
    /// let builder = ClientBuilder::new(&API).token_provider(|| async {
    ///     let (token, lifetime) = fetch().await?;
    ///     Ok(Token::new(token).expires_in(lifetime))
    /// });
    /// # #[cfg(feature = "reqwest")]
    /// # builder.build().unwrap();
    /// ```
    pub fn token_provider(self, provider: impl TokenProvider) -> Self {
        self.bearer(Credential::token_provider(provider))
    }

    /// Sets a grant that requests bearer tokens, for all security schemes that accept one.
    ///
    /// If the document has several token URLs, the grant uses the default URL and only applies to the schemes
    /// with that URL, so that a client secret is not sent to another server by mistake. Set a grant for
    /// another scheme with [`credential`](Self::credential); it uses the URL of that scheme.
    pub fn grant(self, grant: impl Grant) -> Self {
        self.bearer(Credential::grant(grant))
    }

    /// Sets the credential for a security scheme, by the name of the scheme in the document.
    ///
    /// [`build`](Self::build) returns an error if the document does not have the scheme, or if the scheme
    /// requires another kind of credential.
    pub fn credential(mut self, scheme: impl Into<String>, credential: Credential) -> Self {
        self.credentials.set_for_scheme(scheme.into(), credential);
        self
    }

    /// Sets user-defined credentials for all operations that require credentials. They replace all credentials
    /// that were set before.
    pub fn credentials(mut self, credentials: impl Authorize) -> Self {
        self.credentials.set_custom(credentials);
        self
    }

    /// Sets the clock that determines when tokens expire and that dates assertions. The default is the system
    /// clock.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.credentials.clock = clock;
        self
    }

    fn bearer(mut self, credential: Credential) -> Self {
        self.credentials.set_bearer(credential);
        self
    }
}

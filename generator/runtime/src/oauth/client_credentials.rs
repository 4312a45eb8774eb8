//! The client credentials grant (RFC 6749, section 4.4).

use super::super::api::Api;
use super::super::api::oauth::ClientAuthentication;
use super::super::auth::{Grant, GrantContext, Secret, Token, TokenProvider};
use super::super::client::builder::ClientBuilder;
use super::super::net::transport::BoxFuture;
use super::super::net::transport_error::BoxError;
use super::authenticator::{Authenticator, ClientSecret};
use super::endpoint::{Endpoint, Form, TokenOptions};
#[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
use super::key::PrivateKey;

/// The client credentials grant: the client requests tokens for itself.
///
/// ```
/// # use runtime::{Api, ClientBuilder, OAuth, oauth::ClientCredentials};
/// # static API: Api =
/// #     Api { server: Some("https://pets.example.com"), oauth: Some(OAuth::at("/token")), ..Api::EMPTY };
/// let credentials = ClientCredentials::new("my-client", "my-secret").with_scopes(["pets.read"]);
/// let client = ClientBuilder::new(&API).grant(credentials).build();
/// # #[cfg(feature = "reqwest")]
/// # client.unwrap();
/// ```
///
/// If a security scheme has its own token URL, a grant for that scheme uses it:
///
/// ```
/// # use runtime::{Api, ClientBuilder, Credential, OAuth, SchemeKind, SecurityScheme, TokenUrls};
/// # use runtime::oauth::ClientCredentials;
/// # const URLS: TokenUrls = TokenUrls { others: &[("partners", "/partners/token")], ..TokenUrls::at("/token") };
/// # static API: Api = Api {
/// #     server: Some("https://pets.example.com"),
/// #     schemes: &[SecurityScheme { name: "partners", kind: SchemeKind::Bearer }],
/// #     oauth: Some(OAuth { token: URLS, ..OAuth::at("/token") }),
/// #     ..Api::EMPTY
/// # };
/// let partner = ClientCredentials::new("a-partner", "its-secret");
/// let client = ClientBuilder::new(&API).credential("partners", Credential::grant(partner)).build();
/// # #[cfg(feature = "reqwest")]
/// # client.unwrap();
/// ```
#[derive(Clone, Debug)]
pub struct ClientCredentials {
    client_id: String,
    secret: ClientSecret,
    authentication: Option<ClientAuthentication>,
    options: TokenOptions,
}

impl ClientBuilder {
    /// Requests tokens with a client ID and a client secret, for all security schemes that accept a bearer
    /// token. If the document has several token URLs, see [`grant`](Self::grant).
    ///
    /// A token is cached until one minute before its expiry, and renewed if the server rejects it with 401.
    /// For scopes and other settings, pass [`ClientCredentials`] to [`grant`](Self::grant).
    pub fn client_credentials(self, client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        self.grant(ClientCredentials::new(client_id, client_secret))
    }
}

impl ClientCredentials {
    /// Creates a grant from a client ID and a client secret. The API determines how the secret is used: sent
    /// as it is, or as a signing key.
    pub fn new(client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        Self::of(client_id.into(), ClientSecret::Text(client_secret.into()))
    }

    /// Creates a grant from a client ID and a key, which signs an assertion for each token request
    /// ([RFC 7523](https://www.rfc-editor.org/rfc/rfc7523)).
    #[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
    pub fn signed(client_id: impl Into<String>, key: PrivateKey) -> Self {
        Self::of(client_id.into(), ClientSecret::Key(key))
    }

    fn of(client_id: String, secret: ClientSecret) -> Self {
        Self { client_id, secret, authentication: None, options: TokenOptions::default() }
    }

    /// Sets how the client authenticates, in place of the default of the API.
    pub fn with_authentication(self, authentication: ClientAuthentication) -> Self {
        Self { authentication: Some(authentication), ..self }
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

    /// Adds a parameter to token requests, such as `audience` or `resource`
    /// ([RFC 8707](https://www.rfc-editor.org/rfc/rfc8707)). Neither `Debug` nor errors show the value.
    pub fn with_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.add_parameter(name.into(), value.into());
        self
    }
}

impl Grant for ClientCredentials {
    fn server(&self, api: &'static Api) -> Option<String> {
        api.oauth?.server_of(&self.client_id)
    }

    fn provider(self: Box<Self>, context: &GrantContext<'_>) -> Result<Box<dyn TokenProvider>, String> {
        let endpoint = Endpoint::new(&self.client_id, &self.options, context)?;
        let authenticator = self.secret.authenticator(self.authentication, &self.client_id, context)?;
        Ok(Box::new(ClientCredentialsProvider { endpoint, authenticator }))
    }
}

struct ClientCredentialsProvider {
    endpoint: Endpoint,
    authenticator: Authenticator,
}

impl TokenProvider for ClientCredentialsProvider {
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(async {
            let form = self.authenticator.add_to(Form::for_grant("client_credentials"), &self.endpoint)?;
            Ok(self.endpoint.request_token(form).await?.token)
        })
    }
}

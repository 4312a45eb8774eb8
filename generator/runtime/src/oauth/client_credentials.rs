//! Tokens for a client that speaks for itself (RFC 6749, section 4.4).

use super::super::api::Api;
use super::super::auth::{ClientAuthentication, Grant, Secret, Surroundings, Token, TokenProvider};
use super::super::client::ClientBuilder;
use super::super::transport::{BoxError, BoxFuture};
use super::endpoint::{Endpoint, Form, Wishes};
#[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
use super::key::PrivateKey;
use super::proof::{ClientSecret, Proof};

/// A client that speaks for itself, and asks the API's server for tokens.
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
/// Where a security scheme has a URL of its own that hands out tokens, a grant for that scheme asks there:
///
/// ```
/// # use runtime::{Api, ClientBuilder, Credential, OAuth, Place, SecurityScheme, TokenUrls, oauth::ClientCredentials};
/// # const URLS: TokenUrls = TokenUrls { others: &[("partners", "/partners/token")], ..TokenUrls::at("/token") };
/// # static API: Api = Api {
/// #     server: Some("https://pets.example.com"),
/// #     schemes: &[SecurityScheme { name: "partners", place: Place::Bearer }],
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
    wishes: Wishes,
}

impl ClientBuilder {
    /// Asks for tokens as a client that speaks for itself, by its id and its secret, wherever the document asks for a
    /// bearer token; where it has several URLs that hand out tokens, see [`grant`](Self::grant).
    ///
    /// Tokens are kept until a minute before their end, and fetched anew once if the server answers 401. See
    /// [`ClientCredentials`] for scopes and the like, which [`grant`](Self::grant) takes.
    pub fn client_credentials(self, client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        self.grant(ClientCredentials::new(client_id, client_secret))
    }
}

impl ClientCredentials {
    /// A client with a secret, which it sends or, if the secret is a key, signs with: as the API wants it.
    pub fn new(client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        Self::of(client_id.into(), ClientSecret::Text(client_secret.into()))
    }

    /// A client with a key, by which it signs an assertion for each request for a token
    /// ([RFC 7523](https://www.rfc-editor.org/rfc/rfc7523)).
    #[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
    pub fn signed(client_id: impl Into<String>, key: PrivateKey) -> Self {
        Self::of(client_id.into(), ClientSecret::Key(key))
    }

    fn of(client_id: String, secret: ClientSecret) -> Self {
        Self { client_id, secret, authentication: None, wishes: Wishes::default() }
    }

    /// Shows who the client is in this way, in place of the API's usual one.
    pub fn with_authentication(self, authentication: ClientAuthentication) -> Self {
        Self { authentication: Some(authentication), ..self }
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

    /// Says something else in the requests for tokens: `audience`, or `resource`
    /// ([RFC 8707](https://www.rfc-editor.org/rfc/rfc8707)). `Debug` does not show the value, and errors leave it out.
    pub fn with_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.wishes.say(name.into(), value.into());
        self
    }
}

impl Grant for ClientCredentials {
    fn server(&self, api: &'static Api) -> Option<String> {
        api.oauth?.server_of(&self.client_id)
    }

    fn provider(self: Box<Self>, around: &Surroundings<'_>) -> Result<Box<dyn TokenProvider>, String> {
        let endpoint = Endpoint::new(&self.client_id, &self.wishes, around)?;
        let proof = self.secret.proof(self.authentication, &self.client_id, around)?;
        Ok(Box::new(Granted { endpoint, proof }))
    }
}

struct Granted {
    endpoint: Endpoint,
    proof: Proof,
}

impl TokenProvider for Granted {
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(async {
            let form = self.proof.add_to(Form::of_grant("client_credentials"), &self.endpoint)?;
            Ok(self.endpoint.ask(form).await?.token)
        })
    }
}

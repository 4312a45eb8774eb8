// @generated from the OpenAPI document: change that, and generate again.

//! What the user of a client says about credentials.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderValue;
use http::header::AUTHORIZATION;

use super::super::api::Api;
use super::super::client::ClientBuilder;
use super::super::style::percent_encode;
use super::super::transport::Transport;
use super::authorize::Authorize;
use super::cache::TokenCache;
use super::clock::Clock;
use super::credentials::{Credentials, Everywhere, Held, bearer, sensitive};
use super::oauth::{OAuth, TokenUrls};
use super::scheme::{Place, SecurityScheme};
use super::secret::Secret;
use super::token::TokenProvider;

/// What satisfies a security scheme of the document.
pub struct Credential(Kind);

enum Kind {
    Token(Secret),
    Basic { user: String, password: Secret },
    Key(Secret),
    Tokens(Box<dyn TokenProvider>),
    Grant(Box<dyn Grant>),
}

/// A way to get tokens by requests of one's own, through the network that the client has: a grant of OAuth 2.
pub trait Grant: Send + Sync + 'static {
    /// The URL of the API's server, if the credentials name it themselves. It counts where the builder is told neither
    /// a URL nor a variable of it.
    fn server(&self, _api: &'static Api) -> Option<String> {
        None
    }

    /// Which URLs of the document it asks: those for tokens.
    fn urls(&self, oauth: OAuth) -> TokenUrls {
        oauth.token
    }

    /// What asks for tokens.
    ///
    /// # Errors
    ///
    /// If a setting is not valid: a sentence that shows no secret.
    fn provider(self: Box<Self>, around: &Surroundings<'_>) -> Result<Box<dyn TokenProvider>, String>;
}

/// What a client is made of beside its credentials.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Surroundings<'a> {
    /// What is known of the API.
    pub api: &'static Api,
    /// The URL that is asked for tokens, if the document has one for what these credentials are given for.
    pub token_url: Option<&'static str>,
    /// The URL of the API, without a slash at its end.
    pub base_url: &'a str,
    /// The network.
    pub transport: &'a Arc<dyn Transport>,
    /// What requests say in `user-agent`.
    pub user_agent: &'a HeaderValue,
    /// How long a call may take.
    pub timeout: Option<Duration>,
    /// What time it is.
    pub clock: &'a Clock,
}

/// All that a builder is told about credentials.
#[derive(Default)]
pub(in super::super) struct Given {
    own: Option<Box<dyn Authorize>>,
    /// For every scheme that takes a bearer token and has no credentials of its own.
    bearer: Option<Credential>,
    by_scheme: Vec<(String, Credential)>,
    pub(in super::super) clock: Clock,
}

impl Credential {
    /// A bearer token.
    pub fn bearer_token(token: impl Into<Secret>) -> Self {
        Self(Kind::Token(token.into()))
    }

    /// Bearer tokens that somebody else hands out.
    pub fn token_provider(provider: impl TokenProvider) -> Self {
        Self(Kind::Tokens(Box::new(provider)))
    }

    /// The name of a user and their password ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)).
    pub fn basic(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self(Kind::Basic { user: user.into(), password: password.into() })
    }

    /// A key.
    pub fn key(key: impl Into<Secret>) -> Self {
        Self(Kind::Key(key.into()))
    }

    /// Bearer tokens that are granted by a protocol.
    pub fn grant(grant: impl Grant) -> Self {
        Self(Kind::Grant(Box::new(grant)))
    }

    /// Where it asks for tokens, if it does and the document says so.
    fn urls(&self, api: &Api) -> Option<TokenUrls> {
        match &self.0 {
            Kind::Grant(grant) => api.oauth.map(|oauth| grant.urls(oauth)),
            _ => None,
        }
    }
}

/// Credentials. A request is sent with those that the document asks for on behalf of its operation, as far as they are
/// given; an operation that asks for none gets none.
impl ClientBuilder {
    /// Sends this token, as `authorization: Bearer <token>`, wherever the document asks for a bearer token: also for
    /// one of OAuth 2 or OpenID Connect. Where it describes no such thing, with every request that may have
    /// credentials.
    ///
    /// The token is sent as it is, for as long as the client lives: see [`token_provider`](Self::token_provider) for
    /// tokens that expire.
    pub fn bearer_token(self, token: impl Into<Secret>) -> Self {
        self.bearer(Credential::bearer_token(token))
    }

    /// Asks `provider` for bearer tokens: a [`TokenProvider`], or a closure.
    ///
    /// ```
    /// # use conductorone::runtime::{Api, BoxError, ClientBuilder, Token};
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

    /// Asks for bearer tokens by a protocol, wherever the document asks for one.
    ///
    /// Where the document has several URLs that hand out tokens, this is about the usual one, and the schemes of the others
    /// are left alone: who may know a client's secret is not for the client to guess. They take a grant of their own, by
    /// [`credential`](Self::credential), and it asks their URL.
    pub fn grant(self, grant: impl Grant) -> Self {
        self.bearer(Credential::grant(grant))
    }

    /// Sets what satisfies a security scheme, by the scheme's name in the document.
    pub fn credential(mut self, scheme: impl Into<String>, credential: Credential) -> Self {
        let scheme = scheme.into();
        self.credentials.own = None;
        self.credentials.by_scheme.retain(|(other, _)| *other != scheme);
        self.credentials.by_scheme.push((scheme, credential));
        self
    }

    /// Lets `credentials` see to every request that may have credentials at all, in place of all others.
    pub fn credentials(mut self, credentials: impl Authorize) -> Self {
        let clock = self.credentials.clock;
        self.credentials = Given { own: Some(Box::new(credentials)), clock, ..Given::default() };
        self
    }

    /// Sets the clock by which tokens expire, and by which assertions are dated.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.credentials.clock = clock;
        self
    }

    fn bearer(mut self, credential: Credential) -> Self {
        self.credentials.own = None;
        self.credentials.bearer = Some(credential);
        self
    }
}

impl Given {
    /// The URL of the API's server, if some credentials name it.
    pub(in super::super) fn server(&self, api: &'static Api) -> Option<String> {
        let all = self.bearer.iter().chain(self.by_scheme.iter().map(|(_, credential)| credential));
        let mut grants = all.filter_map(|credential| match &credential.0 {
            Kind::Grant(grant) => Some(grant),
            _ => None,
        });
        grants.find_map(|grant| grant.server(api))
    }

    /// Makes credentials ready to be sent. An error is a sentence about a setting, and shows no secret.
    pub(in super::super) fn settle(self, around: &Surroundings<'_>) -> Result<Credentials, String> {
        let Api { schemes, security, .. } = *around.api;
        let mut all = vec![None; schemes.len()];
        if let Some(own) = self.own {
            return Ok(Credentials::new(schemes, security, all, Some(Everywhere::Own(own))));
        }
        let mut everywhere = None;
        if let Some(bearer) = self.bearer {
            let urls = bearer.urls(around.api);
            let is_elsewhere =
                |scheme: &SecurityScheme| urls.is_some_and(|urls| urls.other(scheme.name).is_some());
            let around = &Surroundings { token_url: urls.map(|urls| urls.usual), ..*around };
            let held = Arc::new(bearer.0.held("the bearer token", Place::Bearer, around)?);
            let slots = schemes.iter().zip(&mut all);
            slots
                .filter(|(scheme, _)| scheme.place == Place::Bearer && !is_elsewhere(scheme))
                .for_each(|(_, slot)| *slot = Some(held.clone()));
            if !schemes.iter().any(|scheme| scheme.place == Place::Bearer) {
                everywhere = Some(Everywhere::Held(held));
            }
        }
        for (name, credential) in self.by_scheme {
            let known = schemes.iter().zip(&mut all).find(|(scheme, _)| scheme.name == name);
            let (SecurityScheme { place, .. }, slot) =
                known.ok_or_else(|| format!("the document has no security scheme `{name}`"))?;
            let urls = credential.urls(around.api);
            let token_url = urls.map(|urls| urls.other(&name).unwrap_or(urls.usual));
            let around = Surroundings { token_url, ..*around };
            *slot =
                Some(Arc::new(credential.0.held(&format!("what is set for `{name}`"), *place, &around)?));
        }
        Ok(Credentials::new(schemes, security, all, everywhere))
    }
}

impl Kind {
    /// The credentials as they are sent; `what` they are begins the sentence if that cannot be done.
    fn held(self, what: &str, place: Place, around: &Surroundings<'_>) -> Result<Held, String> {
        let cannot = |place: &str| format!("{what} holds a character that {place} cannot");
        match (place, self) {
            (_, Self::Key(key)) if key.expose().is_empty() => Err(format!("{what} is empty")),
            (Place::Bearer, Self::Token(token)) => {
                let value = bearer(&token).map_err(|error| error.to_string())?;
                Ok(Held::Header(AUTHORIZATION, value))
            }
            (Place::Bearer, Self::Tokens(provider)) => {
                Ok(Held::Tokens(TokenCache::new(provider, around.clock.clone())))
            }
            (Place::Bearer, Self::Grant(grant)) => {
                Ok(Held::Tokens(TokenCache::new(grant.provider(around)?, around.clock.clone())))
            }
            (Place::Basic, Self::Basic { user, password }) => {
                // A colon in the name would end it (RFC 7617, section 2).
                let text = format!("{user}:{}", password.expose());
                if user.contains(':') || text.chars().any(char::is_control) {
                    return Err(format!("{what} has a colon in the user's name, or a control character"));
                }
                let value = HeaderValue::try_from(format!("Basic {}", BASE64_STANDARD.encode(text)))
                    .map_err(|_| cannot("a header"))?;
                Ok(Held::Header(AUTHORIZATION, sensitive(value)))
            }
            (Place::Header(name), Self::Key(key)) => {
                let name = name.try_into().map_err(|_| format!("{name:?} is no header"))?;
                let value = HeaderValue::try_from(key.expose()).map_err(|_| cannot("a header"))?;
                Ok(Held::Header(name, sensitive(value)))
            }
            (Place::Query(name), Self::Key(key)) => {
                Ok(Held::Query { name: percent_encode(name), value: percent_encode(key.expose()) })
            }
            (Place::Cookie(name), Self::Key(key)) => {
                let is_value = |byte: u8| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte);
                let fits = key.expose().bytes().all(is_value);
                fits.then(|| Held::Cookie(format!("{name}={}", key.expose())))
                    .ok_or_else(|| cannot("a cookie"))
            }
            _ => Err(format!("{what} is not of the kind that the document asks for")),
        }
    }
}

/// Says what kind of credentials it is.
impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::Token(_) => "Credential(a bearer token)",
            Kind::Basic { .. } => "Credential(a user and a password)",
            Kind::Key(_) => "Credential(a key)",
            Kind::Tokens(_) | Kind::Grant(_) => "Credential(bearer tokens)",
        })
    }
}

impl fmt::Debug for Surroundings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Surroundings").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

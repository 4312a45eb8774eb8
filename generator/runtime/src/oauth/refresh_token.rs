//! The refresh token grant (RFC 6749, section 6).

use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use super::super::api::Api;
use super::super::api::oauth::{ClientAuthentication, OAuth, TokenUrls};
use super::super::auth::{Grant, GrantContext, Secret, Token, TokenProvider};
use super::super::net::transport::BoxFuture;
use super::super::net::transport_error::BoxError;
use super::authenticator::{Authenticator, ClientSecret};
use super::endpoint::{Endpoint, Form, TokenOptions};
#[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
use super::key::PrivateKey;

/// The refresh token grant: the client acts for a user who has granted it access.
///
/// ```
/// # use runtime::{Api, ClientBuilder, OAuth, oauth::RefreshToken};
/// # static API: Api =
/// #     Api { server: Some("https://pets.example.com"), oauth: Some(OAuth::at("/token")), ..Api::EMPTY };
/// # fn save(_: &str) {}
/// let grant = RefreshToken::new("my-client", "the-refresh-token")
///     .with_client_secret("my-secret")
///     .on_rotation(|token| save(token.expose()));
/// let client = ClientBuilder::new(&API).grant(grant).build();
/// # #[cfg(feature = "reqwest")]
/// # client.unwrap();
/// ```
///
/// Many servers issue a new refresh token with each access token and reject the old one. So use one client,
/// with its clones, for a refresh token, and store each new refresh token with
/// [`on_rotation`](Self::on_rotation). If all calls that wait for a token are dropped, the next call
/// continues the token request, so that no new refresh token is lost.
///
/// If the server rejects the refresh token, for example because the user has revoked it or it has expired,
/// the error code is `invalid_grant`: see [`TokenError::code`](super::TokenError::code). The user must then
/// grant access again.
pub struct RefreshToken {
    client_id: String,
    secret: Option<ClientSecret>,
    authentication: Option<ClientAuthentication>,
    state: State,
    on_rotation: Option<OnRotation>,
    options: TokenOptions,
}

type OnRotation = Box<dyn Fn(&Secret) + Send + Sync>;

/// The state that changes with each token request.
struct State {
    refresh_token: Secret,
    /// An initial access token.
    access_token: Option<Token>,
}

impl RefreshToken {
    /// Creates a grant from a client ID and the refresh token of a user. The client has no secret unless one
    /// is set, as programs on the machines of users cannot keep one.
    pub fn new(client_id: impl Into<String>, refresh_token: impl Into<Secret>) -> Self {
        Self {
            client_id: client_id.into(),
            secret: None,
            authentication: None,
            state: State { refresh_token: refresh_token.into(), access_token: None },
            on_rotation: None,
            // The refresh token has the scopes that the user granted, so none are requested.
            options: TokenOptions { scopes: Some(Vec::new()), ..TokenOptions::default() },
        }
    }

    /// Authenticates the client with a client secret. The API determines how the secret is used: sent as it
    /// is, or as a signing key.
    pub fn with_client_secret(self, secret: impl Into<Secret>) -> Self {
        Self { secret: Some(ClientSecret::Text(secret.into())), ..self }
    }

    /// Authenticates the client with assertions that this key signs
    /// ([RFC 7523](https://www.rfc-editor.org/rfc/rfc7523)).
    #[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
    pub fn with_key(self, key: PrivateKey) -> Self {
        Self { secret: Some(ClientSecret::Key(key)), ..self }
    }

    /// Sets how the client authenticates, in place of the default of the API.
    pub fn with_authentication(self, authentication: ClientAuthentication) -> Self {
        Self { authentication: Some(authentication), ..self }
    }

    /// Sets the access token that came with the refresh token. It is sent until it expires or is rejected.
    /// Its lifetime ([`Token::expires_in`]) counts from the first call; without a lifetime, it is sent once.
    pub fn with_access_token(mut self, token: Token) -> Self {
        self.state.access_token = Some(token);
        self
    }

    /// Sets a callback that stores each new refresh token. It runs before the new access token is sent, and
    /// other calls wait for it, so it should return quickly.
    pub fn on_rotation(self, keep: impl Fn(&Secret) + Send + Sync + 'static) -> Self {
        Self { on_rotation: Some(Box::new(keep)), ..self }
    }

    /// Sets the scopes to request, a subset of those that the user has granted.
    pub fn with_scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.options.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the token URL, in place of that in the document.
    pub fn with_token_url(mut self, url: impl Into<String>) -> Self {
        self.options.token_url = Some(url.into());
        self
    }

    /// Adds a parameter to token requests. Neither `Debug` nor errors show the value.
    pub fn with_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.add_parameter(name.into(), value.into());
        self
    }
}

impl Grant for RefreshToken {
    fn server(&self, api: &'static Api) -> Option<String> {
        api.oauth?.server_of(&self.client_id)
    }

    fn urls(&self, oauth: OAuth) -> TokenUrls {
        oauth.refresh
    }

    fn provider(self: Box<Self>, context: &GrantContext<'_>) -> Result<Box<dyn TokenProvider>, String> {
        let Self { client_id, secret, authentication, state, on_rotation, options } = *self;
        if state.refresh_token.expose().is_empty() {
            return Err("the refresh token is empty".to_owned());
        }
        let endpoint = Endpoint::new(&client_id, &options, context)?;
        let authenticator =
            secret.map(|secret| secret.authenticator(authentication, &client_id, context)).transpose()?;
        let grant = Refresher { endpoint, authenticator, state: Mutex::new(state), on_rotation };
        Ok(Box::new(RefreshTokenProvider { grant: Arc::new(grant), in_flight: Mutex::default() }))
    }
}

/// The token provider. At most one token request is in flight, and any caller can continue it.
struct RefreshTokenProvider {
    grant: Arc<Refresher>,
    in_flight: Mutex<Option<BoxFuture<'static, Result<Token, BoxError>>>>,
}

struct Refresher {
    endpoint: Endpoint,
    authenticator: Option<Authenticator>,
    state: Mutex<State>,
    on_rotation: Option<OnRotation>,
}

impl TokenProvider for RefreshTokenProvider {
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        match lock(&self.grant.state).access_token.take() {
            Some(token) => Box::pin(std::future::ready(Ok(token))),
            None => Box::pin(poll_fn(|context| self.poll(context))),
        }
    }
}

impl RefreshTokenProvider {
    fn poll(&self, context: &mut Context<'_>) -> Poll<Result<Token, BoxError>> {
        // Taken out while it is polled, so that a future that panicked is not polled again.
        let begun = lock(&self.in_flight).take();
        let mut future = begun.unwrap_or_else(|| Box::pin(refresh(self.grant.clone())));
        let polled = future.as_mut().poll(context);
        if polled.is_pending() {
            *lock(&self.in_flight) = Some(future);
        }
        polled
    }
}

async fn refresh(grant: Arc<Refresher>) -> Result<Token, BoxError> {
    let sent = lock(&grant.state).refresh_token.clone();
    let form = Form::for_grant("refresh_token").with_secret("refresh_token", &sent);
    let form = match &grant.authenticator {
        Some(authenticator) => authenticator.add_to(form, &grant.endpoint)?,
        None => form,
    };
    let issued = grant.endpoint.request_token(form).await?;
    if let Some(new) = issued.refresh_token.filter(|new| new.expose() != sent.expose()) {
        lock(&grant.state).refresh_token = new.clone();
        if let Some(keep) = &grant.on_rotation {
            keep(&new);
        }
    }
    Ok(issued.token)
}

/// Locks a mutex, even after a panic: the state is consistent at any time.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshToken").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

//! Tokens for a user who has let the client act for them, and given it a refresh token (RFC 6749, section 6).

use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use super::super::api::Api;
use super::super::auth::{
    ClientAuthentication, Grant, OAuth, Secret, Surroundings, Token, TokenProvider, TokenUrls,
};
use super::super::transport::{BoxError, BoxFuture};
use super::endpoint::{Endpoint, Form, Wishes};
#[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
use super::key::PrivateKey;
use super::proof::{ClientSecret, Proof};

/// A client that acts for a user, by the refresh token that it got when the user let it.
///
/// ```
/// # use runtime::{Api, ClientBuilder, OAuth, oauth::RefreshToken};
/// # static API: Api =
/// #     Api { server: Some("https://pets.example.com"), oauth: Some(OAuth::at("/token")), ..Api::EMPTY };
/// # fn save(_: &str) {}
/// let grant = RefreshToken::new("my-client", "the-token-of-the-user")
///     .with_client_secret("my-secret")
///     .on_rotation(|token| save(token.expose()));
/// let client = ClientBuilder::new(&API).grant(grant).build();
/// # #[cfg(feature = "reqwest")]
/// # client.unwrap();
/// ```
///
/// Many servers hand out another refresh token each time, and take the old one no more. So there should be one client,
/// with its clones, to a refresh token, and who wants to have it after the program has ended keeps what
/// [`on_rotation`](Self::on_rotation) tells. A request for a token goes on with the next call if the calls that wait for
/// it are given up, so that no new refresh token gets lost that way.
///
/// A server that takes the refresh token no more, since the user has taken back what they allowed or was away for too
/// long, says `invalid_grant`: see [`TokenError::code`](super::TokenError::code). The user has to be asked again.
pub struct RefreshToken {
    client_id: String,
    secret: Option<ClientSecret>,
    authentication: Option<ClientAuthentication>,
    state: State,
    on_rotation: Option<OnRotation>,
    wishes: Wishes,
}

type OnRotation = Box<dyn Fn(&Secret) + Send + Sync>;

/// What changes over time.
struct State {
    refresh_token: Secret,
    /// A token that is there already, to begin with.
    access_token: Option<Token>,
}

impl RefreshToken {
    /// A client, and a user's refresh token. The client has no secret unless it is told one: a program on the user's own
    /// machine could not keep it.
    pub fn new(client_id: impl Into<String>, refresh_token: impl Into<Secret>) -> Self {
        Self {
            client_id: client_id.into(),
            secret: None,
            authentication: None,
            state: State { refresh_token: refresh_token.into(), access_token: None },
            on_rotation: None,
            // A refresh token stands for the scopes that the user has granted: none need be said.
            wishes: Wishes { scopes: Some(Vec::new()), ..Wishes::default() },
        }
    }

    /// Shows who the client is by its secret, which it sends or, if the secret is a key, signs with: as the API wants
    /// it.
    pub fn with_client_secret(self, secret: impl Into<Secret>) -> Self {
        Self { secret: Some(ClientSecret::Text(secret.into())), ..self }
    }

    /// Shows who the client is by assertions that it signs with this key
    /// ([RFC 7523](https://www.rfc-editor.org/rfc/rfc7523)).
    #[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
    pub fn with_key(self, key: PrivateKey) -> Self {
        Self { secret: Some(ClientSecret::Key(key)), ..self }
    }

    /// Shows who the client is in this way, in place of the API's usual one.
    pub fn with_authentication(self, authentication: ClientAuthentication) -> Self {
        Self { authentication: Some(authentication), ..self }
    }

    /// Sends this access token, which came with the refresh token, until it ends or is refused. The time for which it
    /// lasts ([`Token::expires_in`]) counts from the first call; one that says nothing of it is sent once.
    pub fn with_access_token(mut self, token: Token) -> Self {
        self.state.access_token = Some(token);
        self
    }

    /// Tells `keep` each new refresh token as soon as it is there, before its access token is sent: to write it down.
    /// Other calls wait for `keep`, which should hand it on if that takes long.
    pub fn on_rotation(self, keep: impl Fn(&Secret) + Send + Sync + 'static) -> Self {
        Self { on_rotation: Some(Box::new(keep)), ..self }
    }

    /// Asks for these scopes only, of those that the user has granted.
    pub fn with_scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.wishes.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Asks this URL for tokens, in place of the API's own.
    pub fn with_token_url(mut self, url: impl Into<String>) -> Self {
        self.wishes.token_url = Some(url.into());
        self
    }

    /// Says something else in the requests for tokens. `Debug` does not show the value, and errors leave it out.
    pub fn with_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.wishes.say(name.into(), value.into());
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

    fn provider(self: Box<Self>, around: &Surroundings<'_>) -> Result<Box<dyn TokenProvider>, String> {
        let Self { client_id, secret, authentication, state, on_rotation, wishes } = *self;
        if state.refresh_token.expose().is_empty() {
            return Err("the refresh token is empty".to_owned());
        }
        let endpoint = Endpoint::new(&client_id, &wishes, around)?;
        let proof = secret.map(|secret| secret.proof(authentication, &client_id, around)).transpose()?;
        let grant = Refreshed { endpoint, proof, state: Mutex::new(state), on_rotation };
        Ok(Box::new(Refreshing { grant: Arc::new(grant), under_way: Mutex::default() }))
    }
}

/// The provider: at most one request for a token is under way, and it goes on whoever has begun it.
struct Refreshing {
    grant: Arc<Refreshed>,
    under_way: Mutex<Option<BoxFuture<'static, Result<Token, BoxError>>>>,
}

struct Refreshed {
    endpoint: Endpoint,
    proof: Option<Proof>,
    state: Mutex<State>,
    on_rotation: Option<OnRotation>,
}

impl TokenProvider for Refreshing {
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        match lock(&self.grant.state).access_token.take() {
            Some(token) => Box::pin(std::future::ready(Ok(token))),
            None => Box::pin(poll_fn(|context| self.poll(context))),
        }
    }
}

impl Refreshing {
    fn poll(&self, context: &mut Context<'_>) -> Poll<Result<Token, BoxError>> {
        // Out of its place while it is polled: one that panics is not polled again.
        let begun = lock(&self.under_way).take();
        let mut future = begun.unwrap_or_else(|| Box::pin(refresh(self.grant.clone())));
        let polled = future.as_mut().poll(context);
        if polled.is_pending() {
            *lock(&self.under_way) = Some(future);
        }
        polled
    }
}

async fn refresh(grant: Arc<Refreshed>) -> Result<Token, BoxError> {
    let sent = lock(&grant.state).refresh_token.clone();
    let form = Form::of_grant("refresh_token").with_secret("refresh_token", &sent);
    let form = match &grant.proof {
        Some(proof) => proof.add_to(form, &grant.endpoint)?,
        None => form,
    };
    let issued = grant.endpoint.ask(form).await?;
    if let Some(new) = issued.refresh_token.filter(|new| new.expose() != sent.expose()) {
        lock(&grant.state).refresh_token = new.clone();
        if let Some(keep) = &grant.on_rotation {
            keep(&new);
        }
    }
    Ok(issued.token)
}

/// What is behind a lock. What has panicked leaves nothing half done in it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshToken").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

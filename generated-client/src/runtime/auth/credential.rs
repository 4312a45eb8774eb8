// @generated from the OpenAPI document. Change the document, and generate again.

//! The credentials that a user sets on the builder.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderValue;
use http::header::AUTHORIZATION;

use super::super::api::Api;
use super::super::api::oauth::{OAuth, TokenUrls};
use super::super::api::scheme::{SchemeKind, SecurityScheme};
use super::super::codec::style::percent_encode;
use super::super::net::transport::Transport;
use super::authorize::Authorize;
use super::cache::TokenCache;
use super::clock::Clock;
use super::credentials::{Credentials, Override, ReadyCredential};
use super::header_value::{bearer, sensitive};
use super::secret::Secret;
use super::token::TokenProvider;

/// A credential for one security scheme of the document.
pub struct Credential(CredentialValue);

enum CredentialValue {
    Token(Secret),
    Basic { user: String, password: Secret },
    Key(Secret),
    Tokens(Box<dyn TokenProvider>),
    Grant(Box<dyn Grant>),
}

/// A way to get tokens with requests of its own, through the transport of the client, such as an OAuth 2
/// grant.
pub trait Grant: Send + Sync + 'static {
    /// Returns the server URL of the API if it follows from the credentials. It is used unless the builder
    /// has a base URL or a server variable.
    fn server(&self, _api: &'static Api) -> Option<String> {
        None
    }

    /// Returns the token URLs of the document that this grant uses. The default is [`OAuth::token`].
    fn urls(&self, oauth: OAuth) -> TokenUrls {
        oauth.token
    }

    /// Returns a provider that requests tokens.
    ///
    /// # Errors
    ///
    /// Returns a message without secrets if a setting is not valid.
    fn provider(self: Box<Self>, context: &GrantContext<'_>) -> Result<Box<dyn TokenProvider>, String>;
}

/// The parts of a client that a [`Grant`] needs to request tokens.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct GrantContext<'a> {
    /// The constants of the API.
    pub api: &'static Api,
    /// The token URL of the document, if it has one for the scheme of this credential.
    pub token_url: Option<&'static str>,
    /// The base URL of the API, without a slash at its end.
    pub base_url: &'a str,
    /// The transport of the client.
    pub transport: &'a Arc<dyn Transport>,
    /// The `user-agent` of requests.
    pub user_agent: &'a HeaderValue,
    /// The timeout of a call. `None` if it is unlimited.
    pub timeout: Option<Duration>,
    /// The clock of the client.
    pub clock: &'a Clock,
}

/// The credentials that the builder has received.
#[derive(Default)]
pub(in super::super) struct CredentialSettings {
    custom: Option<Box<dyn Authorize>>,
    /// Used for every bearer scheme that has no credential of its own.
    bearer: Option<Credential>,
    by_scheme: Vec<(String, Credential)>,
    pub(in super::super) clock: Clock,
}

impl Credential {
    /// Creates a credential from a bearer token that does not expire.
    pub fn bearer_token(token: impl Into<Secret>) -> Self {
        Self(CredentialValue::Token(token.into()))
    }

    /// Creates a credential from a source of bearer tokens.
    pub fn token_provider(provider: impl TokenProvider) -> Self {
        Self(CredentialValue::Tokens(Box::new(provider)))
    }

    /// Creates a credential from a user name and a password
    /// ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)).
    pub fn basic(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self(CredentialValue::Basic { user: user.into(), password: password.into() })
    }

    /// Creates a credential from an API key.
    pub fn key(key: impl Into<Secret>) -> Self {
        Self(CredentialValue::Key(key.into()))
    }

    /// Creates a credential from a grant, which requests bearer tokens.
    pub fn grant(grant: impl Grant) -> Self {
        Self(CredentialValue::Grant(Box::new(grant)))
    }

    /// Returns the token URLs of the document for a grant.
    fn urls(&self, api: &Api) -> Option<TokenUrls> {
        match &self.0 {
            CredentialValue::Grant(grant) => api.oauth.map(|oauth| grant.urls(oauth)),
            _ => None,
        }
    }
}

impl CredentialSettings {
    /// Sets the credential for all schemes that accept a bearer token.
    pub(in super::super) fn set_bearer(&mut self, credential: Credential) {
        self.custom = None;
        self.bearer = Some(credential);
    }

    /// Sets the credential for a scheme.
    pub(in super::super) fn set_for_scheme(&mut self, scheme: String, credential: Credential) {
        self.custom = None;
        self.by_scheme.retain(|(other, _)| *other != scheme);
        self.by_scheme.push((scheme, credential));
    }

    /// Replaces all credentials by user-defined ones.
    pub(in super::super) fn set_custom(&mut self, credentials: impl Authorize) {
        self.bearer = None;
        self.by_scheme.clear();
        self.custom = Some(Box::new(credentials));
    }

    /// Returns the server URL of the API if it follows from the credentials.
    pub(in super::super) fn server(&self, api: &'static Api) -> Option<String> {
        let all = self.bearer.iter().chain(self.by_scheme.iter().map(|(_, credential)| credential));
        let mut grants = all.filter_map(|credential| match &credential.0 {
            CredentialValue::Grant(grant) => Some(grant),
            _ => None,
        });
        grants.find_map(|grant| grant.server(api))
    }

    /// Converts the credentials to the form in which they are sent. An error is a message without secrets.
    pub(in super::super) fn resolve(self, context: &GrantContext<'_>) -> Result<Credentials, String> {
        let Api { schemes, security, .. } = *context.api;
        let mut all = vec![None; schemes.len()];
        if let Some(custom) = self.custom {
            return Ok(Credentials::new(schemes, security, all, Some(Override::Custom(custom))));
        }
        let mut overriding = None;
        if let Some(bearer) = self.bearer {
            let urls = bearer.urls(context.api);
            let has_own_url =
                |scheme: &SecurityScheme| urls.is_some_and(|urls| urls.other(scheme.name).is_some());
            let context = &GrantContext { token_url: urls.map(|urls| urls.default_url), ..*context };
            let ready = Arc::new(bearer.0.ready("the bearer token", SchemeKind::Bearer, context)?);
            let slots = schemes.iter().zip(&mut all);
            slots
                .filter(|(scheme, _)| scheme.kind == SchemeKind::Bearer && !has_own_url(scheme))
                .for_each(|(_, slot)| *slot = Some(ready.clone()));
            if !schemes.iter().any(|scheme| scheme.kind == SchemeKind::Bearer) {
                overriding = Some(Override::ReadyCredential(ready));
            }
        }
        for (name, credential) in self.by_scheme {
            let known = schemes.iter().zip(&mut all).find(|(scheme, _)| scheme.name == name);
            let (SecurityScheme { kind, .. }, slot) =
                known.ok_or_else(|| format!("the document has no security scheme `{name}`"))?;
            let urls = credential.urls(context.api);
            let token_url = urls.map(|urls| urls.other(&name).unwrap_or(urls.default_url));
            let context = GrantContext { token_url, ..*context };
            *slot = Some(Arc::new(credential.0.ready(
                &format!("the credential for `{name}`"),
                *kind,
                &context,
            )?));
        }
        Ok(Credentials::new(schemes, security, all, overriding))
    }
}

impl CredentialValue {
    /// Converts a credential to the form in which it is sent. `what` is the subject of an error message.
    fn ready(
        self,
        what: &str,
        kind: SchemeKind,
        context: &GrantContext<'_>,
    ) -> Result<ReadyCredential, String> {
        let cannot = |kind: &str| format!("{what} contains a character that is not allowed in {kind}");
        match (kind, self) {
            (_, Self::Key(key)) if key.expose().is_empty() => Err(format!("{what} is empty")),
            (SchemeKind::Bearer, Self::Token(token)) => {
                let value = bearer(&token).map_err(|error| error.to_string())?;
                Ok(ReadyCredential::Header(AUTHORIZATION, value))
            }
            (SchemeKind::Bearer, Self::Tokens(provider)) => {
                Ok(ReadyCredential::Tokens(TokenCache::new(provider, context.clock.clone())))
            }
            (SchemeKind::Bearer, Self::Grant(grant)) => {
                Ok(ReadyCredential::Tokens(TokenCache::new(grant.provider(context)?, context.clock.clone())))
            }
            (SchemeKind::Basic, Self::Basic { user, password }) => {
                // A colon would end the user name (RFC 7617, section 2).
                let text = format!("{user}:{}", password.expose());
                if user.contains(':') || text.chars().any(char::is_control) {
                    return Err(format!("{what} contains a colon in the user name, or a control character"));
                }
                let value = HeaderValue::try_from(format!("Basic {}", BASE64_STANDARD.encode(text)))
                    .map_err(|_| cannot("a header"))?;
                Ok(ReadyCredential::Header(AUTHORIZATION, sensitive(value)))
            }
            (SchemeKind::Header(name), Self::Key(key)) => {
                let name = name.try_into().map_err(|_| format!("{name:?} is not a valid header name"))?;
                let value = HeaderValue::try_from(key.expose()).map_err(|_| cannot("a header"))?;
                Ok(ReadyCredential::Header(name, sensitive(value)))
            }
            (SchemeKind::Query(name), Self::Key(key)) => {
                Ok(ReadyCredential::Query { name: percent_encode(name), value: percent_encode(key.expose()) })
            }
            (SchemeKind::Cookie(name), Self::Key(key)) => {
                let is_value = |byte: u8| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte);
                let fits = key.expose().bytes().all(is_value);
                fits.then(|| ReadyCredential::Cookie(format!("{name}={}", key.expose())))
                    .ok_or_else(|| cannot("a cookie"))
            }
            _ => Err(format!("{what} is not of the kind that the security scheme requires")),
        }
    }
}

/// Shows the kind of the credential only.
impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            CredentialValue::Token(_) => "Credential(a bearer token)",
            CredentialValue::Basic { .. } => "Credential(a user and a password)",
            CredentialValue::Key(_) => "Credential(a key)",
            CredentialValue::Tokens(_) | CredentialValue::Grant(_) => "Credential(bearer tokens)",
        })
    }
}

impl fmt::Debug for GrantContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GrantContext").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

//! The credentials of a client, and the selection for each request.

use std::borrow::Cow;
use std::slice;
use std::sync::Arc;

use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderName, HeaderValue, Uri};

use super::super::api::operation::Operation;
use super::super::api::scheme::{Requirement, SecurityScheme};
use super::super::net::body::Body;
use super::super::net::transport_error::BoxError;
use super::authorize::Authorize;
use super::cache::TokenCache;
use super::header_value::sensitive;

/// The credentials of a client.
pub(in super::super) struct Credentials {
    pub(super) schemes: &'static [SecurityScheme],
    /// The default security requirements of operations.
    pub(super) security: &'static [Requirement],
    /// The credentials for operations with the default requirements.
    default_credentials: Vec<Arc<ReadyCredential>>,
    /// The configured credentials, in the order of `schemes`.
    ready: Vec<Option<Arc<ReadyCredential>>>,
    /// Replaces all others for every operation that requires credentials.
    overriding: Option<Override>,
}

/// Credentials that do not belong to a scheme.
pub(super) enum Override {
    Custom(Box<dyn Authorize>),
    ReadyCredential(Arc<ReadyCredential>),
}

/// A credential in the form in which it is sent.
pub(super) enum ReadyCredential {
    Header(HeaderName, HeaderValue),
    /// A percent-encoded query parameter.
    Query {
        name: String,
        value: String,
    },
    /// A cookie: `name=value`.
    Cookie(String),
    Tokens(TokenCache),
}

/// The credentials that a request was sent with.
pub(in super::super) struct SentCredentials {
    is_authenticated: bool,
    token: Option<(TokenCache, HeaderValue)>,
}

impl Credentials {
    /// Creates credentials for these schemes.
    pub(super) fn new(
        schemes: &'static [SecurityScheme],
        security: &'static [Requirement],
        ready: Vec<Option<Arc<ReadyCredential>>>,
        overriding: Option<Override>,
    ) -> Self {
        let mut credentials = Self { schemes, security, default_credentials: Vec::new(), ready, overriding };
        credentials.default_credentials = credentials.select(security);
        credentials
    }

    /// Adds the configured credentials that the operation requires to a request. Returns `None` and adds nothing if
    /// credentials must be fetched first.
    pub(in super::super) fn authorize_if_ready(
        &self,
        operation: &Operation,
        request: &mut http::Request<Body>,
    ) -> Option<Result<SentCredentials, BoxError>> {
        if self.custom(operation).is_some() {
            return None;
        }
        let selected = self.selected(operation);
        let token = match token_cache(&selected) {
            Some(cache) => Some((cache.clone(), cache.cached()?)),
            None => None,
        };
        Some(SentCredentials::apply(&selected, token, request))
    }

    /// Adds the credentials that the operation requires to a request, after fetching them if necessary.
    pub(in super::super) async fn authorize(
        &self,
        operation: &Operation,
        request: &mut http::Request<Body>,
    ) -> Result<SentCredentials, BoxError> {
        if let Some(custom) = self.custom(operation) {
            custom.authorize(request).await?;
            return Ok(SentCredentials { is_authenticated: true, token: None });
        }
        let selected = self.selected(operation);
        let token = match token_cache(&selected) {
            Some(cache) => Some((cache.clone(), cache.header().await?)),
            None => None,
        };
        SentCredentials::apply(&selected, token, request)
    }

    /// Returns the security requirements of an operation, as alternatives.
    fn security(&self, operation: &Operation) -> &'static [Requirement] {
        operation.security.unwrap_or(self.security)
    }

    /// Returns the user-defined credentials, if they apply to this operation.
    fn custom(&self, operation: &Operation) -> Option<&dyn Authorize> {
        match &self.overriding {
            Some(Override::Custom(custom)) if !self.security(operation).is_empty() => Some(&**custom),
            _ => None,
        }
    }

    /// Returns the credentials for an operation.
    fn selected(&self, operation: &Operation) -> Cow<'_, [Arc<ReadyCredential>]> {
        match (&self.overriding, operation.security) {
            _ if self.security(operation).is_empty() => Cow::default(),
            (Some(Override::ReadyCredential(ready)), _) => slice::from_ref(ready).into(),
            (_, None) => self.default_credentials.as_slice().into(),
            (_, Some(requirements)) => self.select(requirements).into(),
        }
    }

    /// Selects the credentials of the first alternative that is complete. If none is, selects the credentials
    /// of the first alternative that has any, and lets the server decide.
    fn select(&self, alternatives: &[Requirement]) -> Vec<Arc<ReadyCredential>> {
        let mut part = Vec::new();
        for names in alternatives.iter().filter(|names| !names.is_empty()) {
            let (selected, is_complete) = self.select_for(names);
            if is_complete {
                return selected;
            }
            if part.is_empty() {
                part = selected;
            }
        }
        part
    }

    /// Selects the configured credentials for these schemes. Returns true if they are complete. Only one of
    /// several schemes that set the same header is selected.
    fn select_for(&self, names: &[&str]) -> (Vec<Arc<ReadyCredential>>, bool) {
        let schemes =
            || self.schemes.iter().zip(&self.ready).filter(|(scheme, _)| names.contains(&scheme.name));
        let mut selected: Vec<(&SecurityScheme, &Arc<ReadyCredential>)> = Vec::new();
        for (scheme, ready) in schemes() {
            let is_new = !selected.iter().any(|(other, _)| scheme.kind.conflicts_with(other.kind));
            if let (true, Some(ready)) = (is_new, ready) {
                selected.push((scheme, ready));
            }
        }
        let is_complete = schemes()
            .all(|(scheme, _)| selected.iter().any(|(other, _)| scheme.kind.conflicts_with(other.kind)));
        (selected.into_iter().map(|(_, ready)| ready.clone()).collect(), is_complete)
    }
}

/// Returns the source of the bearer token, if one is selected. Only one can be, as all are sent in the same
/// header.
fn token_cache(selected: &[Arc<ReadyCredential>]) -> Option<&TokenCache> {
    selected.iter().find_map(|ready| match &**ready {
        ReadyCredential::Tokens(cache) => Some(cache),
        _ => None,
    })
}

impl SentCredentials {
    /// Adds the selected credentials and the token to a request.
    fn apply(
        selected: &[Arc<ReadyCredential>],
        token: Option<(TokenCache, HeaderValue)>,
        request: &mut http::Request<Body>,
    ) -> Result<Self, BoxError> {
        for ready in selected {
            ready.add_to(request)?;
        }
        if let Some((_, token)) = &token {
            request.headers_mut().insert(AUTHORIZATION, token.clone());
        }
        Ok(Self { is_authenticated: !selected.is_empty(), token })
    }

    /// Returns true if the request was sent with credentials.
    pub(in super::super) fn is_authenticated(&self) -> bool {
        self.is_authenticated
    }

    /// Removes the token from the cache after a 401. Returns true if there was one, so that another attempt
    /// makes sense.
    pub(in super::super) fn discard_rejected_token(&self) -> bool {
        if let Some((cache, rejected)) = &self.token {
            cache.forget(rejected);
        }
        self.token.is_some()
    }
}

impl ReadyCredential {
    /// Adds the credential to a request. Tokens of a cache are added by the caller.
    fn add_to(&self, request: &mut http::Request<Body>) -> Result<(), BoxError> {
        match self {
            Self::Header(name, value) => {
                request.headers_mut().insert(name, value.clone());
            }
            Self::Query { name, value } => *request.uri_mut() = with_pair(request.uri(), name, value)?,
            Self::Cookie(pair) => {
                let others = request.headers().get(COOKIE).map(HeaderValue::as_bytes).unwrap_or_default();
                let joint: &[u8] = if others.is_empty() { b"" } else { b"; " };
                let value = sensitive(HeaderValue::from_bytes(&[others, joint, pair.as_bytes()].concat())?);
                request.headers_mut().insert(COOKIE, value);
            }
            Self::Tokens(_) => {}
        }
        Ok(())
    }
}

/// Sets a query parameter of a URL. It replaces parameters with the same name, which a redirect can have
/// added.
fn with_pair(uri: &Uri, name: &str, value: &str) -> Result<Uri, BoxError> {
    let is_other = |pair: &&str| !pair.is_empty() && pair.split('=').next() != Some(name);
    let mut pairs: Vec<&str> = uri.query().unwrap_or_default().split('&').filter(is_other).collect();
    let pair = format!("{name}={value}");
    pairs.push(&pair);
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(format!("{}?{}", uri.path(), pairs.join("&")).try_into()?);
    Ok(Uri::from_parts(parts)?)
}

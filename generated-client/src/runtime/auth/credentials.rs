// @generated from the OpenAPI document: change that, and generate again.

//! What a client has to show, and what of it goes with a request.

use std::borrow::Cow;
use std::slice;
use std::sync::Arc;

use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderName, HeaderValue, Uri};

use super::super::body::Body;
use super::super::operation::Operation;
use super::super::transport::BoxError;
use super::authorize::Authorize;
use super::cache::TokenCache;
use super::scheme::{Requirement, SecurityScheme};
use super::secret::Secret;

/// What a client has to show.
pub(in super::super) struct Credentials {
    pub(super) schemes: &'static [SecurityScheme],
    /// What an operation asks for that says nothing of its own.
    pub(super) security: &'static [Requirement],
    /// What goes with such an operation.
    usual: Vec<Arc<Held>>,
    /// By scheme, in their order.
    held: Vec<Option<Arc<Held>>>,
    /// What goes with every request that may have credentials at all, in place of all others.
    everywhere: Option<Everywhere>,
}

/// Credentials that are for no scheme in particular.
pub(super) enum Everywhere {
    Own(Box<dyn Authorize>),
    Held(Arc<Held>),
}

/// Credentials, ready to be sent.
pub(super) enum Held {
    Header(HeaderName, HeaderValue),
    /// A pair of the query, percent-encoded.
    Query {
        name: String,
        value: String,
    },
    /// `name=value`
    Cookie(String),
    Tokens(TokenCache),
}

/// What went with a request.
pub(in super::super) struct Presented {
    is_something: bool,
    token: Option<(TokenCache, HeaderValue)>,
}

impl Credentials {
    /// Credentials for these schemes, by their order, and what goes in place of all of them.
    pub(super) fn new(
        schemes: &'static [SecurityScheme],
        security: &'static [Requirement],
        held: Vec<Option<Arc<Held>>>,
        everywhere: Option<Everywhere>,
    ) -> Self {
        let mut credentials = Self { schemes, security, usual: Vec::new(), held, everywhere };
        credentials.usual = credentials.choose(security);
        credentials
    }

    /// Adds to a request what its operation asks for, as far as it is there. None, and nothing is added, if somebody has
    /// to be asked first.
    pub(in super::super) fn authorize_at_once(
        &self,
        operation: &Operation,
        request: &mut http::Request<Body>,
    ) -> Option<Result<Presented, BoxError>> {
        if self.own(operation).is_some() {
            return None;
        }
        let chosen = self.chosen(operation);
        let token = match tokens(&chosen) {
            Some(cache) => Some((cache.clone(), cache.kept()?)),
            None => None,
        };
        Some(Presented::with(&chosen, token, request))
    }

    /// Likewise, and asks for what is not there.
    pub(in super::super) async fn authorize(
        &self,
        operation: &Operation,
        request: &mut http::Request<Body>,
    ) -> Result<Presented, BoxError> {
        if let Some(own) = self.own(operation) {
            own.authorize(request).await?;
            return Ok(Presented { is_something: true, token: None });
        }
        let chosen = self.chosen(operation);
        let token = match tokens(&chosen) {
            Some(cache) => Some((cache.clone(), cache.header().await?)),
            None => None,
        };
        Presented::with(&chosen, token, request)
    }

    /// Which credentials an operation asks for: any one of these, or none where there are none.
    fn security(&self, operation: &Operation) -> &'static [Requirement] {
        operation.security.unwrap_or(self.security)
    }

    /// Who adds credentials to a request of this operation, if it is the user's own.
    fn own(&self, operation: &Operation) -> Option<&dyn Authorize> {
        match &self.everywhere {
            Some(Everywhere::Own(own)) if !self.security(operation).is_empty() => Some(&**own),
            _ => None,
        }
    }

    /// What goes with a request of this operation.
    fn chosen(&self, operation: &Operation) -> Cow<'_, [Arc<Held>]> {
        match (&self.everywhere, operation.security) {
            _ if self.security(operation).is_empty() => Cow::default(),
            (Some(Everywhere::Held(held)), _) => slice::from_ref(held).into(),
            (_, None) => self.usual.as_slice().into(),
            (_, Some(requirements)) => self.choose(requirements).into(),
        }
    }

    /// What satisfies the first of the alternatives that can be satisfied. If there is none, what there is of the
    /// first that something is there of: the server has the last word.
    fn choose(&self, alternatives: &[Requirement]) -> Vec<Arc<Held>> {
        let mut part = Vec::new();
        for names in alternatives.iter().filter(|names| !names.is_empty()) {
            let (chosen, is_complete) = self.satisfy(names);
            if is_complete {
                return chosen;
            }
            if part.is_empty() {
                part = chosen;
            }
        }
        part
    }

    /// What there is for all of these schemes, and whether that is all they ask for. Of several that write the same
    /// header one serves, as they cannot all be sent.
    fn satisfy(&self, names: &[&str]) -> (Vec<Arc<Held>>, bool) {
        let schemes =
            || self.schemes.iter().zip(&self.held).filter(|(scheme, _)| names.contains(&scheme.name));
        let mut chosen: Vec<(&SecurityScheme, &Arc<Held>)> = Vec::new();
        for (scheme, held) in schemes() {
            let is_new = !chosen.iter().any(|(other, _)| scheme.place.is_also(other.place));
            if let (true, Some(held)) = (is_new, held) {
                chosen.push((scheme, held));
            }
        }
        let is_complete =
            schemes().all(|(scheme, _)| chosen.iter().any(|(other, _)| scheme.place.is_also(other.place)));
        (chosen.into_iter().map(|(_, held)| held.clone()).collect(), is_complete)
    }
}

/// Where the token comes from, if there is one among them. There is one at most, as all are sent in one header.
fn tokens(chosen: &[Arc<Held>]) -> Option<&TokenCache> {
    chosen.iter().find_map(|held| match &**held {
        Held::Tokens(cache) => Some(cache),
        _ => None,
    })
}

impl Presented {
    /// Adds all of these to a request, and this token of theirs.
    fn with(
        chosen: &[Arc<Held>],
        token: Option<(TokenCache, HeaderValue)>,
        request: &mut http::Request<Body>,
    ) -> Result<Self, BoxError> {
        for held in chosen {
            held.add_to(request)?;
        }
        if let Some((_, token)) = &token {
            request.headers_mut().insert(AUTHORIZATION, token.clone());
        }
        Ok(Self { is_something: !chosen.is_empty(), token })
    }

    /// Whether there was anything to show.
    pub(in super::super) fn is_something(&self) -> bool {
        self.is_something
    }

    /// The server has answered 401. Whether there may be something better to show by now.
    pub(in super::super) fn renew(&self) -> bool {
        if let Some((cache, refused)) = &self.token {
            cache.forget(refused);
        }
        self.token.is_some()
    }
}

impl Held {
    /// Adds the credentials to a request, unless they are a token that comes and goes.
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

/// A token as it is sent: `Bearer <token>`.
///
/// # Errors
///
/// If the token is empty or holds anything but visible ASCII characters. The error does not show it.
pub(super) fn bearer(token: &Secret) -> Result<HeaderValue, BoxError> {
    let token = token.expose();
    if token.is_empty() {
        return Err("the bearer token is empty".into());
    }
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(
            "the bearer token holds a space, a line break or another character that no token has".into()
        );
    }
    Ok(sensitive(HeaderValue::try_from(format!("Bearer {token}"))?))
}

pub(super) fn sensitive(mut value: HeaderValue) -> HeaderValue {
    value.set_sensitive(true);
    value
}

/// A URL with a pair of the query, which takes the place of others of that name: those that a redirect has brought.
fn with_pair(uri: &Uri, name: &str, value: &str) -> Result<Uri, BoxError> {
    let is_other = |pair: &&str| !pair.is_empty() && pair.split('=').next() != Some(name);
    let mut pairs: Vec<&str> = uri.query().unwrap_or_default().split('&').filter(is_other).collect();
    let pair = format!("{name}={value}");
    pairs.push(&pair);
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(format!("{}?{}", uri.path(), pairs.join("&")).try_into()?);
    Ok(Uri::from_parts(parts)?)
}

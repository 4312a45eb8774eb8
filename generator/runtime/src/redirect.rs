//! Redirects: which of them are followed, and how the others are spoken of.
//!
//! A documented API has little use for redirects, and a client that follows one can be sent where its user never
//! meant to go, its token in hand. So: `GET` and `HEAD` only, to the same scheme, host and port only, and with
//! credentials not even to another path: a redirect from one resource to another is an answer that the document does
//! not know. Everything else is an error that names the target.

use http::header::LOCATION;
use http::{HeaderMap, Method, StatusCode, Uri};

use super::base_url::Origin;
use super::reference;

/// How many redirects of one call are followed.
pub(super) const LIMIT: usize = 10;

/// What is to be done about a redirect.
#[derive(Debug)]
pub(super) enum Redirect {
    Follow(Uri),
    /// With the target as it may be shown.
    Refuse(String),
}

impl Redirect {
    /// What is to be done about a response to `method` on `uri`. None if it is no redirect.
    pub(super) fn of(
        status: StatusCode,
        headers: &HeaderMap,
        method: &Method,
        uri: &Uri,
        has_credentials: bool,
    ) -> Option<Self> {
        if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
            return None;
        }
        let location = headers.get(LOCATION)?;
        let target = location.to_str().ok().and_then(|location| resolve(uri, location));
        let Some(target) = target else {
            return Some(Self::Refuse("a place that is no URL".to_owned()));
        };
        let may_follow = matches!(*method, Method::GET | Method::HEAD)
            && Origin::of(&target).is_ok_and(|origin| Origin::of(uri) == Ok(origin))
            && (!has_credentials || target.path() == uri.path());
        Some(if may_follow { Self::Follow(target) } else { Self::Refuse(shown(&target)) })
    }
}

/// Where a location leads, seen from `uri`. One that is empty leads nowhere.
pub(super) fn resolve(uri: &Uri, location: &str) -> Option<Uri> {
    let is_something = !location.is_empty();
    let target = is_something.then(|| Uri::try_from(reference::resolve(&uri.to_string(), location)))?.ok()?;
    // What has another scheme may have no host, and is read as if it were one.
    target.scheme().is_some().then_some(target)
}

/// A URL without what may be secret in it: user, password, query.
pub(super) fn shown(target: &Uri) -> String {
    let scheme = target.scheme_str().unwrap_or_default();
    let host = target.host().unwrap_or_default();
    let port = target.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{scheme}://{host}{port}{}", target.path())
}

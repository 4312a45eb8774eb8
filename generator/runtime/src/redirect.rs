//! The rules for redirects: which are followed, and how the others are shown.
//!
//! Documented APIs rarely redirect, and following a redirect can send a token to a host that the user did not
//! choose. So only `GET` and `HEAD` follow redirects, only to the same scheme, host and port, and with
//! credentials only to the same path, since another path would be a resource with a response that the
//! document does not describe. Any other redirect is an error that names its target.

use http::header::LOCATION;
use http::{HeaderMap, Method, StatusCode, Uri};

use super::base_url::Origin;
use super::reference;

/// The maximum number of redirects that an attempt follows.
pub(super) const LIMIT: usize = 10;

/// The decision about a redirect.
#[derive(Debug)]
pub(super) enum Redirect {
    Follow(Uri),
    /// Report an error with this target.
    Refuse(String),
}

impl Redirect {
    /// Decides about the response to a request. Returns `None` if it is not a redirect.
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
            return Some(Self::Refuse("an invalid URL".to_owned()));
        };
        let may_follow = matches!(*method, Method::GET | Method::HEAD)
            && Origin::of(&target).is_ok_and(|origin| Origin::of(uri) == Ok(origin))
            && (!has_credentials || target.path() == uri.path());
        Some(if may_follow { Self::Follow(target) } else { Self::Refuse(displayable(&target)) })
    }
}

/// Resolves a `location` header against the URL of the request. Returns `None` if it is empty or not a valid
/// URL.
pub(super) fn resolve(uri: &Uri, location: &str) -> Option<Uri> {
    let is_not_empty = !location.is_empty();
    let target = is_not_empty.then(|| Uri::try_from(reference::resolve(&uri.to_string(), location)))?.ok()?;
    // Without a scheme, text was parsed as a host.
    target.scheme().is_some().then_some(target)
}

/// Formats a URL without the parts that can be secret: user, password and query.
pub(super) fn displayable(target: &Uri) -> String {
    let scheme = target.scheme_str().unwrap_or_default();
    let host = target.host().unwrap_or_default();
    let port = target.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{scheme}://{host}{port}{}", target.path())
}

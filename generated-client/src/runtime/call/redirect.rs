// @generated from the OpenAPI document. Change the document, and generate again.

//! The rules for redirects: which are followed, and how the others are shown.
//!
//! Documented APIs rarely redirect, and following a redirect can send a token to a host that the user did not
//! choose. So only `GET` and `HEAD` follow redirects, only to the same scheme, host and port, and with
//! credentials only to the same path, since another path would be a resource with a response that the
//! document does not describe. Any other redirect is an error that names its target.

use http::header::LOCATION;
use http::{HeaderMap, Method, StatusCode, Uri};

use super::super::net::origin::Origin;
use super::super::net::reference;

/// The maximum number of redirects that an attempt follows.
pub(super) const LIMIT: usize = 10;

/// The decision about a redirect.
#[derive(Debug)]
pub(in super::super) enum Redirect {
    Follow(Uri),
    /// Report an error with this target.
    Refuse(String),
}

impl Redirect {
    /// Decides about the response to a request. Returns `None` if it is not a redirect.
    pub(in super::super) fn of(
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
        let target = location.to_str().ok().and_then(|location| reference::resolve(uri, location));
        let Some(target) = target else {
            return Some(Self::Refuse("an invalid URL".to_owned()));
        };
        let may_follow = matches!(*method, Method::GET | Method::HEAD)
            && Origin::of(&target).is_ok_and(|origin| Origin::of(uri) == Ok(origin))
            && (!has_credentials || target.path() == uri.path());
        Some(if may_follow { Self::Follow(target) } else { Self::Refuse(reference::displayable(&target)) })
    }
}

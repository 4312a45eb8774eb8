//! Placeholder credentials for clients of the mock server, and the check that a request has the required credentials.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE};

use super::super::api::Api;
use super::super::api::scheme::{Requirement, SchemeKind, SecurityScheme};
use super::super::auth::Credential;
use super::form;

/// Returns placeholder credentials for a security scheme.
pub(super) fn placeholder(kind: SchemeKind) -> Credential {
    match kind {
        SchemeKind::Bearer => Credential::bearer_token("mock-token"),
        SchemeKind::Basic => Credential::basic("mock-user", "mock-password"),
        SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_) => Credential::key("mock-key"),
    }
}

/// Describes the required security schemes if a request has the credentials of none of the alternatives.
///
/// Returns `None` if the credentials are complete. Their values are not checked.
pub(super) fn missing(
    api: &Api,
    requirements: &[Requirement],
    headers: &HeaderMap,
    query: &str,
) -> Option<String> {
    let schemes_of = |names: Requirement| -> Vec<&SecurityScheme> {
        api.schemes.iter().filter(|scheme| names.contains(&scheme.name)).collect()
    };
    let is_met = |names: &Requirement| {
        let schemes = schemes_of(names);
        schemes.iter().all(|scheme| {
            // If several schemes use the same header, a request can have the credentials of only one of them.
            schemes
                .iter()
                .any(|other| scheme.kind.conflicts_with(other.kind) && is_sent(other.kind, headers, query))
        })
    };
    if requirements.is_empty() || requirements.iter().any(is_met) {
        return None;
    }
    let alternatives = requirements.iter().map(|names| names.join(" and "));
    Some(alternatives.collect::<Vec<_>>().join(", or "))
}

fn is_sent(kind: SchemeKind, headers: &HeaderMap, query: &str) -> bool {
    let authorization = || headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ');
    match kind {
        SchemeKind::Bearer => authorization()
            .is_some_and(|(scheme, token)| scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty()),
        SchemeKind::Basic => authorization().is_some_and(|(scheme, pair)| {
            scheme.eq_ignore_ascii_case("basic")
                && BASE64_STANDARD.decode(pair.trim()).is_ok_and(|pair| pair.contains(&b':'))
        }),
        SchemeKind::Header(name) => headers.contains_key(name),
        SchemeKind::Query(name) => form::pairs(query).any(|(key, _)| key == name),
        SchemeKind::Cookie(name) => {
            let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
            cookies.flat_map(form::cookies).any(|(key, _)| key == name)
        }
    }
}

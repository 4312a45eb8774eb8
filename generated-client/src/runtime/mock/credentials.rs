// @generated from the OpenAPI document: change that, and generate again.

//! Credentials: those that a client of the server is given, and whether a request has those that are asked for.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE};

use super::super::api::Api;
use super::super::auth::{Credential, Place, Requirement, SecurityScheme};
use super::form;

/// Credentials of a kind. They are good for nothing anywhere else.
pub(super) fn made_up(place: Place) -> Credential {
    match place {
        Place::Bearer => Credential::bearer_token("mock-token"),
        Place::Basic => Credential::basic("mock-user", "mock-password"),
        Place::Header(_) | Place::Query(_) | Place::Cookie(_) => Credential::key("mock-key"),
    }
}

/// What is missing, in words, of the credentials that an operation asks for. Which they are does not matter.
pub(super) fn missing(
    api: &Api,
    requirements: &[Requirement],
    headers: &HeaderMap,
    query: &str,
) -> Option<String> {
    let places = |names: Requirement| -> Vec<&SecurityScheme> {
        api.schemes.iter().filter(|scheme| names.contains(&scheme.name)).collect()
    };
    let is_met = |names: &Requirement| {
        let schemes = places(names);
        schemes.iter().all(|scheme| {
            // Of several that write the same header, one can be sent.
            schemes
                .iter()
                .any(|other| scheme.place.is_also(other.place) && is_shown(other.place, headers, query))
        })
    };
    if requirements.is_empty() || requirements.iter().any(is_met) {
        return None;
    }
    let alternatives = requirements.iter().map(|names| names.join(" and "));
    Some(alternatives.collect::<Vec<_>>().join(", or "))
}

fn is_shown(place: Place, headers: &HeaderMap, query: &str) -> bool {
    let authorization = || headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ');
    match place {
        Place::Bearer => authorization()
            .is_some_and(|(scheme, token)| scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty()),
        Place::Basic => authorization().is_some_and(|(scheme, pair)| {
            scheme.eq_ignore_ascii_case("basic")
                && BASE64_STANDARD.decode(pair.trim()).is_ok_and(|pair| pair.contains(&b':'))
        }),
        Place::Header(name) => headers.contains_key(name),
        Place::Query(name) => form::pairs(query).any(|(of, _)| of == name),
        Place::Cookie(name) => {
            let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
            cookies.flat_map(form::cookies).any(|of| of == name)
        }
    }
}

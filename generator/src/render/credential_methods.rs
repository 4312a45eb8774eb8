//! The methods of the builder that set the credentials of security schemes.

use crate::ir::{BuilderMethod, Scheme, SchemeKind};

/// Returns the method that sets the credentials of a scheme. `ident` is the name of a method that is named after the
/// scheme.
pub(super) fn method<'a>(scheme: &Scheme, ident: &'a str) -> &'a str {
    match (scheme.builder_method, &scheme.kind) {
        (BuilderMethod::NamedAfterScheme, _) => ident,
        (_, SchemeKind::Bearer) => "bearer_token",
        (_, SchemeKind::Basic) => "basic_auth",
        (_, SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_)) => "api_key",
    }
}

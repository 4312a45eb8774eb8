//! Security schemes: the location and format of credentials.

use std::collections::HashMap;

use openapiv3::{APIKeyLocation, ReferenceOr, SecurityScheme};

use super::oauth::{Endpoints, flows};
use crate::diagnostics::{Code, Diagnostics, Pointer};
use crate::document::{Document, PathItem};
use crate::ir::{BuilderMethod, Scheme, SchemeKind};
use crate::lower::header_name::is_header_name;
use crate::lower::text;

/// Lowers the security schemes, and adds the token endpoints of their flows to `endpoints`.
pub(super) fn lower(
    document: &Document,
    endpoints: &mut Endpoints<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Scheme> {
    let at = Pointer::root().child("components").child("securitySchemes");
    let mut schemes = Vec::new();
    let components = document.openapi().components.iter();
    let mut declared: Vec<_> = components.flat_map(|components| &components.security_schemes).collect();
    // The order of components has no meaning, but the order in which operations require schemes has.
    let uses = first_uses(document);
    declared.sort_by_key(|(name, _)| (uses.get(name.as_str()).copied().unwrap_or(usize::MAX), *name));
    for (name, scheme) in declared {
        let Some((scheme, at)) = document.security_scheme(scheme, &at.child(name)) else { continue };
        let of_oauth = match scheme {
            SecurityScheme::OAuth2 { flows, .. } => Some(flows),
            _ => None,
        };
        if let Some(flows) = of_oauth {
            endpoints.add(name, flows);
        }
        match kind(scheme) {
            Ok(kind) => schemes.push(Scheme {
                name: name.clone(),
                builder_method: BuilderMethod::NamedAfterKind,
                kind,
                description: text::trimmed(description(scheme)),
                flows: of_oauth.map(flows).unwrap_or_default(),
            }),
            Err((field, because)) => diagnostics.report(
                Code::UnsupportedSecurity,
                &at.child(field),
                format!("security scheme `{name}` is not supported: {because}"),
                "pass your own implementation to `credentials` of the client builder",
            ),
        }
    }
    schemes
}

/// Returns the positions of the schemes among all requirements: first those of the document, then those of operations.
fn first_uses(document: &Document) -> HashMap<&str, usize> {
    let items = document.paths().values().filter_map(ReferenceOr::as_item);
    let of_operations =
        items.flat_map(PathItem::iter).filter_map(|(_, operation)| operation.security.as_ref());
    let requirements = document.openapi().security.iter().chain(of_operations).flatten();
    let mut uses = HashMap::new();
    for (position, name) in requirements.flat_map(|requirement| requirement.keys()).enumerate() {
        uses.entry(name.as_str()).or_insert(position);
    }
    uses
}

/// Returns the kind of a security scheme.
///
/// # Errors
///
/// Returns the field at fault and the reason if the client does not support the scheme.
fn kind(scheme: &SecurityScheme) -> Result<SchemeKind, (&'static str, String)> {
    match scheme {
        SecurityScheme::HTTP { scheme, .. } => match scheme.to_ascii_lowercase().as_str() {
            "bearer" => Ok(SchemeKind::Bearer),
            "basic" => Ok(SchemeKind::Basic),
            _ => Err(("scheme", format!("the client has no HTTP authentication `{scheme}`"))),
        },
        // Both result in a bearer token, which users may obtain elsewhere.
        SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. } => Ok(SchemeKind::Bearer),
        SecurityScheme::APIKey { location, name, .. } => match location {
            APIKeyLocation::Query => Ok(SchemeKind::Query(name.clone())),
            APIKeyLocation::Header | APIKeyLocation::Cookie if !is_header_name(name) => {
                Err(("name", format!("{name:?} is not a valid header or cookie name")))
            }
            APIKeyLocation::Header => Ok(SchemeKind::Header(name.clone())),
            APIKeyLocation::Cookie => Ok(SchemeKind::Cookie(name.clone())),
        },
    }
}

fn description(scheme: &SecurityScheme) -> Option<&String> {
    match scheme {
        SecurityScheme::APIKey { description, .. }
        | SecurityScheme::HTTP { description, .. }
        | SecurityScheme::OAuth2 { description, .. }
        | SecurityScheme::OpenIDConnect { description, .. } => description.as_ref(),
    }
}

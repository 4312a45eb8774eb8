//! Security schemes: the location and format of credentials.

use std::collections::{BTreeMap, HashMap};

use openapiv3::{APIKeyLocation, ReferenceOr, SecurityScheme};

use super::oauth::{Endpoints, flows};
use crate::diagnostics::Pointer;
use crate::document::{Document, PathItem, other_scheme_type};
use crate::ir::{BuilderMethod, Scheme, SchemeKind};
use crate::lower::header_name::is_header_name;
use crate::lower::text;

/// The security schemes that the client does not support, by name.
pub(in crate::lower) type Unsupported = BTreeMap<String, UnsupportedScheme>;

/// The reason why the client does not support a security scheme, and what users can do.
#[derive(Debug)]
pub(in crate::lower) struct UnsupportedScheme {
    pub(super) because: String,
    pub(super) remedy: &'static str,
}

/// Lowers the security schemes, and adds the token endpoints of their flows to `endpoints`.
pub(super) fn lower(document: &Document, endpoints: &mut Endpoints<'_>) -> (Vec<Scheme>, Unsupported) {
    let at = Pointer::root().child("components").child("securitySchemes");
    let mut schemes = Vec::new();
    let mut unsupported = Unsupported::new();
    let components = document.openapi().components.iter();
    let mut declared: Vec<_> = components.flat_map(|components| &components.security_schemes).collect();
    // The order of components has no meaning, but the order in which operations require schemes has.
    let uses = first_uses(document);
    declared.sort_by_key(|(name, _)| (uses.get(name.as_str()).copied().unwrap_or(usize::MAX), *name));
    for (name, scheme) in declared {
        let Some((scheme, _)) = document.security_scheme(scheme, &at.child(name)) else { continue };
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
            Err(reason) => drop(unsupported.insert(name.clone(), reason)),
        }
    }
    (schemes, unsupported)
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
/// Returns the reason if the client does not support the scheme.
fn kind(scheme: &SecurityScheme) -> Result<SchemeKind, UnsupportedScheme> {
    let by_authorize = |because| UnsupportedScheme {
        because,
        remedy: "pass your own implementation to `credentials` of the client builder",
    };
    if let Some(of_type) = other_scheme_type(scheme) {
        return Err(UnsupportedScheme {
            because: format!("the client has no authentication of type `{of_type}`"),
            remedy: "authenticate requests in a custom transport",
        });
    }
    match scheme {
        SecurityScheme::HTTP { scheme, .. } => match scheme.to_ascii_lowercase().as_str() {
            "bearer" => Ok(SchemeKind::Bearer),
            "basic" => Ok(SchemeKind::Basic),
            _ => Err(by_authorize(format!("the client has no HTTP authentication `{scheme}`"))),
        },
        // Both result in a bearer token, which users may obtain elsewhere.
        SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. } => Ok(SchemeKind::Bearer),
        SecurityScheme::APIKey { location, name, .. } => match location {
            APIKeyLocation::Query => Ok(SchemeKind::Query(name.clone())),
            APIKeyLocation::Header | APIKeyLocation::Cookie if !is_header_name(name) => {
                Err(by_authorize(format!("{name:?} is not a valid header or cookie name")))
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

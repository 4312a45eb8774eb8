//! The server of the API, and its security schemes.

use openapiv3::{APIKeyLocation, SecurityScheme};

use super::operation::text;
use super::{Lower, oauth};
use crate::diagnostics::{Code, Pointer};
use crate::ir::{BuilderMethod, Requirement, Scheme, SchemeKind, Server, ServerVariable};

impl Lower<'_, '_> {
    /// Lowers the servers of the document. The first is the default; users set others by `base_url`.
    pub(super) fn lower_server(&mut self) {
        let [server, others @ ..] = self.document.openapi().servers.as_slice() else { return };
        let others = others.iter().map(|other| (other.url.clone(), other.description.clone()));
        self.api.other_servers = others.collect();
        let variables = server.variables.iter().flatten();
        let variables = variables.map(|(name, variable)| ServerVariable {
            name: name.clone(),
            default: Some(variable.default.clone())
                .filter(|_| !self.config.client.required_server_variables.contains(name)),
            values: variable.enumeration.clone(),
            description: variable.description.clone(),
        });
        let url = server.url.trim_end_matches('/').to_owned();
        self.api.server = Some(Server { url, variables: variables.collect() });
    }

    /// Lowers the security schemes.
    pub(super) fn lower_security(&mut self) {
        let Some(components) = &self.document.openapi().components else { return };
        let at = Pointer::root().child("components").child("securitySchemes");
        for (name, scheme) in &components.security_schemes {
            let at = at.child(name);
            let Some((scheme, at)) = self.document.security_scheme(scheme, &at) else { continue };
            let flows = match scheme {
                SecurityScheme::OAuth2 { flows, .. } => Some(flows),
                _ => None,
            };
            if let Some(flows) = flows {
                self.lower_oauth(name, flows);
            }
            match kind(scheme) {
                Ok(kind) => self.api.security.schemes.push(Scheme {
                    name: name.clone(),
                    builder_method: BuilderMethod::NamedAfterKind,
                    kind,
                    description: text(description(scheme)),
                    flows: flows.map(oauth::flows).unwrap_or_default(),
                }),
                Err((field, because)) => self.diagnostics.report(
                    Code::UnsupportedSecurity,
                    &at.child(field),
                    format!("security scheme `{name}` is not supported: {because}"),
                    "pass your own implementation to `credentials` of the client builder",
                ),
            }
        }
    }

    /// Returns the security requirements of an operation or of the document, or `None` if neither has any.
    pub(super) fn security_of(&self, operation: &openapiv3::Operation) -> Option<Vec<Requirement>> {
        let written = operation.security.as_ref().or(self.document.openapi().security.as_ref())?;
        let mut requirements: Vec<Requirement> = Vec::with_capacity(written.len());
        for requirement in written {
            // Schemes that are undefined or unsupported are not required: the transport may add their
            // credentials.
            let known = requirement.keys().filter(|name| self.scheme(name).is_some());
            let requirement = known.cloned().collect();
            if !requirements.contains(&requirement) {
                requirements.push(requirement);
            }
        }
        Some(requirements)
    }

    /// Returns the scopes that an operation requires, for each alternative with scopes.
    pub(super) fn scopes_of(&self, operation: &openapiv3::Operation) -> Vec<Vec<String>> {
        let written = operation.security.as_ref().or(self.document.openapi().security.as_ref());
        let mut alternatives: Vec<Vec<String>> = Vec::new();
        for requirement in written.into_iter().flatten() {
            let of_tokens = requirement.iter().filter(|(name, _)| {
                self.scheme(name).is_some_and(|scheme| scheme.kind == SchemeKind::Bearer)
            });
            let scopes: Vec<String> = of_tokens.flat_map(|(_, scopes)| scopes).cloned().collect();
            if !scopes.is_empty() && !alternatives.contains(&scopes) {
                alternatives.push(scopes);
            }
        }
        alternatives
    }

    fn scheme(&self, name: &str) -> Option<&Scheme> {
        self.api.security.schemes.iter().find(|scheme| scheme.name == name)
    }
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

/// Returns true for a valid name of a header or cookie (RFC 9110, section 5.6.2).
pub(super) fn is_header_name(name: &str) -> bool {
    let is_char = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_char)
}

fn description(scheme: &SecurityScheme) -> Option<&String> {
    match scheme {
        SecurityScheme::APIKey { description, .. }
        | SecurityScheme::HTTP { description, .. }
        | SecurityScheme::OAuth2 { description, .. }
        | SecurityScheme::OpenIDConnect { description, .. } => description.as_ref(),
    }
}

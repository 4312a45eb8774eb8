//! Where the API is served, and which credentials it takes.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, SecurityScheme};

use super::operation::text;
use super::{Lower, oauth};
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Place, Requirement, Scheme, Server, ServerVariable, Setter};

impl Lower<'_, '_> {
    /// The first server of the document; the others are for `base_url`.
    pub(super) fn lower_server(&mut self) {
        let Some(server) = self.document.openapi().servers.first() else { return };
        let variables = server.variables.iter().flatten();
        let variables = variables.map(|(name, variable)| ServerVariable {
            name: name.clone(),
            default: Some(variable.default.clone())
                .filter(|_| !self.config.client.required_variables.contains(name)),
            values: variable.enumeration.clone(),
            description: variable.description.clone(),
        });
        let url = server.url.trim_end_matches('/').to_owned();
        self.api.server = Some(Server { url, variables: variables.collect() });
    }

    /// The security schemes that some operation may ask for.
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
            match place(scheme) {
                Ok(place) => self.api.security.schemes.push(Scheme {
                    name: name.clone(),
                    setter: Setter::OfKind,
                    place,
                    description: text(description(scheme)),
                    flows: flows.map(oauth::flows).unwrap_or_default(),
                }),
                Err(because) => self.diagnostics.report(
                    Code::UnsupportedSecurity,
                    &at,
                    format!("The client has no way to send the credentials of `{name}`: {because}."),
                    "Give the builder `credentials` of your own that add them to each request.",
                ),
            }
        }
    }

    /// What an operation asks for, if it says so: itself, or the document for all of them.
    pub(super) fn security_of(&self, operation: &openapiv3::Operation) -> Option<Vec<Requirement>> {
        let written = operation.security.as_ref().or(self.document.openapi().security.as_ref())?;
        let mut requirements: Vec<Requirement> = Vec::with_capacity(written.len());
        for requirement in written {
            // What is not described, or cannot be sent, is not waited for: the transport may see to it.
            let known = requirement.keys().filter(|name| self.scheme(name).is_some());
            let requirement = known.cloned().collect();
            if !requirements.contains(&requirement) {
                requirements.push(requirement);
            }
        }
        Some(requirements)
    }

    /// The scopes that an operation asks for, of each alternative that names some.
    pub(super) fn scopes_of(&self, operation: &openapiv3::Operation) -> Vec<Vec<String>> {
        let written = operation.security.as_ref().or(self.document.openapi().security.as_ref());
        let mut alternatives: Vec<Vec<String>> = Vec::new();
        for requirement in written.into_iter().flatten() {
            let of_tokens = requirement
                .iter()
                .filter(|(name, _)| self.scheme(name).is_some_and(|scheme| scheme.place == Place::Bearer));
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

    /// Settles what is usual, so that an operation needs to say only what is not, and what sets the credentials of
    /// each scheme.
    pub(super) fn settle_security(&mut self) {
        let is_silent = self.api.operations.iter().all(|operation| operation.security.is_none());
        let usual = if is_silent { self.presumed_security() } else { self.usual_security() };
        for operation in &mut self.api.operations {
            if is_silent {
                continue;
            }
            let own = operation.security.take().unwrap_or_default();
            operation.security = (own != usual).then_some(own);
        }
        self.api.security.usual = usual;
        let setters: Vec<Setter> =
            self.api.security.schemes.iter().map(|scheme| self.setter_of(scheme)).collect();
        for (scheme, setter) in self.api.security.schemes.iter_mut().zip(setters) {
            scheme.setter = setter;
        }
    }

    /// Where a document describes credentials, and never says what they are for: any of them, for everything.
    fn presumed_security(&self) -> Vec<Requirement> {
        let schemes = self.api.security.schemes.iter();
        schemes.map(|scheme| vec![scheme.name.clone()]).chain([Vec::new()]).collect()
    }

    /// What most of the operations ask for, and of several the first.
    fn usual_security(&self) -> Vec<Requirement> {
        let mut counts: IndexMap<&[Requirement], usize> = IndexMap::new();
        for operation in &self.api.operations {
            *counts.entry(operation.security.as_deref().unwrap_or_default()).or_default() += 1;
        }
        let most = counts.values().max().copied();
        let usual = counts.into_iter().find(|(_, count)| Some(*count) == most);
        usual.map(|(requirements, _)| requirements.to_vec()).unwrap_or_default()
    }

    fn setter_of(&self, scheme: &Scheme) -> Setter {
        let others = self.api.security.schemes.iter().filter(|other| other.name != scheme.name);
        let is_alone = match scheme.place {
            Place::Bearer => !others
                .filter(|other| other.place == Place::Bearer)
                .any(|other| self.is_told_apart(&scheme.name, &other.name)),
            Place::Basic => !others.clone().any(|other| other.place == Place::Basic),
            Place::Header(_) | Place::Query(_) | Place::Cookie(_) => {
                !others.clone().any(|other| other.place.is_key())
            }
        };
        match (is_alone, &scheme.place) {
            (true, Place::Bearer) => Setter::Common,
            (true, _) => Setter::OfKind,
            (false, _) => Setter::OfScheme,
        }
    }

    /// Whether some operation asks for one of two schemes, and never for the other. Otherwise the same token serves
    /// for both.
    fn is_told_apart(&self, one: &str, other: &str) -> bool {
        let security = &self.api.security;
        let own = self.api.operations.iter().filter_map(|operation| operation.security.as_ref());
        own.chain([&security.usual]).any(|requirements| {
            let names = |scheme: &str| requirements.iter().flatten().any(|name| name == scheme);
            names(one) != names(other)
        })
    }
}

/// How the credentials of a scheme are sent, or why they cannot be.
fn place(scheme: &SecurityScheme) -> Result<Place, String> {
    match scheme {
        SecurityScheme::HTTP { scheme, .. } => match scheme.to_ascii_lowercase().as_str() {
            "bearer" => Ok(Place::Bearer),
            "basic" => Ok(Place::Basic),
            _ => Err(format!("it does not know the HTTP authentication `{scheme}`")),
        },
        // Both end in a bearer token, which the user of the crate may have got elsewhere.
        SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. } => Ok(Place::Bearer),
        SecurityScheme::APIKey { location, name, .. } => match location {
            APIKeyLocation::Query => Ok(Place::Query(name.clone())),
            APIKeyLocation::Header | APIKeyLocation::Cookie if !is_token(name) => {
                Err(format!("no header and no cookie is called {name:?}"))
            }
            APIKeyLocation::Header => Ok(Place::Header(name.clone())),
            APIKeyLocation::Cookie => Ok(Place::Cookie(name.clone())),
        },
    }
}

/// Whether a name is one for headers and cookies (RFC 9110, section 5.6.2).
pub(super) fn is_token(name: &str) -> bool {
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

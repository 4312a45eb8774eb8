//! Where the API is served, and which credentials it takes.

use openapiv3::SecurityScheme;

use super::Lower;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Server, ServerVariable};

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
            match scheme {
                SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => {
                    self.api.security.bearer = true;
                }
                // Both end in a bearer token, which the user of the crate may have got elsewhere.
                SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. } => {
                    self.api.security.bearer = true;
                }
                SecurityScheme::HTTP { .. } | SecurityScheme::APIKey { .. } => self.diagnostics.report(
                    Code::UnsupportedSecurity,
                    &at,
                    format!("The client has no way to send the credentials of `{name}`."),
                    "Set the header or the parameter on each request.",
                ),
            }
        }
    }
}

//! Credentials: constants for the security schemes, `from_env`, and the setters of the client builder.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::context::Context;
use super::doc::Doc;
use super::docs;
use crate::ir::{
    BuilderMethod, ClientAuthentication, CredentialKind, EnvCredential, Environment, OAuth, Operation,
    Requirement, Scheme, SchemeKind, Security, TokenUrls,
};
use crate::naming::Ident;

/// Renders the fields of `runtime::Api` that are about credentials.
pub(super) fn constants(security: &Security) -> TokenStream {
    let schemes = security.schemes.iter().map(|scheme| {
        let Scheme { name, kind, .. } = scheme;
        let kind = match kind {
            SchemeKind::Bearer => quote!(Bearer),
            SchemeKind::Basic => quote!(Basic),
            SchemeKind::Header(name) => quote!(Header(#name)),
            SchemeKind::Query(name) => quote!(Query(#name)),
            SchemeKind::Cookie(name) => quote!(Cookie(#name)),
        };
        quote!(runtime::SecurityScheme { name: #name, kind: runtime::SchemeKind::#kind })
    });
    let default_expr = requirements(&security.default_requirements);
    let oauth = security.oauth.as_ref().map_or_else(|| quote!(None), oauth);
    quote! {
        schemes: &[#(#schemes),*],
        security: #default_expr,
        oauth: #oauth,
    }
}

/// Renders `runtime::OAuth`, with the fields that differ from its defaults.
fn oauth(oauth: &OAuth) -> TokenStream {
    let OAuth { client_urls, refresh_urls, scopes, .. } = oauth;
    let Some(default_expr) = oauth.default_token_url() else { return quote!(None) };
    let urls = |urls: &Option<TokenUrls>| {
        let TokenUrls { default_url: own, others } =
            urls.as_ref().filter(|urls| !urls.others.is_empty() || urls.default_url != *default_expr)?;
        let others: Vec<TokenStream> = others.iter().map(|(scheme, url)| quote!((#scheme, #url))).collect();
        let at = quote!(runtime::TokenUrls::at(#own));
        Some(if others.is_empty() {
            at
        } else {
            quote!(runtime::TokenUrls { others: &[#(#others),*], ..#at })
        })
    };
    let authentication = match oauth.authentication {
        ClientAuthentication::Body => None,
        ClientAuthentication::Basic => Some(quote!(Basic)),
        ClientAuthentication::Assertion => Some(quote!(Assertion)),
    };
    let fields: Vec<TokenStream> = [
        urls(client_urls).map(|urls| quote!(token: #urls)),
        urls(refresh_urls).map(|urls| quote!(refresh: #urls)),
        (!scopes.is_empty()).then(|| quote!(scopes: &[#(#scopes),*])),
        authentication.map(|it| quote!(authentication: runtime::ClientAuthentication::#it)),
        oauth.audience_is_host.then(|| quote!(audience: runtime::Audience::Host)),
        oauth.nonce_in_header.then(|| quote!(nonce: runtime::Nonce::Header)),
        oauth.key_prefix.as_ref().map(|prefix| quote!(key_prefix: Some(#prefix))),
        oauth.host_in_client_id.then(|| quote!(host_in_client_id: true)),
        oauth.subject_token_type.as_ref().map(|uri| quote!(subject_token_type: #uri)),
    ]
    .into_iter()
    .flatten()
    .collect();
    match fields.is_empty() {
        true => quote!(Some(runtime::OAuth::at(#default_expr))),
        false => quote!(Some(runtime::OAuth { #(#fields,)* ..runtime::OAuth::at(#default_expr) })),
    }
}

/// Renders the constant that lists the environment variables.
pub(super) fn environment(environment: &Environment) -> TokenStream {
    let groups = environment.credentials.iter().map(|group| {
        let alternatives = group.iter().map(|EnvCredential { variables, kind }| {
            let set = match kind {
                CredentialKind::BearerToken => {
                    quote!(|builder, values| builder.bearer_token(values[0].clone()))
                }
                CredentialKind::ClientCredentials => quote! {
                    |builder, values| builder.client_credentials(values[0].expose(), values[1].clone())
                },
                CredentialKind::TokenExchange => quote! {
                    |builder, values| {
                        let subject = runtime::Token::new(values[1].clone());
                        builder.token_exchange(values[0].expose(), move || {
                            std::future::ready(Ok(subject.clone()))
                        })
                    }
                },
                CredentialKind::Basic(scheme) => quote! {
                    |builder, values| {
                        let basic = runtime::Credential::basic(values[0].expose(), values[1].clone());
                        builder.credential(#scheme, basic)
                    }
                },
                CredentialKind::Key(scheme) => quote! {
                    |builder, values| builder.credential(#scheme, runtime::Credential::key(values[0].clone()))
                },
            };
            quote!(runtime::EnvCredential { variables: &[#(#variables),*], set: #set })
        });
        quote!(&[#(#alternatives),*])
    });
    let base_url = match &environment.base_url {
        Some(variable) => quote!(Some(#variable)),
        None => quote!(None),
    };
    let variables = environment.server_variables.iter().map(|(name, variable)| quote!((#name, #variable)));
    quote! {
        #[doc = " The environment variables that configure a client."]
        static ENVIRONMENT: runtime::Environment = runtime::Environment {
            credentials: &[#(#groups),*],
            base_url: #base_url,
            server_variables: &[#(#variables),*],
        };
    }
}

/// The functions `from_env`.
pub(super) struct FromEnv {
    /// `Client::from_env`.
    pub(super) client: TokenStream,
    /// `ClientBuilder::from_env`.
    pub(super) builder: TokenStream,
}

pub(super) fn from_env(environment: &Environment) -> FromEnv {
    let intro = match environment.credentials.iter().any(|group| group.len() > 1) {
        true => "Uses the first complete alternative of each line:",
        false => "Reads these variables:",
    };
    let lines = |of_client: &str| {
        let errors = format!(
            "Returns an error ([`is_configuration`](runtime::Error::is_configuration)) if no alternative for \
             credentials is complete{of_client} or a value is not valid. The error names the variables, never their \
             values."
        );
        let errors = ["# Errors".to_owned(), String::new(), errors];
        Doc::default().then([intro.to_owned()]).then(variables(environment)).then(errors)
    };
    let (doc, of_builder) = (lines(", the base URL is not known,"), lines(""));
    FromEnv {
        client: quote! {
            #[doc = " Builds a client from environment variables."]
            #[doc = ""]
            #doc
            pub fn from_env() -> Result<Self, runtime::Error> {
                ClientBuilder::from_env()?.build()
            }
        },
        builder: quote! {
            #[doc = " Returns a builder that is configured by environment variables."]
            #[doc = ""]
            #of_builder
            pub fn from_env() -> Result<Self, runtime::Error> {
                Self::new(&API).environment(&ENVIRONMENT, &|name| std::env::var_os(name))
            }
        },
    }
}

/// A list of the environment variables, for the documentation of `from_env`.
pub(super) fn variables(environment: &Environment) -> Vec<String> {
    let code = |name: &String| docs::code(name);
    let mut lines: Vec<String> = environment
        .credentials
        .iter()
        .map(|group| {
            let alternatives = group
                .iter()
                .map(|alternative| alternative.variables.iter().map(code).collect::<Vec<_>>().join(" and "));
            format!("- {}", alternatives.collect::<Vec<_>>().join(", or "))
        })
        .collect();
    lines.extend(environment.base_url.iter().map(|name| format!("- {}: the URL of the API", code(name))));
    let variables = environment.server_variables.iter();
    lines.extend(
        variables.map(|(name, variable)| format!("- {}: {} in that URL", code(variable), code(name))),
    );
    lines
}

/// Renders security requirements: alternatives, each with the schemes that are required together.
pub(super) fn requirements(requirements: &[Requirement]) -> TokenStream {
    quote!(&[#(&[#(#requirements),*]),*])
}

/// The credentials and scopes that an operation requires, for its documentation. `None` if no operation requires any, or
/// if the document has no security schemes: credentials of the builder are then sent with every request.
pub(super) fn line(context: &Context<'_>, operation: &Operation) -> Option<String> {
    let security = &context.api.security;
    let requirements = security.requirements_of(operation);
    let required: Vec<&Requirement> = requirements.iter().filter(|schemes| !schemes.is_empty()).collect();
    let is_optional = required.len() < requirements.len();
    let credentials = match required.is_empty() {
        true => {
            let are_known = !security.schemes.is_empty() && !security.default_requirements.is_empty();
            are_known.then(|| "Authentication: none.".to_owned())
        }
        false => {
            let optional = if is_optional { " (optional)" } else { "" };
            Some(format!("Authentication{optional}: {}.", alternatives(context, &required)))
        }
    };
    let scopes: Vec<String> = operation.scopes.iter().map(|scopes| all_of(scopes)).collect();
    let noun = if operation.scopes.iter().flatten().count() == 1 { "Scope" } else { "Scopes" };
    let scopes = (!scopes.is_empty()).then(|| format!("{noun}: {}.", any_of(&scopes)));
    let sentences: Vec<String> = credentials.into_iter().chain(scopes).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// The schemes of alternative requirements, with the methods of the builder that set their credentials. Schemes with
/// the same method share its link.
fn alternatives(context: &Context<'_>, required: &[&Requirement]) -> String {
    let mut methods: Vec<Option<String>> =
        required.iter().flat_map(|schemes| schemes.iter()).map(|name| setter_link(context, name)).collect();
    methods.dedup();
    let shared = match methods.as_slice() {
        [Some(method)] => Some(method),
        _ => None,
    };
    let scheme = |name: &String| match setter_link(context, name).filter(|_| shared.is_none()) {
        Some(method) => format!("{} ({method})", docs::code(name)),
        None => docs::code(name),
    };
    let alternatives: Vec<String> = required
        .iter()
        .map(|schemes| {
            let names: Vec<String> = schemes.iter().map(scheme).collect();
            match names.as_slice() {
                [_, _, ..] if shared.is_none() => format!("{} together", docs::listed(&names)),
                [_, _, ..] => docs::listed(&names),
                names => names.concat(),
            }
        })
        .collect();
    let alternatives = any_of(&alternatives);
    match shared {
        Some(method) if required.iter().any(|schemes| schemes.len() > 1) => {
            format!("{alternatives}, set by one call to {method}")
        }
        Some(method) => format!("{alternatives}, set by {method}"),
        None => alternatives,
    }
}

/// A link to the method of the builder that sets the credentials of a scheme.
fn setter_link(context: &Context<'_>, name: &str) -> Option<String> {
    let mut schemes = context.api.security.schemes.iter().zip(context.names.security_schemes());
    let (_, method) = schemes.find(|(scheme, _)| scheme.name == name)?;
    let method = method.as_str();
    Some(format!("[`ClientBuilder::{method}`](crate::ClientBuilder::{method})"))
}

/// Joins alternatives, each of which is made by [`all_of`].
fn any_of(alternatives: &[String]) -> String {
    let is_nested = alternatives.iter().any(|alternative| alternative.contains(" and "));
    alternatives.join(if is_nested { ", or " } else { " or " })
}

/// Joins the names of scopes that are required together.
fn all_of(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| docs::code(name)).collect();
    docs::listed(&names)
}

/// Renders the setters of the builder, except for the methods that the builder of every client has.
pub(super) fn setters(context: &Context<'_>) -> TokenStream {
    let schemes = context.api.security.schemes.iter().zip(context.names.security_schemes());
    let oauth = context.api.security.oauth.as_ref();
    schemes.filter_map(|(scheme, method)| setter(scheme, method, oauth)).collect()
}

fn setter(scheme: &Scheme, method: &Ident, oauth: Option<&OAuth>) -> Option<TokenStream> {
    let name = &scheme.name;
    if scheme.builder_method == BuilderMethod::BearerToken {
        return None;
    }
    let url = oauth.and_then(|oauth| oauth.token_url_of(name));
    let doc = doc(scheme).then(url.map(|url| {
        let url = docs::code(url);
        format!("To get tokens from {url}, set a grant with [`credential`](Self::credential) instead.")
    }));
    Some(match scheme.kind {
        SchemeKind::Basic => quote! {
            #doc
            pub fn #method(self, user: impl Into<String>, password: impl Into<runtime::Secret>) -> Self {
                self.credential(#name, runtime::Credential::basic(user, password))
            }
        },
        _ => {
            let kind = if scheme.kind.is_api_key() { "key" } else { "bearer_token" };
            let argument = format_ident!("{}", if scheme.kind.is_api_key() { "key" } else { "token" });
            let kind = format_ident!("{kind}");
            quote! {
                #doc
                pub fn #method(self, #argument: impl Into<runtime::Secret>) -> Self {
                    self.credential(#name, runtime::Credential::#kind(#argument))
                }
            }
        }
    })
}

fn doc(scheme: &Scheme) -> Doc {
    let name = docs::code(&scheme.name);
    let sent = match &scheme.kind {
        SchemeKind::Bearer => "the header `authorization: Bearer <token>`".to_owned(),
        SchemeKind::Basic => "the header `authorization: Basic <user:password>`, base64-encoded".to_owned(),
        SchemeKind::Header(header) => format!("the header {}", docs::code(header)),
        SchemeKind::Query(parameter) => format!("the query parameter {}", docs::code(parameter)),
        SchemeKind::Cookie(cookie) => format!("the cookie {}", docs::code(cookie)),
    };
    let sentence = format!("Sets the credentials of the security scheme {name}, sent as {sent}.");
    scheme.description.as_deref().map(Doc::text).unwrap_or_default().then([sentence])
}

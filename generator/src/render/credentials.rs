//! Credentials: what the document says about them, as constants and as methods of the builder.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::doc::Doc;
use super::{Context, docs};
use crate::ir::{
    ClientAuthentication, Environment, OAuth, Place, Requirement, Scheme, Security, Sets, Setter, TokenUrls,
    Way,
};
use crate::naming::Ident;

/// The fields of the API's constants.
pub(super) fn constants(security: &Security) -> TokenStream {
    let schemes = security.schemes.iter().map(|scheme| {
        let Scheme { name, place, .. } = scheme;
        let place = match place {
            Place::Bearer => quote!(Bearer),
            Place::Basic => quote!(Basic),
            Place::Header(name) => quote!(Header(#name)),
            Place::Query(name) => quote!(Query(#name)),
            Place::Cookie(name) => quote!(Cookie(#name)),
        };
        quote!(runtime::SecurityScheme { name: #name, place: runtime::Place::#place })
    });
    let usual = requirements(&security.usual);
    let oauth = security.oauth.as_ref().map_or_else(|| quote!(None), oauth);
    quote! {
        schemes: &[#(#schemes),*],
        security: #usual,
        oauth: #oauth,
    }
}

/// How tokens are handed out, as far as that is not common.
fn oauth(oauth: &OAuth) -> TokenStream {
    let OAuth { clients, users, scopes, .. } = oauth;
    let Some(usual) = oauth.usual_url() else { return quote!(None) };
    let urls = |urls: &Option<TokenUrls>| {
        let TokenUrls { usual: own, others } =
            urls.as_ref().filter(|urls| !urls.others.is_empty() || urls.usual != *usual)?;
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
        urls(clients).map(|urls| quote!(token: #urls)),
        urls(users).map(|urls| quote!(refresh: #urls)),
        (!scopes.is_empty()).then(|| quote!(scopes: &[#(#scopes),*])),
        authentication.map(|it| quote!(authentication: runtime::ClientAuthentication::#it)),
        oauth.is_for_host.then(|| quote!(audience: runtime::Audience::Host)),
        oauth.has_nonce_in_header.then(|| quote!(nonce: runtime::Nonce::Header)),
        oauth.key_prefix.as_ref().map(|prefix| quote!(key_prefix: Some(#prefix))),
        oauth.host_in_client_id.then(|| quote!(host_in_client_id: true)),
        oauth.subject_token_type.as_ref().map(|uri| quote!(subject_token_type: #uri)),
    ]
    .into_iter()
    .flatten()
    .collect();
    match fields.is_empty() {
        true => quote!(Some(runtime::OAuth::at(#usual))),
        false => quote!(Some(runtime::OAuth { #(#fields,)* ..runtime::OAuth::at(#usual) })),
    }
}

/// What is read from the environment, as a constant.
pub(super) fn environment(environment: &Environment) -> TokenStream {
    let groups = environment.credentials.iter().map(|group| {
        let ways = group.iter().map(|Way { variables, sets }| {
            let set = match sets {
                Sets::BearerToken => quote!(|builder, values| builder.bearer_token(values[0].clone())),
                Sets::ClientCredentials => quote! {
                    |builder, values| builder.client_credentials(values[0].expose(), values[1].clone())
                },
                Sets::TokenExchange => quote! {
                    |builder, values| {
                        let subject = runtime::Token::new(values[1].clone());
                        builder.token_exchange(values[0].expose(), move || {
                            std::future::ready(Ok(subject.clone()))
                        })
                    }
                },
                Sets::Basic(scheme) => quote! {
                    |builder, values| {
                        let basic = runtime::Credential::basic(values[0].expose(), values[1].clone());
                        builder.credential(#scheme, basic)
                    }
                },
                Sets::Key(scheme) => quote! {
                    |builder, values| builder.credential(#scheme, runtime::Credential::key(values[0].clone()))
                },
            };
            quote!(runtime::Way { variables: &[#(#variables),*], set: #set })
        });
        quote!(&[#(#ways),*])
    });
    let base_url = match &environment.base_url {
        Some(variable) => quote!(Some(#variable)),
        None => quote!(None),
    };
    let variables = environment.server_variables.iter().map(|(name, variable)| quote!((#name, #variable)));
    quote! {
        #[doc = " The variables of the environment that a client may be built from."]
        static ENVIRONMENT: runtime::Environment = runtime::Environment {
            credentials: &[#(#groups),*],
            base_url: #base_url,
            server_variables: &[#(#variables),*],
        };
    }
}

/// The functions that read the environment.
pub(super) struct FromEnv {
    /// That of the client.
    pub(super) client: TokenStream,
    /// That of its builder.
    pub(super) builder: TokenStream,
}

pub(super) fn from_env(environment: &Environment) -> FromEnv {
    let lines = || {
        let errors = [
            "# Errors",
            "",
            "If there are no credentials: [`Error::is_configuration`](runtime::Error::is_configuration). The error \
             names variables, and shows no value.",
        ];
        Doc::default()
            .then(["Reads the environment, of each line the first that is there:".to_owned()])
            .then(variables(environment))
            .then(errors.map(str::to_owned))
    };
    let (doc, of_builder) = (lines(), lines());
    FromEnv {
        client: quote! {
            #[doc = " Builds a client from the environment, and from nothing else."]
            #[doc = ""]
            #doc
            pub fn from_env() -> Result<Self, runtime::Error> {
                ClientBuilder::from_env()?.build()
            }
        },
        builder: quote! {
            #[doc = " Starts to build a client from the environment."]
            #[doc = ""]
            #of_builder
            pub fn from_env() -> Result<Self, runtime::Error> {
                Self::new(&API).environment(&ENVIRONMENT, &|name| std::env::var_os(name))
            }
        },
    }
}

/// What is said about the variables, in the documentation of what reads them.
pub(super) fn variables(environment: &Environment) -> Vec<String> {
    let code = |name: &String| docs::code(name);
    let mut lines: Vec<String> = environment
        .credentials
        .iter()
        .map(|group| {
            let ways =
                group.iter().map(|way| way.variables.iter().map(code).collect::<Vec<_>>().join(" and "));
            format!("- {}", ways.collect::<Vec<_>>().join(", or "))
        })
        .collect();
    lines.extend(environment.base_url.iter().map(|name| format!("- {}: the URL of the API", code(name))));
    let variables = environment.server_variables.iter();
    lines.extend(
        variables.map(|(name, variable)| format!("- {}: {} in that URL", code(variable), code(name))),
    );
    lines
}

/// What is asked for: one of these.
pub(super) fn requirements(requirements: &[Requirement]) -> TokenStream {
    quote!(&[#(&[#(#requirements),*]),*])
}

/// What is said of the scopes that an operation's token needs.
pub(super) fn scopes(alternatives: &[Vec<String>]) -> Option<String> {
    let code =
        |scopes: &Vec<String>| scopes.iter().map(|scope| docs::code(scope)).collect::<Vec<_>>().join(" and ");
    let said: Vec<String> = alternatives.iter().map(code).collect();
    let heading = if alternatives.iter().flatten().count() == 1 { "Scope" } else { "Scopes" };
    (!said.is_empty()).then(|| format!("{heading}: {}.", said.join("; or ")))
}

/// The methods of the builder. Those that every client has are not among them.
pub(super) fn setters(context: &Context<'_>) -> TokenStream {
    let schemes = context.api.security.schemes.iter().zip(context.names.security_schemes());
    let oauth = context.api.security.oauth.as_ref();
    schemes.filter_map(|(scheme, ident)| setter(scheme, ident.as_ref(), oauth)).collect()
}

fn setter(scheme: &Scheme, ident: Option<&Ident>, oauth: Option<&OAuth>) -> Option<TokenStream> {
    let name = &scheme.name;
    let method = match (scheme.setter, ident) {
        (Setter::OfScheme, Some(ident)) => quote!(#ident),
        (Setter::OfKind, _) if scheme.place == Place::Basic => quote!(basic_auth),
        (Setter::OfKind, _) if scheme.place.is_key() => quote!(api_key),
        _ => return None,
    };
    let url = oauth.and_then(|oauth| oauth.other_url(name));
    let doc = doc(scheme).then(url.map(|url| {
        let url = docs::code(url);
        format!(
            "Where {url} is to be asked for tokens, set a grant by [`credential`](Self::credential) instead."
        )
    }));
    Some(match scheme.place {
        Place::Basic => quote! {
            #doc
            pub fn #method(self, user: impl Into<String>, password: impl Into<runtime::Secret>) -> Self {
                self.credential(#name, runtime::Credential::basic(user, password))
            }
        },
        _ => {
            let kind = if scheme.place.is_key() { "key" } else { "bearer_token" };
            let argument = format_ident!("{}", if scheme.place.is_key() { "key" } else { "token" });
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
    let sent = match &scheme.place {
        Place::Bearer => "Sent as `authorization: Bearer <token>`.".to_owned(),
        Place::Basic => "Sent as `authorization: Basic <user:password>`, in base64.".to_owned(),
        Place::Header(name) => format!("Sent in the header {}.", docs::code(name)),
        Place::Query(name) => format!("Sent in the query, as {}.", docs::code(name)),
        Place::Cookie(name) => format!("Sent in the cookie {}.", docs::code(name)),
    };
    let sentence = format!("{sent} What the document calls {}.", docs::code(&scheme.name));
    scheme.description.as_deref().map(Doc::text).unwrap_or_default().then([sentence])
}

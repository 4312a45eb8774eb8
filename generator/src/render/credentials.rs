//! Credentials: what the document says about them, as constants and as methods of the builder.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::doc::Doc;
use super::{Context, docs};
use crate::ir::{Place, Requirement, Scheme, Security, Setter};
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
    quote! {
        schemes: &[#(#schemes),*],
        security: #usual,
    }
}

/// What is asked for: one of these.
pub(super) fn requirements(requirements: &[Requirement]) -> TokenStream {
    quote!(&[#(&[#(#requirements),*]),*])
}

/// The methods of the builder. Those that every client has are not among them.
pub(super) fn setters(context: &Context<'_>) -> TokenStream {
    let schemes = context.api.security.schemes.iter().zip(context.names.security_schemes());
    schemes.filter_map(|(scheme, ident)| setter(scheme, ident.as_ref())).collect()
}

fn setter(scheme: &Scheme, ident: Option<&Ident>) -> Option<TokenStream> {
    let name = &scheme.name;
    let method = match (scheme.setter, ident) {
        (Setter::OfScheme, Some(ident)) => quote!(#ident),
        (Setter::OfKind, _) if scheme.place == Place::Basic => quote!(basic_auth),
        (Setter::OfKind, _) if scheme.place.is_key() => quote!(api_key),
        _ => return None,
    };
    let doc = doc(scheme);
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

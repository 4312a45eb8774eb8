//! The headers of an answer: a struct of what the document describes, read from a response.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::Doc;
use super::{Context, debug, docs, parameter, ty};
use crate::ir::{OperationId, ResponseHeader};
use crate::naming::{HeadersNames, Ident};

/// The type of an operation's headers; that of another operation under its own name, where the two are the same.
pub(super) fn tokens(
    context: &Context<'_>,
    id: OperationId,
    headers: &[ResponseHeader],
    names: &HeadersNames,
    owner: &str,
) -> TokenStream {
    let ident = &names.ident;
    let same = context.facts.same_headers(id).and_then(|id| context.names.of_operation(id).headers.as_ref());
    if let Some(HeadersNames { ident: same, .. }) = same {
        let doc = format!(" The headers that the document describes of the answer to {owner}.");
        return quote!(#[doc = #doc] pub type #ident = #same;);
    }
    let doc =
        Doc::default().or(&format!("The headers that the document describes of the answer to {owner}."));
    let doc = doc.then(["Servers and proxies may leave out any of them.".to_owned()]);
    let fields: Vec<(&ResponseHeader, &Ident)> = headers.iter().zip(&names.fields).collect();
    let declarations = fields.iter().map(|(header, field)| {
        let doc = Doc::of(&header.docs).then([format!("The header {}.", docs::code(&header.name))]);
        let ty = ty::qualified(context, &header.ty);
        quote!(#doc pub #field: Option<#ty>,)
    });
    let values = fields.iter().map(|(header, field)| {
        let value = value(header);
        quote!(#field: #value,)
    });
    let debug = debug::hiding(ident, fields.iter().map(|(header, field)| (*field, header.secret)), None);
    let derive_debug = debug.is_none().then(|| quote!(Debug,));
    quote! {
        #doc
        #[derive(Clone, #derive_debug Default, PartialEq)]
        #[non_exhaustive]
        pub struct #ident {
            #(#declarations)*
        }

        #debug

        impl #ident {
            #[doc = " Reads them from a response: of `with_response`, or of a download or a stream."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " If a header is not what the document says: [`runtime::Error::is_decode`]."]
            pub fn of(response: &runtime::Response) -> Result<Self, runtime::Error> {
                Ok(Self { #(#values)* })
            }
        }
    }
}

fn value(header: &ResponseHeader) -> TokenStream {
    let name = &header.name;
    match ty::codec(&header.ty).filter(|_| parameter::needs_codec(&header.ty)) {
        Some(codec) => quote!(response.header_as::<#codec, _>(#name)?),
        None => quote!(response.header(#name)?),
    }
}

//! Response headers: a struct of the headers that the document describes.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::doc::Doc;
use super::{debug, docs, ty};
use crate::ir::{OperationId, ResponseHeader};
use crate::naming::{HeadersNames, Ident};

/// Renders the type of an operation's response headers: a struct, or an alias of another operation's struct if both
/// have the same headers.
pub(super) fn tokens(
    context: &Context<'_>,
    id: OperationId,
    headers: &[ResponseHeader],
    names: &HeadersNames,
    owner: &str,
) -> TokenStream {
    let ident = &names.ident;
    let same = context
        .facts
        .first_with_same_headers(id)
        .and_then(|id| context.names.of_operation(id).headers.as_ref());
    if let Some(HeadersNames { ident: same, .. }) = same {
        let doc = format!(" Response headers of {owner}.");
        return quote!(#[doc = #doc] pub type #ident = #same;);
    }
    let doc = Doc::default().or(&format!("Response headers of {owner}."));
    let doc = doc.then(["A field is `None` if the response does not have the header.".to_owned()]);
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
    let debug =
        debug::without_secrets(ident, fields.iter().map(|(header, field)| (*field, header.secret)), None);
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
            #[doc = " Decodes the headers of a response."]
            #[doc = ""]
            #[doc = " To get the response of a request, call [`with_response`](crate::RequestExt::with_response). A download"]
            #[doc = " or a stream has a method `response`."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " Returns an error ([`is_decode`](runtime::Error::is_decode)) if a header does not decode as"]
            #[doc = " the type of its field."]
            pub fn of(response: &runtime::Response) -> Result<Self, runtime::Error> {
                Ok(Self { #(#values)* })
            }
        }
    }
}

fn value(header: &ResponseHeader) -> TokenStream {
    let name = &header.name;
    match ty::codec(&header.ty).filter(|_| header.ty.needs_codec_in_text()) {
        Some(codec) => quote!(response.header_as::<#codec, _>(#name)?),
        None => quote!(response.header(#name)?),
    }
}

//! Responses: the output of a request, and how it is decoded.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::Context;
use super::doc::Doc;
use super::{docs, response_docs, ty};
use crate::ir::{Content, StatusResponse, Success, Type};
use crate::naming::{Ident, OperationNames, ResponseNames};

/// The output of a request that reads the whole response before it is decoded.
pub(super) struct BufferedResponse {
    pub(super) ty: TokenStream,
    decoding: Decoding,
}

enum Decoding {
    /// The body is ignored.
    Empty,
    Json,
    With(TokenStream),
}

impl BufferedResponse {
    /// Returns `None` if the body is read as it arrives.
    pub(super) fn of(context: &Context<'_>, success: &Success, names: &OperationNames) -> Option<Self> {
        let (ty, decoding) = match success {
            Success::Empty => (quote!(()), Decoding::Empty),
            Success::Always(content @ (Content::Text | Content::TextOrJson)) => {
                (quote!(String), Decoding::With(decode(content)))
            }
            Success::Always(Content::Json(ty)) => {
                let decoding = coded(ty).map_or(Decoding::Json, Decoding::With);
                (ty::qualified(context, ty), decoding)
            }
            Success::Always(Content::Bytes | Content::Events(_) | Content::Lines(_)) => return None,
            Success::Optional(ty) => {
                let decode = match ty::decoder(ty) {
                    Some(codec) => quote!(runtime::Response::json_or_none_as::<#codec, _>),
                    None => quote!(runtime::Response::json_or_none),
                };
                let ty = ty::qualified(context, ty);
                (quote!(Option<#ty>), Decoding::With(decode))
            }
            Success::ByStatus(_) => {
                let enum_ident = names.response.as_ref().map(|names| &names.ident);
                (quote!(#enum_ident), Decoding::With(quote!(#enum_ident::of)))
            }
        };
        Some(Self { ty, decoding })
    }

    /// Renders a request as a value of an alias of `runtime::Call`.
    pub(super) fn call(&self, alias: &Ident, request: &TokenStream) -> TokenStream {
        match &self.decoding {
            Decoding::Empty => quote!(#alias::empty(#request)),
            Decoding::Json => quote!(#alias::json(#request)),
            Decoding::With(decode) => quote!(#alias::new(#request, #decode)),
        }
    }
}

/// Renders the macro call that implements `IntoFuture` for a request with a type of its own.
pub(super) fn awaitable(context: &Context<'_>, success: &Success, names: &OperationNames) -> TokenStream {
    let request = &names.request;
    match (BufferedResponse::of(context, success, names), success) {
        (Some(BufferedResponse { decoding: Decoding::Empty, .. }), _) => {
            quote!(runtime::operation!(#request);)
        }
        (Some(BufferedResponse { ty, decoding: Decoding::Json }), _) => {
            quote!(runtime::operation!(#request -> #ty);)
        }
        (Some(BufferedResponse { ty, decoding: Decoding::With(decode) }), _) => {
            quote!(runtime::operation!(#request -> #ty, #decode);)
        }
        (None, Success::Always(content @ (Content::Events(_) | Content::Lines(_)))) => {
            let (ty, open) = stream(context, content);
            quote!(runtime::operation!(#request => #ty, #open);)
        }
        (None, _) => quote!(runtime::operation!(#request => Download);),
    }
}

/// Renders the type of a response that depends on the status.
pub(super) fn by_status(
    context: &Context<'_>,
    responses: &[StatusResponse],
    names: &ResponseNames,
    owner: &str,
) -> TokenStream {
    let ident = &names.ident;
    let doc = format!(" Response of {owner}, by status.");
    let variants = responses.iter().zip(&names.variants).map(|(response, variant)| {
        let doc = Doc::text(&response.description).or(&format!("Status `{}`.", response.status));
        let content = response.content.as_ref().map(|content| {
            let ty = received(context, content);
            quote!((#ty))
        });
        quote!(#doc #variant #content,)
    });
    let mut arms: Vec<(&StatusResponse, &Ident)> = responses.iter().zip(&names.variants).collect();
    // Codes come first, as they are more specific than a range.
    arms.sort_by_key(|(response, _)| response.code().is_none());
    // Only successful responses are matched, so a range such as `2XX` matches all that remain.
    let is_exhaustive = arms.iter().any(|(response, _)| response.code().is_none());
    let arms = arms.into_iter().map(|(response, variant)| {
        let codes: Vec<Literal> =
            response.codes(responses).into_iter().map(Literal::u16_unsuffixed).collect();
        let status = if codes.is_empty() { quote!(_) } else { quote!(#(#codes)|*) };
        let content = response.content.as_ref().map(|content| {
            let decode = decode(content);
            quote!((#decode(response)?))
        });
        quote!(#status => Self::#variant #content,)
    });
    let rest = (!is_exhaustive).then(|| quote!(_ => Self::Unknown(response),));
    let unknown = (!is_exhaustive).then(|| {
        quote! {
            #[doc = " A successful response with any other status."]
            Unknown(runtime::Response),
        }
    });
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            #unknown
        }

        impl #ident {
            fn of(response: runtime::Response) -> Result<Self, runtime::Error> {
                Ok(match response.status().as_u16() {
                    #(#arms)*
                    #rest
                })
            }
        }
    }
}

/// Renders a method that requests another media type than the default.
pub(super) fn other(
    context: &Context<'_>,
    media_type: &str,
    content: &Content,
    ident: &Ident,
    names: &OperationNames,
) -> TokenStream {
    let accept = docs::code(&format!("accept: {media_type}"));
    let output = response_docs::content_in_words(context, names, content);
    let doc = format!(
        " Sets the header {accept}. Awaiting the returned future sends the request and returns {output}."
    );
    let (ty, sent) = match content {
        Content::Bytes => (
            quote!(runtime::BoxFuture<'static, Result<runtime::Download, runtime::Error>>),
            quote!(self.request.accept(#media_type).download()),
        ),
        Content::Events(_) | Content::Lines(_) => {
            let (ty, open) = stream(context, content);
            (
                quote!(runtime::BoxFuture<'static, Result<#ty, runtime::Error>>),
                quote!(#open(self.request.accept(#media_type))),
            )
        }
        content => {
            let (ty, decode) = (received(context, content), decode(content));
            (
                quote!(runtime::ResponseFuture<#ty>),
                quote!(runtime::ResponseFuture::new(self.request.accept(#media_type), #decode)),
            )
        }
    };
    quote! {
        #[doc = #doc]
        pub fn #ident(self) -> #ty {
            #sent
        }
    }
}

/// The type of a stream, and the function that opens it.
fn stream(context: &Context<'_>, content: &Content) -> (TokenStream, TokenStream) {
    match content {
        Content::Events(Some(ty)) => {
            let ty = ty::qualified(context, ty);
            (quote!(runtime::EventStream<#ty>), quote!(runtime::EventStream::json))
        }
        Content::Lines(ty) => {
            let ty = ty::qualified(context, ty);
            (quote!(runtime::JsonLines<#ty>), quote!(runtime::JsonLines::json))
        }
        _ => (quote!(runtime::EventStream), quote!(runtime::EventStream::text)),
    }
}

/// Renders the type of a decoded body.
fn received(context: &Context<'_>, content: &Content) -> TokenStream {
    match content {
        Content::Json(ty) => ty::qualified(context, ty),
        Content::Text | Content::TextOrJson => quote!(String),
        Content::Bytes | Content::Events(_) | Content::Lines(_) => quote!(runtime::Bytes),
    }
}

/// Renders the function that decodes the body of a response.
pub(super) fn decode(content: &Content) -> TokenStream {
    match content {
        Content::Json(ty) => coded(ty).unwrap_or_else(|| quote!(runtime::Response::json)),
        Content::Text => quote!(runtime::Response::unquoted_text),
        Content::TextOrJson => quote!(runtime::Response::text_or_json),
        Content::Bytes | Content::Events(_) | Content::Lines(_) => quote!(runtime::Response::bytes),
    }
}

/// Renders the function that decodes JSON with a codec, if the type requires one.
fn coded(ty: &Type) -> Option<TokenStream> {
    let codec = ty::decoder(ty)?;
    Some(quote!(runtime::Response::json_as::<#codec, _>))
}

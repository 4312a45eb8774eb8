//! Answers: what a request is awaited for.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::Doc;
use super::{Context, ty};
use crate::ir::{Content, StatusAnswer, Success, Type};
use crate::naming::{AnswerNames, Ident, OperationNames};

/// What a request is awaited for, where the whole response makes it.
pub(super) struct Whole {
    pub(super) ty: TokenStream,
    decoding: Decoding,
}

enum Decoding {
    /// A body, if there is one, means nothing.
    Empty,
    Json,
    By(TokenStream),
}

impl Whole {
    /// None where the answer is read as it arrives.
    pub(super) fn of(context: &Context<'_>, success: &Success, names: &OperationNames) -> Option<Self> {
        let (ty, decoding) = match success {
            Success::Empty => (quote!(()), Decoding::Empty),
            Success::Always(content @ (Content::Text | Content::TextOrJson)) => {
                (quote!(String), Decoding::By(decode(content)))
            }
            Success::Always(Content::Json(ty)) => {
                let decoding = coded(ty).map_or(Decoding::Json, Decoding::By);
                (ty::qualified(context, ty), decoding)
            }
            Success::Always(Content::Bytes | Content::Events(_) | Content::Lines(_)) => return None,
            Success::Optional(ty) => {
                let decode = match ty::codec(ty).filter(|_| ty::needs_codec(ty)) {
                    Some(codec) => quote!(runtime::Response::json_or_none_as::<#codec, _>),
                    None => quote!(runtime::Response::json_or_none),
                };
                let ty = ty::qualified(context, ty);
                (quote!(Option<#ty>), Decoding::By(decode))
            }
            Success::ByStatus(_) => {
                let answer = names.answer.as_ref().map(|names| &names.ident);
                (quote!(#answer), Decoding::By(quote!(#answer::of)))
            }
        };
        Some(Self { ty, decoding })
    }

    /// A request as a `Call` of an alias.
    pub(super) fn call(&self, alias: &Ident, request: &TokenStream) -> TokenStream {
        match &self.decoding {
            Decoding::Empty => quote!(#alias::empty(#request)),
            Decoding::Json => quote!(#alias::json(#request)),
            Decoding::By(decode) => quote!(#alias::new(#request, #decode)),
        }
    }
}

/// What makes a request awaitable that has a type of its own.
pub(super) fn awaitable(context: &Context<'_>, success: &Success, names: &OperationNames) -> TokenStream {
    let request = &names.request;
    match (Whole::of(context, success, names), success) {
        (Some(Whole { decoding: Decoding::Empty, .. }), _) => quote!(runtime::operation!(#request);),
        (Some(Whole { ty, decoding: Decoding::Json }), _) => quote!(runtime::operation!(#request -> #ty);),
        (Some(Whole { ty, decoding: Decoding::By(decode) }), _) => {
            quote!(runtime::operation!(#request -> #ty, #decode);)
        }
        (None, Success::Always(content @ (Content::Events(_) | Content::Lines(_)))) => {
            let (ty, open) = stream(context, content);
            quote!(runtime::operation!(#request => #ty, #open);)
        }
        (None, _) => quote!(runtime::operation!(#request => Download);),
    }
}

/// The type of an answer that depends on the status.
pub(super) fn by_status(
    context: &Context<'_>,
    answers: &[StatusAnswer],
    names: &AnswerNames,
    owner: &str,
) -> TokenStream {
    let ident = &names.ident;
    let doc = format!(" What {owner} comes to.");
    let variants = answers.iter().zip(&names.variants).map(|(answer, variant)| {
        let doc = Doc::text(&answer.description).or(&format!("Status `{}`.", answer.status));
        let content = answer.content.as_ref().map(|content| {
            let ty = received(context, content);
            quote!((#ty))
        });
        quote!(#doc #variant #content,)
    });
    let mut arms: Vec<(&StatusAnswer, &Ident)> = answers.iter().zip(&names.variants).collect();
    // A code says more than a range of them.
    arms.sort_by_key(|(answer, _)| code(answer).is_none());
    // Whatever gets here is a success, so a range leaves nothing over.
    let leaves_nothing = arms.iter().any(|(answer, _)| code(answer).is_none());
    let arms = arms.into_iter().map(|(answer, variant)| {
        let status = code(answer).map_or_else(|| quote!(_), |code| quote!(#code));
        let content = answer.content.as_ref().map(|content| {
            let decode = decode(content);
            quote!((#decode(response)?))
        });
        quote!(#status => Self::#variant #content,)
    });
    let rest = (!leaves_nothing).then(|| quote!(_ => Self::Unknown(response),));
    let unknown = (!leaves_nothing).then(|| {
        quote! {
            #[doc = " A success with a status that the document does not know."]
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

/// The status of an answer; none where it is any success.
fn code(answer: &StatusAnswer) -> Option<proc_macro2::Literal> {
    answer.status.parse().ok().map(proc_macro2::Literal::u16_unsuffixed)
}

/// A method that asks for another answer than the usual one.
pub(super) fn other(
    context: &Context<'_>,
    media_type: &str,
    content: &Content,
    ident: &Ident,
) -> TokenStream {
    let doc = format!(" Sends the request, and asks for {} in answer.", super::docs::code(media_type));
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

/// An answer that goes on and on: its type, and what sends a request for it.
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

/// What a body is, once it has been received.
fn received(context: &Context<'_>, content: &Content) -> TokenStream {
    match content {
        Content::Json(ty) => ty::qualified(context, ty),
        Content::Text | Content::TextOrJson => quote!(String),
        Content::Bytes | Content::Events(_) | Content::Lines(_) => quote!(runtime::Bytes),
    }
}

/// What makes it of a response.
pub(super) fn decode(content: &Content) -> TokenStream {
    match content {
        Content::Json(ty) => coded(ty).unwrap_or_else(|| quote!(runtime::Response::json)),
        Content::Text => quote!(runtime::Response::text),
        Content::TextOrJson => quote!(runtime::Response::text_or_json),
        Content::Bytes | Content::Events(_) | Content::Lines(_) => quote!(runtime::Response::bytes),
    }
}

/// What decodes a type that travels in another shape than its own.
fn coded(ty: &Type) -> Option<TokenStream> {
    let codec = ty::codec(ty).filter(|_| ty::needs_codec(ty))?;
    Some(quote!(runtime::Response::json_as::<#codec, _>))
}

//! Bodies: how a method takes them, how they get into a request, and the types of those that have several parts.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::Doc;
use super::{Context, docs, parameter, ty};
use crate::ir::{Body, BodyContent, BodyKind, Multipart, Part, PartKind, Type};
use crate::naming::{FormNames, Ident, OperationNames};

/// What a method takes for a body, and the step that puts it into a request.
pub(super) struct Argument {
    pub(super) arguments: Vec<TokenStream>,
    pub(super) step: TokenStream,
}

/// How a method takes a body in one of its forms.
pub(super) fn argument(
    context: &Context<'_>,
    content: &BodyContent,
    form: Option<&FormNames>,
    names: &OperationNames,
) -> Argument {
    let (body, media_type) = (&names.body, &names.media_type);
    let (as_argument, media_type) = match &content.media_type {
        Some(fixed) => (None, quote!(#fixed)),
        None => (Some(quote!(#media_type: &str)), quote!(#media_type)),
    };
    let (argument, step) = match &content.kind {
        BodyKind::Json(it) => {
            let (argument, value) = (ty::qualified(context, it), json(it, body));
            let step = match content.media_type.as_deref() {
                None | Some("application/json") => quote!(.json(#value)),
                Some(media_type) => quote!(.json_as(#media_type, #value)),
            };
            return Argument { arguments: vec![quote!(#body: &#argument)], step };
        }
        BodyKind::Form { ty: it, styles } => {
            let (argument, value) = (ty::qualified(context, it), json(it, body));
            let styles = styles.iter().map(|(name, style)| {
                let style = parameter::style(*style);
                quote!((#name, #style))
            });
            let step = quote!(.form(&#value, &[#(#styles),*]));
            return Argument { arguments: vec![quote!(#body: &#argument)], step };
        }
        BodyKind::Multipart(_) => {
            let argument = match form {
                Some(FormNames { ident, .. }) => quote!(#ident),
                None => quote!(runtime::Multipart),
            };
            return Argument { arguments: vec![quote!(#body: #argument)], step: quote!(.multipart(#body)) };
        }
        BodyKind::Text => (quote!(&str), quote!(.bytes(#media_type, #body.to_owned()))),
        BodyKind::Bytes => (quote!(impl Into<runtime::Body>), quote!(.bytes(#media_type, #body))),
    };
    Argument { arguments: as_argument.into_iter().chain([quote!(#body: #argument)]).collect(), step }
}

/// A body, as what encodes JSON takes it.
fn json(ty: &Type, body: &Ident) -> TokenStream {
    match ty::codec(ty).filter(|_| ty::needs_codec(ty)) {
        Some(codec) => quote!(&runtime::Coded::<#codec, _>::new(#body)),
        None => quote!(#body),
    }
}

/// The type of a body that a `Call` of the runtime takes; none if it takes no such body.
pub(super) fn as_of_call(context: &Context<'_>, content: &BodyContent) -> Option<TokenStream> {
    match (&content.kind, content.media_type.as_deref()) {
        (BodyKind::Json(ty), None | Some("application/json")) if !ty::needs_codec(ty) => {
            Some(ty::qualified(context, ty))
        }
        _ => None,
    }
}

/// The type that a method takes for a body.
pub(super) fn type_of_whole(kind: &BodyKind) -> Option<&Type> {
    match kind {
        BodyKind::Json(ty) | BodyKind::Form { ty, .. } => Some(ty),
        BodyKind::Multipart(_) | BodyKind::Text | BodyKind::Bytes => None,
    }
}

/// The types that methods take for the parts of a body.
pub(super) fn types_of_parts(kind: &BodyKind) -> Vec<&Type> {
    match kind {
        BodyKind::Multipart(Multipart::Parts(parts)) => parts.iter().filter_map(Part::ty).collect(),
        _ => Vec::new(),
    }
}

/// What is said about a body in the documentation of the method that takes it.
pub(super) fn doc(
    context: &Context<'_>,
    body: &Body,
    content: &BodyContent,
    ident: &Ident,
) -> Option<String> {
    let text = body.docs.text.as_deref().map(docs::summary);
    let made_of = match &content.kind {
        BodyKind::Multipart(Multipart::Of(ty)) => ty.named().map(|id| {
            let ident = context.names.of_type(id).ident.as_str();
            format!("The parts of a [`{ident}`](crate::types::{ident}), by [`Multipart::of`](runtime::Multipart::of).")
        }),
        _ => None,
    };
    let text = text.into_iter().chain(made_of).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then(|| format!("- `{}`: {text}", ident.as_str()))
}

/// The type of a body of several parts.
pub(super) fn form(context: &Context<'_>, parts: &[Part], names: &FormNames, owner: &str) -> TokenStream {
    let ident = &names.ident;
    let parts: Vec<(&Part, &Ident)> = parts.iter().zip(&names.parts).collect();
    let required = || parts.iter().filter(|(part, _)| part.required);
    let arguments = required().map(|(part, ident)| {
        let ty = part_argument(context, part);
        quote!(#ident: #ty)
    });
    let steps = required().map(|(part, ident)| part_step(part, ident));
    let doc = format!(" The parts of the body of {owner}.");
    let texts = required().filter_map(|(part, ident)| {
        let text = part.docs.text.as_deref()?;
        Some(format!("- `{}`: {}", ident.as_str(), docs::summary(text)))
    });
    let new = Doc::text("A body with the parts that have to be there.").then(texts);
    let setters = parts.iter().filter(|(part, _)| !part.required).map(|(part, ident)| {
        let doc = Doc::of(&part.docs).or(&format!("Adds {}.", docs::code(&part.name)));
        let (ty, step) = (part_argument(context, part), part_step(part, ident));
        quote! {
            #doc
            #[must_use]
            pub fn #ident(mut self, #ident: #ty) -> Self {
                self.form = self.form #step;
                self
            }
        }
    });
    let default = required().next().is_none().then(|| {
        quote! {
            impl ::std::default::Default for #ident {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        pub struct #ident {
            form: runtime::Multipart,
        }

        impl #ident {
            #new
            pub fn new(#(#arguments),*) -> Self {
                Self { form: runtime::Multipart::new() #(#steps)* }
            }

            #(#setters)*
        }

        #default

        impl From<#ident> for runtime::Multipart {
            fn from(body: #ident) -> Self {
                body.form
            }
        }
    }
}

fn part_argument(context: &Context<'_>, part: &Part) -> TokenStream {
    match &part.kind {
        PartKind::Text(ty) | PartKind::Json(ty) => parameter::argument(context, ty),
        PartKind::File { several: false, .. } => quote!(impl Into<runtime::File>),
        PartKind::File { several: true, .. } => quote!(impl ::std::iter::IntoIterator<Item = runtime::File>),
    }
}

fn part_step(part: &Part, ident: &Ident) -> TokenStream {
    let name = &part.name;
    match &part.kind {
        PartKind::Text(ty) => {
            let value = parameter::value(ty, ident);
            quote!(.text(#name, #value))
        }
        PartKind::Json(ty) => {
            let value = parameter::value(ty, ident);
            quote!(.json(#name, #value))
        }
        PartKind::File { several, media_type } => {
            let media_type = media_type.as_deref().unwrap_or("application/octet-stream");
            if *several {
                quote!(.files(#name, #media_type, #ident))
            } else {
                quote!(.file_of(#name, #media_type, #ident))
            }
        }
    }
}

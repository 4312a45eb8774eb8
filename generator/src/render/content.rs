//! Bodies: how a method takes them, and how they get into a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, docs, parameter, ty};
use crate::ir::{Body, BodyContent, BodyKind, Multipart, Part, Type};
use crate::naming::{FormNames, Ident, OperationNames};

/// What a method takes for a body, and the step that puts it into a request.
pub(super) struct Argument {
    pub(super) arguments: Vec<TokenStream>,
    pub(super) step: TokenStream,
}

/// How a method takes a body in one of its forms.
pub(super) fn argument(context: &Context<'_>, content: &BodyContent, names: &OperationNames) -> Argument {
    let (body, media_type) = (&names.body, &names.media_type);
    let (as_argument, media_type) = match &content.media_type {
        Some(fixed) => (None, quote!(#fixed)),
        None => (Some(quote!(#media_type: &str)), quote!(#media_type)),
    };
    let (argument, step) = match &content.kind {
        BodyKind::Json(it) => {
            let (argument, value) = json_argument(context, it, body);
            let step = match content.media_type.as_deref() {
                None | Some("application/json") => quote!(.json(#value)),
                Some(media_type) => quote!(.json_as(#media_type, #value)),
            };
            return Argument { arguments: vec![quote!(#body: #argument)], step };
        }
        BodyKind::Form { ty: it, styles } => {
            let (argument, value) = (ty::qualified(context, it), json(it, body));
            let styles = styles.iter().map(|(name, style)| {
                let style = parameter::style(*style);
                quote!((#name, #style))
            });
            let styles: Vec<TokenStream> = styles.collect();
            // What calls a function is static only where it is said to be constant.
            let styles = match styles.as_slice() {
                [] => quote!(&[]),
                styles => quote!(const { &[#(#styles),*] }),
            };
            let step = quote!(.form(&#value, #styles));
            return Argument { arguments: vec![quote!(#body: &#argument)], step };
        }
        BodyKind::Multipart(_) => {
            let argument = quote!(#body: impl Into<runtime::Multipart>);
            return Argument { arguments: vec![argument], step: quote!(.multipart(#body)) };
        }
        BodyKind::Text => (quote!(&str), quote!(.bytes(#media_type, #body.to_owned()))),
        BodyKind::Bytes => (quote!(impl Into<runtime::Body>), quote!(.bytes(#media_type, #body))),
    };
    Argument { arguments: as_argument.into_iter().chain([quote!(#body: #argument)]).collect(), step }
}

/// What a method takes for a body in JSON, and how what encodes JSON takes that.
fn json_argument(context: &Context<'_>, ty: &Type, body: &Ident) -> (TokenStream, TokenStream) {
    match (ty, ty::codec(ty)) {
        (Type::Nullable(inner), None) if **inner == Type::String => (quote!(Option<&str>), quote!(&#body)),
        (Type::Nullable(inner), None) => {
            let inner = ty::qualified(context, inner);
            (quote!(Option<&#inner>), quote!(&#body))
        }
        (Type::Nullable(_), Some(codec)) => {
            let ty = ty::qualified(context, ty);
            (quote!(&#ty), quote!(&runtime::Coded::<#codec, _>::new(#body)))
        }
        _ => {
            let argument = ty::qualified(context, ty);
            (quote!(&#argument), json(ty, body))
        }
    }
}

/// What a method takes that takes a form.
pub(super) fn form_or_parts(form: &FormNames) -> String {
    format!("A [`{}`], or the same parts by hand.", form.ident.as_str())
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
        // What may be null is taken by another reference.
        (BodyKind::Json(Type::Nullable(_)), _) => None,
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
        BodyKind::Multipart(multipart) => multipart.parts().flat_map(Part::types).collect(),
        _ => Vec::new(),
    }
}

/// What is said about a body in the documentation of the method that takes it.
pub(super) fn doc(
    context: &Context<'_>,
    body: &Body,
    content: &BodyContent,
    form: Option<&FormNames>,
    ident: &Ident,
) -> Option<String> {
    let text = body.docs.text.as_deref().map(docs::summary);
    let made_of = match &content.kind {
        BodyKind::Multipart(Multipart::Of(ty)) => ty.named().map(|id| {
            let ident = context.names.of_type(id).ident.as_str();
            format!("The parts of a [`{ident}`](crate::types::{ident}), by [`Multipart::of`](runtime::Multipart::of).")
        }),
        _ => form.map(form_or_parts),
    };
    let text = text.into_iter().chain(made_of).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then(|| format!("- `{}`: {text}", ident.as_str()))
}

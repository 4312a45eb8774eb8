//! Renders request bodies: the arguments of a method, and the step that adds the body to a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::{parameter, ty};
use crate::ir::{BodyContent, BodyKind, Part, Type};
use crate::naming::{Ident, OperationNames};

/// The arguments of a method for a body, and the step that adds the body to a request.
pub(super) struct Argument {
    pub(super) arguments: Vec<TokenStream>,
    pub(super) step: TokenStream,
}

/// Returns the arguments and the step for a body of one media type.
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
            let styles = parameter::field_styles(styles);
            let step = quote!(.form(&#value, #styles));
            return Argument { arguments: vec![quote!(#body: &#argument)], step };
        }
        BodyKind::Multipart(_) => {
            let argument = quote!(#body: impl Into<runtime::Multipart>);
            let step = match content.media_type.as_deref() {
                None | Some("multipart/form-data") => quote!(.multipart(#body)),
                Some(media_type) => quote!(.multipart_as(#media_type, #body)),
            };
            return Argument { arguments: vec![argument], step };
        }
        BodyKind::Text => (quote!(&str), quote!(.bytes(#media_type, #body.to_owned()))),
        BodyKind::Bytes => (quote!(impl Into<runtime::Body>), quote!(.bytes(#media_type, #body))),
    };
    Argument { arguments: as_argument.into_iter().chain([quote!(#body: #argument)]).collect(), step }
}

/// Returns the argument type for a JSON body, and the value that the step encodes.
fn json_argument(context: &Context<'_>, ty: &Type, body: &Ident) -> (TokenStream, TokenStream) {
    match (ty, ty::codec(ty)) {
        (Type::Nullable(inner), None) if **inner == Type::String => (quote!(Option<&str>), quote!(&#body)),
        (Type::Nullable(inner), None) => {
            let inner = ty::qualified(context, inner);
            (quote!(Option<&#inner>), quote!(&#body))
        }
        (Type::Nullable(_), Some(codec)) => {
            let ty = ty::qualified(context, ty);
            (quote!(&#ty), quote!(&runtime::WithCodec::<#codec, _>::new(#body)))
        }
        _ => {
            let argument = ty::qualified(context, ty);
            (quote!(&#argument), json(ty, body))
        }
    }
}

/// Returns the value of a body that the step encodes as JSON.
fn json(ty: &Type, body: &Ident) -> TokenStream {
    match ty::codec(ty).filter(|_| ty.needs_codec()) {
        Some(codec) => quote!(&runtime::WithCodec::<#codec, _>::new(#body)),
        None => quote!(#body),
    }
}

/// Returns the type of a body that a method takes as a whole.
pub(super) fn type_of_whole(kind: &BodyKind) -> Option<&Type> {
    match kind {
        BodyKind::Json(ty) | BodyKind::Form { ty, .. } => Some(ty),
        BodyKind::Multipart(_) | BodyKind::Text | BodyKind::Bytes => None,
    }
}

/// Returns the types of the parts of a multipart body.
pub(super) fn types_of_parts(kind: &BodyKind) -> Vec<&Type> {
    match kind {
        BodyKind::Multipart(multipart) => multipart.parts().flat_map(Part::types).collect(),
        _ => Vec::new(),
    }
}

//! Renders request bodies: the arguments of a method, and the step that adds the body to a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::imports::Imports;
use super::{argument, parameter, ty};
use crate::ir::{BodyContent, BodyKind, Part, Type};
use crate::naming::OperationNames;

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
            let argument::Argument { ty: argument, value } = argument::of_body(context, it, body);
            let step = match content.media_type.as_deref() {
                None | Some("application/json") => quote!(.json(#value)),
                Some(media_type) => quote!(.json_as(#media_type, #value)),
            };
            return Argument { arguments: vec![quote!(#body: #argument)], step };
        }
        BodyKind::Form { ty: it, styles } => {
            let (argument, value) = (ty::qualified(context, it), argument::encoded(it, &quote!(#body)));
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

/// Adds what the argument for a body refers to.
pub(super) fn import(context: &Context<'_>, kind: &BodyKind, seen: &mut Imports) {
    match kind {
        BodyKind::Json(ty) => argument::import_body(context, ty, seen),
        BodyKind::Form { ty, .. } => {
            seen.ty(ty);
            seen.wire |= ty.needs_codec();
        }
        BodyKind::Multipart(_) => {
            types_of_parts(kind).into_iter().for_each(|ty| argument::import_parameter(context, ty, seen));
        }
        BodyKind::Text | BodyKind::Bytes => {}
    }
}

/// Returns the types of the parts of a multipart body.
fn types_of_parts(kind: &BodyKind) -> Vec<&Type> {
    match kind {
        BodyKind::Multipart(multipart) => multipart.parts().flat_map(Part::types).collect(),
        _ => Vec::new(),
    }
}

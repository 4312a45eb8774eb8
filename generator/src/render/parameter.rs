//! Parameters: the arguments of methods, and the calls that add them to a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, ty};
use crate::ir::{Location, Parameter, Shape, Style, StyleKind, Type};
use crate::naming::Ident;

/// The way in which a method accepts a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ArgumentKind {
    /// By value: scalars, and types with a codec.
    Value,
    /// By reference.
    Reference,
    /// As `&str`.
    Text,
    /// As `&[&str]`.
    Texts,
    /// As a slice.
    Slice,
}

/// Returns the way in which a method accepts a value of a type. Declarations and calls of methods both depend on it.
pub(super) fn argument_kind(context: &Context<'_>, ty: &Type) -> ArgumentKind {
    match ty {
        _ if needs_codec(ty) => ArgumentKind::Value,
        Type::String => ArgumentKind::Text,
        Type::List(inner) if **inner == Type::String => ArgumentKind::Texts,
        Type::List(_) => ArgumentKind::Slice,
        Type::Named(id) if !matches!(context.api.type_def(*id).shape, Shape::Enum(_)) => {
            ArgumentKind::Reference
        }
        Type::Map(_) | Type::Object | Type::Json | Type::Any => ArgumentKind::Reference,
        _ => ArgumentKind::Value,
    }
}

/// Renders the type of an argument.
pub(super) fn argument(context: &Context<'_>, ty: &Type) -> TokenStream {
    let qualified = ty::qualified(context, ty);
    match (argument_kind(context, ty), ty) {
        (ArgumentKind::Text, _) => quote!(&str),
        (ArgumentKind::Texts, _) => quote!(&[&str]),
        (ArgumentKind::Slice, Type::List(inner)) => {
            let inner = ty::qualified(context, inner);
            quote!(&[#inner])
        }
        (ArgumentKind::Reference | ArgumentKind::Slice, _) => quote!(&#qualified),
        (ArgumentKind::Value, _) => qualified,
    }
}

/// Renders an argument as the `&dyn Parameter` that a request accepts.
pub(super) fn value(ty: &Type, ident: &Ident) -> TokenStream {
    match ty::codec(ty).filter(|_| needs_codec(ty)) {
        Some(codec) => quote!(&runtime::WithCodec::<#codec, _>::new(&#ident)),
        None => quote!(&#ident),
    }
}

/// True if the text of a value differs from the text that serde makes of it.
pub(super) fn needs_codec(ty: &Type) -> bool {
    match ty {
        Type::List(inner) | Type::Map(inner) => needs_codec(inner),
        // A number has no quotes in text, even if it has them in JSON.
        Type::Integer { .. } => false,
        other => ty::codec(other).is_some(),
    }
}

/// Renders the method call that adds a parameter to a request.
pub(super) fn step(parameter: &Parameter, ident: &Ident) -> TokenStream {
    let name = &parameter.name;
    let value = value(&parameter.ty, ident);
    let Some(style) = parameter.style else {
        return match parameter.location {
            Location::Path => quote!(.path(#name, #value)),
            Location::Query => quote!(.query(#name, #value)),
            Location::Header => quote!(.header(#name, #value)),
            Location::Cookie => quote!(.cookie(#name, #value)),
        };
    };
    let style = self::style(style);
    match parameter.location {
        Location::Path => quote!(.path_as(#name, #style, #value)),
        Location::Query => quote!(.query_as(#name, #style, #value)),
        Location::Header => quote!(.header_as(#name, #style, #value)),
        Location::Cookie => quote!(.cookie_as(#name, #style, #value)),
    }
}

/// Renders a `runtime::Style`.
pub(super) fn style(style: Style) -> TokenStream {
    let kind = match style.kind {
        StyleKind::Simple => quote!(SIMPLE),
        StyleKind::Label => quote!(LABEL),
        StyleKind::Matrix => quote!(MATRIX),
        StyleKind::Form => quote!(FORM),
        StyleKind::SpaceDelimited => quote!(SPACE_DELIMITED),
        StyleKind::PipeDelimited => quote!(PIPE_DELIMITED),
        StyleKind::DeepObject => quote!(DEEP_OBJECT),
        StyleKind::Json => quote!(JSON),
    };
    let explode = style.explode.then(|| quote!(.exploded()));
    let allow_reserved = style.allow_reserved.then(|| quote!(.allow_reserved()));
    let allow_empty = style.allow_empty.then(|| quote!(.allow_empty()));
    quote!(runtime::Style::#kind #explode #allow_reserved #allow_empty)
}

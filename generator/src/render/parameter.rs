//! Parameters: how a method takes them, and how they get into a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, ty};
use crate::ir::{Location, Parameter, Shape, Style, StyleKind, Type};
use crate::naming::Ident;

/// How a method takes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// By value: what is small, and what is encoded in a way of its own.
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

/// How a method takes a value of a type. Whoever spells a method and whoever spells a call of it ask here.
pub(super) fn taken(context: &Context<'_>, ty: &Type) -> Taken {
    match ty {
        _ if needs_codec(ty) => Taken::Value,
        Type::String => Taken::Text,
        Type::List(inner) if **inner == Type::String => Taken::Texts,
        Type::List(_) => Taken::Slice,
        Type::Named(id) if !matches!(context.api.type_def(*id).shape, Shape::Enum(_)) => Taken::Reference,
        Type::Map(_) | Type::Object | Type::Json | Type::Any => Taken::Reference,
        _ => Taken::Value,
    }
}

/// The type of a value, as a method takes it.
pub(super) fn argument(context: &Context<'_>, ty: &Type) -> TokenStream {
    let qualified = ty::qualified(context, ty);
    match (taken(context, ty), ty) {
        (Taken::Text, _) => quote!(&str),
        (Taken::Texts, _) => quote!(&[&str]),
        (Taken::Slice, Type::List(inner)) => {
            let inner = ty::qualified(context, inner);
            quote!(&[#inner])
        }
        (Taken::Reference | Taken::Slice, _) => quote!(&#qualified),
        (Taken::Value, _) => qualified,
    }
}

/// A value that a method took, as a request takes it.
pub(super) fn value(ty: &Type, ident: &Ident) -> TokenStream {
    match ty::codec(ty).filter(|_| needs_codec(ty)) {
        Some(codec) => quote!(&runtime::Coded::<#codec, _>::new(&#ident)),
        None => quote!(&#ident),
    }
}

/// Whether a value has another text than by itself.
pub(super) fn needs_codec(ty: &Type) -> bool {
    match ty {
        Type::List(inner) | Type::Map(inner) => needs_codec(inner),
        // In text there are no quotes around a number anyhow.
        Type::Integer { .. } => false,
        other => ty::codec(other).is_some(),
    }
}

/// The step that puts a parameter into a request.
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

/// A style of the runtime.
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

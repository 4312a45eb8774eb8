//! Parameters: the arguments of methods, and the calls that add them to a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::ty;
use crate::analyze::arguments::{ArgumentKind, argument_kind};
use crate::ir::{Location, Parameter, Style, StyleKind, Type};
use crate::naming::Ident;

/// Renders the type of an argument.
pub(super) fn argument(context: &Context<'_>, ty: &Type) -> TokenStream {
    let qualified = ty::qualified(context, ty);
    match (argument_kind(context.api, ty), ty) {
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
    match ty::codec(ty).filter(|_| ty.needs_codec_in_text()) {
        Some(codec) => quote!(&runtime::WithCodec::<#codec, _>::new(&#ident)),
        None => quote!(&#ident),
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
            Location::QueryString => quote!(.query_string(runtime::Style::SIMPLE, #value)),
            Location::Header => quote!(.header(#name, #value)),
            Location::Cookie => quote!(.cookie(#name, #value)),
        };
    };
    if parameter.location == Location::QueryString && style.kind == StyleKind::Form {
        let styles = field_styles(&parameter.field_styles);
        return quote!(.query_form(#value, #styles));
    }
    let style = self::style(style);
    match parameter.location {
        Location::Path => quote!(.path_as(#name, #style, #value)),
        Location::Query => quote!(.query_as(#name, #style, #value)),
        Location::QueryString => quote!(.query_string(#style, #value)),
        Location::Header => quote!(.header_as(#name, #style, #value)),
        Location::Cookie => quote!(.cookie_as(#name, #style, #value)),
    }
}

/// Renders the styles of the properties of a form.
pub(super) fn field_styles(styles: &[(String, Style)]) -> TokenStream {
    let styles = styles.iter().map(|(name, style)| {
        let style = self::style(*style);
        quote!((#name, #style))
    });
    let styles: Vec<TokenStream> = styles.collect();
    // `Style` is built by function calls, which are only promoted to a static in a `const` block.
    match styles.as_slice() {
        [] => quote!(&[]),
        styles => quote!(const { &[#(#styles),*] }),
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
        StyleKind::Cookie => quote!(COOKIE),
        StyleKind::Json => quote!(JSON),
    };
    let explode = style.explode.then(|| quote!(.exploded()));
    let allow_reserved = style.allow_reserved.then(|| quote!(.allow_reserved()));
    let allow_empty = style.allow_empty.then(|| quote!(.allow_empty()));
    quote!(runtime::Style::#kind #explode #allow_reserved #allow_empty)
}

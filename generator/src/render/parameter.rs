//! Parameters: the calls that add them to a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::argument::{self, Argument};
use super::context::Context;
use crate::ir::{Location, Parameter, Style, StyleKind};
use crate::naming::Ident;

/// Renders the type of the argument for a parameter, and the method call that adds the parameter to a request.
pub(super) fn step(
    context: &Context<'_>,
    parameter: &Parameter,
    ident: &Ident,
) -> (TokenStream, TokenStream) {
    let name = &parameter.name;
    let Argument { ty, value } = argument::of_parameter(context, &parameter.ty, ident);
    let step = match (parameter.location, parameter.style) {
        (Location::Path, None) => quote!(.path(#name, #value)),
        (Location::Query, None) => quote!(.query(#name, #value)),
        (Location::QueryString, None) => quote!(.query_string(runtime::Style::SIMPLE, #value)),
        (Location::Header, None) => quote!(.header(#name, #value)),
        (Location::Cookie, None) => quote!(.cookie(#name, #value)),
        (Location::QueryString, Some(Style { kind: StyleKind::Form, .. })) => {
            let styles = field_styles(&parameter.field_styles);
            quote!(.query_form(#value, #styles))
        }
        (location, Some(style)) => {
            let style = self::style(style);
            match location {
                Location::Path => quote!(.path_as(#name, #style, #value)),
                Location::Query => quote!(.query_as(#name, #style, #value)),
                Location::QueryString => quote!(.query_string(#style, #value)),
                Location::Header => quote!(.header_as(#name, #style, #value)),
                Location::Cookie => quote!(.cookie_as(#name, #style, #value)),
            }
        }
    };
    (ty, step)
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

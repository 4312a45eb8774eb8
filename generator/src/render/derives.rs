//! The derives and attributes of types: those of every type, and those of codegen.toml.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use crate::ir::TypeId;

/// Renders the derives `own` with those of codegen.toml, and its attributes.
pub(super) fn attributes(context: &Context<'_>, id: TypeId, own: &TokenStream) -> TokenStream {
    let Some(added) = context.derives.added(id) else { return quote!(#[derive(#own)]) };
    // The settings have been checked: each text is a path or an attribute.
    let tokens = |text: &String| text.parse::<TokenStream>().unwrap_or_default();
    let derives = added.derives.iter().map(tokens);
    let attributes = added.attributes.iter().map(tokens);
    quote! {
        #[derive(#own #(, #derives)*)]
        #(#[#attributes])*
    }
}

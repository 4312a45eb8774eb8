//! Types of the user: what the generated code requires of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::ty;
use crate::analyze;

/// Renders assertions that the types of the user implement the traits that the generated code uses. Without them, the
/// compiler would report each use of a type that lacks a trait.
pub(super) fn assertions(context: &Context<'_>) -> Option<TokenStream> {
    let types = &context.api.custom_types;
    if types.is_empty() {
        return None;
    }
    let types = types.iter().map(ty::path_of);
    let with_default = analyze::types_with_default(context.api);
    let with_default = with_default.iter().map(|ty| ty::path_of(ty));
    let check_default = (with_default.len() > 0).then(|| {
        quote! {
            const fn type_of_a_required_property<T: Default>() {}
            #(type_of_a_required_property::<#with_default>();)*
        }
    });
    Some(quote! {
        #[doc = " Fails to compile if a type in codegen.toml lacks a trait."]
        const _: () = {
            const fn type_in_codegen_toml<T>()
            where
                T: Clone + std::fmt::Debug + PartialEq + Send + Sync + 'static,
                T: serde::Serialize + serde::de::DeserializeOwned,
            {
            }
            #(type_in_codegen_toml::<#types>();)*
            #check_default
        };
    })
}

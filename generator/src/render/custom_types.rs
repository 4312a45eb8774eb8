//! Types of the user: what the generated code requires of them.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::ty;
use crate::ir::{CustomType, FieldKind, Shape, Type};

/// Renders assertions that the types of the user implement the traits that the generated code uses. Without them, the
/// compiler would report each use of a type that lacks a trait.
pub(super) fn assertions(context: &Context<'_>) -> Option<TokenStream> {
    let types = &context.api.custom_types;
    if types.is_empty() {
        return None;
    }
    let types = types.iter().map(ty::path_of);
    let with_default = types_with_default(context);
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

/// Returns the types of required fields, which have a value before the field is set.
fn types_with_default<'a>(context: &Context<'a>) -> BTreeSet<&'a CustomType> {
    let structs = context.api.types().filter_map(|(_, def)| match &def.shape {
        Shape::Struct(it) => Some(&it.fields),
        _ => None,
    });
    let mut found = BTreeSet::new();
    for field in structs.flatten() {
        let FieldKind::Required(ty) = &field.kind else { continue };
        let mut open = vec![ty];
        while let Some(ty) = open.pop() {
            match ty {
                Type::Tuple(places) => open.extend(places),
                Type::Custom(custom) => drop(found.insert(custom)),
                _ => {}
            }
        }
    }
    found
}

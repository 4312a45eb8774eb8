//! `Default` for a struct, where it cannot be derived: some libraries have no empty value for their types.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::ir::{FieldKind, Type};
use crate::naming::Ident;

/// The impl; none where all fields have an empty value of their own, so that it is derived.
pub(super) fn tokens(
    context: &Context<'_>,
    ident: &Ident,
    fields: &[(&Ident, &FieldKind)],
    has_additional: bool,
) -> Option<TokenStream> {
    let empty = |kind: &FieldKind| match kind {
        FieldKind::Required(ty @ (Type::DateTime | Type::Timestamp | Type::Date)) => {
            context.libraries.default_of(ty)
        }
        _ => None,
    };
    if !fields.iter().any(|(_, kind)| empty(kind).is_some()) {
        return None;
    }
    let values = fields.iter().map(|(field, kind)| {
        let value = empty(kind).unwrap_or_else(|| quote!(Default::default()));
        quote!(#field: #value,)
    });
    let rest = if has_additional { quote!(additional_properties) } else { quote!(unknown_fields) };
    Some(quote! {
        impl Default for #ident {
            fn default() -> Self {
                Self { #(#values)* #rest: Default::default() }
            }
        }
    })
}

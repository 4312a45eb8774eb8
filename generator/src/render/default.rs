//! `Default` for a struct, where it cannot be derived: the document gives a value for what is not said, or a library has
//! no empty value for its types.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Context, ty};
use crate::ir::{FieldKind, Initial, Type};
use crate::naming::Ident;

/// A field, and the value that the document gives for it.
pub(super) struct Field<'a> {
    pub(super) ident: &'a Ident,
    pub(super) kind: &'a FieldKind,
    pub(super) initial: Option<Initial>,
}

/// The impl; none where all fields have an empty value of their own, so that it is derived.
pub(super) fn tokens(
    context: &Context<'_>,
    ident: &Ident,
    fields: &[Field<'_>],
    has_additional: bool,
) -> Option<TokenStream> {
    let values: Vec<Option<TokenStream>> = fields.iter().map(|field| value(context, field)).collect();
    if values.iter().all(Option::is_none) {
        return None;
    }
    let values = fields.iter().zip(values).map(|(field, value)| {
        let (ident, value) = (field.ident, value.unwrap_or_else(|| quote!(Default::default())));
        quote!(#ident: #value,)
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

/// What a field is that is not its empty value.
fn value(context: &Context<'_>, field: &Field<'_>) -> Option<TokenStream> {
    if let (FieldKind::Required(ty @ (Type::DateTime | Type::Timestamp | Type::Date)), None) =
        (field.kind, &field.initial)
    {
        return context.libraries.default_of(ty);
    }
    Some(match field.initial.as_ref()? {
        Initial::True => quote!(true),
        Initial::Integer(number) => {
            let number = Literal::i128_unsuffixed(*number);
            quote!(#number)
        }
        Initial::Float(number) => {
            let number = Literal::f64_unsuffixed(*number);
            quote!(#number)
        }
        Initial::Text(text) => quote!(#text.to_owned()),
        Initial::Value(id, position) => {
            let ty = ty::rust(context, &Type::Named(*id));
            let variant = &context.names.of_type(*id).variants[*position].ident;
            quote!(#ty::#variant)
        }
    })
}

//! `Default` for structs where it cannot be derived: a required field has a `default` in the document, or a type of a
//! library that does not implement `Default`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Context, ty};
use crate::ir::{DefaultValue, FieldKind, Type};
use crate::naming::Ident;

/// A field, and its default in the document.
pub(super) struct Field<'a> {
    pub(super) ident: &'a Ident,
    pub(super) kind: &'a FieldKind,
    pub(super) initial: Option<DefaultValue>,
}

/// Renders `Default` for a struct. Returns `None` if it can be derived.
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

/// Renders the default of a field; `None` if it is `Default::default()`.
fn value(context: &Context<'_>, field: &Field<'_>) -> Option<TokenStream> {
    if let (FieldKind::Required(ty @ (Type::DateTime | Type::Timestamp | Type::Date)), None) =
        (field.kind, &field.initial)
    {
        return context.libraries.default_of(ty);
    }
    Some(match field.initial.as_ref()? {
        DefaultValue::True => quote!(true),
        DefaultValue::Integer(number) => {
            let number = Literal::i128_unsuffixed(*number);
            quote!(#number)
        }
        DefaultValue::Float(number) => {
            let number = Literal::f64_unsuffixed(*number);
            quote!(#number)
        }
        DefaultValue::Text(text) => quote!(#text.to_owned()),
        DefaultValue::Value(id, position) => {
            let ty = ty::rust(context, &Type::Named(*id));
            let variant = &context.names.of_type(*id).variants[*position].ident;
            quote!(#ty::#variant)
        }
    })
}

//! `Default` for structs where it cannot be derived: a required field has a `default` in the document, or a type of a
//! library that does not implement `Default`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::Context;
use super::ty;
use crate::analyze::InitialValue;
use crate::ir::{DefaultValue, Type};
use crate::naming::Ident;

/// Renders `Default` for a struct with these fields, each with its initial value.
pub(super) fn tokens<'a>(
    context: &Context<'_>,
    ident: &Ident,
    fields: impl Iterator<Item = (&'a Ident, &'a Option<InitialValue>)>,
    has_additional: bool,
) -> TokenStream {
    let values = fields.map(|(ident, initial)| {
        let value = initial.as_ref().and_then(|initial| value(context, initial));
        let value = value.unwrap_or_else(|| quote!(Default::default()));
        quote!(#ident: #value,)
    });
    let rest = if has_additional { quote!(additional_properties) } else { quote!(unknown_fields) };
    quote! {
        impl Default for #ident {
            fn default() -> Self {
                Self { #(#values)* #rest: Default::default() }
            }
        }
    }
}

/// Renders an initial value.
fn value(context: &Context<'_>, initial: &InitialValue) -> Option<TokenStream> {
    let documented = match initial {
        InitialValue::Documented(value) => value,
        InitialValue::Epoch(ty) => return context.libraries().default_of(ty),
    };
    Some(match documented {
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

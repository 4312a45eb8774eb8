//! Enums of strings, and of integers.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::Context;
use super::doc::Doc;
use super::{derives, variants};
use crate::ir::{Constant, Enum, EnumKind, TypeId};
use crate::naming::Ident;

pub(super) fn tokens(context: &Context<'_>, id: TypeId, it: &Enum) -> TokenStream {
    let names = context.names.of_type(id);
    let ident = &names.ident;
    let doc = Doc::of_type(context.api.type_def(id));
    let idents: Vec<&Ident> = names.variants.iter().map(|variant| &variant.ident).collect();
    let wire_values: Vec<&str> = it.values.iter().map(|value| value.wire.as_str()).collect();
    let is_text = it.kind == EnumKind::Text;
    let derive_default = it.default.is_some().then(|| quote!(Default,));
    let declarations = idents.iter().zip(&wire_values).enumerate().map(|(position, (variant, wire))| {
        let text = it.values[position].text.as_deref().map(Doc::text).unwrap_or_default();
        let doc = text.then([variants::wire_value(&Constant::Text((*wire).to_owned()))]);
        let default = (it.default == Some(position)).then(|| quote!(#[default]));
        quote!(#doc #default #variant,)
    });
    let default = it.default.is_none().then(|| {
        let (doc, empty) = if is_text {
            (" Returns `Unknown` with the empty string.", quote!(wire::UnknownValue::from("")))
        } else {
            (" Returns `Unknown` with zero.", quote!(0))
        };
        quote! {
            #[doc = #doc]
            impl Default for #ident {
                fn default() -> Self {
                    Self::Unknown(#empty)
                }
            }
        }
    });
    let derived = derives::attributes(context, id, &quote!(Clone, Debug, #derive_default PartialEq));
    let unknown = if is_text { quote!(wire::UnknownValue) } else { quote!(i64) };
    let codec = if is_text {
        text_codec(ident, &idents, &wire_values, it.is_open)
    } else {
        integer_codec(ident, &idents, &wire_values)
    };
    quote! {
        #doc
        #derived
        #[non_exhaustive]
        pub enum #ident {
            #(#declarations)*
            #[doc = " An unknown value, preserved as received."]
            Unknown(#unknown),
        }

        #default

        #codec
    }
}

fn text_codec(ident: &Ident, variants: &[&Ident], wire_values: &[&str], is_open: bool) -> TokenStream {
    let is_open = is_open.then(|| {
        quote!(
            const IS_OPEN: bool = true;
        )
    });
    quote! {
        impl #ident {
            #[doc = " Returns the string that is sent for this value."]
            pub fn as_str(&self) -> &str {
                wire::Text::text(self)
            }
        }

        impl wire::Text for #ident {
            const VALUES: &'static [Self] = &[#(Self::#variants),*];
            #is_open

            fn get(&self) -> Result<&'static str, &wire::UnknownValue> {
                Ok(match self {
                    #(Self::#variants => #wire_values,)*
                    Self::Unknown(value) => return Err(value),
                })
            }

            fn unknown(value: wire::UnknownValue) -> Self {
                Self::Unknown(value)
            }
        }

        wire::serde_text!(#ident);
    }
}

fn integer_codec(ident: &Ident, variants: &[&Ident], wire_values: &[&str]) -> TokenStream {
    let numbers = wire_values.iter().map(|wire| {
        // Lowering has checked that the value is a 64-bit integer.
        Literal::i64_unsuffixed(wire.parse().unwrap_or_default())
    });
    quote! {
        impl #ident {
            #[doc = " Returns the integer that is sent for this value."]
            pub fn number(&self) -> i64 {
                wire::Integer::get(self)
            }
        }

        impl wire::Integer for #ident {
            const VALUES: &'static [Self] = &[#(Self::#variants),*];

            fn get(&self) -> i64 {
                match self {
                    #(Self::#variants => #numbers,)*
                    Self::Unknown(value) => *value,
                }
            }

            fn unknown(value: i64) -> Self {
                Self::Unknown(value)
            }
        }

        wire::serde_integer!(#ident);
    }
}

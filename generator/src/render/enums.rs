//! Enums of strings.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::Doc;
use super::{Context, docs};
use crate::ir::{Enum, TypeId};
use crate::naming::Ident;

pub(super) fn tokens(context: &Context<'_>, id: TypeId, it: &Enum) -> TokenStream {
    let names = context.names.of_type(id);
    let ident = &names.ident;
    let doc = Doc::of(&context.api.type_def(id).docs);
    let variants: Vec<&Ident> = names.variants.iter().map(|variant| &variant.ident).collect();
    let wire_values: Vec<&str> = it.values.iter().map(|value| value.wire.as_str()).collect();
    let derive_default = it.first_is_default.then(|| quote!(Default,));
    let declarations = variants.iter().zip(&wire_values).enumerate().map(|(position, (variant, wire))| {
        let doc = format!(" {}", docs::code(wire));
        // A value that would break out of the code span is legible in `as_str`.
        let doc = (!wire.is_empty() && !wire.contains(|c: char| c == '`' || c.is_control())).then_some(doc);
        let doc = doc.map(|doc| quote!(#[doc = #doc]));
        let default = (it.first_is_default && position == 0).then(|| quote!(#[default]));
        quote!(#doc #default #variant,)
    });
    let default = (!it.first_is_default).then(|| {
        quote! {
            /// No value yet: the empty text.
            impl Default for #ident {
                fn default() -> Self {
                    Self::Unknown(wire::UnknownValue::from(""))
                }
            }
        }
    });
    quote! {
        #doc
        #[derive(Clone, Debug, #derive_default PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#declarations)*
            #[doc = " A value that this crate does not know, as it was received."]
            Unknown(wire::UnknownValue),
        }

        #default

        impl #ident {
            #[doc = " The value as it is on the wire."]
            pub fn as_str(&self) -> &str {
                wire::Text::text(self)
            }
        }

        impl wire::Text for #ident {
            const VALUES: &'static [Self] = &[#(Self::#variants),*];

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

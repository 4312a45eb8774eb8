//! Unions: an enum, what it is made from, how to look into it, and how its members are read and written.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::doc::Doc;
use super::variants::{self, Rendered};
use super::{Context, ty, types};
use crate::ir::{OneOf, TypeId};
use crate::naming::Ident;

pub(super) fn tokens(context: &Context<'_>, id: TypeId, it: &OneOf) -> TokenStream {
    let ident = &context.names.of_type(id).ident;
    let variants = variants::of(context, id);
    let doc = Doc::of(&context.api.type_def(id).docs).or(nature(it));
    let declarations = variants.iter().map(|variant| variant.declaration(context));
    let accessors = variants.iter().filter_map(|variant| variant.accessor(context));
    let conversions = variants::conversions(context, ident, &variants, true);
    let codec = codec(ident, &variants);
    let name = types::serde_name(context, id);
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#declarations)*
            #[doc = " None of these, or several at once: the members as they were received."]
            Unknown(wire::Object),
        }

        #[doc = " Nothing is set."]
        impl Default for #ident {
            fn default() -> Self {
                Self::Unknown(wire::Object::new())
            }
        }

        impl #ident {
            #(#accessors)*
        }

        #conversions

        #codec

        wire::serde_one_of!(#ident, #name);
    }
}

/// What a union is whose document does not say it.
fn nature(it: &OneOf) -> &'static str {
    if it.flattened {
        "At most one of several members of an object that has others as well."
    } else {
        "At most one of several members of an object."
    }
}

fn codec(ident: &Ident, variants: &[Rendered<'_>]) -> TokenStream {
    let keys = variants.iter().map(|variant| variant.variant.key.as_str());
    let reads = variants.iter().enumerate().map(|(position, variant)| {
        let read = read(variant);
        if position + 1 == variants.len() {
            return quote!(_ => #read);
        }
        let position = Literal::usize_unsuffixed(position);
        quote!(#position => #read)
    });
    let body = match variants {
        [only] => read(only),
        _ => quote!(match member { #(#reads,)* }),
    };
    let member = if variants.len() == 1 { quote!(_) } else { quote!(member) };
    let writes = variants.iter().map(write);
    quote! {
        impl wire::OneOf for #ident {
            const MEMBERS: &'static [&'static str] = &[#(#keys),*];

            fn read<'de, D: wire::Deserializer<'de>>(
                #member: usize,
                input: wire::Input<'de, D>,
            ) -> Result<Option<Self>, D::Error> {
                #body
            }

            fn write<M: wire::SerializeMap>(&self, output: &mut wire::Output<M>) {
                match self {
                    #(#writes)*
                    Self::Unknown(object) => output.all(object),
                }
            }

            fn unknown(object: wire::Object) -> Self {
                Self::Unknown(object)
            }

            fn unknown_mut(&mut self) -> Option<&mut wire::Object> {
                match self {
                    Self::Unknown(object) => Some(object),
                    _ => None,
                }
            }
        }
    }
}

fn read(variant: &Rendered<'_>) -> TokenStream {
    let ident = &variant.names.ident;
    match ty::codec(&variant.variant.ty) {
        None => quote!(input.member(Self::#ident)),
        Some(codec) => quote!(input.member_as::<#codec, _, _>(Self::#ident)),
    }
}

fn write(variant: &Rendered<'_>) -> TokenStream {
    let (ident, key) = (&variant.names.ident, &variant.variant.key);
    match ty::codec(&variant.variant.ty) {
        None => quote!(Self::#ident(value) => output.put(#key, value),),
        Some(codec) => quote!(Self::#ident(value) => output.put_as::<#codec, _>(#key, value),),
    }
}

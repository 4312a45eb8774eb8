//! Unions distinguished by which property of an object is set: an enum with its accessors, conversions and serde
//! impls.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::Context;
use super::doc::Doc;
use super::variants::{self, RenderedVariant};
use super::{derives, ty};
use crate::ir::{KeyedUnion, TypeId};
use crate::naming::Ident;

pub(super) fn tokens(context: &Context<'_>, id: TypeId, it: &KeyedUnion) -> TokenStream {
    let ident = &context.names.of_type(id).ident;
    let variants = variants::of(context, id);
    let doc = Doc::of_type(context.api.type_def(id)).or(default_doc(it));
    let declarations = variants.iter().map(|variant| variant.declaration(context));
    let accessors = variants.iter().filter_map(|variant| variant.accessor(context));
    let conversions = variants::conversions(context, id, &variants);
    let codec = codec(ident, &variants);
    let name = ty::serde_name(context, id);
    let derived = derives::attributes(context, id, &quote!(Clone, Debug, PartialEq));
    quote! {
        #doc
        #derived
        #[non_exhaustive]
        pub enum #ident {
            #(#declarations)*
            #[doc = " A value that matches no variant, or several: the properties as received."]
            Unknown(wire::Object),
        }

        #[doc = " Returns `Unknown` without properties."]
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

        wire::serde_keyed_union!(#ident, #name);
    }
}

/// The documentation of a union that the document does not describe.
fn default_doc(it: &KeyedUnion) -> &'static str {
    if it.flattened {
        "At most one of several properties, which belong to the enclosing object."
    } else {
        "An object with at most one of several properties."
    }
}

fn codec(ident: &Ident, variants: &[RenderedVariant<'_>]) -> TokenStream {
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
        _ => quote!(match key { #(#reads,)* }),
    };
    let key = if variants.len() == 1 { quote!(_) } else { quote!(key) };
    let writes = variants.iter().map(write);
    quote! {
        impl wire::KeyedUnion for #ident {
            const KEYS: &'static [&'static str] = &[#(#keys),*];

            fn read<'de, D: wire::Deserializer<'de>>(
                #key: usize,
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

fn read(variant: &RenderedVariant<'_>) -> TokenStream {
    let ident = &variant.names.ident;
    match ty::decoder(&variant.variant.ty) {
        None => quote!(input.key(Self::#ident)),
        Some(codec) => quote!(input.key_as::<#codec, _, _>(Self::#ident)),
    }
}

fn write(variant: &RenderedVariant<'_>) -> TokenStream {
    let (ident, key) = (&variant.names.ident, &variant.variant.key);
    match ty::codec(&variant.variant.ty) {
        None => quote!(Self::#ident(value) => output.put(#key, value),),
        Some(codec) => quote!(Self::#ident(value) => output.put_as::<#codec, _>(#key, value),),
    }
}

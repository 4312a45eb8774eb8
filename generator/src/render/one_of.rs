//! Unions: an enum, what it is made from, how to look into it, and how its members are read and written.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::doc::Doc;
use super::{Context, ty};
use crate::ir::{OneOf, Type, TypeId, Variant};
use crate::naming::{Ident, VariantNames};

pub(super) fn tokens(context: &Context<'_>, id: TypeId, it: &OneOf) -> TokenStream {
    let ident = &context.names.of_type(id).ident;
    let variants: Vec<Rendered<'_>> = it
        .variants
        .iter()
        .zip(&context.names.of_type(id).variants)
        .enumerate()
        .map(|(position, (variant, names))| Rendered {
            variant,
            names,
            boxed: context.facts.is_boxed(id, position),
        })
        .collect();
    let doc = Doc::of(&context.api.type_def(id).docs).or(nature(it));
    let declarations = variants.iter().map(|variant| variant.declaration(context));
    let accessors = variants.iter().map(|variant| variant.accessor(context));
    let conversions = conversions(context, ident, &variants);
    let codec = codec(ident, &variants);
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

        wire::serde_one_of!(#ident);
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

/// `From` for each type that only one of the variants holds.
fn conversions(context: &Context<'_>, ident: &Ident, variants: &[Rendered<'_>]) -> TokenStream {
    let conversions = variants.iter().filter_map(|rendered| {
        let Type::Named(id) = rendered.variant.ty else { return None };
        let is_only = variants.iter().filter(|other| other.variant.ty == Type::Named(id)).count() == 1;
        if !is_only {
            return None;
        }
        let (from, variant) = (&context.names.of_type(id).ident, &rendered.names.ident);
        let value = if rendered.boxed { quote!(Box::new(value)) } else { quote!(value) };
        Some(quote! {
            impl From<#from> for #ident {
                fn from(value: #from) -> Self {
                    Self::#variant(#value)
                }
            }
        })
    });
    quote!(#(#conversions)*)
}

fn codec(ident: &Ident, variants: &[Rendered<'_>]) -> TokenStream {
    let keys = variants.iter().map(|variant| variant.variant.key.as_str());
    let reads = variants.iter().enumerate().map(|(position, variant)| {
        let read = variant.read();
        if position + 1 == variants.len() {
            return quote!(_ => #read);
        }
        let position = Literal::usize_unsuffixed(position);
        quote!(#position => #read)
    });
    let body = match variants {
        [only] => only.read(),
        _ => quote!(match member { #(#reads,)* }),
    };
    let member = if variants.len() == 1 { quote!(_) } else { quote!(member) };
    let writes = variants.iter().map(Rendered::write);
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
        }
    }
}

/// A variant with all that its spelling depends on.
struct Rendered<'a> {
    variant: &'a Variant,
    names: &'a VariantNames,
    boxed: bool,
}

impl Rendered<'_> {
    fn ty(&self, context: &Context<'_>) -> TokenStream {
        ty::rust(context, &self.variant.ty)
    }

    fn declaration(&self, context: &Context<'_>) -> TokenStream {
        let ident = &self.names.ident;
        let doc = Doc::of(&self.variant.docs);
        let ty = self.ty(context);
        let ty = if self.boxed { quote!(Box<#ty>) } else { ty };
        quote! {
            #doc
            #ident(#ty),
        }
    }

    fn accessor(&self, context: &Context<'_>) -> TokenStream {
        let (ident, accessor) = (&self.names.ident, &self.names.accessor);
        let ty = self.ty(context);
        let doc = format!(" What [`{0}`](Self::{0}) holds, if it is that.", ident.as_str());
        quote! {
            #[doc = #doc]
            pub fn #accessor(&self) -> Option<&#ty> {
                match self {
                    Self::#ident(value) => Some(value),
                    _ => None,
                }
            }
        }
    }

    fn read(&self) -> TokenStream {
        let ident = &self.names.ident;
        match ty::codec(&self.variant.ty) {
            None => quote!(input.member(Self::#ident)),
            Some(codec) => quote!(input.member_as::<#codec, _, _>(Self::#ident)),
        }
    }

    fn write(&self) -> TokenStream {
        let (ident, key) = (&self.names.ident, &self.variant.key);
        match ty::codec(&self.variant.ty) {
            None => quote!(Self::#ident(value) => output.put(#key, value),),
            Some(codec) => quote!(Self::#ident(value) => output.put_as::<#codec, _>(#key, value),),
        }
    }
}

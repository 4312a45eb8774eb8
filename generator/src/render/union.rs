//! Unions told apart by looking at the value: an enum, what its values look like, and how they are read and written.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::doc::Doc;
use super::variants::{self, Rendered};
use super::{Context, docs, ty};
use crate::ir::{Alternative, Constant, Kind, Look, Strategy, TypeId, Union};
use crate::naming::Ident;

pub(super) fn tokens(context: &Context<'_>, id: TypeId, it: &Union) -> TokenStream {
    let ident = &context.names.of_type(id).ident;
    let variants = variants::of(context, id);
    let doc = Doc::of(&context.api.type_def(id).docs).or(&nature(it));
    let declarations = variants.iter().map(|variant| variant.declaration(context));
    let accessors = variants.iter().filter_map(|variant| variant.accessor(context));
    let conversions = variants::conversions(context, ident, &variants, false);
    let codec = codec(ident, it, &variants);
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#declarations)*
            #[doc = " None of these: the value as it was received."]
            Unknown(wire::Value),
        }

        #[doc = " Null, which is none of the variants."]
        impl Default for #ident {
            fn default() -> Self {
                Self::Unknown(wire::Value::Null)
            }
        }

        impl #ident {
            #(#accessors)*
        }

        #conversions

        #codec

        wire::serde_union!(#ident);
    }
}

/// What a union is whose document does not say it.
fn nature(it: &Union) -> String {
    let member =
        it.alternatives.iter().flat_map(|alternative| &alternative.looks).find_map(|look| match look {
            Look::Tag { member, .. } | Look::Member { member, .. } => Some(docs::code(member)),
            _ => None,
        });
    let is_object =
        |look: &Look| matches!(look, Look::Tag { .. } | Look::Object { .. } | Look::Member { .. });
    let what = match it.alternatives.iter().all(|alternative| alternative.looks.iter().all(is_object)) {
        true => "One of several objects,",
        false => "One of several values, the objects of which are",
    };
    match (it.strategy, member) {
        (Strategy::Discriminator | Strategy::Constant, Some(member)) => format!("{what} told apart by {member}."),
        (Strategy::Member, Some(member)) => format!("{what} told apart by what {member} is."),
        (Strategy::Keys, _) => format!("{what} told apart by the members that each requires."),
        (Strategy::Trial, _) => "One of several values: the first that fits what is received, of objects the one that knows most of the members.".to_owned(),
        _ => "One of several values, told apart by their JSON types.".to_owned(),
    }
}

fn codec(ident: &Ident, it: &Union, variants: &[Rendered<'_>]) -> TokenStream {
    let looks = it.alternatives.iter().map(|alternative| {
        let looks = alternative.looks.iter().map(look);
        quote!(&[#(#looks),*])
    });
    let reads = variants.iter().enumerate().map(|(position, variant)| {
        let read = read(variant);
        if position + 1 == variants.len() {
            return quote!(_ => #read);
        }
        let position = Literal::usize_unsuffixed(position);
        quote!(#position => #read)
    });
    let (variant, body) = match variants {
        [only] => (quote!(_), read(only)),
        _ => (quote!(variant), quote!(match variant { #(#reads,)* })),
    };
    let is_read = variants.iter().any(|variant| variant.constant().is_none());
    let input = if is_read { quote!(input) } else { quote!(_) };
    let writes =
        variants.iter().zip(&it.alternatives).map(|(variant, alternative)| write(variant, alternative));
    quote! {
        impl wire::Union for #ident {
            const LOOKS: &'static [&'static [wire::Look]] = &[#(#looks),*];

            fn read(#variant: usize, #input: wire::Input<'_, wire::Value>) -> Result<Self, wire::ValueError> {
                #body
            }

            fn write<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(#writes,)*
                    Self::Unknown(value) => serde::Serialize::serialize(value, output),
                }
            }

            fn unknown(value: wire::Value) -> Self {
                Self::Unknown(value)
            }
        }
    }
}

fn look(it: &Look) -> TokenStream {
    match it {
        Look::Tag { member, values } => {
            let values = values.iter().map(constant);
            quote!(wire::Look::Tag(#member, &[#(#values),*]))
        }
        Look::Object { required, known } => quote!(wire::Look::Object(&[#(#required),*], &[#(#known),*])),
        Look::Member { member, looks } => {
            let looks = looks.iter().map(look);
            quote!(wire::Look::Member(#member, &[#(#looks),*]))
        }
        Look::List(looks) => {
            let looks = looks.iter().map(look);
            quote!(wire::Look::List(&[#(#looks),*]))
        }
        Look::Constants(values) => {
            let values = values.iter().map(constant);
            quote!(wire::Look::Constants(&[#(#values),*]))
        }
        Look::Kind(Kind::Boolean) => quote!(wire::Look::Boolean),
        Look::Kind(Kind::Integer) => quote!(wire::Look::Integer),
        Look::Kind(Kind::Number) => quote!(wire::Look::Number),
        Look::Kind(Kind::Text) => quote!(wire::Look::Text),
        Look::Kind(Kind::Ipv4) => quote!(wire::Look::Ipv4),
        Look::Kind(Kind::Ipv6) => quote!(wire::Look::Ipv6),
        Look::Anything => quote!(wire::Look::Anything),
    }
}

fn constant(value: &Constant) -> TokenStream {
    match value {
        Constant::Text(text) => quote!(wire::Constant::Text(#text)),
        Constant::Integer(number) => {
            let number = Literal::i64_unsuffixed(*number);
            quote!(wire::Constant::Integer(#number))
        }
        Constant::Boolean(truth) => quote!(wire::Constant::Boolean(#truth)),
    }
}

fn read(variant: &Rendered<'_>) -> TokenStream {
    let ident = &variant.names.ident;
    if variant.constant().is_some() {
        return quote!(Ok(Self::#ident));
    }
    match ty::codec(&variant.variant.ty) {
        None => quote!(input.variant(Self::#ident)),
        Some(codec) => quote!(input.variant_as::<#codec, _, _>(Self::#ident)),
    }
}

fn write(variant: &Rendered<'_>, alternative: &Alternative) -> TokenStream {
    let ident = &variant.names.ident;
    match variant.constant() {
        Some(Constant::Text(text)) => return quote!(Self::#ident => output.serialize_str(#text)),
        Some(Constant::Integer(number)) => {
            let number = Literal::i64_unsuffixed(*number);
            return quote!(Self::#ident => output.serialize_i64(#number));
        }
        Some(Constant::Boolean(truth)) => return quote!(Self::#ident => output.serialize_bool(#truth)),
        None => {}
    }
    if let (Some(tag), [Look::Tag { member, .. }]) = (&alternative.tag, alternative.looks.as_slice()) {
        let tag = constant(tag);
        return quote!(Self::#ident(value) => wire::serialize_tagged(value, #member, #tag, output));
    }
    match ty::codec(&variant.variant.ty) {
        None => quote!(Self::#ident(value) => serde::Serialize::serialize(value, output)),
        Some(codec) => quote!(Self::#ident(value) => wire::serialize_as::<#codec, _, _>(value, output)),
    }
}

//! Unions distinguished by match rules: an enum with its accessors, conversions, rules and serde impls.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::Context;
use super::doc::Doc;
use super::variants::{self, RenderedVariant};
use super::{derives, docs, ty};
use crate::ir::{Alternative, Constant, MatchRule, Strategy, Tag, TypeId, Union, ValueKind};
use crate::naming::Ident;

pub(super) fn tokens(context: &Context<'_>, id: TypeId, it: &Union) -> TokenStream {
    let ident = &context.names.of_type(id).ident;
    let variants = variants::of(context, id);
    let doc = Doc::of_type(context.api.type_def(id)).or(&default_doc(it));
    let declarations = variants.iter().map(|variant| variant.declaration(context));
    let accessors = variants.iter().filter_map(|variant| variant.accessor(context));
    let conversions = variants::conversions(context, id, &variants);
    let codec = codec(ident, it, &variants);
    let derived = derives::attributes(context, id, &quote!(Clone, Debug, PartialEq));
    quote! {
        #doc
        #derived
        #[non_exhaustive]
        pub enum #ident {
            #(#declarations)*
            #[doc = " A value that matches no variant, as received."]
            Unknown(wire::Value),
        }

        #[doc = " Returns `Unknown` with `null`."]
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

/// The documentation of a union whose alternatives cannot be distinguished.
const TRIAL_DOC: &str = "One of several values: the first alternative that decodes or, for objects, the alternative with \
                         the most matching properties.";

/// The documentation of a union that the document does not describe.
fn default_doc(it: &Union) -> String {
    let mut rules = it.alternatives.iter().flat_map(|alternative| &alternative.match_rules);
    let criteria = it.criteria.iter().map(|criterion| match criterion.is_by_type {
        true => format!("the type of {}", docs::code(&criterion.property)),
        false => docs::code(&criterion.property),
    });
    let criteria: Vec<String> = criteria.collect();
    let is_object = |rule: &MatchRule| {
        !matches!(
            rule,
            MatchRule::List(_) | MatchRule::Constants(_) | MatchRule::ValueKind(_) | MatchRule::Anything
        )
    };
    let subject = match rules.all(is_object) {
        true => "One of several objects,",
        false => "One of several values; objects are",
    };
    let distinguished = match (criteria.as_slice(), it.strategy) {
        ([first, rest @ ..], _) => {
            let (others, last) = rest.split_at(rest.len().saturating_sub(1));
            let others = others.iter().map(|it| format!(", {it}")).collect::<String>();
            let last = last.iter().map(|it| format!(" and {it}")).collect::<String>();
            format!("{subject} distinguished by {first}{others}{last}.")
        }
        ([], Strategy::RequiredProperties) => {
            format!("{subject} distinguished by their required properties.")
        }
        ([], Strategy::Trial) => return TRIAL_DOC.to_owned(),
        ([], _) => "One of several values, distinguished by their JSON types.".to_owned(),
    };
    match it.ambiguous.is_empty() {
        true => distinguished,
        false => {
            format!("{distinguished} If several match, the one with the most matching properties is used.")
        }
    }
}

fn codec(ident: &Ident, it: &Union, variants: &[RenderedVariant<'_>]) -> TokenStream {
    let match_rules = it.alternatives.iter().map(|alternative| {
        let match_rules = alternative.match_rules.iter().map(match_rule);
        quote!(&[#(#match_rules),*])
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
            const MATCH_RULES: &'static [&'static [wire::MatchRule]] = &[#(#match_rules),*];

            fn read(#variant: usize, #input: wire::UnionInput<'_, '_>) -> Result<Self, wire::ValueError> {
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

fn match_rule(it: &MatchRule) -> TokenStream {
    match it {
        MatchRule::Tag { member, values } => {
            let values = values.iter().map(constant);
            quote!(wire::MatchRule::Tag(#member, &[#(#values),*]))
        }
        MatchRule::Object { required } => quote!(wire::MatchRule::Object(&[#(#required),*])),
        MatchRule::All(match_rules) => {
            let match_rules = match_rules.iter().map(match_rule);
            quote!(wire::MatchRule::All(&[#(#match_rules),*]))
        }
        MatchRule::Rest { rank, rule } => {
            let rank = Literal::u32_unsuffixed(*rank);
            let rule = match_rule(rule);
            quote!(wire::MatchRule::Rest(#rank, &#rule))
        }
        MatchRule::Property { member, match_rules } => {
            let match_rules = match_rules.iter().map(match_rule);
            quote!(wire::MatchRule::Property(#member, &[#(#match_rules),*]))
        }
        MatchRule::List(match_rules) => {
            let match_rules = match_rules.iter().map(match_rule);
            quote!(wire::MatchRule::List(&[#(#match_rules),*]))
        }
        MatchRule::Constants(values) => {
            let values = values.iter().map(constant);
            quote!(wire::MatchRule::Constants(&[#(#values),*]))
        }
        MatchRule::ValueKind(ValueKind::Boolean) => quote!(wire::MatchRule::Boolean),
        MatchRule::ValueKind(ValueKind::Integer) => quote!(wire::MatchRule::Integer),
        MatchRule::ValueKind(ValueKind::Number) => quote!(wire::MatchRule::Number),
        MatchRule::ValueKind(ValueKind::Text) => quote!(wire::MatchRule::Text),
        MatchRule::ValueKind(ValueKind::Ipv4) => quote!(wire::MatchRule::Ipv4),
        MatchRule::ValueKind(ValueKind::Ipv6) => quote!(wire::MatchRule::Ipv6),
        MatchRule::Anything => quote!(wire::MatchRule::Anything),
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

fn read(variant: &RenderedVariant<'_>) -> TokenStream {
    let ident = &variant.names.ident;
    if variant.constant().is_some() {
        return quote!(Ok(Self::#ident));
    }
    match ty::decoder(&variant.variant.ty) {
        None => quote!(input.variant(Self::#ident)),
        Some(codec) => quote!(input.variant_as::<#codec, _, _>(Self::#ident)),
    }
}

fn write(variant: &RenderedVariant<'_>, alternative: &Alternative) -> TokenStream {
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
    if let Some(Tag { property, value }) = &alternative.tag {
        let tag = constant(value);
        return quote!(Self::#ident(value) => wire::serialize_tagged(value, #property, #tag, output));
    }
    match ty::codec(&variant.variant.ty) {
        None => quote!(Self::#ident(value) => serde::Serialize::serialize(value, output)),
        Some(codec) => quote!(Self::#ident(value) => wire::serialize_as::<#codec, _, _>(value, output)),
    }
}
